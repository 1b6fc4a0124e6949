"""Conflicts of interest, as the office reads them: those on record, and those that memberships show already."""

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q

from viche.calls.choices import TieWhy
from viche.calls.models import Application, Call
from viche.calls.queries import applications
from viche.people.models import Membership
from viche.programmes import queries as programmes
from viche.programmes.choices import RoleKind
from viche.reviews.models import Conflict

JUDGES = (RoleKind.REVIEWER, RoleKind.PANEL)


def of_call(call: Call, secret: Collection[int]) -> list[Conflict]:
    """Conflicts with the submitted applications of a call, but for those `secret` to the viewer.

    What nobody declared and no assignment has put on record yet is found anew by memberships, and is not stored.
    One query where there is none, else three.
    """
    judges = programmes.people_with(call.programme, *JUDGES).order_by()
    held = Membership.objects.filter(user__in=judges)
    homes = held.values("organisation__hromada")
    on_record = Conflict.objects.filter(application=OuterRef("pk"))
    near = Q(organisation__hromada__in=homes) | Q(hromada__in=homes) | Q(Exists(on_record))
    close = list(applications.submitted(call).filter(near).exclude(pk__in=secret))
    if not close:
        return []
    found = _found(close, held.select_related("user", "organisation"))
    for one in Conflict.objects.filter(application__in=close).select_related("user", "application__organisation"):
        found[one.application_id, one.user_id] = one
    return sorted(found.values(), key=lambda one: (one.application.code, one.user.name, one.user_id))


def _found(close: list[Application], held: Iterable[Membership]) -> dict[tuple[int, int], Conflict]:
    """What these memberships tie people to, by the rule of `calls.queries.ties`."""
    found: dict[tuple[int, int], Conflict] = {}
    for membership in held:
        for application in close:
            own = membership.organisation_id == application.organisation_id
            homes = {application.hromada_id, application.organisation.hromada_id}
            pair = (application.pk, membership.user_id)
            if own or (membership.organisation.hromada_id in homes and pair not in found):
                why = TieWhy.ORGANISATION if own else TieWhy.HROMADA
                found[pair] = Conflict(application=application, user=membership.user, why=why)
    return found
