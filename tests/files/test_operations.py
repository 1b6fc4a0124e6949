"""Files are kept whole or not at all, photographs without what the camera wrote, and nothing stays behind."""

import hashlib
import io
import os
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from tests.factories import files as made
from viche.files import checks, operations, queries, tasks
from viche.files.models import Consent, Stored, root
from viche.journal.models import Entry
from viche.methods.refusals import Refused

pytestmark = pytest.mark.django_db
MOMENT = made.MOMENT
OFFICER = SimpleNamespace(pk=5)


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


def lying():
    """Names of all files that lie about."""
    return sorted(path.name for path in root().rglob("*") if path.is_file())


def test_a_document_is_kept_byte_for_byte():
    stored = made.stored(name="Звіт ‘весна’.docx", owner_id=uuid4())
    assert stored.path.read_bytes() == made.PDF
    assert stored.path == root() / stored.key.hex[:2] / str(stored.key)
    assert (stored.name, stored.content_type, stored.size) == ("Звіт ‘весна’.pdf", "application/pdf", len(made.PDF))
    assert stored.sha256 == hashlib.sha256(made.PDF).hexdigest()
    assert (stored.uploaded_by, stored.uploaded_at, stored.is_image) == ("3", MOMENT, False)
    assert str(stored) == stored.name
    assert lying() == [str(stored.key)]


def test_a_file_of_our_own_making_is_kept_too():
    stored = operations.store(
        ContentFile(b"a;b\n", name="таблиця.csv"), owner_kind="awards.award", owner_id=1, by_id=None, at=MOMENT
    )
    assert (stored.content_type, stored.uploaded_by) == ("text/csv", "")


def test_a_refused_file_leaves_nothing():
    with pytest.raises(Refused) as no:
        made.stored(made.EXE, field="statute")
    assert (no.value.field, no.value.status) == ("statute", 422)
    assert not Stored.objects.exists()
    assert not root().exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_broken_photograph_leaves_nothing_half_written(kind):
    whole = made.picture(kind, size=(400, 300))
    with pytest.raises(Refused):
        made.stored(whole[: len(whole) // 2], "фото.jpg")
    assert lying() == []
    assert not Stored.objects.exists()


def test_what_was_taken_in_goes_again_when_what_follows_is_refused():
    seen = []

    def then(follows):
        with operations.taking_in(made.upload()) as taken:
            seen.append(str(taken.key))
            raise follows

    with pytest.raises(Refused):
        then(Refused("Ні"))
    assert lying() == []
    # Anything else may have happened after the row was there for good: then the sweep looks for the row.
    with pytest.raises(ZeroDivisionError):
        then(ZeroDivisionError())
    assert lying() == seen[1:]


def test_the_limit_holds_even_without_the_upload_handler(settings):
    settings.UPLOAD_LIMIT = 20
    with pytest.raises(Refused) as no:
        made.stored()
    assert no.value.status == 413


def test_a_photograph_is_turned_and_forgets_place_and_maker():
    content = made.camera_picture(turned=6, size=(64, 48))
    assert b"Secret Camera" in content
    stored = made.stored(content, "IMG_1.jpg", accept=checks.PHOTOS)
    kept = stored.path.read_bytes()
    assert b"Exif" not in kept
    assert b"Secret" not in kept
    assert b"by hand" not in kept
    assert stored.sha256 == hashlib.sha256(kept).hexdigest()
    assert (stored.is_image, stored.width, stored.height) == (True, 48, 64)
    with Image.open(stored.path) as picture:
        assert picture.size == (48, 64)
        # What was on the left of the lying picture is now on top.
        assert picture.getpixel((24, 4))[2] > 90 > picture.getpixel((24, 4))[0]
        assert min(picture.getpixel((24, 60))) > 200


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {"mode": "RGBA"}),
        ("PNG", {"mode": "L"}),
        ("PNG", {"mode": "P"}),
        ("WEBP", {}),
        ("JPEG", {"mode": "L"}),
        ("MPO", {}),
    ],
)
def test_pictures_of_every_kind_are_kept_and_copied(kind, options):
    notes = Image.Exif()
    notes[0x010F] = "Secret Maker"
    stored = made.stored(made.picture(kind, exif=notes, **options), "a")
    assert b"Secret" not in stored.path.read_bytes()
    operations.make_copies(stored)
    for size in (480, 1280):
        with Image.open(stored.copy_path(size)) as copy:
            assert (copy.format, copy.size) == ("WEBP", (64, 48))


