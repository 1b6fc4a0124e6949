"""Reports to donors: which there are, and what one says now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.facts.choices import Level
from viche.facts.queries import figures
from viche.facts.queries.figures import Asked
from viche.methods import words
from viche.methods.ledger import WHOLE
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


def for_map(programme: Programme, wanted: Iterable[Indicator]) -> list[Indicator]:
    """Those that a map can show, best first: of headline figures before others, those that are known in most hromadas. One query."""
    wanted = [one for one in wanted if contents.is_mapped(one)]
    found = figures.reached(Asked.ever(programme.pk), [(one.own_measure, WHOLE) for one in wanted], Level.HROMADA)
    return sorted(wanted, key=lambda one: (not one.is_headline, -found[one.own_measure, WHOLE]))


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
    def is_empty(self) -> bool:
        """Whether it has neither words nor anything to show: such a section does not leave the house."""
        return not (self.paragraphs or self.lines or self.money or self.stories or self.has_places)

    @property
    def has_places(self) -> bool:
        """Whether anything was counted anywhere."""
        return bool(self.places and self.places.rows)

    @property
    def has_aims(self) -> bool:
        """Whether any of its indicators has a target of the report's own months."""
        return any(line.aim is not None for line in self.lines)

    @property
    def has_targets(self) -> bool:
        """Whether any of them has a target of the whole programme."""
        return any(line.target is not None for line in self.lines)


@dataclass(frozen=True)
class Told:
    """A report as it reads now."""

    report: DonorReport
    sections: tuple[Section, ...]
    """Those that have something to say, in their order."""
    left_out: tuple[Section, ...]
    """Those that have not."""
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
    def whole_said(self) -> str:
        """Until when the numbers from the beginning go, in a sentence."""
        said = {"months": self.months, "day": wording.day(self.report.until)}
        return _("«За період звіту» – це %(months)s, «З початку програми» – від її початку до %(day)s") % said

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
    """What a report says now, in the language of the page; the caller has switched to the report's own. Eight queries."""
    known = {one.code: one for one in board.of_programme(report.programme, is_office=True)}
    chosen = {kind: _chosen(report, kind, known) for kind in (SectionKind.FIGURES, SectionKind.PLACES)}
    mapped = [one for one in chosen[SectionKind.PLACES] if contents.is_mapped(one)]
    kinds = {one["kind"] for one in report.sections}
    asked = Asked(report.programme.pk, report.since, report.until)
    wanted = chosen[SectionKind.FIGURES]
    found = contents.counts(asked, wanted, mapped=mapped, has_money=SectionKind.MONEY in kinds)
    since, until, on = report.since, report.until, localdate(at)
    lines = contents.lines(found, wanted, since, until, on=on, donor=report.donor)
    drawn = contents.of_places(found, mapped, wording.period(since, until))
    every = Everything(
        lines={line.indicator.code: line for line in lines},
        places={one.indicator.code: one for one in drawn.values()},
        money=contents.of_money(found),
        stories=tuple(stories.of(report.programme, on=on)) if SectionKind.STORIES in kinds else (),
    )
    sections = [_section(one, every) for one in report.sections]
    some, empty = (tuple(one for one in sections if one.is_empty is is_empty) for is_empty in (False, True))
    return Told(report, some, empty, at, paper.note())


def _chosen(report: DonorReport, kind: str, known: Mapping[str, Indicator]) -> list[Indicator]:
    """The indicators that sections of a kind tell, each once."""
    codes = (code for one in report.sections if one["kind"] == kind for code in one.get("indicators", ()))
    return [known[code] for code in dict.fromkeys(codes) if code in known]


@dataclass(frozen=True)
class Everything:
    """What sections choose from."""

    lines: Mapping[str, Line]
    places: Mapping[str, Places]
    money: tuple[Money, ...]
    stories: tuple[Story, ...]


def _section(one: Mapping[str, Any], every: Everything) -> Section:
    kind, chosen = one["kind"], one.get("indicators", ())
    more: dict[str, Any] = {}
    if kind == SectionKind.FIGURES:
        more["lines"] = tuple(every.lines[code] for code in chosen if code in every.lines)
    elif kind == SectionKind.MONEY:
        more["money"] = every.money
    elif kind == SectionKind.PLACES and chosen:
        more["places"] = every.places.get(chosen[0])
    elif kind == SectionKind.STORIES:
        wanted = one.get("stories", ())
        more["stories"] = tuple(story for story in every.stories if not wanted or story.key in wanted)
    return Section(
        kind, one.get("title", "") or str(capfirst(SectionKind(kind).label)), paragraphs(one.get("body", "")), **more
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text that people typed: what blank lines part."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return tuple(part.strip() for part in parts if part.strip())
