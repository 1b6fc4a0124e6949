"""Every way to tamper with the chain is found, and named by its first row."""

import json
import tracemalloc
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import journal as factories
from viche.journal import operations, queries, tasks
from viche.journal.models import Entry, Head, Values
from viche.journal.queries import Fault, FaultKind

pytestmark = pytest.mark.django_db


def renumber(first, by):
    """Move the rows from `first` on by one number up or down, values along, as a careful forger would."""
    numbers = Entry.objects.filter(number__gte=first).order_by("-number" if by > 0 else "number")
    for number in list(numbers.values_list("number", flat=True)):
        kept = Values.objects.filter(pk=number).values("salt", "body").first()
        Values.objects.filter(pk=number).delete()
        Entry.objects.filter(pk=number).update(number=number + by)
        Values.objects.create(entry_id=number + by, **kept)
    Head.objects.update(number=Entry.objects.count())


def remove(*numbers):
    Values.objects.filter(pk__in=numbers).delete()
    Entry.objects.filter(pk__in=numbers).delete()


def copy(number, to, **changes):
    """Put a row at `to` that looks like the row `number`."""
    entry, values = Entry.objects.get(pk=number), Values.objects.get(pk=number)
    entry.number, entry._state.adding = to, True
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save(force_insert=True)
    Values.objects.create(entry_id=to, salt=values.salt, body=values.body)


def fault(head=None):
    return queries.verify(head).fault


def test_an_empty_journal_and_an_honest_one_are_whole():
    assert queries.verify() == queries.Verdict(0, 0, None)
    factories.entries(5)
    assert queries.verify() == queries.Verdict(5, 0, None)


@pytest.mark.parametrize("number", [1, 3, 5])
@pytest.mark.parametrize(
    "change",
    [
        {"verb": "calls.withdrawn"},
        {"subject_kind": "calls.call"},
        {"subject_id": "2"},
        {"at": factories.MOMENT + timedelta(microseconds=1)},
        {"actor_id": None},
        {"actor_id": 8},
        {"values_digest": "0" * 64},
        {"previous": "1" * 64},
        {"mac": "2" * 64},
    ],
)
def test_a_changed_row_is_named(unguarded, number, change):
    factories.entries(5)
    Entry.objects.filter(pk=number).update(**change)
    verdict = queries.verify()
    assert (verdict.read, verdict.fault) == (number, Fault(FaultKind.ALTERED, number))


@pytest.mark.parametrize("change", [{"body": '{"after":null}'}, {"salt": "0" * 32}])
def test_changed_values_are_named(change):
    factories.entries(3)
    Values.objects.filter(pk=2).update(**change)
    assert fault() == Fault(FaultKind.VALUES, 2)


def test_values_taken_away_are_named():
    factories.entries(3)
    Values.objects.filter(pk=2).delete()
    assert fault() == Fault(FaultKind.VALUES, 2)


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_removed_row_is_named(unguarded, number):
    factories.entries(5)
    remove(number)
    assert fault() == Fault(FaultKind.REMOVED, number)


def test_a_removed_row_is_named_though_the_rest_moved_up(unguarded):
    factories.entries(6)
    remove(3)
    renumber(4, -1)
    assert fault() == Fault(FaultKind.REMOVED, 3)


def test_a_row_before_the_first_is_named(unguarded):
    factories.entries(3)
    copy(1, 0)
    assert fault() == Fault(FaultKind.INSERTED, 0)


@pytest.mark.parametrize("changes", [{}, {"verb": "calls.forged"}, {"previous": "3" * 64}])
def test_an_inserted_row_is_named_though_the_rest_moved_down(unguarded, changes):
    factories.entries(5)
    renumber(3, +1)
    copy(2, 3, **changes)
    assert fault() == Fault(FaultKind.INSERTED, 3)


def test_a_row_put_at_the_end_is_named(unguarded):
    factories.entries(3)
    copy(3, 4, verb="calls.forged")
    assert fault() == Fault(FaultKind.INSERTED, 4)


def test_genuine_rows_beyond_a_head_that_was_set_back_are_named():
    factories.entries(3)
    second = Entry.objects.get(pk=2)
    Head.objects.update(number=2, mac=second.mac)
    assert fault() == Fault(FaultKind.INSERTED, 3)


def test_a_row_of_another_copy_of_the_journal_is_named(unguarded):
    factories.entries(3)
    stranger = Entry.objects.get(pk=3)
    stranger.previous = "4" * 64
    stranger.mac = queries.mac_of(queries.Row.of(stranger), _key())
    Entry.objects.filter(pk=3).update(previous=stranger.previous, mac=stranger.mac)
    assert fault() == Fault(FaultKind.INSERTED, 3)


def _key():
    from django.conf import settings

    return settings.JOURNAL_KEY.encode()


def test_a_changed_head_row_is_named():
    factories.entries(3)
    Head.objects.update(mac="5" * 64)
    assert fault() == Fault(FaultKind.ALTERED, 3)


def test_a_cut_tail_is_found_by_the_head_row(unguarded):
    factories.entries(5)
    remove(4, 5)
    assert fault() == Fault(FaultKind.CUT, 4)


