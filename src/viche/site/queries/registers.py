"""Lists that go across all programmes, for open data."""

from django.db.models import QuerySet

from viche.people import queries as people
from viche.people.models import Organisation
from viche.programmes.models import Participant

BESIDE = ("programme", "organisation__hromada__oblast", "organisation__hromada__raion")


def participants(*, programme: str = "", kind: str = "", oblast: str = "") -> QuerySet[Participant]:
    """Who takes part in public programmes, by the programme's code, the kind and the oblast's slug."""
    found = Participant.objects.filter(programme__is_public=True)
    if programme:
        found = found.filter(programme__code=programme)
    if kind:
        found = found.filter(kind=kind)
    if oblast:
        found = found.filter(organisation__hromada__oblast__slug=oblast)
    return found.select_related(*BESIDE).order_by("programme__code", "organisation__sort_key", "pk")


def organisations(*, q: str = "", kind: str = "", oblast: str = "") -> QuerySet[Organisation]:
    """Who is registered, by words, the kind and the oblast's slug, but for branches whose parent has not said yes."""
    found = people.organisations(q)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(hromada__oblast__slug=oblast) if oblast else found


def organisation(pk: int) -> Organisation:
    """One of them. Raises `Organisation.DoesNotExist`."""
    return organisations().get(pk=pk)
