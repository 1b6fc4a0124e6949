"""Which people have a tie with which applications."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from viche.calls.choices import ApplicationState
from viche.calls.models import Application, Call
from viche.people.models import Membership, User
from viche.reviews.choices import ConflictWhy
from viche.reviews.models import Conflict

Pair = tuple[int, int]


def ties(applications: Iterable[Application], people: Iterable[User]) -> dict[Pair, ConflictWhy]:
    """(application, user) → why, from memberships: the same organisation, or one of the same hromada. One query."""
    memberships = list(
        Membership.objects.filter(user__in=[user.pk for user in people]).values_list(
            "user_id", "organisation_id", "organisation__hromada_id"
        )
    )
    found: dict[Pair, ConflictWhy] = {}
    for application in applications:
        for user_id, organisation_id, hromada_id in memberships:
            if organisation_id == application.organisation_id:
                found[application.pk, user_id] = ConflictWhy.ORGANISATION
            elif hromada_id == application.organisation.hromada_id:
                found.setdefault((application.pk, user_id), ConflictWhy.HROMADA)
    return found


def recorded(applications: Iterable[Application]) -> set[Pair]:
    """(application, user) pairs that are on record. One query."""
    keys = [application.pk for application in applications]
    return set(Conflict.objects.filter(application__in=keys).values_list("application_id", "user_id"))


@dataclass(frozen=True)
class Eyes:
    """What one person must not see in a call, found once for all that a page shows."""

    organisations: frozenset[int]
    hromadas: frozenset[int]
    applications: frozenset[int]

    def are_shut_to(self, application: Application) -> bool:
        """Whether the person has a conflict with the application; its organisation is at hand."""
        return (
            application.pk in self.applications
            or application.organisation_id in self.organisations
            or application.organisation.hromada_id in self.hromadas
        )


def eyes(viewer: User, call: Call) -> Eyes:
    """The viewer's ties and conflicts on record in a call. Two queries."""
    ties = list(viewer.memberships.values_list("organisation_id", "organisation__hromada_id"))
    on_record = Conflict.objects.filter(user=viewer, application__call=call)
    return Eyes(
        frozenset(organisation for organisation, _hromada in ties),
        frozenset(hromada for _organisation, hromada in ties),
        frozenset(on_record.values_list("application_id", flat=True)),
    )


def of_call(call: Call) -> QuerySet[Conflict]:
    """Conflicts on record with the submitted applications of a call."""
    return (
        Conflict.objects.filter(application__call=call, application__state=ApplicationState.SUBMITTED)
        .select_related("user", "application__organisation")
        .order_by("application__code", "user__name", "pk")
    )
