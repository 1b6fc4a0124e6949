"""A consultant's itinerary in the calendar of a telephone: its secret address, and what stands there."""

from django.shortcuts import redirect
from django.utils import timezone, translation

from viche.events import access
from viche.events.operations import routes as operations
from viche.events.queries import desk, routes
from viche.events.views.registering import gone, secret_calendar
from viche.ui.access import allowed, anyone


@allowed(access.may_open, thing=desk.opened)
def feed(request, office):
    """Give one's itinerary an address, another one, or none."""
    if request.method == "POST":
        act = operations.stop if "stop" in request.POST else operations.make
        act(office.programme, by=request.user, at=timezone.now())
    return redirect("events:office_itinerary", office.programme.code)


@anyone
def route_calendar(request, token):
    """A person's itinerary under its secret address, as far as their work goes on this day; 304 where nothing has changed."""
    found = routes.feed_by_word(token)
    reach = routes.reach_of(found) if found else None
    if reach is None:
        return gone(request)
    with translation.override(found.user.language):
        events = routes.kept(reach, timezone.now())
        body = routes.body(events, reach, source=request.build_absolute_uri(), language=found.user.language)
    return secret_calendar(request, body)
