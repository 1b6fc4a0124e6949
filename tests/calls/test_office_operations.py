"""What an officer does with a call, and what is refused with which sentence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import calls, people, programmes
from viche.calls.choices import Stage
from viche.calls.models import Call, Criterion
from viche.calls.operations import calls as operations
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.work import worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return programmes.officer()


@pytest.fixture
def programme(officer):
    return officer.roles.get().programme


def test_a_stranger_may_do_nothing(programme):
    call = calls.announced(programme)
    stranger = programmes.officer()
    at = calls.BEFORE
    for act in (
        lambda: operations.prepare(programme, by=stranger, at=at, code="X", title="Т", kind="grant", lead="Л"),
        lambda: operations.change(call, by=stranger, at=at, title="Т"),
        lambda: operations.set_criteria(call, criteria=calls.CRITERIA, by=stranger, at=at),
        lambda: operations.announce(call, by=stranger, at=at),
        lambda: operations.extend(call, closes_at=calls.AFTER, by=stranger, at=at),
        lambda: operations.cancel(call, why="Так", by=stranger, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"closes_at": calls.OPENS - timedelta(hours=1)}, "closes_at", "раніше, ніж відкривається"),
        ({"award_least": Decimal(400_000)}, "award_most", "менша за найменшу"),
        ({"award_most": Decimal(2_000_000)}, "award_most", "більша за весь бюджет"),
        (
            {"work_starts_on": date(2024, 6, 1), "work_ends_on": date(2024, 5, 1)},
            "work_ends_on",
            "раніше, ніж починається",
        ),
    ],
)
def test_terms_that_do_not_go_together_are_refused_at_their_place(programme, officer, changes, field, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        calls.draft(programme, officer=officer, **changes)
    assert refused.value.field == field
    call = calls.draft(programme, officer=officer)
    with pytest.raises(Refused, match=sentence):
        operations.change(call, by=officer, at=calls.BEFORE, **changes)
    assert not Call.objects.filter(**changes).exists()


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([], "хоча б один"),
        ([0, 100], "більшою за нуль"),
        ([30, 30], "зараз виходить 60"),
        ([101], "зараз виходить 101"),
    ],
)
def test_weights_make_a_hundred(programme, officer, weights, sentence):
    call = calls.draft(programme, officer=officer)
    criteria = [
        {"name": f"К{number}", "help": "", "weight": weight, "scale": 5} for number, weight in enumerate(weights)
    ]
    with pytest.raises(Refused, match=sentence):
        operations.set_criteria(call, criteria=criteria, by=officer, at=calls.BEFORE)
    assert Criterion.objects.filter(call=call).count() == len(calls.CRITERIA)


def test_a_draft_says_all_that_it_lacks(programme, officer):
    call = operations.prepare(
        programme, by=officer, at=calls.BEFORE, code="EMPTY", title="Порожній", kind="grant", lead=""
    )
    missing = operations.lacking(call)
    assert len(missing) == 7
    with pytest.raises(Refused, match="форму заявки"):
        operations.announce(call, by=officer, at=calls.BEFORE)


def test_the_circle_must_name_somebody(programme, officer):
    listed = calls.draft(programme, officer=officer, who="listed")
    assert operations.lacking(listed) == ["Назвіть запрошені організації."]
    outcome = calls.draft(programme, officer=officer, who="outcome")
    assert "Виберіть конкурс" in operations.lacking(outcome)[0]


def test_announcing_freezes_the_form_and_twice_is_once(programme, officer):
    call = calls.announced(programme, officer=officer)
    assert call.stage == "scheduled"
    assert call.form.frozen_at == calls.BEFORE
    assert operations.announce(call, by=officer, at=calls.BEFORE).stage == "scheduled"


def test_a_close_that_has_passed_is_not_announced(programme, officer):
    call = calls.draft(programme, officer=officer)
    with pytest.raises(Refused, match="вже минула"):
        operations.announce(call, by=officer, at=calls.AFTER)


def test_announced_late_it_opens_at_once(programme, officer):
    call = operations.announce(calls.draft(programme, officer=officer), by=officer, at=calls.WHILE_OPEN)
    assert call.opens_at == calls.WHILE_OPEN
    assert call.state(calls.WHILE_OPEN) == "open"


def test_from_the_opening_on_only_words_change(programme, officer):
    call = calls.announced(programme, officer=officer)
    operations.change(call, by=officer, at=calls.WHILE_OPEN, lead="Інші слова.")
    with pytest.raises(Refused, match="більше не змінюються"):
        operations.change(call, by=officer, at=calls.WHILE_OPEN, budget=Decimal(5_000_000))
    with pytest.raises(Refused, match="більше не змінюються"):
        operations.set_criteria(call, criteria=calls.CRITERIA, by=officer, at=calls.WHILE_OPEN)
    call.refresh_from_db()
    assert (call.lead, call.budget) == ("Інші слова.", Decimal(1_200_000))


def test_an_announced_call_does_not_open_in_the_past(programme, officer):
    call = calls.announced(programme, officer=officer)
    with pytest.raises(Refused, match="в майбутньому"):
        operations.change(call, by=officer, at=calls.BEFORE, opens_at=calls.BEFORE - timedelta(days=1))


def test_the_circle_is_changed_with_the_rest(programme, officer):
    call = calls.draft(programme, officer=officer)
    invited = people.organisation()
    operations.change(call, by=officer, at=calls.BEFORE, who="listed", who_organisations=[invited])
    assert list(call.who_organisations.all()) == [invited]


def test_a_call_is_only_ever_extended(programme, officer):
    call = calls.announced(programme, officer=officer)
    with pytest.raises(Refused, match="лише продовжити"):
        operations.extend(call, closes_at=calls.CLOSES - timedelta(days=1), by=officer, at=calls.WHILE_OPEN)
    later = operations.extend(call, closes_at=calls.AFTER, by=officer, at=calls.WHILE_OPEN)
    assert later.closes_at == calls.AFTER
    with pytest.raises(Refused, match="уже закрито"):
        operations.extend(call, closes_at=calls.AFTER + timedelta(days=9), by=officer, at=calls.AFTER)


def test_cancelling_needs_a_reason_and_tells_everybody_who_began(programme, officer):
    application = calls.begun(calls.announced(programme, officer=officer))
    with pytest.raises(Refused, match="Поясніть"):
        operations.cancel(application.call, why=" ", by=officer, at=calls.WHILE_OPEN)
    call = operations.cancel(application.call, why="Донор змінив умови.", by=officer, at=calls.WHILE_OPEN)
    worker.drain()
    assert call.state(calls.WHILE_OPEN) == "cancelled"
    assert "Донор змінив умови." in Letter.objects.get(kind="calls.outcome").text
    with pytest.raises(Refused, match="уже завершено"):
        operations.cancel(call, why="Ще раз", by=officer, at=calls.WHILE_OPEN)


def test_reviewing_brings_a_call_to_its_next_stage(programme, officer):
    call = calls.announced(programme, officer=officer)
    operations.bring_to(call, stage=Stage.ASSESSED, by=officer, at=calls.AFTER)
    assert call.stage == "assessed"
    assert Call.objects.get(pk=call.pk).state(calls.AFTER) == "assessed"
    assert Entry.objects.filter(verb="calls.assessed").count() == 1
