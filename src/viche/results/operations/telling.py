"""Reports to donors: begun, written as one types, copied, removed. Figures are never kept in them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.methods import indicators as methods
from viche.methods import typed
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes.models import Programme
from viche.results import access
from viche.results.choices import SectionKind
from viche.results.models import DonorReport, Indicator
from viche.results.queries import telling as queries

FIELDS = ("title", "donor", "language", "since", "until", "sections")
LANGUAGES = ("uk", "en")
MOST_SECTIONS = 30
EARLIEST, LATEST = 1991, 2100
LONGEST_TITLE = 200


class Stale(Exception):  # noqa: N818 — read aloud: "except Stale"
    """Somebody has saved since the text was begun; `stored` is what stands there now. Nothing was overwritten."""

    def __init__(self, stored: DonorReport) -> None:
        super().__init__(str(stored))
        self.stored = stored


@transaction.atomic
def begin(
    programme: Programme,
    *,
    title: str,
    donor: str,
    language: str,
    since: date,
    until: date,
    by: User,
    at: datetime,
) -> DonorReport:
    """Begin a report: a text, the headline figures, money, places and stories, to be changed as one likes."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    values = _checked({"title": title, "donor": donor, "language": language, "since": since, "until": until})
    report = DonorReport(programme=programme, made_by=by, made_at=at, changed_at=at, **values)
    report.sections = _usual(programme)
    report.save()
    journal.record(verb="results.donor_report_begun", subject=report, by=by, at=at, after={"title": report.title})
    return report


def _usual(programme: Programme) -> list[dict[str, Any]]:
    """What a report begins with."""
    shown = list(Indicator.objects.filter(programme=programme).order_by("-is_headline", "position", "pk"))
    heads = [one.code for one in shown if one.is_headline] or [one.code for one in shown]
    mapped = queries.for_map(programme, shown)
    return [
        {"kind": SectionKind.TEXT.value, "title": _("Коротко"), "body": ""},
        {"kind": SectionKind.FIGURES.value, "title": "", "body": "", "indicators": heads},
        {"kind": SectionKind.MONEY.value, "title": "", "body": ""},
        {"kind": SectionKind.PLACES.value, "title": "", "body": "", "indicators": [one.code for one in mapped[:1]]},
        {"kind": SectionKind.STORIES.value, "title": "", "body": "", "stories": []},
    ]


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a report may say of itself; its months become whole."""
    values = {**values, "title": typed.line(values["title"]), "donor": typed.line(values["donor"])}
    if not values["title"]:
        raise Refused(_("Назвіть звіт."), field="title")
    if values["language"] not in LANGUAGES:
        raise Refused(_("Звіт може бути українською або англійською."), field="language")
    if values["until"] < values["since"]:
        raise Refused(_("Звіт не може закінчуватися раніше, ніж починається."), field="until")
    for name in ("since", "until"):
        if not EARLIEST <= values[name].year <= LATEST:
            raise Refused(_("Перевірте рік: %(year)s.") % {"year": values[name].year}, field=name)
    values["since"], values["until"] = methods.whole_months(values["since"], values["until"])
    return values


@transaction.atomic
def save(
    report: DonorReport,
    *,
    values: Mapping[str, Any],
    revision: int,
    by: User,
    at: datetime,
) -> DonorReport:
    """Keep what is typed: title, donor, language, months and `sections` in their order. Writing the same changes nothing.

    Raises `Stale` when somebody has saved something else since `revision`.
    """
    if not access.may_manage(by, report.programme):
        raise NotAllowed
    report = (
        DonorReport.objects.select_for_update(no_key=True, of=("self",)).select_related("programme").get(pk=report.pk)
    )
    values = _checked({name: values.get(name, getattr(report, name)) for name in FIELDS})
    values["sections"] = _sections(values["sections"])
    if all(getattr(report, name) == values[name] for name in FIELDS):
        return report
    if report.revision != revision:
        raise Stale(report)
    for name in FIELDS:
        setattr(report, name, values[name])
    report.revision += 1
    report.changed_at = at
    report.save()
    return report


def _sections(given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sections as they are kept: only what their kind has."""
    if len(given) > MOST_SECTIONS:
        raise Refused(_("У звіті може бути до %(most)s розділів.") % {"most": MOST_SECTIONS})
    kept = []
    for one in given:
        if one["kind"] not in SectionKind.values:
            raise Refused(_("Такого розділу не буває."))
        section: dict[str, Any] = {
            "kind": one["kind"],
            "title": typed.line(one.get("title", ""))[:LONGEST_TITLE],
            "body": typed.clean(one.get("body", "")),
        }
        if one["kind"] in {SectionKind.FIGURES, SectionKind.PLACES}:
            section["indicators"] = list(one.get("indicators", ()))
        if one["kind"] == SectionKind.STORIES:
            section["stories"] = list(one.get("stories", ()))
        kept.append(section)
    return kept


@transaction.atomic
def copy(report: DonorReport, *, by: User, at: datetime) -> DonorReport:
    """Begin a report with the words and the choice of another one; the figures will be those of its own months."""
    if not access.may_manage(by, report.programme):
        raise NotAllowed
    title = _("%(title)s (копія)") % {"title": report.title}
    values = {name: getattr(report, name) for name in FIELDS} | {"title": title[:LONGEST_TITLE]}
    made = DonorReport.objects.create(programme=report.programme, made_by=by, made_at=at, changed_at=at, **values)
    after = {"title": made.title, "of": report.pk}
    journal.record(verb="results.donor_report_copied", subject=made, by=by, at=at, after=after)
    return made


@transaction.atomic
def remove(report: DonorReport, *, by: User, at: datetime) -> None:
    """Throw a report away. Its words go; the figures stay where they are."""
    if not access.may_manage(by, report.programme):
        raise NotAllowed
    before = {"title": report.title, "donor": report.donor}
    journal.record(verb="results.donor_report_removed", subject=report, by=by, at=at, before=before)
    report.delete()
