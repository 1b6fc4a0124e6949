"""Things for the journal to speak of, and entries."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from viche.journal import operations

MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)


@dataclass
class Thing:
    """A subject: what the journal needs of a model, without a table."""

    pk: int | str | None = 1
    name: str = "Заявка FUND-24-017"
    _meta = SimpleNamespace(label_lower="calls.application")

    def __str__(self):
        return self.name


@dataclass
class Person:
    """An actor."""

    pk: int | None = 7


def entry(**changes):
    """One act: somebody submitted an application, or what the changes say."""
    values = {"verb": "calls.submitted", "subject": Thing(), "by": Person(), "at": MOMENT, **changes}
    return operations.record(**values)


def entries(count, **changes):
    """A chain of acts, a second apart, each with values of its own."""
    return [
        entry(at=MOMENT + timedelta(seconds=step), before={"sum": step}, after={"sum": step + 1}, **changes)
        for step in range(count)
    ]
