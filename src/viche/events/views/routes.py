"""A consultant's itinerary in the calendar of a telephone: its secret address, and what stands there."""

import hashlib

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control

from viche.events import access
from viche.events.operations import routes as operations
from viche.events.queries import desk, routes
from viche.events.views.registering import gone
from viche.formats import icalendar
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
    answer = HttpResponse(body, content_type=icalendar.CONTENT_TYPE)
    answer["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer["X-Robots-Tag"] = "noindex"
    patch_cache_control(answer, private=True, max_age=0)
    return get_conditional_response(request, answer["ETag"], None, answer)
