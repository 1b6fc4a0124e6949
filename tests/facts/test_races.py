"""Many hands at one ledger: whatever comes at the same moment, facts and sums agree with the records afterwards."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import connections

from tests.events.test_recognising_races import Beside
from tests.factories import facts, people, places, programmes
from viche.facts import operations
from viche.facts.models import Fact, Ledger, Total
from viche.facts.queries import figures, recounting
from viche.facts.queries.figures import Asked, Figure
from viche.methods.ledger import WHOLE, Told
from viche.programmes import operations as participants
from viche.programmes.queries.figures import SOURCE

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
YEAR = Asked(1, date(2024, 1, 1), date(2024, 12, 31))
HEADS = ("heads", WHOLE)


def at_once(*acts):
    """Run the acts at one moment in threads of their own; what came of each: its result, or what was raised."""
    ready, outcomes = threading.Barrier(len(acts), timeout=60), [None] * len(acts)

    def run(place, act):
        try:
            ready.wait()
            outcomes[place] = act()
        except Exception as fault:  # noqa: BLE001 — the test tells which
            outcomes[place] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def sums_agree(programme=1, measure="heads"):
    """Whether the sums are what the facts add up to."""
    columns = ("programme", "measure", "split", "level", "place", "span", "facts", "value", "shown", "untold")
    rows = Total.objects.filter(programme=programme, measure=measure).values_list(*columns)
    return {row[:6]: list(row[6:]) for row in rows} == recounting.counted_anew(programme, measure)


def test_the_same_record_kept_by_two_at_once_is_counted_once():
    told = facts.told(record=7, value=12, hromada=places.hromada(), parts=[({"sex": "f"}, 7, 7)])
    assert at_once(*(lambda: operations.keep([told]) for _ in range(6))) == [None] * 6
    assert figures.of(YEAR, [HEADS]) == {HEADS: Figure(1, 12, 12, 0)}
    assert Fact.objects.count() == 2
    assert sums_agree()


def test_of_two_different_tellings_of_one_record_exactly_one_stays():
    here, there = places.hromada(), places.hromada()
    one = facts.told(record=7, value=12, hromada=here)
    other = facts.told(record=7, value=30, hromada=there, on=date(2024, 9, 1))
    assert at_once(lambda: operations.keep([one]), lambda: operations.keep([other])) == [None, None]
    fact = Fact.objects.get()
    assert (fact.value, fact.hromada_id) in {(12, here.pk), (30, there.pk)}
    assert figures.of(YEAR, [HEADS])[HEADS] == Figure(1, fact.value, fact.value, 0)
    assert sums_agree()


def test_kept_and_taken_back_at_once_leaves_all_or_nothing():
    record = facts.keep(value=12, parts=[({"sex": "f"}, 7, None)])
    more = facts.told(record=record.record, value=20)
    gone = Told("event", record.record, 1, None, None)
    assert at_once(lambda: operations.keep([more]), lambda: operations.keep([gone])) == [None, None]
    assert figures.of(YEAR, [HEADS])[HEADS].value in {0, 20}
    assert sums_agree()
    if not Fact.objects.exists():
        assert not Total.objects.exists()


def test_different_records_at_once_all_add_up():
    hromada = places.hromada()
    told = [facts.told(record=number, value=number, hromada=hromada) for number in range(1, 9)]
    assert at_once(*(lambda one=one: operations.keep([one]) for one in told)) == [None] * 8
    assert figures.of(YEAR, [HEADS])[HEADS] == Figure(8, 36, 36, 0)
    assert figures.by_hromada(YEAR, [HEADS])[hromada.pk][HEADS].value == 36
    assert Ledger.objects.get(programme=1).version > 7
    assert sums_agree()


def test_programmes_named_in_opposite_order_do_not_wait_for_each_other_for_ever():
    one = [facts.told(1, record=1, value=5), facts.told(2, record=2, value=6)]
    other = [facts.told(2, record=3, value=7), facts.told(1, record=4, value=8)]
    assert at_once(lambda: operations.keep(one), lambda: operations.keep(other)) == [None, None]
    for programme, value in ((1, 13), (2, 13)):
        asked = Asked(programme, YEAR.since, YEAR.until)
        assert figures.of(asked, [HEADS])[HEADS].value == value
        assert sums_agree(programme)


def test_what_is_taken_back_while_all_is_written_anew_is_counted_no_more():
    """It was read already when it is taken back: that may wait, and what was read may not be written after it."""
    programme = programmes.programme()
    officer = programmes.officer(programme)
    asked = {"kind": "hub", "by": officer, "at": programmes.MOMENT}
    first, second = (participants.admit(programme, people.organisation(), **asked) for _ in range(2))
    meanwhile = []

    def told(row):
        if not meanwhile:
            meanwhile.append(Beside(lambda: participants.dismiss(first, by=officer, at=programmes.MOMENT)))
            meanwhile[0].start()
            meanwhile[0].join(2)  # as far as it comes: to its end, or to the lock
        return SOURCE.told(row)

    operations.mend([replace(SOURCE, told=told)])
    meanwhile[0].end()
    assert set(Fact.objects.values_list("record", flat=True)) == {second.pk}
    assert recounting.compare([SOURCE]).difference is None
