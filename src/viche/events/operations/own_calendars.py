"""The secret address of a person's own calendar: made, made anew, taken away."""

from datetime import datetime

from django.db import transaction

from viche.events.models import Feed
from viche.events.queries import links, own_calendar
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed
from viche.people import access
from viche.people.models import User


@transaction.atomic
def make(user: User, *, by: User, at: datetime) -> Feed:
    """Give the person's calendar an address; an old one leads nowhere from now on."""
    _require_own(user, by)
    feed = Feed(user=user, made_at=at)
    feed.token_digest = links.digest_of(own_calendar.word_of(feed))
    feed, _fresh = Feed.objects.update_or_create(user=user, defaults={"made_at": at, "token_digest": feed.token_digest})
    journal.record(verb="events.calendar_made", subject=user, by=by, at=at)
    return feed


@transaction.atomic
def stop(user: User, *, by: User, at: datetime) -> None:
    """Take the address away."""
    _require_own(user, by)
    if Feed.objects.filter(user=user).delete()[0]:
        journal.record(verb="events.calendar_stopped", subject=user, by=by, at=at)


def _require_own(user: User, by: User) -> None:
    if not access.is_somebody(by) or by.pk != user.pk:
        raise NotAllowed
