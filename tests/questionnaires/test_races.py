"""Many people saving at once: no lost update, no error, exact outcomes. On either database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BoundedSemaphore

import pytest
from django.db import connection

from tests.factories import people
from tests.factories import questionnaires as made
from viche.methods.refusals import Refused
from viche.questionnaires import operations, queries
from viche.questionnaires.models import Answers, Hand, Lost, Version

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
PEOPLE = 100
CONNECTIONS = 60  # at once: a cluster of PostgreSQL as installed has room for a hundred of everybody
DRAFT = "щ" * 10_000  # twenty kilobytes


def together(act, numbers):
    """Do the act in as many threads, all at one moment; results or exceptions in the order of the numbers."""
    gate, hands = Barrier(len(numbers), timeout=60), BoundedSemaphore(CONNECTIONS)

    def one(number):
        gate.wait()
        with hands:
            try:
                return act(number)
            except Exception as raised:  # noqa: BLE001 — what was raised is the outcome that the tests look at
                return raised
            finally:
                connection.close()

    with ThreadPoolExecutor(len(numbers)) as pool:
        return list(pool.map(one, numbers))


@pytest.fixture(autouse=True)
def _writers(db):
    """Somebody under each of the numbers."""
    for number in range(PEOPLE):
        people.user(pk=number)


def test_a_hundred_people_save_their_own_drafts_again_and_again():
    version = made.version(frozen=True)
    sheets = [made.sheet(version) for _ in range(PEOPLE)]
    section = queries.outline(version).section(2)

    def write(number):
        for revision in range(3):
            values = {"after": f"{number}/{revision} {DRAFT}"}
            operations.save(sheets[number], section, values, revision=revision, by_id=number, at=made.MOMENT)

    assert together(write, range(PEOPLE)) == [None] * PEOPLE
    rows = Answers.objects.order_by("sheet_id")
    assert [(row.revision, row.values["after"]) for row in rows] == [(3, f"{n}/2 {DRAFT}") for n in range(PEOPLE)]
    assert not Lost.objects.exists()


@pytest.mark.parametrize("begun", [0, 1])
def test_of_a_hundred_who_save_one_section_from_one_revision_one_wins_and_all_texts_are_kept(begun):
    sheet = made.sheet()
    section = queries.outline(sheet.version).section(2)
    for revision in range(begun):
        operations.save(sheet, section, {"title": "Спершу"}, revision=revision, by_id=None, at=made.MOMENT)

    def write(number):
        values = {"title": str(number), "after": DRAFT}
        return operations.save(sheet, section, values, revision=begun, by_id=number, at=made.MOMENT)

    outcomes = together(write, range(PEOPLE))
    won = [number for number, outcome in enumerate(outcomes) if isinstance(outcome, Answers)]
    assert len(won) == 1
    assert sum(isinstance(outcome, operations.Stale) for outcome in outcomes) == PEOPLE - 1
    row = Answers.objects.get()
    assert (row.revision, row.values["title"]) == (begun + 1, str(won[0]))
    kept = {lost.values["title"] for lost in Lost.objects.all()}
    assert kept == {str(number) for number in range(PEOPLE)} - {str(won[0])}
    assert all(outcome.theirs.revision == begun + 1 for outcome in outcomes if isinstance(outcome, operations.Stale))


def test_people_who_begin_from_what_they_see_lose_nothing():
    sheet = made.sheet()
    section = queries.outline(sheet.version).section(2)
    several = 20

    def write(number):
        revision = 0
        while True:
            try:
                values = {"title": str(number)}
                return operations.save(sheet, section, values, revision=revision, by_id=number, at=made.MOMENT).revision
            except operations.Stale as stale:
                revision = stale.theirs.revision

    assert sorted(together(write, range(several))) == list(range(1, several + 1))
    assert Answers.objects.get().revision == several
    assert queries.writers(sheet) == set(range(several))
    assert Hand.objects.count() == several


def test_a_form_freezes_once_however_many_begin_it():
    version = made.version()

    def begin(_number):
        return operations.begin(Version.objects.get(pk=version.pk), at=made.MOMENT).version.sha256

    digests = together(begin, range(20))
    assert set(digests) == {Version.objects.get(pk=version.pk).sha256}


def test_changing_and_freezing_at_once_leaves_what_the_digest_says():
    version = made.version()

    def act(number):
        if number % 2:
            return operations.freeze(Version.objects.get(pk=version.pk), at=made.MOMENT)
        return operations.add_section(version, {"title": str(number)}, at=made.MOMENT) and operations.write(
            version, made.GRANT[:2], at=made.MOMENT
        )

    outcomes = together(act, range(10))
    # Every freeze may have met an empty section between two acts of others and been refused: then it freezes now.
    operations.freeze(Version.objects.get(pk=version.pk), at=made.MOMENT)
    frozen = Version.objects.get(pk=version.pk)
    assert frozen.sha256 == queries.outlines.fingerprint(queries.outlines.read(frozen))
    assert all(isinstance(outcome, Refused) or not isinstance(outcome, Exception) for outcome in outcomes)
