"""What is written when an act is recorded, and that it stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction

from tests.factories import journal as factories
from viche.journal import operations, queries
from viche.journal.models import Entry, Head, Values
from viche.methods import sealing

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_did_what_to_what_and_when():
    entry = factories.entry(before={"state": "draft"}, after={"state": "submitted"})
    kept = Entry.objects.get()
    assert (kept.number, kept.verb, kept.subject_kind, kept.subject_id) == (
        1,
        "calls.submitted",
        "calls.application",
        "1",
    )
    assert (kept.actor_id, kept.at, kept.subject_label) == (7, factories.MOMENT, "Заявка FUND-24-017")
    assert (kept.values.before, kept.values.after) == ({"state": "draft"}, {"state": "submitted"})
    assert (kept.previous, kept.mac) == (sealing.START, entry.mac)
    assert str(kept) == "1 calls.submitted calls.application:1"
    assert str(kept.values) == "1 Заявка FUND-24-017"


def test_entries_are_numbered_without_a_gap_and_each_names_the_seal_before():
    first, second, third = factories.entries(3)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert (second.previous, third.previous) == (first.mac, second.mac)
    assert str(Head.objects.get()) == "3"


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_a_visitor_and_the_platform_itself_have_no_key(nobody):
    assert factories.entry(by=nobody).actor_id is None


def test_an_unsaved_subject_is_refused():
    with pytest.raises(ValueError, match="no key yet"):
        factories.entry(subject=factories.Thing(pk=None))


def test_values_of_every_kind_are_kept_and_still_verify():
    odd = {"sum": Decimal("10.50"), "on": date(2024, 2, 1), "big": 1e16, "nul": "a\x00b", "half": "\ud800", "дім": [1]}
    factories.entry(after=odd)
    assert Values.objects.get().after == {
        "sum": "10.50",
        "on": "2024-02-01",
        "big": 1e16,
        "nul": "a\x00b",
        "half": "\ud800",
        "дім": [1],
    }
    assert queries.verify().fault is None


def test_a_long_or_broken_label_is_kept_as_far_as_it_goes():
    assert factories.entry(subject=factories.Thing(name="\ud800" + "я" * 400)).subject_label == "?" + "я" * 299


def test_a_transaction_that_fails_leaves_no_gap():
    def written_and_taken_back():
        with transaction.atomic():
            factories.entry()
            raise RuntimeError

    factories.entry()
    with pytest.raises(RuntimeError):
        written_and_taken_back()
    assert factories.entry().number == 2
    assert queries.verify().fault is None


def test_many_acts_are_one_chain_and_a_fixed_number_of_queries(django_assert_num_queries):
    factories.entry()
    acts = [operations.Act("calls.opened", factories.Thing(pk=key), after={"key": key}) for key in range(1, 41)]
    with django_assert_num_queries(6):  # savepoint, head, entries, values, head, release
        entries = operations.record_many(acts, by=factories.Person(), at=factories.MOMENT)
    assert [entry.number for entry in entries] == list(range(2, 42))
    assert queries.verify() == queries.Verdict(41, 0, None)


def test_no_acts_are_no_entry():
    assert operations.record_many([], by=None, at=factories.MOMENT) == []
    assert not Head.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET verb = 'x'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_or_delete_an_entry(guarded, statement):
    factories.entry()
    with pytest.raises(IntegrityError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().verb == "calls.submitted"


@pytest.mark.postgresql
def test_the_database_refuses_to_empty_the_table(guarded):
    factories.entry()
    connection.check_constraints()  # PostgreSQL empties no table that has checks still to come
    with pytest.raises(IntegrityError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE journal_entry CASCADE")
    assert Entry.objects.count() == 1


def test_what_was_done_to_a_thing_comes_latest_first():
    factories.entry(verb="calls.started")
    factories.entry(subject=factories.Thing(pk=2))
    factories.entry(verb="calls.submitted", at=factories.MOMENT + timedelta(days=1))
    assert [entry.verb for entry in queries.of(factories.Thing())] == ["calls.submitted", "calls.started"]


@pytest.mark.parametrize("rows", [1, 3])
def test_reading_the_journal_is_one_query(django_assert_num_queries, rows):
    factories.entries(rows)
    with django_assert_num_queries(1):
        assert len([entry.subject_label for entry in queries.of(factories.Thing())]) == rows
    with django_assert_num_queries(1):
        assert len([entry.values.after for entry in queries.latest()]) == rows


def test_the_latest_acts_can_be_narrowed():
    factories.entry()
    factories.entry(by=factories.Person(pk=8), verb="calls.withdrawn")
    assert [entry.number for entry in queries.latest()] == [2, 1]
    assert [entry.number for entry in queries.latest(actor_id=7)] == [1]
    assert [entry.number for entry in queries.latest(verb="calls.withdrawn")] == [2]
    assert not queries.latest(kind="awards.award")
