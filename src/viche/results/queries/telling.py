"""Reports to donors: which there are, and what one says now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.facts.queries.figures import Asked
from viche.methods import words
from viche.programmes.models import Programme
from viche.results.choices import SectionKind
from viche.results.models import DonorReport, Indicator
from viche.results.queries import board, contents, stories
from viche.results.queries.contents import Line, Money, Places
from viche.results.queries.stories import Story
from viche.ui import paper, wording

SORTS = {"title": "title", "donor": "donor", "since": "since", "changed": "changed_at"}


def listed(programme: Programme, *, q: str = "", language: str = "") -> QuerySet[DonorReport]:
    """The reports of a programme by a part of their title or donor."""
    found = DonorReport.objects.filter(programme=programme).select_related("made_by")
    if needle := words.fold(q):  # they are few, and no database folds all that people type
        named = DonorReport.objects.filter(programme=programme).values_list("pk", "title", "donor")
        found = found.filter(pk__in=[pk for pk, *said in named if needle in words.fold(" ".join(said))])
    return found.filter(language=language) if language else found


def by_pk(programme: str, pk: int) -> DonorReport:
    """One report of that programme. Raises `DonorReport.DoesNotExist`."""
    return DonorReport.objects.select_related("programme", "made_by").get(programme__code=programme, pk=pk)


def donors(programme: Programme) -> list[str]:
    """Whom a report may be for: those whose codes indicators have, and the programme's donors. Two queries."""
    coded = Indicator.objects.filter(programme=programme).values_list("donor_codes", flat=True)
    named = [one.get("donor", "") for codes in coded for one in codes]
    named += programme.partners.filter(role="donor").values_list("name", flat=True)
    return sorted({name.strip() for name in named if name.strip()})


@dataclass(frozen=True)
class Section:
    """A part of a report with what it shows; what is of another kind is empty."""

    kind: str
    title: str
    paragraphs: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    money: tuple[Money, ...] = ()
    places: Places | None = None
    stories: tuple[Story, ...] = ()

    @property
    def nothing_said(self) -> str:
        """That there is nothing to show, in a sentence; empty where there is something, or where words are all that is wanted."""
        some = self.lines or self.money or self.stories or (self.places and self.places.rows)
        return "" if some or self.kind == SectionKind.TEXT else _("За ці місяці тут ще немає чого показати.")


@dataclass(frozen=True)
class Told:
    """A report as it reads now."""

    report: DonorReport
    sections: tuple[Section, ...]
    at: datetime
    note: str
    """That the demonstration is invented, where it is one."""

    @property
    def programme(self) -> Programme:
        """Of which programme it is."""
        return self.report.programme

    @property
    def months(self) -> str:
        """Its months in words."""
        return wording.period(self.report.since, self.report.until)

    @property
    def read_said(self) -> str:
        """When the numbers were read, in a sentence."""
        return _("Числа прочитано з обліку %(moment)s.") % {"moment": wording.moment(self.at, kyiv=True)}

    @property
    def masked_said(self) -> str:
        """What is left out, in a sentence."""
        return _(
            "Людей, яких менш як 5, у числах немає: їх не показуємо нікому поза програмою, тому суми можуть бути трохи менші за внутрішні."
        )

    @property
    def address(self) -> str:
        """Where everybody reads the same figures."""
        return f"{settings.SITE_ADDRESS}{reverse('site:programme', args=[self.programme.code])}"

    @property
    def lines(self) -> list[Line]:
        """Every indicator that it tells, once."""
        return list({line.indicator.pk: line for section in self.sections for line in section.lines}.values())


def told(report: DonorReport, *, at: datetime) -> Told:
    """What a report says now, in the language of the page; the caller has switched to the report's own."""
    programme = report.programme
    known = {one.code: one for one in board.of_programme(programme, is_office=True)}
    wanted = {
        code: known[code]
        for one in report.sections
        if one["kind"] == SectionKind.FIGURES
        for code in one.get("indicators", ())
        if code in known
    }
    since, until, on = report.since, report.until, localdate(at)
    lines = contents.lines(programme, wanted.values(), since, until, on=on, donor=report.donor)
    by_code = {line.indicator.code: line for line in lines}
    asked = Asked(programme.pk, since, until)
    sections = tuple(_section(one, programme, asked, known=known, by_code=by_code, on=on) for one in report.sections)
    return Told(report, sections, at, paper.note())


def _section(
    one: Mapping[str, Any],
    programme: Programme,
    asked: Asked,
    *,
    known: Mapping[str, Indicator],
    by_code: Mapping[str, Line],
    on: date,
) -> Section:
    kind, chosen = one["kind"], [code for code in one.get("indicators", ()) if code in known]
    more: dict[str, Any] = {}
    if kind == SectionKind.FIGURES:
        more["lines"] = tuple(by_code[code] for code in chosen)
    elif kind == SectionKind.MONEY:
        more["money"] = tuple(contents.of_money(asked))
    elif kind == SectionKind.PLACES and chosen and contents.is_mapped(known[chosen[0]]):
        more["places"] = contents.of_places(asked, known[chosen[0]])
    elif kind == SectionKind.STORIES:
        wanted = one.get("stories", ())
        found = stories.of(programme, on=on)
        more["stories"] = tuple(story for story in found if not wanted or story.key in wanted)
    return Section(
        kind, one.get("title", "") or str(capfirst(SectionKind(kind).label)), paragraphs(one.get("body", "")), **more
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that people typed: what blank lines part."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(part.strip() for part in parts if part.strip())
