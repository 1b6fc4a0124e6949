"""Letting a person out or forgetting them, as far as programmes are concerned; `people` does the rest."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people import operations as people
from viche.people.access import may_administer, may_forget
from viche.people.models import User
from viche.programmes import queries
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme, TeamMember

# How a letter into a programme names who invites: the sentence of its template.
INVITES = gettext_lazy("%(inviter)s запрошує вас до програми «%(programme)s». Ваша роль: %(role)s.")


@transaction.atomic
def deactivate(user: User, *, by: User, at: datetime) -> User:
    """Close the door to a person, unless a programme would be left without an officer."""
    if not may_administer(by):
        raise NotAllowed
    _require_other_officers(user)
    return people.deactivate(user, by=by, at=at)


@transaction.atomic
def forget(user: User, *, by: User, at: datetime) -> User:
    """Forget a person for good, also in the teams that programmes show; never the last officer of one."""
    if not may_forget(by, user):
        raise NotAllowed
    _require_other_officers(user)
    shown = TeamMember.objects.filter(email__iexact=user.email)
    teams = list(Programme.objects.filter(team__in=shown).distinct())
    forgotten = people.forget(user, by=by, at=at, naming=[INVITES])
    shown.delete()
    for programme in teams:
        journal.record(verb="programmes.teammember_removed", subject=programme, by=by, at=at, before={"user": user.pk})
    return forgotten


def _require_other_officers(user: User) -> None:
    """See that each programme this person runs has somebody else; the programmes stay locked, as when a role is taken."""
    run = Programme.objects.filter(roles__user=user, roles__kind=RoleKind.OFFICER).order_by("pk").values_list("pk")
    for programme in Programme.objects.select_for_update(no_key=True).filter(
        pk__in=list(run.values_list("pk", flat=True))
    ):
        officers = set(queries.officers(programme).values_list("pk", flat=True))
        if officers == {user.pk}:
            raise Refused(
                _("Спершу дайте роль у програмі «%(name)s» ще комусь: без цієї людини нею не буде кому керувати.")
                % {"name": programme.name},
                status=409,
            )
