"""What calendars are sent, behind a new version or a new address: thin, to one operation."""

from viche.events.operations import packing


def fill(after: int = 0) -> None:
    """Write the next portion of what is missing."""
    packing.fill(after=after)
