"""Work behind new names: thin, from ids to one operation."""

from django.utils import timezone

from viche.events.operations import naming


def organisation(pk: int, after: int = 0) -> None:
    """Write the next portion of an organisation's events anew."""
    naming.refresh_all(pk, after=after, at=timezone.now())


def events(keys: list[int]) -> None:
    """Write these events anew."""
    naming.refresh(keys, at=timezone.now())
