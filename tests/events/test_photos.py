"""Photographs: cleaned, kept once, private until people agree; the paper list is nobody's but the writers' and the office's."""

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import events as factory
from tests.factories import files, people, programmes
from tests.factories.events import AFTER
from viche.events.models import Event, Photo
from viche.events.operations import photos
from viche.events.operations.photos import Words
from viche.events.queries import photos as queries
from viche.files.models import Stored
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
