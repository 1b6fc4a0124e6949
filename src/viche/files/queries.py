"""Which files there are: by key, by owner, and those that may be shown to everybody."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from viche.files.models import Consent, Stored


def by_key(key: UUID | str) -> Stored:
    """The file of that key, raising `Stored.DoesNotExist` where there is none or it was removed."""
    return Stored.objects.get(key=key, removed_at=None)


def by_keys(keys: list[UUID] | list[str]) -> dict[UUID, Stored]:
    """Several files at once, by key; removed ones are absent."""
    return Stored.objects.filter(removed_at=None).in_bulk(keys)


def of(owner_kind: str, owner_id: object) -> QuerySet[Stored]:
    """The files of one owner, first added first."""
    return Stored.objects.filter(owner_kind=owner_kind, owner_id=str(owner_id), removed_at=None)


def public_photographs(owner_kind: str, owner_id: object, on: date) -> QuerySet[Stored]:
    """The owner's photographs that everybody may see on that day: consent is recorded and the delay is over."""
    due = Q(public_from=None) | Q(public_from__lte=on)
    return of(owner_kind, owner_id).filter(due, is_image=True, consent=Consent.RECORDED)
