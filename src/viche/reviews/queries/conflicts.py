"""Which reviewers have a tie with which applications."""

from collections.abc import Iterable

from viche.calls.models import Application
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
