"""Who works in a programme: invited by letter or given a role at once, and relieved of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people import operations as people
from viche.people.models import Invitation, User
from viche.places.models import Oblast
from viche.programmes import access, queries
from viche.programmes.choices import DESCRIPTIONS, RoleKind
from viche.programmes.models import Programme, Role


@transaction.atomic
def invite(
    programme: Programme, *, email: str, name: str, kind: str, oblast: Oblast | None = None, by: User, at: datetime
) -> Invitation:
    """Invite somebody into a role of the programme by letter; an open invitation into the same role is sent anew."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    _require_oblast(kind, oblast)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    held = Role.objects.filter(programme=programme, user__email=email.lower(), kind=kind, oblast=oblast)
    if held.exists():
        raise Refused(_("Ця людина вже має цю роль."), field="email", status=409)
    invitation = people.write_invitation(
        about=queries.about(programme),
        email=email,
        name=name,
        grant={"programme": programme.pk, "kind": str(kind), "oblast": oblast.pk if oblast else None},
        letter=_letter(programme, kind, oblast),
        by=by,
        at=at,
    )
    after = {"invitation": invitation.pk, "kind": kind, "oblast": oblast.pk if oblast else None}
    journal.record(verb="programmes.invited", subject=programme, by=by, at=at, after=after)
    return invitation


@transaction.atomic
def repeat_invitation(programme: Programme, invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Send the letter again with a new link; the old link dies."""
    if not access.may_withdraw(by, programme, invitation):
        raise NotAllowed
    grant = queries.grant(invitation)
    letter = _letter(programme, grant.kind, grant.oblast)
    invitation = people.repeat_for(invitation, letter=letter, by=by, at=at)
    after = {"invitation": invitation.pk, **invitation.grant}
    journal.record(verb="programmes.invited", subject=programme, by=by, at=at, after=after)
    return invitation


@transaction.atomic
def withdraw_invitation(programme: Programme, invitation: Invitation, *, by: User, at: datetime) -> None:
    """Take an open invitation back."""
    if not access.may_withdraw(by, programme, invitation):
        raise NotAllowed
    people.withdraw_for(invitation, at=at)
    before = {"invitation": invitation.pk, **invitation.grant}
    journal.record(verb="programmes.invitation_withdrawn", subject=programme, by=by, at=at, before=before)


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: datetime) -> Role:
    """Take up the role that the letter offers. Spends the letter; whoever holds the role already keeps it.

    A letter whose writer may no longer invite brings nothing.
    """
    grant = queries.grant(invitation)
    fault = queries.why_closed(invitation, at)
    if grant is None or fault:
        raise Refused(fault or _("Цього запрошення вже не приймають."), status=409)
    people.spend(invitation, by=by, at=at)
    role, _new = Role.objects.get_or_create(
        user=by,
        kind=grant.kind,
        programme=grant.programme,
        oblast=grant.oblast,
        defaults={"given_by": invitation.invited_by, "given_at": at},
    )
    after = {"user": by.pk, "kind": role.kind, "oblast": role.oblast_id, "invitation": invitation.pk}
    journal.record(verb="programmes.invitation_accepted", subject=grant.programme, by=by, at=at, after=after)
    return role


@transaction.atomic
def give_role(
    programme: Programme, *, user: User, kind: str, oblast: Oblast | None = None, by: User, at: datetime
) -> Role:
    """Give somebody who has an account a role at once; a letter tells them."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    _require_oblast(kind, oblast)
    if not user.is_active:
        raise Refused(_("Ця людина не може входити. Спершу відкрийте її обліковий запис."), status=409)
    try:
        with transaction.atomic():
            role = Role.objects.create(
                user=user, kind=kind, programme=programme, oblast=oblast, given_by=by, given_at=at
            )
    except IntegrityError:
        raise Refused(_("Ця людина вже має цю роль."), status=409) from None
    people.to_user(user, _news(role), at=at)
    after = {"user": user.pk, "kind": kind, "oblast": role.oblast_id}
    journal.record(verb="programmes.role_given", subject=programme, by=by, at=at, after=after)
    return role


@transaction.atomic
def take_role(role: Role, *, by: User, at: datetime) -> None:
    """Relieve somebody of a role; a programme is never left without an officer who can sign in.

    No invitation into the programme written to them before stays open.
    """
    if not access.may_take(by, role):
        raise NotAllowed
    programme = Programme.objects.select_for_update(no_key=True).get(pk=role.programme_id)
    if role.kind == RoleKind.OFFICER and not queries.officers(programme).exclude(pk=role.user_id).exists():
        raise Refused(
            _("Програма не може лишитися без того, хто нею керує. Спершу дайте цю роль ще комусь."), status=409
        )
    taken, _each = Role.objects.filter(pk=role.pk).delete()
    if taken:
        withdrawn = people.withdraw_all(role.user.email, at=at, about=queries.about(programme))
        before = {"user": role.user_id, "kind": role.kind, "oblast": role.oblast_id, "invitations": withdrawn}
        journal.record(verb="programmes.role_taken", subject=programme, by=by, at=at, before=before)


def _require_oblast(kind: str, oblast: Oblast | None) -> None:
    if kind == RoleKind.CONSULTANT and oblast is None:
        raise Refused(_("Виберіть область: консультант супроводжує одну."), field="oblast")
    if kind != RoleKind.CONSULTANT and oblast is not None:
        raise Refused(_("Область потрібна лише консультантові."), field="oblast")


def _news(role: Role) -> people.Wording:
    """What is written to somebody who has been given a role."""
    return people.Wording(
        kind="programmes.role",
        subject=gettext_lazy("Ваша роль у програмі «%(programme)s»"),
        words={"programme": role.programme.name},
        template="programmes/letters/given",
        page="site:cabinet",
        action=gettext_lazy("Відкрити кабінет"),
        context={
            "giver": str(role.given_by),
            "role": RoleKind(role.kind).label,
            "duty": DESCRIPTIONS[RoleKind(role.kind)],
            "oblast": role.oblast.name if role.oblast else "",
        },
        why=gettext_lazy("Ви отримали цей лист, бо вам дали роль у програмі."),
        programme_code=role.programme.code,
        signed_by=role.programme.name,
    )


def _letter(programme: Programme, kind: str, oblast: Oblast | None) -> people.Wording:
    return people.Wording(
        kind="programmes.invitation",
        subject=gettext_lazy("Вас запрошують до програми «%(programme)s»"),
        words={"programme": programme.name},
        template="programmes/letters/invitation",
        page="programmes:invitation",
        action=gettext_lazy("Відкрити запрошення"),
        context={
            "role": RoleKind(kind).label,
            "duty": DESCRIPTIONS[RoleKind(kind)],
            "oblast": oblast.name if oblast else "",
        },
        programme_code=programme.code,
        signed_by=programme.name,
    )
