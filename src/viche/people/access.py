"""Who may do what with people and organisations. Memberships and `is_administrator` are read here and in queries alone."""

from django.contrib.auth.models import AnonymousUser

from viche.people.choices import MembershipRole
from viche.people.models import AccessKey, Invitation, JoinRequest, Membership, Organisation, User

Visitor = User | AnonymousUser


def is_somebody(user: Visitor) -> bool:
    """Whether this is a person who has signed in and still may."""
    return user.is_authenticated and user.is_active


def is_administrator(user: Visitor) -> bool:
    """Whether the person runs this installation."""
    return is_somebody(user) and user.is_administrator


def may_administer(user: Visitor) -> bool:
    """Search users, deactivate them, make administrators."""
    return is_administrator(user)


def may_register(user: Visitor) -> bool:
    """Register an organisation, or ask to be let into one."""
    return is_somebody(user)


def role_in(user: Visitor, organisation: Organisation) -> str | None:
    """Return the person's role in the organisation; None for everybody else."""
    if not is_somebody(user):
        return None
    return Membership.objects.filter(user=user, organisation=organisation).values_list("role", flat=True).first()


def is_member(user: Visitor, organisation: Organisation) -> bool:
    """Whether the person belongs to the organisation in any role."""
    return role_in(user, organisation) is not None


def may_write_for(user: Visitor, organisation: Organisation) -> bool:
    """Prepare and submit applications and reports of the organisation: its head and preparers."""
    return role_in(user, organisation) in {MembershipRole.HEAD, MembershipRole.PREPARER}


def may_see_members(user: Visitor, organisation: Organisation) -> bool:
    """See who belongs to the organisation: its members and administrators."""
    return is_administrator(user) or is_member(user, organisation)


def may_manage_members(user: Visitor, organisation: Organisation) -> bool:
    """Invite, change roles, remove, answer those who ask: the head, an administrator."""
    return is_administrator(user) or role_in(user, organisation) == MembershipRole.HEAD


def may_edit_organisation(user: Visitor, organisation: Organisation) -> bool:
    """Change name, site and hromada of the organisation: the head, an administrator."""
    return may_manage_members(user, organisation)


def may_correct(user: Visitor, organisation: Organisation) -> bool:
    """Correct code, kind and parent of an organisation, with which it applied: an administrator."""
    del organisation
    return is_administrator(user)


def may_confirm(user: Visitor, branch: Organisation) -> bool:
    """Say that an organisation is the branch it calls itself: a head of the parent, an administrator."""
    return branch.parent is not None and may_manage_members(user, branch.parent)


def may_change_membership(user: Visitor, membership: Membership) -> bool:
    """Change the role in this membership."""
    return may_manage_members(user, membership.organisation)


def may_end_membership(user: Visitor, membership: Membership) -> bool:
    """Take this membership away: who manages members, and everybody their own."""
    return (is_somebody(user) and membership.user_id == user.pk) or may_manage_members(user, membership.organisation)


def may_answer(user: Visitor, request: JoinRequest) -> bool:
    """Let somebody who asked in, or not."""
    return may_manage_members(user, request.organisation)


def may_withdraw(user: Visitor, invitation: Invitation) -> bool:
    """Withdraw or repeat an invitation into an organisation; other invitations belong to the package that made them."""
    return invitation.organisation is not None and may_manage_members(user, invitation.organisation)


def may_still_invite(invitation: Invitation) -> bool:
    """Whether whoever wrote or last repeated an invitation into an organisation may invite people there to this day."""
    by, organisation = invitation.invited_by, invitation.organisation
    return by is not None and organisation is not None and may_manage_members(by, organisation)


def is_addressee(user: Visitor, invitation: Invitation) -> bool:
    """Whether the letter was written to the mailbox this person signs in with."""
    return is_somebody(user) and user.email.casefold() == invitation.email.casefold()


def may_forget(user: Visitor, person: User) -> bool:
    """Let a person be forgotten: themselves, an administrator."""
    return is_administrator(user) or (is_somebody(user) and user.pk == person.pk)


def may_hold_keys(user: Visitor) -> bool:
    """Make keys by which programs read in one's name."""
    return is_somebody(user)


def may_revoke(user: Visitor, key: AccessKey) -> bool:
    """End a key: whose it is, an administrator."""
    return is_administrator(user) or (is_somebody(user) and key.user_id == user.pk)
