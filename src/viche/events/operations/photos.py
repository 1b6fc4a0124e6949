"""Photographs of events: taken in once under their key, told in words, shown with consent, hidden when somebody asks."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.models import Event, Photo
from viche.events.queries import photos as queries
from viche.files import checks
from viche.files import operations as files
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.access import Visitor
from viche.people.models import User
from viche.work import operations as work

MOST = 60
# What is asked for is hidden at once, so many times a day in the whole installation; after that somebody looks first.
HIDDEN_AT_ONCE, DAY = 40, timedelta(days=1)


@dataclass(frozen=True)
class Words:
    """What is said of a photograph; a paper list of people is never shown, whatever else is said."""

    caption: str = ""
    credit: str = ""
    is_list: bool = False
    has_consent: bool = False
    consent_note: str = ""
    public_from: date | None = None


def add(event: Event, *, key: UUID, upload: Any, words: Words, by: User, at: datetime) -> Photo:
    """Take a photograph in; the same key again gives back what is there already."""
    if not access.may_count(by, event):
        raise NotAllowed
    _require_sense(words)
    with suppress(Photo.DoesNotExist):
        return _same(Photo.objects.get(key=key), event)
    with files.taking_in(upload, accept=checks.PHOTOS, field="photo") as taken, transaction.atomic():
        event = _locked(event)
        known = Photo.objects.filter(key=key).first()
        if known is not None:  # sent twice at once: the bytes of the second are swept up
            return _same(known, event)
        if event.photos.count() >= MOST:
            raise Refused(_("До заходу можна додати 60 світлин. Вилучіть зайві."), field="photo", status=409)
        stored = files.keep(taken, owner_kind="events.event", owner_id=event.pk, by_id=by.pk, at=at)
        photo = Photo(event=event, key=key, stored=stored, added_by=by, added_at=at)
        _tell(photo, words)
        photo.save()
        journal.record(verb="events.photo_added", subject=event, by=by, at=at, after=_told(photo))
    return photo


@transaction.atomic
def describe(photo: Photo, *, words: Words, by: User, at: datetime) -> Photo:
    """Say what is to be seen, whether the people agreed, and from when everybody may see it."""
    event, there = _locked(photo.event), _still_there(photo)
    if not (access.may_write(by, event) or access.may_moderate(by, event)):
        raise NotAllowed
    if there is None:
        raise Refused(_("Цю світлину тим часом вилучили."), status=409)
    photo = there
    _require_sense(words)
    if photo.is_list and not words.is_list:
        raise Refused(
            _("Паперовий список лишається закритим. Якщо це світлина, вилучіть її й додайте знову."), field="is_list"
        )
    before = _told(photo)
    _tell(photo, words)
    if photo.public_from:
        photo.hidden_at = photo.plea_at = None
        photo.plea = photo.plea_email = ""
    photo.save()
    journal.record(verb="events.photo_described", subject=event, by=by, at=at, before=before, after=_told(photo))
    return photo


@transaction.atomic
def hide(photo: Photo, *, by: User, at: datetime) -> Photo:
    """Take a photograph off the public page, as anybody on it may ask; to show it again, consent is asked anew."""
    event, there = _locked(photo.event), _still_there(photo)
    if not (access.may_write(by, event) or access.may_moderate(by, event)):
        raise NotAllowed
    if there is None:
        return photo
    photo = there
    before = _told(photo)
    _take_down(photo, at)
    photo.save()
    journal.record(verb="events.photo_hidden", subject=event, by=by, at=at, before=before, after=_told(photo))
    return photo


@transaction.atomic
def plead(photo: Photo, *, why: str, email: str, by: Visitor, at: datetime) -> Photo:
    """Ask, as anybody may, to take a photograph down. It is hidden at once, and those who answer for it are told.

    Where more are asked for in a day than people on photographs ever ask, nothing more is hidden before somebody has looked.
    """
    event, there = _locked(photo.event), _still_there(photo)
    if there is None or there.plea_at is not None:
        return there or photo
    photo = there
    before = _told(photo)
    if queries.pleas_since(at - DAY) < HIDDEN_AT_ONCE:
        _take_down(photo, at)
    photo.plea_at, photo.plea, photo.plea_email = at, why.strip(), email
    photo.save()
    work.enqueue("viche.events.tasks.photos.pleaded", photo.pk)
    actor = by if isinstance(by, User) else None
    journal.record(verb="events.photo_pleaded", subject=event, by=actor, at=at, before=before, after=_told(photo))
    return photo


def _take_down(photo: Photo, at: datetime) -> None:
    photo.hidden_at, photo.public_from, photo.has_consent, photo.consent_note = at, None, False, ""


def remove_all(event: Event, *, by: User, at: datetime) -> None:
    """Take away all photographs of an event that is thrown away itself; inside the transaction that does so."""
    for photo in event.photos.select_related("stored"):
        stored = photo.stored
        photo.delete()
        files.remove(stored, by=by, at=at)


@transaction.atomic
def remove(photo: Photo, *, by: User, at: datetime) -> None:
    """Take a photograph away altogether."""
    event, there = _locked(photo.event), _still_there(photo)
    if not access.may_write(by, event):
        raise NotAllowed
    if there is None:
        return
    photo = there
    before, stored = _told(photo), photo.stored
    photo.delete()
    files.remove(stored, by=by, at=at)
    journal.record(verb="events.photo_removed", subject=event, by=by, at=at, before=before)


def _locked(event: Event) -> Event:
    related = ("programme", "organisation", "oblast")
    return Event.objects.select_for_update(no_key=True, of=("self",)).select_related(*related).get(pk=event.pk)


def _still_there(photo: Photo) -> Photo | None:
    """The photograph as it is now; None where somebody has removed it since the page was opened."""
    try:
        return queries.photo(photo.event.code, photo.key)
    except Photo.DoesNotExist:
        return None


def _same(photo: Photo, event: Event) -> Photo:
    if photo.event_id != event.pk:
        raise Refused(_("Ця світлина належить іншому заходу."), field="photo", status=409)
    return photo


def _require_sense(words: Words) -> None:
    if words.is_list and (words.has_consent or words.public_from):
        raise Refused(_("Паперовий список не показують нікому, окрім вас і програми."), field="is_list")
    if words.public_from and not words.has_consent:
        raise Refused(_("Без згоди людей світлину не показують."), field="has_consent")
    if words.public_from and not words.caption.strip():
        raise Refused(_("Опишіть, що на світлині: це прочитають ті, хто її не бачить."), field="caption")


def _tell(photo: Photo, words: Words) -> None:
    photo.caption, photo.credit, photo.is_list = words.caption.strip(), words.credit.strip(), words.is_list
    photo.has_consent, photo.public_from = words.has_consent, words.public_from
    photo.consent_note = words.consent_note.strip() if words.has_consent else ""


def _told(photo: Photo) -> dict[str, Any]:
    """What the journal keeps: not the words, which may name who took it or who is on it."""
    return {
        "key": str(photo.key),
        "is_list": photo.is_list,
        "has_consent": photo.has_consent,
        "public_from": photo.public_from,
    }
