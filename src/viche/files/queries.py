"""Which files there are: by key, and by owner."""

from uuid import UUID

from django.db.models import QuerySet

from viche.files.models import Stored


def by_key(key: UUID | str) -> Stored:
    """The file of that key, raising `Stored.DoesNotExist` where there is none or it was removed."""
    return Stored.objects.get(key=key, removed_at=None)


def by_keys(keys: list[UUID] | list[str]) -> dict[UUID, Stored]:
    """Several files at once, by key; removed ones are absent."""
    return Stored.objects.filter(removed_at=None).in_bulk(keys)


def of(owner_kind: str, owner_id: object) -> QuerySet[Stored]:
    """The files of one owner, first added first."""
    return Stored.objects.filter(owner_kind=owner_kind, owner_id=str(owner_id), removed_at=None)
