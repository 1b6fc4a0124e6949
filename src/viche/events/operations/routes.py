"""The secret address of a person's itinerary: made, made anew, taken away."""

from datetime import datetime

from django.db import transaction

from viche.events import access
from viche.events.models import RouteFeed
from viche.events.queries import links, routes
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed
from viche.people.models import User
from viche.programmes.models import Programme


@transaction.atomic
def make(programme: Programme, *, by: User, at: datetime) -> RouteFeed:
    """Give the itinerary of whoever reads the events' office an address; an old one leads nowhere from now on."""
    if access.reach(by, programme) is None:
        raise NotAllowed
    feed = RouteFeed(user=by, programme=programme, made_at=at)
    digest = links.digest_of(routes.word_of(feed))
    feed, _fresh = RouteFeed.objects.update_or_create(
        user=by, programme=programme, defaults={"made_at": at, "token_digest": digest}
    )
    journal.record(verb="events.route_made", subject=programme, by=by, at=at)
    return feed


@transaction.atomic
def stop(programme: Programme, *, by: User, at: datetime) -> None:
    """Take one's own address away."""
    if RouteFeed.objects.filter(user=by.pk, programme=programme).delete()[0]:
        journal.record(verb="events.route_stopped", subject=programme, by=by, at=at)
