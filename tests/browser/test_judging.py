"""Somebody reads an application and judges it in a real browser."""

import pytest
from django.urls import reverse

from tests.browser import stage
from tests.browser.visits import DESK, PHONE
from viche.reviews.models import Assignment

pytestmark = pytest.mark.browser
REASON = "Потребу показано цифрами, а кошторис розписано по рядках."


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_the_list_to_the_finished_review(visit, width):
    made = stage.judging()
    reviewer = visit(made.reviewer, width=width).opens("/me/").is_well()
    reviewer.opens(reverse("reviews:mine")).is_well()
    reviewer.follows(made.place.application.title).sees("Ваша оцінка").is_well()
    for criterion in made.call.criteria.all():
        reviewer.page.locator(f"[name='points-{criterion.pk}'][value='4']").check()
        reviewer.types(**{f"reason__{criterion.pk}": REASON})
    reviewer.is_saved().is_well()
    kept = Assignment.objects.get()
    assert kept.state == "begun"
    assert {score.reason for score in kept.scores.all()} == {REASON}
    reviewer.presses("Здати оцінку").sees("Оцінку здано").is_well()
    assert Assignment.objects.get().state == "done"
    reviewer.opens(reverse("reviews:review", args=[made.place.pk])).sees(REASON).is_well()


def test_a_review_without_reasons_is_not_handed_in(visit):
    made = stage.judging()
    reviewer = visit(made.reviewer, width=PHONE)
    reviewer.forgiven = ("422",)
    reviewer.opens(reverse("reviews:review", args=[made.place.pk])).presses("Здати оцінку")
    reviewer.page.get_by_role("alert").first.wait_for()
    reviewer.is_well()
    assert Assignment.objects.get().state != "done"


def test_a_conflict_takes_the_application_away(visit):
    made = stage.judging()
    reviewer = visit(made.reviewer, width=PHONE)
    reviewer.opens(reverse("reviews:review", args=[made.place.pk])).follows("Заявити конфлікт інтересів").is_well()
    reviewer.types(note="Ми разом росли.").presses("Заявити й не оцінювати").sees("Дякуємо за чесність").is_well()
    reviewer.forgiven = ("404",)
    reviewer.opens(reverse("reviews:review", args=[made.place.pk]), status=404).is_well()
