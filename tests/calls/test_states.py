"""How a call stands at a moment, and how much may be asked for, in words."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from tests.factories import calls, people, programmes
from viche.calls.choices import Stage
from viche.calls.models import Call
from viche.calls.operations import calls as operations
from viche.calls.queries import applications, states
from viche.calls.queries import calls as queries

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("at", "kind", "words"),
    [
        (calls.BEFORE, "draft", "Відкриється 5\u00a0лютого 2024\u00a0р., 10:00"),
        (calls.WHILE_OPEN, "open", "Відкрито до 20\u00a0лютого"),
        (calls.CLOSES - 26 * HOUR, "soon", "Закривається 20\u00a0лютого 2024\u00a0р., 18:00"),
        (calls.CLOSES - HOUR, "soon", "Закривається сьогодні о 18:00"),
        (calls.CLOSES, "told", "Прийом закрито 20\u00a0лютого, оцінюють"),
    ],
)
def test_an_announced_call_is_told_by_the_clock(at, kind, words):
    said = states.described(calls.announced(), at)
    assert (said.kind, said.words) == (kind, words)


@pytest.mark.parametrize(
    ("stage", "kind", "words"),
    [
        (Stage.DRAFT, "draft", "Чернетка"),
        (Stage.ASSESSED, "told", "Оцінено, рішення за комісією"),
        (Stage.DECIDED, "held", "Вирішено"),
        (Stage.CANCELLED, "closed", "Скасовано"),
    ],
)
def test_what_the_office_decided_stands_above_the_clock(stage, kind, words):
    said = states.described(Call(stage=stage), calls.WHILE_OPEN)
    assert (said.kind, said.words, said.is_open) == (kind, words, False)


def test_a_rolling_call_is_open_all_the_time():
    call = Call(stage=Stage.SCHEDULED, opens_at=calls.OPENS)
    assert states.described(call, calls.AFTER).words == "Приймаємо постійно"


@pytest.mark.parametrize(
    ("least", "most", "ukrainian", "english"),
    [
        (40_000, 180_000, "від 40\u00a0000 до 180\u00a0000\u00a0₴", "₴40,000 to ₴180,000"),
        (None, 180_000, "до 180\u00a0000\u00a0₴", "up to ₴180,000"),
        (40_000, None, "від 40\u00a0000\u00a0₴", "from ₴40,000"),
        (None, None, "", ""),
    ],
)
def test_how_much_may_be_asked_for_reads_as_people_say_it(least, most, ukrainian, english):
    call = Call(award_least=least and Decimal(least), award_most=most and Decimal(most))
    assert states.award(call) == ukrainian
    with translation.override("en"):
        assert states.award(call) == english


def test_open_calls_come_by_their_close_and_hidden_ones_not_at_all():
    later = calls.announced(closes_at=calls.AFTER)
    sooner = calls.announced()
    calls.draft()
    hidden = calls.announced()
    type(hidden.programme).objects.filter(pk=hidden.programme_id).update(is_public=False)
    assert list(queries.open_calls(calls.WHILE_OPEN)) == [sooner, later]
    assert list(queries.open_calls(calls.BEFORE)) == []


def test_calls_come_open_ones_first_then_by_opening_those_without_a_day_last():
    programme = programmes.programme()
    officer = programmes.officer(programme)
    never = calls.draft(programme, officer=officer, opens_at=None, closes_at=None)
    operations.cancel(never, why="Передумали", by=officer, at=calls.BEFORE)
    past = calls.announced(programme, officer=officer, closes_at=calls.OPENS + HOUR)
    rolling = calls.announced(programme, officer=officer, kind="support", closes_at=None)
    opened = calls.announced(programme, officer=officer, opens_at=calls.OPENS + HOUR)
    coming = calls.announced(programme, officer=officer, opens_at=calls.CLOSES - HOUR)
    found = queries.chosen(calls.WHILE_OPEN)
    assert list(found) == [opened, rolling, coming, past, never]
    assert "GROUP BY" not in str(found.query)
    assert list(queries.chosen(calls.WHILE_OPEN, state="open")) == [opened, rolling]


def test_calls_and_applications_stand_alike_on_every_database():
    call, draft = calls.announced(), calls.draft(opens_at=None, closes_at=None)
    assert list(Call.objects.all()) == [draft, call]
    begun, done = calls.begun(call), calls.submitted(call)
    assert list(call.applications.all()) == [done, begun]


def test_what_closes_first_comes_first_and_what_never_closes_last():
    head = people.head()
    organisation = head.memberships.get().organisation
    rolling = calls.announced(kind="support", closes_at=None)
    made = [
        calls.begun(call, by=head, organisation=organisation)
        for call in (rolling, calls.announced(closes_at=calls.AFTER), calls.announced())
    ]
    assert list(applications.of_user(head)) == made[::-1]


def test_an_office_sees_its_own_calls_alone():
    programme = programmes.programme()
    call = calls.draft(programme)
    calls.draft()
    assert list(queries.of_office(programme)) == [call]


def test_a_writer_sees_the_applications_of_the_own_organisations():
    mine = calls.begun()
    calls.begun()
    assert list(applications.of_user(calls.writer(mine))) == [mine]
