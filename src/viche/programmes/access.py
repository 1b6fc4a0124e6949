"""Who may do what in a programme. Roles are read here and in queries alone; an administrator may do what an officer may."""

from typing import Any

from viche.people.access import Visitor, is_administrator, is_somebody
from viche.people.models import Invitation
from viche.programmes.choices import RoleKind
from viche.programmes.models import Component, Participant, Partner, Programme, Role, TeamMember

# Who may open the office of a programme at all; what is shown there differs.
OFFICE = (RoleKind.OFFICER, RoleKind.OBSERVER, RoleKind.PANEL)


def has_role(user: Visitor, programme: Programme, *kinds: RoleKind) -> bool:
    """Whether the person holds one of these roles in the programme; any role where none is named."""
    if not is_somebody(user):
        return False
    held = kinds_held(user, programme)
    return bool(held & set(kinds)) if kinds else bool(held)


def may_work(user: Visitor) -> bool:
    """Read which programmes one works in: whoever has signed in; there may be none."""
    return is_somebody(user)


def kinds_held(user: Visitor, programme: Programme) -> frozenset[str]:
    """The kinds of role the person holds in the programme. One query; the office menu of the same page need not ask again."""
    held = Role.objects.filter(user=user.pk, programme=programme).values_list("kind", flat=True)
    programme.last_read = user.pk, frozenset(held)
    return programme.last_read[1]


def may_create(user: Visitor) -> bool:
    """Begin a programme."""
    return is_administrator(user)


def may_see(user: Visitor, programme: Programme) -> bool:
    """Open the public page: everybody once it is shown to all, before that those who work in it."""
    return programme.is_public or is_administrator(user) or has_role(user, programme)


def may_manage(user: Visitor, programme: Programme) -> bool:
    """Change the programme and everything in it: its officers, an administrator."""
    return is_administrator(user) or has_role(user, programme, RoleKind.OFFICER)


def may_see_office(user: Visitor, programme: Programme) -> bool:
    """Read the office pages: officers, the panel, observers, an administrator."""
    return is_administrator(user) or has_role(user, programme, *OFFICE)


def may_review(user: Visitor, programme: Programme) -> bool:
    """Be assigned applications to judge."""
    return has_role(user, programme, RoleKind.REVIEWER)


def may_see_participants(user: Visitor, programme: Programme) -> bool:
    """Open the list of participants: the office and the regional consultants."""
    return is_administrator(user) or has_role(user, programme, *OFFICE, RoleKind.CONSULTANT)


def oblasts_of_people(user: Visitor, programme: Programme) -> frozenset[int] | None:
    """Of which oblasts the person may see personal data in this programme; None means all, the empty set none.

    Officers and administrators see all, a consultant the own oblasts, panel and observers none.
    """
    if may_manage(user, programme):
        return None
    if not is_somebody(user):
        return frozenset()
    held = Role.objects.filter(user=user, programme=programme, kind=RoleKind.CONSULTANT)
    return frozenset(held.values_list("oblast_id", flat=True))


def may_see_logo(user: Visitor, partner: Partner) -> bool:
    """See a partner's logo: whoever may see the programme."""
    return may_see(user, partner.programme)


def may_manage_part(user: Visitor, part: Component | Partner | TeamMember) -> bool:
    """Change, move or remove a component, a partner or somebody of the team."""
    return may_manage(user, part.programme)


def may_dismiss(user: Visitor, participant: Participant) -> bool:
    """End an organisation's taking part."""
    return may_manage(user, participant.programme)


def may_open_invitation(user: Visitor, invitation: Invitation) -> bool:
    """Read an invitation: whoever holds the letter, signed in or not; to accept it takes the mailbox."""
    del user, invitation
    return True


def may_take(user: Visitor, role: Role) -> bool:
    """Take this role from whoever holds it."""
    return may_manage(user, role.programme)


def may_withdraw(user: Visitor, programme: Programme, invitation: Invitation) -> bool:
    """Withdraw or repeat an invitation into a role of the programme."""
    return invitation.about == f"programmes.programme:{programme.pk}" and may_manage(user, programme)


def may_manage_form(user: Visitor, desk: Any) -> bool:
    """Make and change the programme's forms; `desk` names the programme, and the form on it."""
    return may_manage(user, desk.programme)
