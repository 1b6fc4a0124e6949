"""Events for other programs: the list as files, calendars that know whether they changed, objects for search engines."""

import hashlib
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _

from viche.events import access, exports
from viche.events.queries import events, finding, showing
from viche.events.views.public import search_of
from viche.formats import geojson, icalendar, jsonld
from viche.ui import listing
from viche.ui.access import allowed, anyone

KEPT_PAST = timedelta(days=31)  # how long a subscriber keeps what is over
HOUR = 3600
UTC_WORDS = {"utc", "UTC"}


def _fresh(request, body, *, kind, name, changed_at):
    """The body with its ETag and Last-Modified; 304 where the asker has it already."""
    response = HttpResponse(body, content_type=kind)
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if changed_at:
        response["Last-Modified"] = http_date(changed_at)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    patch_cache_control(response, public=True, max_age=HOUR // 4)
    return get_conditional_response(request, response["ETag"], changed_at, response)


def _in_utc(request):
    return request.GET.get("tz") in UTC_WORDS


@anyone
def event_file(request, ending):
    """The same list for programs: a table, points for a map, or a calendar to subscribe to."""
    at = timezone.now()
    if ending == "ics":
        return _feed(request, at)
    _search, asked = search_of(request)
    found = finding.ordered(finding.chosen(asked, at=at), past=asked.when == finding.PAST)
    shown = map(showing.shown, listing.through(found))
    if ending == "geojson":
        response = HttpResponse(exports.points(shown), content_type=geojson.CONTENT_TYPE)
        response["Content-Disposition"] = 'inline; filename="events.geojson"'
        return response
    return listing.answer(request, ending=ending, columns=exports.COLUMNS, rows=exports.rows(shown), filename="events")


def _feed(request, at):
    """What is coming and what was over lately, at most five hundred: a subscriber's calendar does not forget at once."""
    _search, asked = search_of(request)
    keys = finding.keys(asked, at=at if asked.when else at - KEPT_PAST)
    stamps = finding.stamps(keys[: finding.MOST])
    host = finding.organisation_of(asked.organisation) if asked.organisation is not None else None
    body = exports.subscription(
        stamps,
        showing.by_keys,
        name=exports.feed_name(host.called if host else _("заходи")),
        source=request.build_absolute_uri(),
        utc=_in_utc(request),
    )
    changed_at = finding.changed_at(list(stamps))
    return _fresh(request, body, kind=icalendar.CONTENT_TYPE, name="events.ics", changed_at=exports.seconds(changed_at))


@allowed(access.may_see, thing=events.by_code)
def event_ics(request, event):
    """One event for a calendar."""
    shown = _whole(event)
    body = exports.feed([shown], name="", utc=_in_utc(request))
    return _fresh(
        request,
        body,
        kind=icalendar.CONTENT_TYPE,
        name=f"{event.code}.ics",
        changed_at=exports.seconds(event.changed_at),
    )


@allowed(access.may_see, thing=events.by_code)
def event_jsonld(request, event):
    """One event as schema.org has it, for search engines."""
    body = exports.for_search_engines(_whole(event))
    changed_at = exports.seconds(event.changed_at)
    return _fresh(request, body, kind=jsonld.CONTENT_TYPE, name=f"{event.code}.jsonld", changed_at=changed_at)


def _whole(event):
    """The event as everybody may see it; a draft without a time is nothing for a calendar yet."""
    if not (event.starts_at and event.ends_at and event.is_shown):
        raise Http404
    return showing.shown(event)
