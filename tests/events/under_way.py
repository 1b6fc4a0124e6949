"""A programme as it is today, for what is judged by the real clock."""

from datetime import UTC, datetime, timedelta

from tests.factories import programmes

NOW = datetime.now(UTC)


def running(**changes):
    """A programme under way today."""
    return programmes.programme(ends_on=NOW.date() + timedelta(days=300), **changes)
