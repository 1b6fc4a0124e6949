"""Photographs: cleaned, kept once, private until people agree; the paper list is nobody's but the writers' and the office's."""

import io
import uuid
from datetime import date
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageCms

from tests.factories import events as factory
from tests.factories import files, people, programmes
from tests.factories.events import AFTER
from viche.events.models import Event, Photo
from viche.events.operations import photos
from viche.events.operations.photos import Words
from viche.events.queries import photos as queries
from viche.files.models import Stored
from viche.journal import queries as journal
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 25)
AGREED = {"has_consent": True, "consent_note": "Підписали листок згоди", "public_from": DAY}


@pytest.fixture
def event():
    return factory.published()


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value


def test_the_same_key_arrives_once(event):
    key = uuid.uuid4()

    def send(to=event):
        given = files.upload(files.picture(), "photo.jpg")
        return photos.add(to, key=key, upload=given, words=Words(), by=event.author, at=AFTER)

    assert send() == send()
    assert (Photo.objects.count(), Stored.objects.count()) == (1, 1)
    other = factory.published(event.programme, organisation=event.organisation, by=event.author)
    assert refusal(send, other).status == 409


def test_what_the_camera_wrote_is_gone(event):
    photo = factory.photo(event, content=files.camera_picture())
    with Image.open(photo.stored.path) as kept:
        assert dict(kept.getexif()) == {}
        assert kept.size == (48, 64)
    assert b"Secret Camera Maker" not in photo.stored.path.read_bytes()


def test_what_is_no_photograph_is_refused(event):
    no = refusal(factory.photo, event, content=files.PDF)
    assert (no.field, Photo.objects.count()) == ("photo", 0)


def test_a_file_over_the_limit_is_refused(event, settings):
    settings.UPLOAD_LIMIT = 100
    assert refusal(factory.photo, event).status == 413


def test_sixty_are_enough(event, monkeypatch):
    monkeypatch.setattr(photos, "MOST", 1)
    factory.photo(event)
    assert refusal(factory.photo, event).status == 409
    assert len(list(queries.of(event))) == 1


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"is_list": True, "has_consent": True}, "is_list"),
        ({"is_list": True, "public_from": DAY}, "is_list"),
        ({"public_from": DAY}, "has_consent"),
        ({"public_from": DAY, "has_consent": True, "caption": " "}, "caption"),
    ],
)
def test_words_that_quarrel(event, words, field):
    assert refusal(factory.photo, event, **words).field == field


def test_shown_with_consent_from_its_day_and_not_hidden(event):
    photo = factory.photo(event)
    assert not queries.public(on=DAY).exists()
    described = photos.describe(photo, words=Words(caption="Люди", **AGREED), by=event.author, at=AFTER)
    assert described.consent_note == "Підписали листок згоди"
    assert not queries.public(on=date(2024, 5, 24)).exists()
    assert list(queries.shown(event, on=DAY)) == [photo]
    hidden = photos.hide(photo, by=factory.consultant(event), at=AFTER)
    assert (hidden.public_from, hidden.has_consent) == (None, False)
    assert not queries.public(on=DAY).exists()
    photos.describe(photo, words=Words(caption="Люди", **AGREED), by=event.author, at=AFTER)
    assert queries.public(on=DAY).exists()


def test_an_event_that_is_not_shown_shows_no_photograph(event):
    factory.photo(event, **AGREED)
    assert queries.public(on=DAY).exists()
    Event.objects.update(state="submitted")
    assert not queries.public(on=DAY).exists()


def test_who_may_add_describe_hide_and_remove(event):
    observer, stranger = programmes.observer(event.programme), people.user()
    photo = factory.photo(event, by=factory.consultant(event))
    for person in (observer, stranger):
        with pytest.raises(NotAllowed):
            factory.photo(event, by=person)
        with pytest.raises(NotAllowed):
            photos.describe(photo, words=Words(), by=person, at=AFTER)
        with pytest.raises(NotAllowed):
            photos.hide(photo, by=person, at=AFTER)
        with pytest.raises(NotAllowed):
            photos.remove(photo, by=person, at=AFTER)


