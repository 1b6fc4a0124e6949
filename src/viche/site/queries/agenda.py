"""A thing to do, as the cabinet shows it: what, about what, where, and until when."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.methods.deadlines import KYIV
from viche.ui import wording


@dataclass(frozen=True)
class Next:
    """One thing to do: what, about what, where, and until when (None: whenever)."""

    what: str
    about: str
    href: str
    act: str
    until: datetime | None = None
    kind: str = "told"
    words: str = ""


def end_of(day: date) -> datetime:
    """The last minute of a day in Kyiv."""
    return datetime.combine(day, time(23, 59), KYIV)


def left(until: datetime | None, at: datetime) -> dict[str, str]:
    """The rhomb and the words for a term."""
    if until is None:
        return {"kind": "open", "words": _("Приймаємо постійно")}
    if until <= at:
        days = (localdate(at) - localdate(until)).days
        return {
            "kind": "late",
            "words": ngettext("Прострочено на %(n)s день", "Прострочено на %(n)s днів", days) % {"n": days}
            if days
            else _("Прострочено"),
        }
    return {"kind": "soon" if (until - at).days < 3 else "told", "words": wording.left(until, at)}  # noqa: PLR2004
