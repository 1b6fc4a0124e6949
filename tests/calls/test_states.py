"""How a call stands at a moment, and how much may be asked for, in words."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from tests.factories import calls, programmes
from viche.calls.choices import Stage
from viche.calls.models import Call
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


def test_an_office_sees_its_own_calls_alone():
    programme = programmes.programme()
    call = calls.draft(programme)
    calls.draft()
    assert list(queries.of_office(programme)) == [call]


def test_a_writer_sees_the_applications_of_the_own_organisations():
    mine = calls.begun()
    calls.begun()
    assert list(applications.of_user(calls.writer(mine))) == [mine]
