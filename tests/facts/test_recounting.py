"""Counting anew finds whatever does not agree with the records, and writes it right."""

from datetime import date, timedelta
from itertools import chain

import pytest

from tests.factories import awards, events, people, places, programmes, reviews
from viche.awards.operations import granting
from viche.events.operations import reporting
from viche.events.queries import figures as figures_of_events
from viche.facts import operations
from viche.facts.models import Fact, Total
from viche.facts.queries import figures, recounting, sources
from viche.people.operations import organisations
from viche.programmes.operations import participants
from viche.results.queries.sources import SOURCES

pytestmark = pytest.mark.django_db


def scene():
    """One of everything that is counted."""
    programme = programmes.programme()
    report = events.accepted(events.published(programme), total=9, cells={"f:youth": 6, "m:x": 3}, groups={"older": 2})
    award = awards.finished(awards.active(programme))
    officer = programmes.officer(programme)
    granting.close(
        award, done="Читальня працює.", by=officer, at=awards.LATER, returned=None, left_why="Курсова різниця."
    )
    participants.admit(programme, people.organisation(), kind="hub", by=officer, at=awards.LATER)
    reviews.decided()
    operations.mend(SOURCES)  # the factories write some records without their operations
    return report


def compared():
    return recounting.compare(SOURCES)


def test_a_ledger_that_agrees_says_how_much_was_compared():
    scene()
    verdict = compared()
    assert verdict.difference is None
    assert verdict.facts == Fact.objects.count() > 20
    assert verdict.sums == Total.objects.count()


def test_nothing_counted_agrees_with_nothing():
    assert compared() == recounting.Verdict(0, 0)


@pytest.mark.parametrize(
    "change", [{"value": 8, "shown": None}, {"on": date(2024, 5, 21)}, {"split": "sex:x"}, {"programme": 99}]
)
def test_a_fact_changed_by_hand_is_found(change):
    report = scene()
    Fact.objects.filter(kind="event", measure="heads", split="").update(**change)
    found = compared().difference
    assert found.of.startswith(f"event:{report.event_id} heads")
    assert found.kept != found.counted


def test_a_fact_that_is_missing_and_one_too_many_are_found():
    report = scene()
    Fact.objects.filter(kind="event", measure="ideas").delete()
    found = compared().difference
    assert (found.of, found.kept) == (f"event:{report.event_id} ideas", None)
    operations.mend(SOURCES)
    extra = Fact.objects.filter(kind="event", measure="ideas").get()
    extra.pk, extra.record = None, report.event_id + 1000
    extra.save()
    found = compared().difference
    assert (found.of, found.counted) == (f"event:{report.event_id + 1000} ideas", None)
    operations.mend(SOURCES)
    assert compared().difference is None


def test_a_fact_of_no_known_record_is_found():
    scene()
    Fact.objects.filter(measure="ideas").update(kind="rumour")
    assert compared().difference.of.startswith("event:")
    Fact.objects.filter(kind="rumour").update(measure="rumours")
    operations.mend(SOURCES)
    assert compared().difference.of.startswith("rumour:")


@pytest.mark.parametrize("change", [{"value": 1}, {"shown": 1}, {"facts": 7}, {"untold": 7}, {"span": "2023-01"}])
def test_a_sum_changed_by_hand_is_found(change):
    scene()
    Total.objects.filter(measure="heads", split="", span="2024-05", level=0).update(**change)
    assert compared().difference.of.split()[1] == "heads"
    operations.mend(SOURCES)
    assert compared().difference is None


def test_a_sum_that_is_missing_is_found():
    scene()
    Total.objects.filter(measure="heads", split="", span="2024", level=2).delete()
    assert compared().difference.kept is None


def test_what_is_withdrawn_is_in_no_figure():
    report = scene()
    before = Fact.objects.filter(kind="event").count()
    officer = programmes.officer(report.event.programme)
    reporting.reopen(report, remark="Перелічіть ще раз.", by=officer, at=events.AFTER)
    assert before
    assert not Fact.objects.filter(kind="event").exists()
    assert compared().difference is None


def test_a_participant_is_counted_where_its_organisation_stands_and_no_more_once_dismissed():
    programme = programmes.programme()
    officer = programmes.officer(programme)
    organisation = people.organisation()
    participant = participants.admit(programme, organisation, kind="hub", by=officer, at=awards.LATER)
    hromada = places.hromada(oblast=places.oblast(name="Сумська"))
    head = people.head(organisation)
    organisations.change_organisation(
        organisation, name=organisation.name, name_en="", website="", hromada=hromada, by=head, at=awards.LATER
    )
    part = ("participants", "kind:hub")
    asked = figures.Asked(programme.pk, date(2024, 1, 1), date(2024, 12, 31))
    assert figures.by_oblast(asked, [part]) == {hromada.oblast_id: {part: figures.Figure(1, 1, 1, 0)}}
    assert compared().difference is None
    participants.dismiss(participant, by=officer, at=awards.LATER)
    assert not Fact.objects.exists()


def test_money_is_kept_by_currency_in_hundredths_and_a_revoked_payment_goes():
    award = awards.active()
    officer = programmes.officer(award.programme)
    awards.pay(award, 1, officer)
    tranche = award.tranches.get(position=1)
    assert Fact.objects.get(measure="paid.UAH").value == int(tranche.amount * 100)
    assert Fact.objects.get(measure="granted.UAH").value == int(award.amount * 100)
    granting.revoke_payment(tranche, why="Не той рахунок.", by=officer, at=awards.LATER)
    assert not Fact.objects.filter(measure="paid.UAH").exists()
    assert Fact.objects.filter(kind="award").exists()


def test_records_come_in_the_order_of_their_keys_whatever_their_days(monkeypatch):
    programme = programmes.programme()
    for days in (0, -9, -5):
        starts = events.STARTS + timedelta(days=days)
        events.accepted(events.published(programme, starts_at=starts, ends_at=starts + timedelta(hours=2)))
    monkeypatch.setattr(sources, "CHUNK", 2)
    told = [[one.record for one in portion] for portion in figures_of_events.SOURCE.everything()]
    assert [len(portion) for portion in told] == [2, 1]
    keys = list(chain.from_iterable(told))
    assert keys == sorted(keys)
    operations.mend(SOURCES)
    assert compared().difference is None
