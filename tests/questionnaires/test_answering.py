"""Filling a sheet: nothing typed is lost, nothing is overwritten unseen."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import files as uploads
from tests.factories import people
from tests.factories import questionnaires as made
from viche.files.models import Stored
from viche.methods.refusals import Refused
from viche.people import operations as accounts
from viche.questionnaires import operations, queries
from viche.questionnaires.choices import LostWhy
from viche.questionnaires.models import Answers, Hand, Lost, Version

pytestmark = pytest.mark.django_db
MOMENT = made.MOMENT
WRITER = 7_000_000  # a key that no other person gets


@pytest.fixture(autouse=True)
def _writer(db):
    people.user(pk=WRITER)


@pytest.fixture
def sheet():
    return made.sheet()


def section(sheet, number):
    return queries.outline(sheet.version).section(number)


def save(sheet, number, values, revision=0, **more):
    return operations.save(sheet, section(sheet, number), values, revision=revision, by_id=WRITER, at=MOMENT, **more)


def stored(sheet, number):
    return Answers.objects.get(sheet=sheet, section_id=section(sheet, number).pk)


# --- beginning and saving ---------------------------------------------------------------------------------------------


def test_beginning_freezes_the_form():
    version = made.version()
    sheet = operations.begin(version, at=MOMENT)
    assert version.is_frozen
    assert Version.objects.get(pk=version.pk).is_frozen
    assert sheet.version.sha256
    assert operations.begin(version, at=made.later(days=1)).version.frozen_at == MOMENT


def test_what_is_typed_is_saved_as_typed_right_or_wrong(sheet):
    wrong = {"budget": [{"item": "", "quantity": "сто", "price": "−35"}], "amount": " багато ", "own": "1 000"}
    answers = save(sheet, 3, wrong)
    assert (answers.revision, answers.saved_at, answers.saved_by_id, answers.is_complete) == (1, MOMENT, WRITER, False)
    assert stored(sheet, 3).values == wrong
    again = save(sheet, 3, {**wrong, "amount": "7"}, revision=1)
    assert (again.revision, stored(sheet, 3).values["amount"]) == (2, "7")
    assert save(sheet, 3, made.ANSWERS[2], revision=2).is_complete


def test_a_section_may_be_named_by_its_row_or_its_key(sheet):
    pk = section(sheet, 2).pk
    operations.save(sheet, pk, {"title": "А"}, revision=0, by_id=None, at=MOMENT)
    row = Answers.objects.select_related("section").get().section
    operations.save(sheet, row, {"title": "Б"}, revision=1, by_id=None, at=MOMENT)
    assert stored(sheet, 2).values["title"] == "Б"


def test_a_section_of_another_form_is_refused(sheet):
    foreign = queries.outline(made.version(frozen=True)).section(1)
    with pytest.raises(Refused) as refused:
        operations.save(sheet, foreign, {}, revision=0, by_id=None, at=MOMENT)
    assert refused.value.status == 404


def test_unknown_keys_are_ignored_and_wrong_shapes_made_right(sheet):
    save(sheet, 2, {"title": ["a"], "summary": None, "audience": "molod", "nobody": "knows"})
    assert stored(sheet, 2).values == {"title": "", "summary": "", "audience": [], "after": ""}
    save(sheet, 3, {"budget": ["row", {"item": 5}, {"price": "7", "extra": "x"}], "amount": 7})
    rows = [{"item": "", "quantity": "", "price": ""}, {"item": "", "quantity": "", "price": "7"}]
    assert stored(sheet, 3).values == {"budget": rows, "amount": "", "own": ""}
    save(sheet, 4, {"truth": "on", "letter": ["x"]})
    assert stored(sheet, 4).values == {"letter": [], "photos": [], "truth": False}


def test_signs_that_no_database_keeps_are_left_out(sheet):
    save(sheet, 2, {"title": "На\x00зва\ud800", "audience": ["mo\x00lod"], "summary": "а\r\nб"})
    values = stored(sheet, 2).values
    assert (values["title"], values["audience"], values["summary"]) == ("Назва", ["molod"], "а\nб")
    save(sheet, 3, {"budget": [{"item": "\udfffстіл", "quantity": "1", "price": "\x002"}]})
    assert stored(sheet, 3).values["budget"][0] == {"item": "стіл", "quantity": "1", "price": "2"}


def test_a_text_of_twenty_kilobytes_is_fine_and_a_flood_is_refused_with_a_sentence(sheet):
    save(sheet, 2, {"after": "щ" * 10_000})
    assert len(stored(sheet, 2).values["after"]) == 10_000
    with pytest.raises(Refused, match="Розділ завеликий") as refused:
        save(sheet, 2, {"after": "щ" * 200_000}, revision=1)
    assert "КБ" in refused.value.sentence
    assert stored(sheet, 2).revision == 1


# --- who wrote --------------------------------------------------------------------------------------------------------


def test_everybody_who_ever_wrote_is_known(sheet):
    first, second, third, idle = (people.user().pk for _ in range(4))
    part = section(sheet, 4)

    def write(by_id, revision, truth):
        operations.save(sheet, part, {"truth": truth}, revision=revision, by_id=by_id, at=MOMENT)

    write(first, 0, True)
    write(second, 1, False)
    write(second, 2, True)
    write(first, 3, False)
    kept = operations.attach(sheet, question(sheet, "letter"), uploads.upload(), by_id=third, at=MOMENT)
    with pytest.raises(operations.Stale):
        write(idle, 0, True)
    assert queries.writers(sheet) == {first, second, third}
    operations.detach(sheet, question(sheet, "letter"), str(kept.key), by_id=idle, at=MOMENT)
    assert queries.writers(sheet) == {first, second, third, idle}
    assert Hand.objects.count() == 4
    assert queries.writers(made.sheet()) == set()
    assert str(Hand.objects.first()) == f"{sheet.pk}/{first}"


def test_whoever_wrote_may_be_forgotten_and_is_still_known(sheet):
    writer = people.user()
    operations.save(sheet, section(sheet, 2), {"title": "А"}, revision=0, by_id=writer.pk, at=MOMENT)
    accounts.forget(writer, by=writer, at=MOMENT)
    assert queries.writers(sheet) == {writer.pk}
    with pytest.raises(ProtectedError):
        writer.delete()


def test_those_who_wrote_before_hands_were_kept_are_remembered(sheet):
    first, second, gone = people.user().pk, people.user().pk, 999_999
    save(sheet, 2, {"title": "А"})
    operations.attach(sheet, question(sheet, "letter"), uploads.upload(), by_id=first, at=MOMENT)
    save(sheet, 4, {"truth": True})
    for owner, by in ((sheet.pk, second), (sheet.pk, gone), (888_888, first), ("x", "y"), (sheet.pk, "")):
        uploads.stored(owner_kind="questionnaires.sheet", owner_id=owner, by_id=by)
    uploads.stored(owner_id=sheet.pk, by_id=people.user().pk)
    Hand.objects.all().delete()
    before = import_module("viche.questionnaires.migrations.0003_hands_of_before")
    before.remember(apps, None)
    before.remember(apps, None)
    assert queries.writers(sheet) == {WRITER, first, second}


# --- somebody saved first ---------------------------------------------------------------------------------------------


def test_a_stale_text_overwrites_nothing_and_is_kept(sheet):
    save(sheet, 2, {"title": "Перша"})
    save(sheet, 2, {"title": "Друга"}, revision=1)
    with pytest.raises(operations.Stale) as stale:
        save(sheet, 2, {"title": "Моя"}, revision=1)
    assert (stale.value.theirs.revision, stale.value.theirs.values["title"]) == (2, "Друга")
    kept = Lost.objects.get()
    assert stale.value.kept == kept
    assert (kept.values["title"], kept.why, kept.kept_for_id, kept.kept_at) == ("Моя", LostWhy.STALE, WRITER, MOMENT)
    assert (stored(sheet, 2).revision, stored(sheet, 2).values["title"]) == (2, "Друга")


def test_a_first_save_after_somebody_elses_is_stale(sheet):
    save(sheet, 2, {"title": "Перша"})
    with pytest.raises(operations.Stale):
        save(sheet, 2, {"title": "Моя"}, revision=0)


def test_a_revision_from_the_future_is_stale_too(sheet):
    with pytest.raises(operations.Stale) as stale:
        save(sheet, 2, {"title": "Моя"}, revision=9)
    assert stale.value.theirs.revision == 0
    assert Lost.objects.get().values["title"] == "Моя"


def test_the_same_text_sent_twice_is_no_conflict(sheet):
    save(sheet, 2, {"title": "Перша"})
    again = save(sheet, 2, {"title": "Перша"}, revision=0)
    assert again.revision == 1
    assert not Lost.objects.exists()


def test_a_refused_text_is_kept_once_however_often_it_comes(sheet):
    save(sheet, 2, {"title": "Перша"})
    for title in ("Моя", "Моя", "Моя довша"):
        with pytest.raises(operations.Stale):
            save(sheet, 2, {"title": title}, revision=0)
    assert [lost.values["title"] for lost in queries.lost_of(sheet)] == ["Моя довша", "Моя"]
    assert queries.lost_of(sheet, WRITER).count() == 2
    assert queries.lost_of(sheet, 8).count() == 0
    assert "stale" in str(Lost.objects.first())


def test_a_late_text_is_kept_and_not_saved(sheet):
    save(sheet, 2, {"title": "Вчасно"})
    with pytest.raises(operations.Late) as late:
        save(sheet, 2, {"title": "Запізно"}, revision=1, late=True)
    assert late.value.kept.why == LostWhy.LATE
    assert stored(sheet, 2).values["title"] == "Вчасно"


@pytest.mark.django_db(transaction=True)
def test_a_refused_text_outlives_the_transaction_of_the_caller():
    sheet = made.sheet()
    save(sheet, 2, {"title": "Перша"})

    @operations.keeping()
    def whole():
        Lost.objects.create(sheet=sheet, section_id=section(sheet, 1).pk, why="late", kept_at=MOMENT)
        save(sheet, 2, {"title": "Моя"}, revision=0)

    with pytest.raises(operations.Stale):
        whole()
    assert Lost.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_anything_else_rolls_the_callers_transaction_back():
    sheet = made.sheet()

    @operations.keeping()
    def whole():
        save(sheet, 2, {"title": "Перша"})
        raise Refused("ні")

    with pytest.raises(Refused):
        whole()
    assert not Answers.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_save_inside_a_transaction_that_would_forget_the_text_is_a_mistake():
    sheet = made.sheet()
    with pytest.raises(RuntimeError), transaction.atomic():
        save(sheet, 2, {"title": "Перша"})


# --- files ------------------------------------------------------------------------------------------------------------


def question(sheet, key):
    return next(q for q in queries.outline(sheet.version).questions if q.key == key)


def attach(sheet, key, upload):
    return operations.attach(sheet, question(sheet, key), upload, by_id=WRITER, at=MOMENT)


def test_a_file_is_attached_and_the_typed_text_stays(sheet):
    save(sheet, 4, {"truth": True})
    kept = attach(sheet, "letter", uploads.upload())
    assert (kept.owner_kind, kept.owner_id) == ("questionnaires.sheet", str(sheet.pk))
    answers = stored(sheet, 4)
    assert answers.values == {"letter": [str(kept.key)], "photos": [], "truth": True}
    assert answers.revision == 1
    save(sheet, 4, {"truth": False, "letter": []}, revision=1)
    assert stored(sheet, 4).values["letter"] == [str(kept.key)]


def test_a_file_may_come_before_any_text(sheet):
    kept = attach(sheet, "letter", uploads.upload())
    save(sheet, 4, {"truth": True}, revision=0)
    assert stored(sheet, 4).values == {"letter": [str(kept.key)], "photos": [], "truth": True}
    assert stored(sheet, 4).revision == 1


def test_files_over_the_number_are_refused_at_the_question(sheet):
    attach(sheet, "letter", uploads.upload())
    attach(sheet, "letter", uploads.upload())
    with pytest.raises(Refused, match="більше файлів не вміщується") as refused:
        attach(sheet, "letter", uploads.upload())
    assert refused.value.field == "letter"
    assert Stored.objects.count() == 2


def test_of_two_taken_in_for_the_last_place_one_is_refused_and_leaves_nothing(sheet, settings, tmp_path):
    settings.VAR = tmp_path
    attach(sheet, "letter", uploads.upload())
    asked = question(sheet, "letter")
    with operations.taking_in(sheet, asked, uploads.upload()) as first:
        operations.attach(sheet, asked, first, by_id=WRITER, at=MOMENT)
        before = sum(path.is_file() for path in tmp_path.rglob("*"))
    with pytest.raises(Refused), operations.taking_in(sheet, asked, uploads.upload()):
        raise AssertionError("taken in, though there is no room")
    other = question(sheet, "photos")
    uploaded = [uploads.upload(uploads.picture(), "a.jpg") for _ in range(4)]

    def late():
        with operations.taking_in(sheet, other, uploaded[3]) as taken:
            for one in uploaded[:3]:
                attach(sheet, "photos", one)
            operations.attach(sheet, other, taken, by_id=WRITER, at=MOMENT)

    with pytest.raises(Refused, match="більше файлів не вміщується"):
        late()
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == before + 3
    assert len(stored(sheet, 4).values["photos"]) == 3


def test_a_photograph_is_asked_for_and_a_document_refused(sheet):
    attach(sheet, "photos", uploads.upload(uploads.picture(), "фото.jpg"))
    with pytest.raises(Refused) as refused:
        attach(sheet, "photos", uploads.upload())
    assert refused.value.field == "photos"
    assert len(stored(sheet, 4).values["photos"]) == 1


def test_a_file_is_not_attached_to_a_question_of_another_kind(sheet):
    for wrong in (question(sheet, "title"), 0):
        with pytest.raises(Refused) as refused:
            operations.attach(sheet, wrong, uploads.upload(), by_id=WRITER, at=MOMENT)
        assert refused.value.status == 404


def test_a_file_is_detached_for_good(sheet):
    kept = attach(sheet, "letter", uploads.upload())
    for _twice in range(2):
        operations.detach(sheet, question(sheet, "letter"), str(kept.key), by_id=WRITER, at=MOMENT)
    assert stored(sheet, 4).values["letter"] == []
    assert Stored.objects.get(pk=kept.pk).removed_at == MOMENT
    operations.detach(sheet, question(sheet, "letter"), "nonsense", by_id=WRITER, at=MOMENT)


def test_a_file_that_is_not_the_sheets_own_is_not_deleted(sheet):
    foreign = uploads.stored()
    answers = made.fill(sheet, [{}, {}, {}, {}]).answers.get(section_id=section(sheet, 4).pk)
    answers.values["letter"] = [str(foreign.key)]
    answers.save()
    operations.detach(sheet, question(sheet, "letter"), str(foreign.key), by_id=None, at=MOMENT)
    assert Stored.objects.get(pk=foreign.pk).removed_at is None
    assert stored(sheet, 4).values["letter"] == []


# --- anything at all --------------------------------------------------------------------------------------------------

nonsense = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
keys = st.sampled_from(
    ["hromada", "since", "staff", "experience", "title", "audience", "budget", "amount", "truth", "x"]
)


@settings(max_examples=60, deadline=None)
@given(number=st.integers(1, 4), values=st.dictionaries(keys, nonsense, max_size=5))
def test_anything_is_saved_judged_and_frozen_without_a_crash(number, values):
    with operations.keeping():
        sheet = made.sheet()
        answers = save(sheet, number, values)
        assert save(sheet, number, answers.values, revision=1).values == answers.values
        filled = queries.filled(sheet)
        assert all(fault.sentence and fault.anchor for fault in queries.faults(filled))
        text, _digest = queries.freeze_answers(filled)
        assert len(queries.read_frozen(text)) == 4
        transaction.set_rollback(True)
