"""Keeping who is tied with an application, so that no later change of memberships hides it."""

from collections.abc import Mapping

from viche.calls.choices import TieWhy
from viche.calls.models import Application, Tie
from viche.people.models import Membership
from viche.questionnaires import queries as sheets


def keep(found: Mapping[tuple[int, int], TieWhy]) -> None:
    """Keep ties, (application, user) → why; those on record stay as they are. Called inside the caller's transaction."""
    rows = (Tie(application_id=key, user_id=user, why=why) for (key, user), why in found.items())
    Tie.objects.bulk_create(rows, ignore_conflicts=True)


def keep_submitted(application: Application, *, by_id: int) -> None:
    """Keep everybody who is tied at the moment of submission: the hands that wrote it, its organisation, its hromada."""
    whys = {}
    nearby = Membership.objects.filter(organisation__hromada=application.hromada_id)
    for user, organisation in nearby.values_list("user_id", "organisation_id"):
        if organisation == application.organisation_id:
            whys[user] = TieWhy.ORGANISATION
        else:
            whys.setdefault(user, TieWhy.HROMADA)
    authors = {application.begun_by_id, by_id, *sheets.writers(application.sheet)} - {None}
    whys |= dict.fromkeys(authors, TieWhy.AUTHOR)
    keep({(application.pk, user): why for user, why in whys.items()})