def test_a_tail_cut_with_care_is_found_by_the_file(unguarded, tmp_path):
    factories.entries(5)
    file = tmp_path / "head.json"
    operations.write_head(file, at=factories.MOMENT)
    remove(4, 5)
    Head.objects.update(number=3, mac=Entry.objects.get(pk=3).mac)
    assert fault() is None
    assert fault(file) == Fault(FaultKind.CUT, 4)
    factories.entries(3)  # people go on writing: the chain is longer than the file now, and another
    assert fault() is None
    assert fault(file) == Fault(FaultKind.HEAD, 5)


def test_everything_removed_is_found(unguarded):
    factories.entries(2)
    remove(1, 2)
    assert fault() == Fault(FaultKind.CUT, 1)


def test_another_key_fails_at_the_first_row(settings):
    factories.entries(2)
    settings.JOURNAL_KEY = "another"
    assert fault() == Fault(FaultKind.ALTERED, 1)


def test_faults_are_said_in_words():
    assert Fault(FaultKind.CUT, 7).sentence == "Кінець журналу обрізано: немає записів від 7."
    assert {str(kind.label).count("%(number)s") for kind in FaultKind} == {1}


def test_the_file_says_number_seal_and_moment_and_a_longer_journal_matches_it(tmp_path):
    file = tmp_path / "deep" / "head.json"
    entries = factories.entries(2)
    mark = operations.write_head(file, at=factories.MOMENT)
    assert json.loads(file.read_text()) == {"number": 2, "mac": entries[1].mac, "at": "2024-02-01T10:00:00+00:00"}
    assert queries.read_mark(file) == mark
    factories.entry()
    assert queries.verify(file) == queries.Verdict(3, 0, None)
    operations.write_head(file, at=factories.MOMENT)
    assert queries.read_mark(file).number == 3
    assert [path.name for path in file.parent.iterdir()] == ["head.json"]


def test_the_file_of_an_empty_journal_can_be_written_and_read(tmp_path):
    operations.write_head(tmp_path / "head.json", at=factories.MOMENT)
    assert queries.verify(tmp_path / "head.json").fault is None


def test_a_file_is_not_written_over_by_a_shorter_journal(unguarded, tmp_path):
    factories.entries(2)
    operations.write_head(tmp_path / "head.json", at=factories.MOMENT)
    remove(2)
    Head.objects.update(number=1, mac=Entry.objects.get(pk=1).mac)
    with pytest.raises(ValueError, match="has been cut"):
        operations.write_head(tmp_path / "head.json", at=factories.MOMENT)
    assert queries.read_mark(tmp_path / "head.json").number == 2


def test_the_daily_task_writes_a_file_of_the_day(settings, tmp_path):
    settings.VAR = tmp_path
    factories.entry()
    tasks.write_head()
    (file,) = (tmp_path / "journal").iterdir()
    assert file.name.startswith("head-20")
    assert queries.verify(file).fault is None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"number": "1", "mac": "", "at": ""}', '{"number": 1, "mac": "x", "at": ""}']
)
def test_a_file_that_is_no_head_is_unreadable(tmp_path, text):
    (tmp_path / "head.json").write_text(text)
    with pytest.raises(queries.Unreadable):
        queries.verify(tmp_path / "head.json")


@pytest.mark.parametrize("emptied_by", [None, 9])
def test_an_entry_that_tells_of_an_erasure_is_never_erased_itself(unguarded, emptied_by):
    user = factories.Thing()
    operations.record(verb="people.joined", subject=user, by=None, at=factories.MOMENT)
    operations.forget(subject=user, by=None, at=factories.MOMENT)
    assert fault() is None
    operations.record(verb="people.joined", subject=user, by=None, at=factories.MOMENT)
    Values.objects.filter(pk=2).update(salt="", body="", erased_by=emptied_by)
    assert fault() == Fault(FaultKind.VALUES, 2)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("journal_entry", "at", FaultKind.ALTERED),
        ("journal_entry", "actor_id", FaultKind.ALTERED),
        ("journal_values", "erased_by", FaultKind.VALUES),
        ("journal_values", "body", FaultKind.VALUES),
    ],
)
@pytest.mark.parametrize("rubbish", ["'garbage'", "x'ff00'", "'2024-13-45 10:00:00'"])
def test_a_row_with_rubbish_in_it_is_named(unguarded, table, column, kind, rubbish):
    factories.entries(5)
    key = "number" if table == "journal_entry" else "entry_id"
    emptied = ", salt = '', body = ''" if column == "erased_by" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {rubbish}{emptied} WHERE {key} = 3")  # noqa: S608 — our own words
    verdict = queries.verify()
    assert verdict.fault.number == 3
    assert verdict.fault.kind in {kind, FaultKind.ALTERED}


def test_a_missing_file_and_binary_rubbish_are_unreadable(tmp_path):
    (tmp_path / "head.json").write_bytes(b"\xff\xfe\x00")
    for name in ("none.json", "head.json"):
        with pytest.raises(queries.Unreadable):
            queries.verify(tmp_path / name)


def test_a_database_without_the_table_is_unreadable(unguarded):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry RENAME TO journal_gone")
    with pytest.raises(queries.Unreadable):
        queries.verify()


def test_a_long_journal_is_read_in_constant_memory():
    acts = [operations.Act("calls.opened", factories.Thing(pk=key), after={"key": "я" * 500}) for key in range(1, 6001)]
    operations.record_many(acts, by=None, at=factories.MOMENT)
    del acts
    tracemalloc.start()
    assert queries.verify() == queries.Verdict(6000, 0, None)
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
