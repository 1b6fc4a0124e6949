"""Events for other programs: the list as files, calendars that know whether they changed, objects for search engines."""

import gzip
import hashlib
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _

from viche.events import access, exports
from viche.events.queries import briefs, events, finding, showing
from viche.events.views.public import search_of
from viche.formats import geojson, icalendar, jsonld, tables
from viche.ui import listing, paging
from viche.ui.access import allowed, anyone

KEPT_PAST = timedelta(days=31)  # how long a subscriber keeps what is over
HOUR = 3600
PER_FILE = 1000
MOST_FILES = 1000
UTC_WORDS = {"utc", "UTC"}


def _fresh(request, event, body, *, kind, ending):
    """One event's file with its ETag and Last-Modified; 304 where the asker has it already."""
    changed_at = exports.seconds(event.changed_at)
    response = HttpResponse(body, content_type=kind)
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["Last-Modified"] = http_date(changed_at)
    response["Content-Disposition"] = listing.disposition(ending, event.code)
    # What is of a closed programme no proxy keeps.
    patch_cache_control(response, max_age=HOUR // 4, **{"public" if event.programme.is_public else "private": True})
    return get_conditional_response(request, response["ETag"], changed_at, response)


def _in_utc(request):
    return request.GET.get("tz") in UTC_WORDS


@anyone
def event_file(request, ending):
    """The same list for programs, a thousand events a file: a table, points for a map, or a calendar to subscribe to."""
    if ending not in exports.ENDINGS:
        raise Http404
    at = timezone.now()
    _search, asked = search_of(request)
    number = min(paging.wanted(request), MOST_FILES) or 1
    # A subscriber's calendar does not forget at once what is over.
    since = at - KEPT_PAST if ending == "ics" and not asked.when else at
    keys = finding.keys(asked, at=since, most=number * PER_FILE)
    here = keys[(number - 1) * PER_FILE : number * PER_FILE]
    file = _subscription(request, asked, here) if ending == "ics" else exports.File(ending, briefs.read(here))
    response = HttpResponse(content_type=_kind(ending))
    if beside := list(_beside(request, number, is_last=len(keys) <= number * PER_FILE)):
        response["Link"] = ", ".join(beside)
    return _packed(request, file, response)


def _subscription(request, asked, keys):
    host = finding.organisation_of(asked.organisation) if asked.organisation is not None else None
    return exports.Subscription(
        name=exports.feed_name(host.called if host else _("заходи")),
        source=request.build_absolute_uri(),
        utc=_in_utc(request),
        keys=keys,
        is_known="If-None-Match" in request.headers or "If-Modified-Since" in request.headers,
    )


def _kind(ending):
    return {"ics": icalendar.CONTENT_TYPE, "geojson": geojson.CONTENT_TYPE, **tables.CONTENT_TYPES}[ending]


def _beside(request, number, *, is_last):
    """The addresses of the files before and after, as RFC 8288 writes them."""
    place = f"{request.build_absolute_uri(request.path)}?{paging.kept_query(request, paging.NUMBER)}{paging.NUMBER}="
    if not is_last:
        yield f'<{place}{number + 1}>; rel="next"'
    if number > 1:
        yield f'<{place}{number - 1}>; rel="prev"'


def _packed(request, file, response):
    """The file, packed where the asker can unpack it; 304 where the asker has it already, without making it."""
    response["ETag"] = f'W/"{file.digest}"'
    response["Content-Disposition"] = listing.disposition(file.ending, "events")
    if file.changed is not None:
        response["Last-Modified"] = http_date(file.changed)
    patch_cache_control(response, public=True, max_age=HOUR // 4 if file.ending == "ics" else 0)
    patch_vary_headers(response, ["Accept-Encoding"])
    has_it = get_conditional_response(request, response["ETag"], file.changed, response)
    if has_it is not response:
        return has_it
    response.content = file.packed()
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(response.content)
    return response


@allowed(access.may_see, thing=events.by_code)
def event_ics(request, event):
    """One event for a calendar."""
    body = exports.feed([_whole(event)], name="", utc=_in_utc(request))
    return _fresh(request, event, body, kind=icalendar.CONTENT_TYPE, ending="ics")


@allowed(access.may_see, thing=events.by_code)
def event_jsonld(request, event):
    """One event as schema.org has it, for search engines."""
    body = exports.for_search_engines(_whole(event))
    return _fresh(request, event, body, kind=jsonld.CONTENT_TYPE, ending="jsonld")


def _whole(event):
    """The event as everybody may see it; a draft without a time is nothing for a calendar yet."""
    if not (event.starts_at and event.ends_at and event.is_shown):
        raise Http404
    return showing.shown(event)
