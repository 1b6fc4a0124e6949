"""Reports of events: written by the organiser, accepted or returned by somebody else; only an accepted one counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import ReportState, State
from viche.events.models import Event, Report
from viche.events.operations import counting, publishing
from viche.events.queries import figures
from viche.events.queries import reports as queries
from viche.facts import operations as facts
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.work import operations as work

PLACES = ("happened", "total", "cell", "group", "media")
FIELDS = ("happened", "total", "cells", "groups", "media", "questions", "followups", "ideas", "unread")


class Stale(Exception):  # noqa: N818 — read aloud: "except Stale"
    """Somebody has saved since the text was begun; `stored` is what stands there now. Nothing was overwritten."""

    def __init__(self, stored: Report) -> None:
        super().__init__(str(stored))
        self.stored = stored


def _locked(event: Event) -> tuple[Event, Report | None]:
    """Lock the event, then its report if there is one."""
    related = ("programme", "organisation", "hromada", "oblast", "author")
    event = Event.objects.select_for_update(no_key=True, of=("self",)).select_related(*related).get(pk=event.pk)
    found = Report.objects.select_for_update(no_key=True, of=("self",)).select_related("submitted_by")
    report = found.filter(event=event).first()
    if report is not None:
        report.event = event
    return event, report


def _require_writing(event: Event, report: Report | None, by: User, at: datetime) -> None:
    if not access.may_report(by, event):
        raise NotAllowed
    if event.state != State.PUBLISHED or localdate(at) < localdate(event.starts_at):
        raise Refused(_("Звіт пишуть про захід, який відбувся."), status=409)
    if report is not None and report.state not in queries.OURS_TO_WRITE:
        raise Refused(_("Звіт уже подано: змінити його можна, якщо програма поверне його з питаннями."), status=409)


@transaction.atomic
def save(
    event: Event,
    *,
    values: Mapping[str, Any],
    revision: int,
    by: User,
    at: datetime,
    unread: Mapping[str, str] | None = None,
) -> Report:
    """Keep what is typed, complete or not, and of what is `unread` the words themselves.

    Raises `Stale` when somebody has saved something else since `revision`.
    """
    event, report = _locked(event)
    _require_writing(event, report, by, at)
    cells, groups = counting.read(values["cells"], values["groups"])
    values = {**values, "cells": cells, "groups": groups, "unread": dict(unread or {})}
    report = report or Report(event=event, begun_at=at)
    if report.pk and all(getattr(report, name) == values[name] for name in FIELDS):
        return report
    if report.revision != revision:
        raise Stale(report)
    for name in FIELDS:
        setattr(report, name, values[name])
    report.revision += 1
    report.save()
    return report


def faults(report: Report) -> list[tuple[str, str]]:
    """What still keeps a report from being handed in: (field, sentence)."""
    found = [(name, queries.unread_words(name, report.unread[name])) for name in sorted(report.unread, key=_place)]
    if not report.happened.strip() and "happened" not in report.unread:
        found.append(("happened", _("Розкажіть, що відбулося: досить кількох речень.")))
    if "total" in report.unread:
        return found
    if report.total is None:
        found.append(("total", _("Напишіть, скільки людей прийшло. Ніхто не прийшов – напишіть 0.")))
    else:
        try:
            counting.require_whole(report.cells, report.groups, total=report.total)
        except Refused as refused:
            found.append(("total", refused.sentence))
    return found


def _place(name: str) -> tuple[int, str]:
    """Where on the page a field stands; PostgreSQL keeps what was typed in an order of its own."""
    kind = name.partition("-")[0]
    return (PLACES.index(kind) if kind in PLACES else len(PLACES), name)


@transaction.atomic
def submit(event: Event, *, by: User, at: datetime) -> Report:
    """Hand the report in; a second click changes nothing. A late report is taken: it is only late."""
    event, report = _locked(event)
    if not access.may_report(by, event):
        raise NotAllowed
    if report is not None and report.state in {ReportState.SUBMITTED, ReportState.ACCEPTED}:
        return report
    _require_writing(event, report, by, at)
    if not event.has_ended(at):
        raise Refused(_("Захід ще триває: подайте звіт, коли він закінчиться. Усе набране збережено."), status=409)
    if report is None or faults(report):
        raise Refused(_("Звіт ще не повний. Допишіть позначене й подайте знову, усе набране збережено."))
    report.state, report.submitted_at, report.submitted_by = ReportState.SUBMITTED, at, by
    report.save(update_fields=["state", "submitted_at", "submitted_by"])
    journal.record(verb="events.report_submitted", subject=event, by=by, at=at, after=_told(report))
    return report


def _judged(report: Report, by: User, *states: ReportState) -> tuple[Event, Report]:
    """Lock a report that this person may judge and that stands in one of these states."""
    event, found = _locked(report.event)
    if found is None or not access.may_moderate(by, event):
        raise NotAllowed
    if not access.may_judge(by, found):
        raise Refused(_("Звіт перевіряє інша людина, не та, хто його подала."), status=403)
    if found.state not in states:
        raise Refused(_("Цей звіт зараз не чекає на вашу відповідь: на нього вже відповіли."), status=409)
    return event, found


def _answer(report: Report, state: ReportState, remark: str, by: User, at: datetime) -> None:
    report.state, report.remark, report.decided_at, report.decided_by = state, remark.strip(), at, by
    report.save(update_fields=["state", "remark", "decided_at", "decided_by"])
    work.enqueue("viche.events.tasks.reports.answered", report.pk, state)


def _count(event: Event, report: Report, at: datetime) -> None:
    """Tell everybody how many came once the report is accepted, and write it in the ledger; else tell it no more."""
    event.heads = report.total if report.state == ReportState.ACCEPTED else None
    publishing.told(event, at=at, for_calendars=False)
    facts.lock({event.programme_id})  # a door may just be telling apart who came: that is read after it
    facts.keep(figures.SOURCE.of([event.pk], programme=event.programme_id))


@transaction.atomic
def accept(report: Report, *, revision: int, remark: str, by: User, at: datetime) -> Report:
    """Accept a report as it was read in this revision: from this moment on its people count."""
    event, report = _judged(report, by, ReportState.SUBMITTED)
    if revision != report.revision:
        raise Refused(
            _("Поки ви читали, звіт змінили. Тут він уже такий, як тепер: перечитайте й прийміть ще раз."), status=409
        )
    _answer(report, ReportState.ACCEPTED, remark, by, at)
    _count(event, report, at)
    journal.record(verb="events.report_accepted", subject=event, by=by, at=at, after=_told(report))
    return report


@transaction.atomic
def send_back(report: Report, *, remark: str, by: User, at: datetime) -> Report:
    """Return a report with questions; its writers go on where they stopped."""
    return _sent_back(report, remark, by, at, ReportState.SUBMITTED)


@transaction.atomic
def reopen(report: Report, *, remark: str, by: User, at: datetime) -> Report:
    """Take an acceptance back for a reason: the people do not count any more until the report is accepted again."""
    return _sent_back(report, remark, by, at, ReportState.ACCEPTED)


def _sent_back(report: Report, remark: str, by: User, at: datetime, state: ReportState) -> Report:
    event, report = _judged(report, by, state)
    if not remark.strip():
        raise Refused(_("Напишіть, що саме треба доповнити чи виправити."), field="remark")
    before = _told(report)
    _answer(report, ReportState.RETURNED, remark, by, at)
    if state == ReportState.ACCEPTED:
        _count(event, report, at)
    verb = "events.report_reopened" if state == ReportState.ACCEPTED else "events.report_returned"
    journal.record(verb=verb, subject=event, by=by, at=at, before=before, after=_told(report))
    return report


def _told(report: Report) -> dict[str, Any]:
    return {"state": report.state, "total": report.total, "cells": report.cells, "remark": report.remark}
