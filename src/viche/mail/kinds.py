"""Kinds of letters. Each package registers its own when it starts: `kinds.register("calls.reminder", _("…"))`.

Letters that decide something, prove something or let a person in always go; all others may be declined by kind.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

DIGEST = "mail.digest"


@dataclass(frozen=True)
class Kind:
    """One kind of letters.

    `label` names it in Ukrainian in the plural, as on the page of choices. `always`: cannot be declined. `digest`: waits
    for the daily digest unless the person wants it at once. `secret`: holds a link that lets in, so that its words are
    shown to nobody and not kept once it is sent.
    """

    code: str
    label: Any
    always: bool = False
    digest: bool = False
    secret: bool = False


KINDS: dict[str, Kind] = {}


def register(code: str, label: Any, *, always: bool = False, digest: bool = False, secret: bool = False) -> Kind:
    """Make a kind known; to register another kind under the same code is a mistake."""
    kind = Kind(code, label, always=always, digest=digest, secret=secret)
    if code in KINDS and KINDS[code] != kind:
        raise ValueError(f"Two kinds of letters are called {code}.")
    return KINDS.setdefault(code, kind)


def known(code: str) -> Kind:
    """The kind of that code; a letter of a kind that nobody registered is a mistake in the program."""
    try:
        return KINDS[code]
    except KeyError:
        raise LookupError(f"Nobody registered letters of the kind {code}.") from None


def optional() -> list[Kind]:
    """The kinds a person may decline, in the order in which they were registered."""
    return [kind for kind in KINDS.values() if not kind.always]


register(DIGEST, _("Огляд дня"))
