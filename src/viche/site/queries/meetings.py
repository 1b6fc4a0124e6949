"""What of events waits for one person, as lines of the cabinet: one's own events, and those of the offices one answers in."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import ReportState, State
from viche.events.models import Event
from viche.events.queries import desk, reports, waiting
from viche.people import queries as people
from viche.people.models import Membership, User
from viche.programmes.models import Programme, Role
from viche.site.queries.agenda import Next, end_of, left


def own(user: User, memberships: Iterable[Membership], at: datetime) -> list[Next]:
    """What the person has to do about events that they or their organisations hold. One query."""
    written = [one.organisation_id for one in memberships if one.role in people.WRITERS]
    return [_of(event, at) for event in waiting.own(user, written, at)]


def _of(event: Event, at: datetime) -> Next:
    about = " · ".join(str(part) for part in (event, event.organisation and event.organisation.called) if part)
    if event.state == State.RETURNED:
        href = reverse("events:write", args=[event.code])
        words = {"kind": "soon", "words": _("Повернуто з питаннями")}
        return Next(_("Виправити захід і подати знову"), about, href, _("До заходу"), **words)
    if event.state == State.POSTPONED:
        href = reverse("events:move", args=[event.code])
        words = {"kind": "soon", "words": _("Захід відкладено")}
        return Next(_("Призначити новий час або скасувати"), about, href, _("Призначити час"), **words)
    if not event.has_ended(at):
        href = reverse("events:check", args=[event.code])
        return Next(_("Провести захід"), about, href, _("До заходу"), event.starts_at, **_ahead(event, at))
    report = getattr(event, "report", None)
    until = end_of(reports.due_on(event, report, days=desk.rules(event.programme).report_days))
    returned = report is not None and report.state == ReportState.RETURNED
    what = _("Відповісти на питання до звіту про захід") if returned else _("Написати звіт про захід")
    return Next(what, about, reverse("events:report", args=[event.code]), _("До звіту"), until, **left(until, at))


def _ahead(event: Event, at: datetime) -> dict[str, str]:
    return {"kind": "open", "words": _("Триває зараз")} if event.starts_at <= at else left(event.starts_at, at)


def offices(roles: Iterable[Role], at: datetime) -> Iterator[Next]:
    """What waits in the offices where somebody with these roles answers events. No queries."""
    for programme, held in groupby(roles, key=lambda role: role.programme):
        answering = waiting.that_answer(held)
        if answering:
            yield from _of_office(programme, waiting.of(answering), at)


def _of_office(programme: Programme, found: waiting.Office, at: datetime) -> Iterator[Next]:
    there, n = reverse("events:office_list", args=[programme.code]), found.answers
    if n:
        until = end_of(found.due) if found.due else None
        told = left(until, at) if until else {}
        what = ngettext("Відповісти на %(n)s захід", "Відповісти на %(n)s заходів", n) % {"n": n}
        yield Next(what, programme.called, f"{there}?needs=answer#list", _("До заходів"), until, **told)
    if n := found.reports:
        what = ngettext("Прочитати %(n)s звіт про захід", "Прочитати %(n)s звітів про заходи", n) % {"n": n}
        yield Next(what, programme.called, f"{there}?needs=report#list", _("До звітів"))
    if found.next_at:
        href = reverse("events:office", args=[programme.code, found.next_code])
        about = f"{found.next_title} · {programme.called}"
        yield Next(_("Найближчий захід"), about, href, _("До заходу"), found.next_at, **left(found.next_at, at))
