"""Reads of programmes. Roles are read here and in access alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from viche.methods import words
from viche.people import queries as people
from viche.people.access import is_administrator
from viche.people.models import Invitation, Organisation, User
from viche.places.models import Oblast
from viche.programmes import access
from viche.programmes.choices import RoleKind
from viche.programmes.models import Component, Goal, Participant, Partner, Programme, Publishing, Role, TeamMember


class Branch(NamedTuple):
    """A goal in its place in the tree: how deep, its number ("1.2"), and how many steps out come after it."""

    goal: Goal
    depth: int
    number: str


class Grant(NamedTuple):
    """What an invitation into a role brings."""

    programme: Programme
    kind: RoleKind
    oblast: Oblast | None


def programme(programme: str) -> Programme:
    """The programme under this code."""
    return Programme.objects.get(code=programme.upper())


def coded(code: str) -> Programme | None:
    """The programme of a code as other packages keep it; None where the code is empty or nobody's."""
    return Programme.objects.filter(code=code).first() if code else None


def every() -> QuerySet[Programme]:
    """All programmes by their codes, for those who see everything."""
    return Programme.objects.order_by("code")


def public_programmes() -> QuerySet[Programme]:
    """Programmes that everybody may see, those that began last first."""
    return Programme.objects.filter(is_public=True)


def visible_to(user: User | AnonymousUser) -> QuerySet[Programme]:
    """Public programmes, and those in which the person works."""
    if is_administrator(user):
        return Programme.objects.all()
    if not user.is_authenticated:
        return public_programmes()
    mine = Role.objects.filter(programme=OuterRef("pk"), user=user)
    return Programme.objects.filter(Q(is_public=True) | Exists(mine))


def running(programmes: QuerySet[Programme], at: datetime) -> QuerySet[Programme]:
    """Of these programmes, those under way today by Kyiv's clock."""
    today = localdate(at)
    return programmes.filter(starts_on__lte=today, ends_on__gte=today)


def worked_in(user: User, *kinds: RoleKind) -> QuerySet[Programme]:
    """Programmes in which the person holds one of these roles (any, where none is named); all for an administrator."""
    if is_administrator(user):
        return Programme.objects.all()
    mine = Role.objects.filter(programme=OuterRef("pk"), user=user)
    return Programme.objects.filter(Exists(mine.filter(kind__in=kinds) if kinds else mine))


def roles_held(user: User) -> QuerySet[Role]:
    """The person's roles with their programmes; for the desk and the cabinet."""
    return (
        Role.objects.filter(user=user).select_related("programme", "oblast").order_by("programme__code", "kind", "pk")
    )


def goals(programme: Programme) -> list[Branch]:
    """The goals as a numbered tree, written out from top to bottom. One query."""
    below: dict[int | None, list[Goal]] = {}
    for goal in programme.goals.all():
        below.setdefault(goal.parent_id, []).append(goal)
    return list(_walk(below, None, 0, ""))


def _walk(below: dict[int | None, list[Goal]], parent: int | None, depth: int, prefix: str) -> Iterable[Branch]:
    for count, goal in enumerate(below.get(parent, []), start=1):
        number = f"{prefix}{count}"
        yield Branch(goal, depth, number)
        yield from _walk(below, goal.pk, depth + 1, f"{number}.")


def holdings(programme: Programme) -> dict[str, int]:
    """How much of each part the programme has; for the overview of its office. One query."""
    counted = {
        part: Count(part, distinct=True)
        for part in ("goals", "components", "partners", "team", "participants", "roles")
    }
    return Programme.objects.filter(pk=programme.pk).aggregate(**counted)


def components(programme: Programme) -> QuerySet[Component]:
    """The components in the order shown."""
    return programme.components.all()


def partners(programme: Programme) -> QuerySet[Partner]:
    """The partners with their logos, in the order shown."""
    return programme.partners.select_related("logo")


def publishing(programme: Programme) -> Publishing:
    """How the programme is told to IATI and 360Giving; the defaults where its office has said nothing. One query."""
    return Publishing.objects.filter(programme=programme).first() or Publishing(programme=programme)


def team(programme: Programme) -> QuerySet[TeamMember]:
    """Whom the public may write to, in the order shown."""
    return programme.team.all()


def component(programme: Programme, pk: int) -> Component:
    """One component of the programme."""
    return programme.components.select_related("programme").get(pk=pk)


def partner(programme: Programme, pk: int) -> Partner:
    """One partner of the programme."""
    return programme.partners.select_related("programme", "logo").get(pk=pk)


def team_member(programme: Programme, pk: int) -> TeamMember:
    """One member of the team."""
    return programme.team.select_related("programme").get(pk=pk)


def partner_with_logo(partner: int) -> Partner:
    """A partner that has a logo, by key, wherever it belongs."""
    having = Partner.objects.filter(logo__isnull=False, logo__removed_at=None)
    return having.select_related("logo", "programme").get(pk=partner)


