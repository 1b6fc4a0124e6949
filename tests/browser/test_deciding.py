"""The office ends the assessment, convenes the panel, writes down what it decided, and tells everybody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.browser import stage
from tests.browser.visits import DESK, PHONE
from viche.calls.models import Call

pytestmark = pytest.mark.browser
PRAISE = "Найсильніша заявка: потреба, люди й гроші сходяться."
COMFORT = "Задум добрий, але кошторис не сходиться з описом."


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_the_last_review_to_the_public_result(visit, width):
    made = stage.deciding()
    place = [made.programme.code, made.call.code]
    officer = visit(made.officer, width=width).opens(reverse("reviews:office", args=place)).is_well()
    officer.opens(reverse("reviews:ranking", args=place)).is_well()
    officer.opens(reverse("reviews:close", args=place)).is_well().presses("Завершити оцінювання")
    officer.sees("Комісію ще не скликано").is_well()

    officer.follows("Скликати комісію").is_well()
    officer.types(meets_at=f"{stage.now() - timedelta(days=1):%Y-%m-%dT%H:%M}", place="Калинопіль, зала ради")
    for member in made.members:
        officer.page.get_by_label(member.name).check()
    officer.presses("Скликати").sees("Комісію скликано").is_well()

    officer.follows("Записати").is_well()
    officer.page.locator("[name='outcome'][value='supported']").check()
    officer.types(amount="180 000", reason=PRAISE).presses("Записати й далі").sees("записано")
    officer.page.locator("[name='outcome'][value='declined']").check()
    officer.types(reason=COMFORT).is_well().presses("Записати й далі").sees("Рішення є щодо всіх заявок").is_well()
    officer.follows("Оприлюднити рішення").is_well()
    officer.types(protocol="Комісія засідала дві години.").presses("Оприлюднити").sees("Рішення оприлюднено").is_well()
    assert Call.objects.get().stage == "decided"

    everybody_learns(visit, made, width)


def everybody_learns(visit, made, width):
    """One applicant reads that it was supported, the other one why not; everybody sees the result."""
    texts = []
    for head, application in zip(made.heads, made.applications, strict=True):
        told = visit(head, width=width).opens(reverse("reviews:outcome", args=[application.pk])).is_well()
        texts.append(told.page.get_by_role("main").inner_text())
    assert sorted(PRAISE in text for text in texts) == [False, True]
    assert sorted(COMFORT in text for text in texts) == [False, True]
    visitor = visit(width=width).opens(reverse("calls:call", args=[made.call.code])).is_well()
    result = visitor.page.get_by_role("main").inner_text()
    assert (PRAISE in result, COMFORT in result) == (True, False)
