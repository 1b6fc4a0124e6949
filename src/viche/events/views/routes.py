"""A consultant's itinerary in the calendar of a telephone: its secret address, and what stands there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation

from viche.events import access
from viche.events.operations import routes as operations
from viche.events.operations import visits
from viche.events.queries import desk, events, routes
from viche.events.views.registering import gone, secret_calendar
from viche.methods.refusals import Refused
from viche.ui.access import allowed, anyone


@allowed(access.may_open, thing=desk.opened)
def feed(request, office):
    """Give one's itinerary an address, another one, or none."""
    if request.method == "POST":
        act = operations.stop if "stop" in request.POST else operations.make
        act(office.programme, by=request.user, at=timezone.now())
    return redirect("events:office_itinerary", office.programme.code)


@allowed(access.may_visit, thing=events.in_programme)
def visit(request, event):
    """Put an event on one's own itinerary, or take it off; the page is then as it was."""
    if request.method == "POST":
        act = visits.drop if "stay" in request.POST else visits.plan
        try:
            act(event, by=request.user, at=timezone.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
    here = reverse("events:office_itinerary", args=[event.programme.code])
    query = request.POST.get("query", "")
    return redirect(f"{here}?{query}" if query else here)


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