def test_removed_with_its_bytes(event, django_capture_on_commit_callbacks):
    photo = factory.photo(event)
    path = photo.stored.path
    with django_capture_on_commit_callbacks(execute=True):
        photos.remove(photo, by=event.author, at=AFTER)
    assert not path.exists()
    assert not Photo.objects.exists()


def test_what_somebody_has_removed_meanwhile_is_no_fault(event):
    photo = factory.photo(event)
    photos.remove(photo, by=event.author, at=AFTER)
    entries = Entry.objects.count()
    photos.remove(photo, by=event.author, at=AFTER)
    assert photos.hide(photo, by=event.author, at=AFTER) == photo
    assert photos.plead(photo, why="Там я", email="", by=event.author, at=AFTER) == photo
    with pytest.raises(Refused, match="вилучили"):
        photos.describe(photo, words=Words(), by=event.author, at=AFTER)
    assert Entry.objects.count() == entries


def test_found_by_code_and_key(event):
    photo = factory.photo(event)
    assert queries.photo(event.code, photo.key) == photo
    assert queries.in_programme(event.programme.code, event.code, photo.key) == photo


def test_sent_twice_at_once_is_one_photograph(event):
    """While the first is being unpacked, the second try of the same telephone is quicker."""
    key, tries = uuid.uuid4(), []

    def send(upload):
        return photos.add(event, key=key, upload=upload, words=Words(), by=event.author, at=AFTER)

    class Slow(SimpleUploadedFile):
        def seek(self, *place):
            if not tries:
                tries.append(send(files.upload(files.picture(), "photo.jpg")))
            return super().seek(*place)

    assert send(Slow("photo.jpg", files.picture())) == tries[0]
    assert (Photo.objects.count(), Stored.objects.count()) == (1, 1)


def taken(event, content=None, name="a.jpg", **words):
    given = files.upload(content or files.picture(), name)
    said = Words(**{"caption": "Люди за столом", **AGREED, **words})
    return photos.add(event, key=uuid.uuid4(), upload=given, words=said, by=event.author, at=AFTER)


def test_everybody_gets_it_under_a_name_of_ours(client, event):
    photo = taken(event, name="Оленка Вигадана, Шкільна 1, 20240520_101500.jpg")
    answer = client.get(reverse("events:public_photograph", args=[event.code, photo.key, 480]))
    assert answer.status_code == 200
    assert "Вигадана" not in unquote(answer["Content-Disposition"])
    assert answer["Content-Disposition"].endswith('-480.webp"')


def test_a_colour_profile_stays_where_it_is_one(event):
    def stored(profile):
        body = io.BytesIO()
        Image.new("RGB", (64, 64), "red").save(body, "JPEG", icc_profile=profile)
        kept = taken(event, body.getvalue()).stored.path.read_bytes()
        return Image.open(io.BytesIO(kept)).info.get("icc_profile")

    lawful = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert stored(lawful) == lawful
    assert stored(b"GPS 49.58,34.55 " * 20) is None


def test_the_journal_keeps_no_words_about_people(event):
    photo = taken(event, credit="Марія Вигадана", caption="Марія за столом")
    photos.describe(photo, words=Words(credit="Марія Вигадана", caption="Марія"), by=event.author, at=AFTER)
    assert "Марія" not in str([(entry.values.before, entry.values.after) for entry in journal.of(event)])


def test_a_paper_list_is_never_shown_afterwards(client, event):
    photo = factory.photo(event, is_list=True)
    client.force_login(event.author)
    typed = {"caption": "Список", "has_consent": "on", "public_from": "2024-01-01"}
    address = reverse("events:photograph", args=[event.code, photo.key])
    answer = client.post(address, {f"{photo.key}-{name}": value for name, value in typed.items()})
    assert answer.status_code == 422
    assert "Паперовий список лишається закритим" in answer.content.decode()
    client.logout()
    assert client.get(reverse("events:public_photograph", args=[event.code, photo.key, 480])).status_code == 404


def test_a_draft_goes_with_its_photographs(client, django_capture_on_commit_callbacks):
    draft = factory.draft()
    path = factory.photo(draft).stored.path
    client.force_login(draft.author)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("events:remove", args=[draft.code])).status_code == 302
    assert not Photo.objects.exists()
    assert not path.exists()
