"""Invitations by letter: written, repeated, withdrawn, and spent once by whoever reads that mailbox."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.journal import operations as journal
from viche.mail import queries as mail
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access, queries
from viche.people.choices import ROLE_DESCRIPTIONS, MembershipRole
from viche.people.models import Invitation, Membership, Organisation, User
from viche.people.operations import letters, patience

LASTS = timedelta(days=14)


@transaction.atomic
def invite(organisation: Organisation, *, email: str, name: str, role: str, by: User, at: datetime) -> Invitation:
    """Invite somebody into an organisation by letter. An invitation to that mailbox still open is sent anew."""
    if not access.may_manage_members(by, organisation):
        raise NotAllowed
    email = email.lower()
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if Membership.objects.filter(organisation=organisation, user__email=email).exists():
        raise Refused(_("Ця людина вже в організації."), field="email", status=409)
    open_one = Invitation.objects.filter(organisation=organisation, email=email, accepted_at=None, withdrawn_at=None)
    invitation = open_one.first() or Invitation(organisation=organisation, email=email, created_at=at)
    invitation.name, invitation.membership_role, invitation.invited_by = name, role, by
    _send(invitation, at=at)
    after = {"invitation": invitation.pk, "role": role}
    journal.record(verb="people.invited", subject=organisation, by=by, at=at, after=after)
    return invitation


@transaction.atomic
def repeat(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Send the letter of an open invitation again, with a new link; the old link dies."""
    if not access.may_withdraw(by, invitation):
        raise NotAllowed
    invitation = _open(invitation)
    invitation.invited_by = by
    _send(invitation, at=at)
    after = {"invitation": invitation.pk, "role": invitation.membership_role}
    journal.record(verb="people.invited", subject=invitation.organisation, by=by, at=at, after=after)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, at: datetime) -> None:
    """Take an open invitation back."""
    if not access.may_withdraw(by, invitation):
        raise NotAllowed
    withdraw_for(invitation, at=at)
    before = {"invitation": invitation.pk, "role": invitation.membership_role}
    journal.record(verb="people.invitation_withdrawn", subject=invitation.organisation, by=by, at=at, before=before)


@transaction.atomic
def accept(invitation: Invitation, *, by: User, at: datetime) -> Membership:
    """Become a member by the letter. Spends it; whoever is a member already keeps the role they have.

    A letter whose writer may no longer invite brings nobody in.
    """
    if invitation.organisation is None:
        raise NotAllowed
    spend(invitation, by=by, at=at)
    if not access.may_still_invite(invitation):
        raise Refused(queries.inviter_gone(), status=409)
    membership, _new = Membership.objects.get_or_create(
        user=by, organisation=invitation.organisation, defaults={"role": invitation.membership_role, "since": at}
    )
    after = {"user": by.pk, "role": membership.role, "invitation": invitation.pk}
    journal.record(verb="people.invitation_accepted", subject=invitation.organisation, by=by, at=at, after=after)
    return membership


