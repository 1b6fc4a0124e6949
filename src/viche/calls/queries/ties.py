"""Which people are tied with which applications: the same rule as `access.is_tied`, for many at once."""

from collections.abc import Iterable

from viche.calls.choices import TieWhy
from viche.calls.models import Application, Call, Tie
from viche.people.models import Membership, User

Pair = tuple[int, int]


def shut(user: User, calls: Iterable[Call] | None = None) -> frozenset[int]:
    """The keys of all applications with which this person is tied, in these calls or in all. One query."""
    hromadas = Membership.objects.filter(user=user).values("organisation__hromada")
    near = Application.objects.filter(organisation__hromada__in=hromadas)
    before = Application.objects.filter(hromada__in=hromadas)
    rows = Tie.objects.filter(user=user).order_by().values_list("application_id", "application__call_id")
    found = rows.union(*(some.order_by().values_list("pk", "call_id") for some in (near, before)))
    # Sought from the person's side and sifted here: a person has few ties, a call may have twenty thousand applications.
    wanted = None if calls is None else {call.pk for call in calls}
    return frozenset(key for key, call in found if wanted is None or call in wanted)


def known(applications: Iterable[Application], people: Iterable[User]) -> dict[Pair, TieWhy]:
    """(application, user) → why, for all of these people. Their organisations are at hand. Two queries."""
    applications, users = list(applications), [user.pk for user in people]
    found = {}
    memberships = list(
        Membership.objects.filter(user__in=users).values_list("user_id", "organisation_id", "organisation__hromada_id")
    )
    for application in applications:
        hromadas = {application.hromada_id, application.organisation.hromada_id}
        for user, organisation, hromada in memberships:
            if organisation == application.organisation_id:
                found[application.pk, user] = TieWhy.ORGANISATION
            elif hromada in hromadas:
                found.setdefault((application.pk, user), TieWhy.HROMADA)
    kept = Tie.objects.filter(application__in=[one.pk for one in applications], user__in=users)
    found |= {(key, user): TieWhy(why) for key, user, why in kept.values_list("application_id", "user_id", "why")}
    return found