def participants(programme: Programme, *, typed: str = "", kind: str = "", oblast: str = "") -> QuerySet[Participant]:
    """Organisations taking part, found by words of their name or code, kind and the oblast's slug."""
    found = Participant.objects.filter(programme=programme).select_related(
        "organisation__hromada__oblast", "organisation__hromada__raion"
    )
    for word in words.fold(typed).split():
        found = found.filter(organisation__haystack__contains=word)
    if kind:
        found = found.filter(kind=kind)
    if oblast:
        found = found.filter(organisation__hromada__oblast__slug=oblast)
    return found.order_by("organisation__sort_key", "pk")


def participant_of(programme: str, participant: int) -> Participant:
    """One organisation taking part in the programme of that code."""
    found = Participant.objects.select_related("organisation", "programme")
    return found.get(programme__code=programme.upper(), pk=participant)


def with_contacts(rows: list[Participant], seen: frozenset[int] | None) -> list[Participant]:
    """Give each row `contacts`: heads of the organisation where the oblast is among the `seen` (None: all), else none.

    `seen` is what `access.oblasts_of_people` says. One query.
    """
    shown = [row for row in rows if seen is None or row.organisation.hromada.oblast_id in seen]
    heads = people.heads_by_organisation([row.organisation_id for row in shown]) if shown else {}
    for row in rows:
        row.contacts = heads.get(row.organisation_id, [])
    return rows


def oblasts_of(programme: Programme) -> QuerySet[Oblast]:
    """Oblasts from which organisations take part."""
    here = Participant.objects.filter(programme=programme, organisation__hromada__oblast=OuterRef("pk"))
    return Oblast.objects.filter(Exists(here))


def roles_of(programme: Programme) -> QuerySet[Role]:
    """Everybody who works in the programme, by role and name."""
    return programme.roles.select_related("user", "oblast", "programme").order_by("kind", "user__name", "pk")


def role_of(programme: str, role: int) -> Role:
    """One role in the programme of that code."""
    found = Role.objects.select_related("user", "programme", "oblast")
    return found.get(programme__code=programme.upper(), pk=role)


def people_with(programme: Programme, *kinds: RoleKind) -> QuerySet[User]:
    """Who holds one of these roles and may sign in: reviewers to choose from, officers to write to."""
    held = Role.objects.filter(programme=programme, kind__in=kinds, user=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True).order_by("name", "pk")


def held_roles(kind: RoleKind) -> QuerySet[Role]:
    """Roles of a kind whose holders may sign in, in all programmes: to ask of many rows at once whether somebody holds one."""
    return Role.objects.filter(kind=kind, user__is_active=True)


def officers(programme: Programme) -> QuerySet[User]:
    """The programme's officers who may sign in."""
    return people_with(programme, RoleKind.OFFICER)


def taken_part_in(organisations: QuerySet) -> QuerySet:
    """Give each organisation `public_participations`: where it takes part, in public programmes only."""
    shown = Participant.objects.filter(programme__is_public=True).select_related("programme").order_by("since", "pk")
    return organisations.prefetch_related(Prefetch("participations", queryset=shown, to_attr="public_participations"))


def public_participations(organisation: Organisation) -> list[Participant]:
    """In which public programmes this organisation takes part, the first joined first. One query."""
    found = Participant.objects.filter(organisation=organisation, programme__is_public=True)
    return list(found.select_related("programme").order_by("since", "pk"))


def about(programme: Programme) -> str:
    """By which word invitations into the programme are found."""
    return f"programmes.programme:{programme.pk}"


def invitations_of(programme: Programme) -> list[tuple[Invitation, Grant]]:
    """Open invitations into roles of the programme, the newest first, with what each brings. Two queries."""
    found = list(people.open_invitations(about(programme)))
    oblasts = Oblast.objects.in_bulk({one.grant["oblast"] for one in found if one.grant["oblast"]})
    return [(one, Grant(programme, RoleKind(one.grant["kind"]), oblasts.get(one.grant["oblast"]))) for one in found]


def invitation(programme: Programme, pk: int) -> Invitation | None:
    """One invitation into a role of the programme."""
    return Invitation.objects.filter(pk=pk, about=about(programme)).first()


def invitation_by_token(token: str) -> Invitation:
    """The invitation of that letter, if it brings a role in a programme that is here."""
    found = people.invitation_by_token(token)
    if grant(found) is None:
        raise Invitation.DoesNotExist
    return found


def why_closed(invitation: Invitation, at: datetime) -> str:
    """Say why an invitation into a role cannot be accepted any more; empty while it can."""
    fault = people.why_closed(invitation, at)
    found = None if fault else grant(invitation)
    if found and not access.may_manage(invitation.invited_by or AnonymousUser(), found.programme):
        return people.inviter_gone()
    return fault


def grant(invitation: Invitation) -> Grant | None:
    """Read what an invitation brings; None where it is no invitation into a role, or the role is no more."""
    said = invitation.grant
    if not said or said.get("kind") not in RoleKind.values:
        return None
    found = Programme.objects.filter(pk=said.get("programme")).first()
    oblast = Oblast.objects.filter(pk=said["oblast"]).first() if said.get("oblast") else None
    return Grant(found, RoleKind(said["kind"]), oblast) if found else None
