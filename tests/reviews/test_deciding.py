"""The end of the assessment, the panel, its decisions inside budget and places, and publishing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from tests.factories import programmes
from tests.factories import reviews as made
from viche.calls.choices import Outcome, Stage
from viche.calls.models import Application, Call
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.programmes.models import Participant
from viche.reviews.models import Assignment, Decision, Panel
from viche.reviews.operations import deciding
from viche.reviews.queries import panels

pytestmark = pytest.mark.django_db
BEFORE_CLOSE = made.AFTER - timedelta(days=2)


def close(stage, **changes):
    return deciding.close_assessment(stage.call, **{"by": stage.officer, "at": made.AFTER, **changes})


def refused(act, *args, **changes):
    with pytest.raises(Refused) as no:
        act(*args, **changes)
    return no.value


def test_the_assessment_ends_once_all_is_read():
    stage = made.reviewed()
    assert close(stage).stage == Stage.ASSESSED
    assert close(stage).stage == Stage.ASSESSED
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs.count("calls.assessed") == 1
    assert "reviews.short_accepted" not in verbs


def test_the_assessment_needs_a_review_of_each_and_a_reason_where_some_lack():
    stage = made.assigned(applications=2, reviewers=2)
    no = refused(close, stage)
    assert (no.status, no.sentence[:10]) == (409, "2 заявки щ")
    for application in stage.applications:
        made.hand_in(next(place for place in stage.places if place.application_id == application.pk))
    no = refused(close, stage, why="  ")
    assert no.field == "why"
    assert no.sentence.startswith("2 заявки мають менше оцінок")
    close(stage, why="Рецензентка захворіла.")
    assert Entry.objects.filter(verb="reviews.short_accepted").count() == 1


def test_the_assessment_ends_after_the_close_by_an_officer():
    stage = made.reviewed(applications=1)
    assert refused(close, stage, at=BEFORE_CLOSE).status == 409
    with pytest.raises(NotAllowed):
        close(stage, by=stage.reviewers[0])


def convene(stage, **changes):
    values = {
        "meets_at": made.LATER,
        "place": " Калинопіль ",
        "members": [programmes.panellist(stage.programme)],
        "by": stage.officer,
        "at": made.AFTER,
        **changes,
    }
    return deciding.convene(stage.call, **values)


def test_the_panel_is_of_people_who_may_sit_in_it():
    stage = made.closed(applications=1)
    assert refused(convene, stage, members=[]).field == "members"
    assert refused(convene, stage, members=[stage.officer]).field == "members"
    with pytest.raises(NotAllowed):
        convene(stage, by=stage.reviewers[0])
    panel = convene(stage)
    assert panel.place == "Калинопіль"
    again = convene(stage, place="Онлайн", members=panels.sitting(stage.programme))
    assert (again.pk, again.place, again.members.count()) == (
        panel.pk,
        "Онлайн",
        panels.sitting(stage.programme).count(),
    )
    Call.objects.update(stage=Stage.DECIDED)
    assert refused(convene, stage).status == 409
    assert panels.of_call(stage.call) == panel


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (None, "Вкажіть суму гранту."),
        (0, "Вкажіть суму гранту."),
        (300_001, "Найбільша сума"),
        (49_999, "Найменша сума"),
        (180_001, "Заявник просить менше"),
    ],
)
def test_a_grant_stays_within_the_call_and_what_was_asked(amount, words):
    stage = made.assessed(applications=1)
    no = refused(made.decision, stage, stage.applications[0], amount=amount)
    assert (no.field, no.sentence.startswith(words)) == ("amount", True)


def test_sums_are_told_in_the_language_of_the_page():
    stage = made.assessed(applications=1)
    with translation.override("en"):
        no = refused(made.decision, stage, stage.applications[0], amount=300_001)
    assert "₴300,000" in no.sentence


def test_a_decision_has_a_reason_a_panel_and_its_time():
    stage = made.assessed(applications=2)
    one, two = stage.applications
    assert refused(made.decision, stage, one, reason=" ").field == "reason"
    made.decision(stage, one)
    changed = made.decision(stage, one, Outcome.RESERVE, reason="Ще подумаємо.")
    assert (changed.amount, Decision.objects.count()) == (None, 1)
    assert panels.decision(one) == changed
    assert panels.decision(two) is None
    Call.objects.update(stage=Stage.SCHEDULED)
    assert refused(made.decision, stage, two).status == 409
    Decision.objects.all().delete()
    Panel.objects.all().delete()
    assert "скличте" in refused(made.decision, stage, two).sentence


def test_nobody_with_a_conflict_and_nobody_but_officers_writes_decisions():
    stage = made.assessed(applications=2)
    one, two = stage.applications
    with pytest.raises(NotAllowed):
        deciding.write(one, outcome=Outcome.DECLINED, amount=None, reason="ні", by=stage.members[0], at=made.LATER)
    made.tie(stage.officer, one)
    with pytest.raises(NotAllowed):
        made.decision(stage, one)
    made.decision(stage, two)


def test_decisions_stay_inside_the_budget():
    stage = made.assessed(applications=2, budget=300_000)
    one, two = stage.applications
    made.decision(stage, one, amount=180_000)
    no = refused(made.decision, stage, two, amount=120_001)
    assert (no.field, no.sentence) == ("amount", "Бюджету конкурсу бракує 1\u00a0₴.")
    made.decision(stage, two, amount=120_000)
    made.decision(stage, one, amount=180_000)


def test_whoever_has_a_conflict_is_not_told_how_much_the_hidden_one_got():
    stage = made.assessed(applications=2, budget=300_000)
    hidden, other = stage.applications
    made.decision(stage, hidden, amount=170_000)
    told = refused(made.decision, stage, other, amount=180_000)
    assert "50\u00a0000" in told.sentence
    stage.officer = programmes.officer(stage.programme)
    made.tie(stage.officer, hidden)
    no = refused(made.decision, stage, other, amount=180_000)
    assert (no.field, no.sentence) == (told.field, "На цю суму бюджету конкурсу вже не вистачає.")
    assert made.decision(stage, other, amount=130_000).amount == 130_000


def test_places_are_not_given_twice_even_without_money():
    stage = made.assessed(applications=2, kind="hub", budget=None, award_least=None, award_most=None, places=1)
    one, two = stage.applications
    made.decision(stage, one, amount=None)
    no = refused(made.decision, stage, two, amount=None)
    assert (no.field, no.sentence) == ("outcome", "У цьому конкурсі вже віддано всі місця: 1.")
    made.decision(stage, one, Outcome.DECLINED)
    made.decision(stage, two, amount=None)


def publish(stage, **changes):
    return deciding.decide(stage.call, **{"by": stage.officer, "at": made.LATER, **changes})


def test_publishing_waits_for_assessment_panel_meeting_and_all_decisions():
    stage = made.reviewed(applications=1)
    assert "скличте" in refused(publish, stage).sentence
    convene(stage)
    assert "завершіть" in refused(publish, stage).sentence
    close(stage)
    assert "не засідала" in refused(publish, stage, at=made.AFTER).sentence
    assert refused(publish, stage).sentence == "Ще 1 заявка без рішення."
    with pytest.raises(NotAllowed):
        publish(stage, by=stage.reviewers[0])


def test_publishing_writes_outcomes_and_letters_once():
    stage = made.assessed(applications=2)
    one, two = stage.applications
    made.decision(stage, one, amount=150_000)
    made.decision(stage, two, Outcome.RESERVE, reason="У резерв.")
    assert publish(stage, protocol=" Одноголосно. ").stage == Stage.DECIDED
    assert publish(stage).stage == Stage.DECIDED
    assert list(Application.objects.order_by("pk").values_list("outcome", "outcome_reason")) == [
        ("supported", "Найсильніша заявка."),
        ("reserve", "У резерв."),
    ]
    panel = Panel.objects.get()
    assert (panel.protocol, panel.closed_at) == ("Одноголосно.", made.LATER)
    names = [row.args_kwargs["args"][0] for row in DBTaskResult.objects.all()]
    assert names.count("viche.reviews.tasks.outcomes") == 1
    assert Decision.objects.get(application=one).amount == Decimal(150_000)
    assert refused(made.decision, stage, one).status == 409


def test_chosen_hubs_become_participants():
    stage = made.assessed(applications=2, kind="hub", budget=None, award_least=None, award_most=None)
    one, two = stage.applications
    made.decision(stage, one, amount=None)
    made.decision(stage, two, Outcome.DECLINED)
    publish(stage)
    participant = Participant.objects.get()
    assert (participant.organisation, participant.kind) == (one.organisation, "hub")
    assert participant.admitted_by == f"reviews.decision:{Decision.objects.get(application=one).pk}"


def test_models_say_what_they_are():
    stage = made.assessed(applications=1)
    made.decision(stage, stage.applications[0])
    place = Assignment.objects.first()
    assert str(place) == f"{place.reviewer_id}/{place.application_id}"
    assert str(place.scores.first()).endswith(": 5")
    assert str(Decision.objects.get()).endswith(": supported")
    assert str(Panel.objects.get()) == f"{stage.call.pk} 2024-03-02"