@transaction.atomic
def spend(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Spend an invitation, once; `Refused` says why not: another mailbox, spent, withdrawn, expired.

    What it brings is given by the caller in the same transaction, who also writes the journal.
    """
    if not access.is_somebody(by):
        raise NotAllowed
    if not access.is_addressee(by, invitation):
        raise Refused(
            _("Цей лист написано на іншу пошту, а ви увійшли як %(email)s. Увійдіть тією поштою, на яку прийшов лист.")
            % {"email": by.email},
            status=403,
        )
    fresh = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None, expires_at__gt=at)
    if not fresh.update(accepted_at=at, accepted_by=by):
        invitation.refresh_from_db()
        raise Refused(queries.why_closed(invitation, at), status=409)
    invitation.accepted_at, invitation.accepted_by = at, by
    return invitation


@transaction.atomic
def write_invitation(
    *, about: str, email: str, name: str, grant: dict[str, Any], letter: letters.Wording, by: User, at: datetime
) -> Invitation:
    """Invite on behalf of a higher package, which has checked the rights, reads `grant` later and writes the journal.

    The letter's page takes the token; an open invitation with the same `about`, mailbox and grant is sent anew.
    """
    email = email.lower()
    same = [one for one in queries.open_invitations(about).filter(email=email) if one.grant == grant]
    invitation = same[0] if same else Invitation(about=about, email=email, grant=grant, created_at=at)
    invitation.name, invitation.invited_by = name, by
    _post(invitation, letter, at=at)
    return invitation


@transaction.atomic
def repeat_for(invitation: Invitation, *, letter: letters.Wording, by: User, at: datetime) -> Invitation:
    """Send an open invitation of a higher package again, with a new link; `by` answers for it from now on."""
    invitation = _open(invitation)
    invitation.invited_by = by
    _post(invitation, letter, at=at)
    return invitation


@transaction.atomic
def withdraw_for(invitation: Invitation, *, at: datetime) -> None:
    """Take back an open invitation of a higher package, which has checked the rights and writes the journal."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not waiting.update(withdrawn_at=at):
        invitation.refresh_from_db()
        raise Refused(queries.why_closed(invitation, at), status=409)
    invitation.withdrawn_at = at


def withdraw_all(email: str, *, at: datetime, **into: Any) -> list[int]:
    """Withdraw what still lets a mailbox in: everything, or `organisation=…`, `about=…`; return the keys.

    For whoever has been sent away or let in by another way; the caller writes the journal.
    """
    waiting = Invitation.objects.filter(email=email.lower(), accepted_at=None, withdrawn_at=None, **into)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True))
    waiting.update(withdrawn_at=at)
    return keys


def _require_patience(invitation: Invitation, at: datetime) -> None:
    """See that nobody writes to strangers without end, and nobody's mailbox is filled: the letters of a day are counted."""
    most, into_one = settings.INVITATIONS_A_DAY, settings.INVITATIONS_TO_ONE_MAILBOX
    sentence = _("За добу можна надіслати до %(most)s запрошень. Решту надішліть завтра.")
    patience.require(by=invitation.invited_by, verb=".invited", most=most, sentence=sentence, at=at)
    if mail.count_since(invitation.email, ".invitation", at - patience.DAY) >= into_one:
        raise Refused(
            _("На цю пошту за добу вже надіслано %(most)s запрошень, більше не можна. Спробуйте завтра.")
            % {"most": into_one},
            field="email",
            status=429,
        )


def _open(invitation: Invitation) -> Invitation:
    """Lock an invitation and see that it is neither accepted nor withdrawn."""
    locked = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=invitation.pk)
    )
    if not locked.is_open:
        raise Refused(queries.why_closed(locked, locked.expires_at), status=409)
    return locked


def _send(invitation: Invitation, *, at: datetime) -> None:
    """Send the letter of an invitation into an organisation."""
    letter = letters.Wording(
        kind="people.invitation",
        subject=gettext_lazy("Вас запрошують до «%(organisation)s»"),
        words={"organisation": invitation.organisation.name},
        template="people/letters/invitation",
        page="people:invitation",
        action=gettext_lazy("Відкрити запрошення"),
        context={
            "role": MembershipRole(invitation.membership_role).label,
            "duty": ROLE_DESCRIPTIONS[MembershipRole(invitation.membership_role)],
        },
    )
    _post(invitation, letter, at=at)


def _post(invitation: Invitation, letter: letters.Wording, *, at: datetime) -> None:
    """Give the invitation a new token and term, keep it, and post the letter which alone carries the token."""
    _require_patience(invitation, at)
    token = secrets.token_urlsafe(24)
    invitation.token_digest = hashlib.sha256(token.encode()).hexdigest()
    invitation.expires_at = at + LASTS
    invitation.save()
    known = {"inviter": str(invitation.invited_by or ""), "expires_at": invitation.expires_at}
    why = gettext_lazy("Ви отримали цей лист, бо хтось назвав вашу пошту, запрошуючи вас.")
    letter = replace(letter, context={**known, **letter.context}, why=why, about=invitation)
    reader = queries.user_by_email(invitation.email)
    letters.to_mailbox(invitation.email, reader, letter, args=[token], at=at)
