"""A person can be forgotten and the chain still holds."""

import pytest
from django.db.models import Q

from tests.factories import journal as factories
from viche.journal import operations, queries
from viche.journal.models import Entry, Values

pytestmark = pytest.mark.django_db
OFFICER = factories.Person(pk=1)


def forget(**whom):
    return operations.forget(**whom, by=OFFICER, at=factories.MOMENT)


def test_what_a_person_did_loses_its_values_and_the_chain_holds():
    factories.entries(2)
    other = factories.entry(by=factories.Person(pk=8), after={"sum": 5})
    assert forget(actor_id=7) == 2
    assert [entry.values.after for entry in queries.latest(actor_id=7)] == [None, None]
    assert [entry.subject_label for entry in queries.latest(actor_id=7)] == ["", ""]
    assert Values.objects.get(pk=other.pk).after == {"sum": 5}
    assert queries.verify() == queries.Verdict(4, 2, None)


def test_what_was_done_to_a_person_and_single_entries_can_be_forgotten():
    about = factories.entry(subject=factories.Thing(pk=3))
    single = factories.entry()
    factories.entry()
    assert forget(subject=factories.Thing(pk=3), entries=[single.number]) == 2
    assert set(Values.objects.filter(body="").values_list("pk", flat=True)) == {about.pk, single.pk}


def test_forgetting_is_itself_recorded_without_saying_what():
    factories.entries(2)
    forget(actor_id=7)
    told = queries.latest().first()
    assert (told.verb, told.actor_id, told.values.after) == ("journal.forgotten", 1, {"entries": [1, 2]})
    assert set(Values.objects.exclude(pk=told.pk).values_list("erased_by", "salt")) == {(3, "")}


def test_forgetting_again_or_nobody_does_nothing():
    assert forget(actor_id=7) == 0
    factories.entry()
    assert forget(actor_id=7) == 1
    assert forget(actor_id=7) == 0
    assert forget() == 0
    assert forget(actor_id=OFFICER.pk) == 0  # what tells of the forgetting stays
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "erased",
    [
        {"erased_by": None},  # emptied, and nothing said
        {"erased_by": 1},  # names an entry before it
        {"erased_by": 3},  # names an entry that tells of others
        {"erased_by": 4},  # names an entry that tells of something else
    ],
)
def test_a_quiet_erasure_is_found(erased):
    factories.entries(2)
    forget(entries=[1])
    factories.entry()
    Values.objects.filter(pk=2).update(salt="", body="", **erased)
    assert queries.verify().fault == queries.Fault(queries.FaultKind.VALUES, 2)


def test_a_name_in_the_values_is_gone_from_the_tables():
    factories.entry(subject=factories.Thing(name="Марія Приклад"), after={"email": "maria@example.org"})
    forget(actor_id=7)
    found = Q(body__contains="Приклад") | Q(body__contains="maria")
    assert not Values.objects.filter(found).exists()
