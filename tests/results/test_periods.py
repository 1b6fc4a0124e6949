"""Periods: whole months that do not overlap, closed with what was known, opened again for a reason."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories import facts, people, programmes
from tests.factories import results as factory
from viche.facts.queries.figures import Asked
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.results.models import Kept, Period, Reopening
from viche.results.operations import deciding, periods
from viche.results.queries import board

pytestmark = pytest.mark.django_db
AT = factory.MOMENT


@pytest.fixture
def office():
    programme = programmes.programme()
    programme.officer = programmes.officer(programme)
    return programme


def make(office, since, until, name="Весна"):
    return periods.make(office, name=name, starts_on=since, ends_on=until, by=office.officer, at=AT)


def refused(act, *given, **named):
    with pytest.raises(Refused) as no:
        act(*given, **named)
    return no.value


def test_a_period_is_of_whole_months(office):
    made = make(office, date(2024, 3, 15), date(2024, 5, 2))
    assert (made.starts_on, made.ends_on) == (date(2024, 3, 1), date(2024, 5, 31))


def test_a_period_that_shares_a_month_is_refused_naming_the_other(office):
    make(office, date(2024, 3, 1), date(2024, 5, 31))
    no = refused(make, office, date(2024, 5, 31), date(2024, 8, 1), "Літо")
    assert (no.status, no.field, "«Весна»" in no.sentence) == (409, "starts_on", True)
    assert make(office, date(2024, 6, 1), date(2024, 8, 1), "Літо")
    assert refused(make, office, date(2025, 6, 1), date(2025, 5, 1)).field == "ends_on"
    assert refused(make, office, date(2025, 6, 1), date(2025, 7, 1), " ").field == "name"


def test_all_quarters_or_years_are_made_at_once_but_for_months_that_are_taken(office):
    made = periods.make_all(office, each="quarter", by=office.officer, at=AT)
    assert [one.name for one in made] == [f"{n} квартал 2024 року" for n in ("I", "II", "III", "IV")]
    assert made[1].name_en == "Q2 2024"
    assert (made[1].starts_on, made[1].ends_on) == (date(2024, 4, 1), date(2024, 6, 30))
    assert refused(periods.make_all, office, each="year", by=office.officer, at=AT).field == "each"
    assert refused(periods.make_all, office, each="week", by=office.officer, at=AT).field == "each"
    long = programmes.programme(starts_on=date(2023, 5, 4), ends_on=date(2024, 2, 1))
    made = periods.make_all(long, each="year", by=people.administrator(), at=AT)
    assert [one.name for one in made] == ["2023 рік", "2024 рік"]


def test_words_of_an_open_period_change_and_its_months_while_it_is_empty(office):
    period = make(office, date(2024, 3, 1), date(2024, 3, 31))
    words = {"by": office.officer, "at": AT}
    changed = periods.change(period, name="Березень", starts_on=period.starts_on, ends_on=date(2024, 4, 2), **words)
    assert (changed.name, changed.ends_on) == ("Березень", date(2024, 4, 30))
    factory.target(factory.indicator(office), period=changed)
    no = refused(periods.change, changed, name="Б", starts_on=date(2024, 2, 1), ends_on=changed.ends_on, **words)
    assert no.field == "starts_on"
    assert refused(periods.remove, changed, **words).status == 409
    changed.targets.all().delete()
    periods.remove(changed, **words)
    assert not Period.objects.exists()


def test_a_close_keeps_what_was_known_and_what_changes_later_is_a_correction(office):
    counted, reported = factory.counted(office), factory.indicator(office)
    ratio = factory.ratio(counted, reported, times=100)
    facts.keep(programme=office.pk, measure="events", value=6, on=date(2024, 5, 2))
    period = factory.period(office)
    approved = factory.approved(reported, 3, period=period)
    closed = periods.close(period, by=office.officer, at=AT)
    assert (closed.closed_at, closed.closed_by) == (AT, office.officer)
    assert dict(Kept.objects.values_list("indicator", "value")) == {counted.pk: 6, reported.pk: 3, ratio.pk: 200}
    assert f'"{counted.code}":"6"' in Entry.objects.get(verb="results.period_closed").values.body
    facts.keep(programme=office.pk, measure="events", value=4, on=date(2024, 6, 2))
    asked = Asked(office.pk, closed.starts_on, closed.ends_on)
    wanted = list(board.of_programme(office, is_office=True))
    found = board.counted(wanted, asked, is_office=True, on=AT.date(), period=closed)
    assert {one.indicator.pk: (one.value, one.kept) for one in found} == {
        counted.pk: (Decimal(10), Decimal(6)),
        reported.pk: (Decimal(3), None),
        ratio.pk: (Decimal("333.33"), Decimal(200)),
    }
    assert refused(deciding.withdraw, approved, why="Помилка.", by=office.officer, at=AT).status == 409


def test_what_everybody_knew_is_kept_beside_what_the_office_knew(office):
    one = factory.indicator(office, are_people=True)
    period = factory.period(office)
    factory.approved(one, 3, period=period)
    factory.approved(one, 9, period=period)
    periods.close(period, by=office.officer, at=AT)
    kept = Kept.objects.get()
    assert (kept.value, kept.shown) == (12, 9)


def test_a_period_closes_when_it_is_over_and_everything_is_answered(office):
    period = factory.period(office)
    before = datetime(2024, 6, 30, 20, 0, tzinfo=UTC)
    assert "триває" in refused(periods.close, period, by=office.officer, at=before).sentence
    value = factory.submitted(factory.indicator(office), period=period)
    assert "ще 1 значення" in refused(periods.close, period, by=office.officer, at=AT).sentence
    deciding.approve(value, by=office.officer if value.reported_by != office.officer else None, at=AT)
    periods.close(period, by=office.officer, at=AT)
    assert refused(periods.close, period, by=office.officer, at=AT).status == 409
    assert refused(periods.remove, period, by=office.officer, at=AT).status == 409


def test_a_closed_period_opens_again_for_a_recorded_reason(office):
    one = factory.counted(office)
    period = factory.period(office)
    assert refused(periods.reopen, period, why="Так.", by=office.officer, at=AT).status == 409
    periods.close(period, by=office.officer, at=AT)
    assert refused(periods.reopen, period, why=" ", by=office.officer, at=AT).field == "why"
    opened = periods.reopen(period, why="Звіт області надійшов пізно.", by=office.officer, at=AT)
    assert not opened.is_closed
    assert Reopening.objects.get().why == "Звіт області надійшов пізно."
    facts.keep(programme=office.pk, measure="events", value=6, on=date(2024, 5, 2))
    periods.close(period, by=office.officer, at=AT)
    assert Kept.objects.get(indicator=one).value == 6
    periods.reopen(period, why="Ще раз.", by=office.officer, at=AT)
    assert refused(periods.remove, period, by=office.officer, at=AT).status == 409


def test_officers_alone_keep_periods(office):
    period, stranger = factory.period(office), programmes.editor(office)
    months = {"name": "Весна", "starts_on": date(2024, 1, 1), "ends_on": date(2024, 1, 31)}
    for act, subject, given in (
        (periods.make, office, months),
        (periods.make_all, office, {"each": "year"}),
        (periods.change, period, months),
        (periods.remove, period, {}),
        (periods.close, period, {}),
        (periods.reopen, period, {"why": "Так."}),
    ):
        with pytest.raises(NotAllowed):
            act(subject, **given, by=stranger, at=AT)