def test_smaller_copies_fit_their_size_and_are_made_once():
    stored = made.stored(made.picture(size=(2000, 1000)), "a.jpg")
    tasks.make_copies(str(stored.key))
    with Image.open(stored.copy_path(480)) as small, Image.open(stored.copy_path(1280)) as middle:
        assert (small.size, middle.size) == ((480, 240), (1280, 640))
    before = stored.copy_path(480).stat().st_mtime_ns
    assert operations.copy(stored, 480).stat().st_mtime_ns == before
    tasks.make_copies(str(uuid4()))


def test_removing_deletes_bytes_after_commit_and_keeps_the_row(django_capture_on_commit_callbacks):
    stored = made.stored(made.picture(), "a.jpg")
    operations.make_copies(stored)
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove(stored, by=OFFICER, at=MOMENT)
        assert len(lying()) == 3
        operations.remove(stored, by=OFFICER, at=MOMENT + timedelta(days=1))
    assert lying() == []
    stored.refresh_from_db()
    assert stored.removed_at == MOMENT
    assert [entry.verb for entry in Entry.objects.all()] == ["files.removed"]
    with pytest.raises(Stored.DoesNotExist):
        queries.by_key(stored.key)


def test_consent_is_recorded_with_how_it_is_known_and_taken_back():
    stored = made.stored(made.picture(), "a.jpg")
    with pytest.raises(Refused) as no:
        operations.record_consent(stored, note="  ", by=OFFICER, at=MOMENT)
    assert no.value.field == "note"
    operations.record_consent(stored, note="Усі четверо підписали", by=OFFICER, at=MOMENT)
    stored.refresh_from_db()
    assert (stored.consent, stored.consent_note) == (Consent.RECORDED, "Усі четверо підписали")
    operations.withdraw_consent(stored, by=OFFICER, at=MOMENT)
    stored.refresh_from_db()
    assert (stored.consent, stored.consent_note) == (Consent.NONE, "")
    assert [entry.verb for entry in Entry.objects.order_by("number")] == ["files.consented", "files.consent_withdrawn"]


def test_consent_is_a_matter_of_photographs():
    with pytest.raises(Refused, match="лише для світлин"):
        operations.record_consent(made.stored(), note="так", by=OFFICER, at=MOMENT)


def test_the_table_itself_knows_whether_people_agreed():
    stored = made.stored(made.picture(), "a.jpg")
    with pytest.raises(IntegrityError), transaction.atomic():
        Stored.objects.filter(pk=stored.pk).update(consent="maybe")


def test_files_are_found_by_key_and_owner():
    first, second = made.stored(), made.stored(at=MOMENT + timedelta(hours=1))
    made.stored(owner_id=8)
    assert queries.by_key(str(first.key)) == first
    assert queries.by_keys([first.key, second.key, uuid4()]) == {first.key: first, second.key: second}
    assert list(queries.of("calls.application", 7)) == [first, second]


def test_the_sweep_takes_bytes_that_no_row_speaks_for_after_a_day():
    kept = made.stored(made.picture(), "a.jpg")
    operations.make_copies(kept)
    with transaction.atomic():
        rolled_back = made.stored()
        transaction.set_rollback(True)
    assert rolled_back.path.exists()
    assert not Stored.objects.filter(pk=rolled_back.pk).exists()
    fresh = kept.path.with_name(str(uuid4()))
    half_written = kept.path.with_name(f"{kept.key}.part")
    stranger = kept.path.with_name("notes")
    for path in (fresh, half_written, stranger):
        path.write_bytes(b"x")
    now = MOMENT + timedelta(days=30)
    for path in [path for path in root().rglob("*") if path.is_file()]:
        age = timedelta(hours=23) if path == fresh else timedelta(hours=25)
        os.utime(path, times=((now - age).timestamp(),) * 2)
    assert operations.sweep(now) == 3
    assert lying() == sorted([str(kept.key), f"{kept.key}.480", f"{kept.key}.1280", fresh.name])
    assert operations.sweep(now) == 0


def test_the_nightly_task_sweeps_by_the_clock():
    stored = made.stored()
    os.utime(stored.path, times=(0, 0))
    Stored.objects.all().delete()
    tasks.sweep()
    assert lying() == []


def test_copies_of_transparent_pictures_stay_transparent():
    stored = made.stored(made.picture("PNG", mode="RGBA"), "a.png")
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")
    stored = made.stored(out.getvalue(), "a.png")
    with Image.open(operations.copy(stored, 480)) as copy:
        assert copy.mode == "RGBA"
        assert copy.getpixel((5, 5))[3] == 0
