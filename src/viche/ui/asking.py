"""What a program may ask of a list: named words, each checked, what is wrong told in a sentence; and where it goes on reading.

A place to go on from is the key of the last record read, under our seal: it stands fast whatever is added meanwhile, and
nobody can make one up.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .problems import Problem

LIMIT, CURSOR = "limit", "cursor"
USUAL, MOST = 25, 200
LONGEST = 100
DIGITS = 18
# Nothing of ours lies beyond, and further out the clocks of the world run out of years.
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SALT = "viche.api"


class Kind(StrEnum):
    """What is written after the name."""

    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True)
class Param:
    """One thing that may be asked: its name, what it does, how it is written; `example` goes into the documentation."""

    name: str
    about: str | Promise
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int = 10**DIGITS - 1
    example: str = ""

    def read(self, written: str) -> Any:
        """The value; raises `Problem` with a sentence."""
        if self.kind == Kind.DAY:
            return self._day(written)
        if self.kind == Kind.NUMBER:
            return self._number(written)
        if self.kind == Kind.CHOICE:
            if written not in self.choices:
                said = _("«%(name)s» може бути: %(choices)s.")
                raise Problem(422, said % {"name": self.name, "choices": ", ".join(self.choices)})
            return written
        if len(written) > LONGEST:
            raise Problem(422, _("«%(name)s»: не довше за %(n)s знаків.") % {"name": self.name, "n": LONGEST})
        return written.replace("\0", "")

    def _day(self, written: str) -> date:
        with suppress(ValueError):
            if DAY.fullmatch(written):
                return max(FIRST, min(date.fromisoformat(written), LAST))
        raise Problem(422, _("«%(name)s» – це день, як-от 2024-05-20.") % {"name": self.name})

    def _number(self, written: str) -> int:
        plain = written.isascii() and written.isdecimal() and len(written) <= DIGITS
        if not plain or not self.least <= int(written) <= self.most:
            said = _("«%(name)s» – це ціле число від %(least)s до %(most)s.")
            raise Problem(422, said % {"name": self.name, "least": self.least, "most": self.most})
        return int(written)


LIMITED = Param(
    LIMIT,
    gettext_lazy("скільки записів дати за один раз; якщо не сказано, 25"),
    Kind.NUMBER,
    most=MOST,
    example="50",
)
GOING_ON = Param(CURSOR, gettext_lazy("звідки читати далі: беріть із «next» попередньої відповіді, самі не складайте"))
EVERY_LIST = (LIMITED, GOING_ON)


def asked(request: HttpRequest, params: Iterable[Param]) -> dict[str, Any]:
    """What the address asks, by name; what it does not ask is left out. Raises `Problem` 422.

    A name that means nothing here is refused too: else a slip of the pen would give the whole list for the part of it.
    """
    known = {param.name: param for param in params}
    found = {}
    for name, written in request.GET.lists():
        if name not in known:
            said = _("«%(name)s» тут нічого не означає. Можна: %(known)s.")
            raise Problem(422, said % {"name": name[:LONGEST], "known": ", ".join(known) or "—"})
        if len(written) > 1:
            raise Problem(422, _("«%(name)s» сказано двічі.") % {"name": name})
        found[name] = known[name].read(written[0]) if name != CURSOR else written[0]
    return found


def _seal(of: str) -> signing.Signer:
    """No moment stands in it: the same place is the same word for ever, or no page would be found again by its ETag."""
    return signing.Signer(salt=f"{SALT}:{of}")


def place_after(key: int, *, of: str) -> str:
    """The place in the list `of` that comes after this record."""
    return _seal(of).sign_object(key)


def place(written: str, *, of: str) -> int:
    """The key after which to read on. Raises `Problem` 400."""
    try:
        return _seal(of).unsign_object(written)
    except signing.BadSignature:
        said = _("Цього «cursor» ми не давали. Візьміть «next» з відповіді або почніть без нього.")
        raise Problem(400, said) from None


# What many lists are asked.
CODE = Param("code", gettext_lazy("код запису"))
PROGRAMME = Param("programme", gettext_lazy("код програми"), example="FUND")
OBLAST = Param("oblast", gettext_lazy("область, її назва в адресі"), example="poltavska")
WORDS = Param("q", gettext_lazy("слова, які шукати"), example="library")
