"""What waits for one person across everything, the nearest first, and what they have going on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.awards.models import Award, Report
from viche.awards.queries import awards, waiting
from viche.calls.choices import ApplicationState, CallState, Outcome
from viche.calls.models import Application
from viche.calls.queries import applications
from viche.events.queries import waiting as events
from viche.people import queries as people
from viche.people.choices import MembershipRole
from viche.people.models import Invitation, JoinRequest, Membership, User
from viche.programmes import queries as programmes
from viche.programmes.choices import RoleKind
from viche.programmes.models import Role
from viche.reviews.models import Assignment
from viche.reviews.queries import assignments, panels
from viche.site.queries import meetings
from viche.site.queries.agenda import Next, end_of, left
from viche.ui import wording

MOST = 50  # of each kind are looked at


@dataclass
class Cabinet:
    """All of it; lists are empty where there is nothing."""

    memberships: list[Membership] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    asked: list[JoinRequest] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    agenda: list[Next] = field(default_factory=list)
    coming: list[Next] = field(default_factory=list)
    """What others have to do next, so that nobody wonders."""

    @property
    def is_empty(self) -> bool:
        """Whether the person has only just come."""
        return not (self.memberships or self.roles or self.asked or self.invitations)


def of(user: User, at: datetime) -> Cabinet:
    """Gather the cabinet of a person at a moment. Ten queries at most."""
    memberships = list(people.memberships_of(user)[:MOST])
    roles = list(events.by_roles(programmes.roles_held(user), at)[:MOST])
    found = Cabinet(memberships=memberships, roles=roles)
    if memberships:
        found.applications = list(applications.of_user(user)[:MOST])
        found.awards = list(awards.of_user(user).prefetch_related(None)[:MOST])
    led = [one.organisation_id for one in memberships if one.role == MembershipRole.HEAD]
    requests = _requests(user, led)
    found.asked = [one for one in requests if one.user_id == user.pk]
    found.invitations = _invitations(user, at)
    reports = list(waiting.for_organisations_of(user)[:MOST]) if memberships else []
    found.agenda = sorted(
        [
            *_drafts(found.applications, memberships, at),
            *_reports(reports, at),
            *_reviews(_to_review(user, memberships, roles), at),
            *_panels(user, roles),
            *_answers([one for one in requests if one.user_id != user.pk]),
            *meetings.own(user, memberships, at),
            *meetings.offices(roles, at),
        ],
        key=lambda one: (one.until is None, one.until or at),
    )
    found.coming = list(_coming(found.applications, found.awards, at))
    return found


def _to_review(user: User, memberships: list[Membership], roles: list[Role]) -> list[Assignment]:
    """What this person has to review, the nearest day first. One query, and none for who reviews nothing."""
    if not any(role.kind == RoleKind.REVIEWER for role in roles):
        return []
    whole = len(memberships) < MOST
    hromadas = {one.organisation.hromada_id for one in memberships} if whole else None
    found = assignments.waiting_for(user, state="todo", hromadas=hromadas)
    return list(found.order_by(F("due_on").asc(nulls_last=True), "pk")[:MOST])


def _requests(user: User, led: list[int]) -> list[JoinRequest]:
    """What the person asked for, and what others ask of the organisations this person heads."""
    theirs = Q(user=user) | Q(organisation__in=led)
    return list(JoinRequest.objects.filter(theirs, answer="").select_related("user", "organisation")[:MOST])


def _invitations(user: User, at: datetime) -> list[Invitation]:
    """Invitations sent to the person's mailbox; only the letter itself opens them."""
    sent = Invitation.objects.filter(email__iexact=user.email, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    return list(sent.select_related("organisation")[:MOST])


def _drafts(found: list[Application], memberships: list[Membership], at: datetime) -> Iterator[Next]:
    mine = {one.organisation_id for one in memberships if one.role in people.WRITERS}
    for one in found:
        open_now = one.call.state(at) == CallState.OPEN and one.organisation_id in mine
        if one.state == ApplicationState.SUBMITTED or not open_now:
            continue
        again = one.state == ApplicationState.WITHDRAWN
        yield Next(
            what=_("Подати відкликану заявку знову") if again else _("Дописати й подати заявку"),
            about=f"{one.title or one.call.called} · {one.organisation.called}",
            href=one.get_absolute_url(),
            act=_("До заявки"),
            until=one.call.closes_at,
            **left(one.call.closes_at, at),
        )


def _reports(found: list[Report], at: datetime) -> Iterator[Next]:
    for report in found:
        returned = report.state == "returned"
        until = end_of(report.expected_on)
        yield Next(
            what=_("Відповісти на питання до звіту") if returned else _("Подати звіт"),
            about=f"{report.title} · {report.award.title}",
            href=report.get_absolute_url(),
            act=_("До звіту"),
            until=until,
            **left(until, at),
        )


def _reviews(found: list[Assignment], at: datetime) -> Iterator[Next]:
    """One line a call and day, since a reviewer reads in batches."""
    by_day = groupby(found, key=lambda one: (one.application.call, one.due_on))
    for (call, due_on), rows in by_day:
        count = len(list(rows))
        until = end_of(due_on) if due_on else None
        yield Next(
            what=ngettext("Оцінити %(n)s заявку", "Оцінити %(n)s заявок", count) % {"n": count},
            about=call.called,
            href=f"{reverse('reviews:mine')}?call={call.code}",
            act=_("До заявок"),
            until=until,
            **left(until, at),
        )


def _panels(user: User, roles: list[Role]) -> Iterator[Next]:
    """The meetings in which this person sits, until they are over."""
    if not any(role.kind == RoleKind.PANEL for role in roles):
        return
    for panel in panels.to_sit_in(user):
        yield Next(
            what=_("Засідання комісії"),
            about=f"{panel.call.called}{f' · {panel.place}' if panel.place else ''}",
            href=reverse("reviews:panel", args=[panel.call.programme.code, panel.call.code]),
            act=_("До заявок і оцінок"),
            until=panel.meets_at,
        )


def _coming(mine: list[Application], awards: list[Award], at: datetime) -> Iterator[Next]:
    """What happens to what was handed in, and when."""
    granted = {award.application_id for award in awards}
    for one in mine:
        if one.state != ApplicationState.SUBMITTED or one.outcome not in {"", Outcome.SUPPORTED} or one.pk in granted:
            continue
        yield Next(
            what=one.title or one.call.called,
            about=" · ".join((one.organisation.called, one.code or one.call.code)),
            href=reverse("reviews:outcome", args=[one.pk]) if one.outcome else one.get_absolute_url(),
            act="",
            **_stands(one, at),
        )


def _stands(application: Application, at: datetime) -> dict[str, str]:
    """Where an application stands, and by when the next word comes."""
    call, state = application.call, application.call.state(at)
    if state == CallState.CANCELLED:
        return {"kind": "closed", "words": _("Конкурс скасовано")}
    if application.outcome:
        return {"kind": "held", "words": _("Підтримано: програма готує угоду й напише вам")}
    if state == CallState.OPEN:
        words = (
            _("Подано. Прийом триває до %(day)s") % {"day": wording.day(call.closes_at, year=False)}
            if call.closes_at
            else _("Подано, розглянемо по черзі")
        )
    else:
        words = _("Рішення за комісією") if state == CallState.ASSESSED else _("Заявку оцінюють")
    if call.decision_by:
        words = _("%(now)s. Рішення до %(day)s") % {"now": words, "day": wording.day(call.decision_by, year=False)}
    return {"kind": "told", "words": words}


def _answers(found: list[JoinRequest]) -> Iterator[Next]:
    for one in found:
        yield Next(
            what=_("Відповісти: %(person)s хоче до вашої організації") % {"person": one.user},
            about=one.organisation.called,
            href=reverse("people:members", args=[one.organisation_id]),
            act=_("Відповісти"),
        )
