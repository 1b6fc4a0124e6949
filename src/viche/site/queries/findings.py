"""What keeps records of a programme out of the open data for donors, in words and with the place to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.programmes.models import Programme
from viche.site.queries import publication, told
from viche.site.queries.publication import Finding, Kept
from viche.ui import faults

STANDARDS = {publication.IATI: "IATI 2.03", publication.THREESIXTY: "360Giving 1.4"}
FILES = {publication.IATI: "site:iati", publication.THREESIXTY: "site:threesixty"}
LAYERS = {
    "xml": gettext_lazy("запис"),
    "schema": gettext_lazy("схема"),
    "rule": gettext_lazy("правила"),
    "code": gettext_lazy("переліки кодів"),
}


class Row(NamedTuple):
    """One fault: of which record, in which standard, what is wrong, and what to mend where."""

    code: str
    title: str
    href: str
    standard: str
    layer: str
    said: str
    mend: str
    mend_at: str


@dataclass(frozen=True)
class Checked:
    """One standard: its name, its file, and when it was checked last; `is_last` while nothing has changed since."""

    name: str
    href: str
    at: datetime | None
    is_last: bool


def checked(at: datetime) -> list[Checked]:
    """Both standards. One query."""
    now = publication.edition(at)
    lasts: Iterable[tuple[str, Kept | None]] = ((name, publication.kept(name)) for name in publication.STANDARDS)
    return [
        Checked(
            STANDARDS[name],
            reverse(FILES[name]) if last and last.published else "",
            last.checked_at if last else None,
            is_last=bool(last and last.edition == now.key),
        )
        for name, last in lasts
    ]


def why_not(programme: Programme) -> str:
    """Why nothing of a programme is published at all; empty where it is. One query where its office's word is not at hand."""
    if not programme.is_public:
        return _("Програму видно не всім, тож у відкритих даних її немає.")
    if not told.terms(programme).is_told:
        return _("Програму не публікують за цими стандартами: так зазначено в її відомостях.")
    if not told.publisher().id:
        return _("В IATI не публікуємо нічого, доки адміністратор установки не зазначить, хто публікує: PUBLISHER_ID.")
    return ""


def row(one: Finding) -> Row:
    """A fault in words. No queries."""
    mend, mend_at = _mend(one)
    is_award = bool(one.award)
    return Row(
        one.award or one.programme,
        one.title,
        reverse("awards:office", args=[one.programme, one.award])
        if is_award
        else reverse("programmes:office", args=[one.programme]),
        STANDARDS[one.standard],
        str(LAYERS[one.layer]),
        faults.sentence(one.said, one.values),
        mend,
        mend_at,
    )


def _mend(one: Finding) -> tuple[str, str]:
    """What to mend and where; an installation's settings have no address."""
    code = one.programme
    if one.about == "installation":
        return _("налаштування установки"), ""
    if one.about == "organisation" and one.organisation:
        return _("організація"), reverse("site:organisation", args=[one.organisation])
    if one.about == "award" and one.award:
        return _("підтримка"), reverse("awards:office", args=[code, one.award])
    known = {
        "publishing": (_("відомості для відкритих даних"), reverse("programmes:publishing", args=[code])),
        "partners": (_("партнери програми"), reverse("programmes:parts", args=[code, "partners"])),
        "programme": (_("про програму"), reverse("programmes:basics", args=[code])),
    }
    return known.get(one.about, (_("програма"), reverse("programmes:office", args=[code])))
