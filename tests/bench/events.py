"""Processor time of what people see of events: `./viche bench`, or this file alone with `--events 5000,100000`.

Each figure is the best of several requests through the WSGI application in one process, with as many events as told, half
of them coming; on PostgreSQL the session's server process is added. Pages are made anew each time: before each request all
that the process keeps is thrown away, but for the places of hromadas, which change with the codifier, and for lines that
say "kept".
"""

import argparse
import gzip
import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
SCRATCH = tempfile.TemporaryDirectory(prefix="viche-bench-")
os.environ["VICHE_VAR"] = SCRATCH.name

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench._asking import BEST_OF, ask, cookies, spent  # noqa: E402
from tests.factories import crowd  # noqa: E402
from viche.events import exports  # noqa: E402
from viche.events.models import Event  # noqa: E402
from viche.formats import katottg  # noqa: E402
from viche.people.models import Organisation  # noqa: E402
from viche.places import operations as places  # noqa: E402
from viche.ui import asking  # noqa: E402


def public():
    """What visitors and calendars open: name → address."""
    coming = Event.objects.filter(state="published", starts_at__gt=timezone.now()).order_by("starts_at")
    event = coming.first()
    # A hromada and a host with more events than a page shows, in a small crowd too.
    busy = coming.filter(organisation=Organisation.objects.order_by("pk").first()).select_related("hromada").first()
    near = busy.hromada
    month = timezone.localdate().strftime("%Y-%m-01")
    return {
        "list": "/events/",
        "list, page 25": "/events/?page=25",
        "list, past": "/events/?when=past",
        "list, all": "/events/?when=all",
        "list, goal": "/events/?goal=4",
        "list, Ukrainian": "/events/?language=uk",
        "list, on line": "/events/?mode=online",
        "list, goal and access": "/events/?goal=4&access=step_free",
        "list, oblast": "/events/?oblast=poltavska",
        "list, oblast and language": "/events/?oblast=poltavska&language=uk",
        "list, hromada": f"/events/?hromada={near.code}",
        "list, 50 km around": f"/events/?hromada={near.code}&within=50",
        "list, campaign": "/events/?campaign=WEEK",
        "list, programme": "/events/?programme=CROWD",
        "list, organisation": f"/events/?organisation={busy.organisation_id}",
        "list, still open": "/events/?entry=free",
        "list, common word": "/events/?q=бюджет",
        "list, rare word": f"/events/?q={event.title.rpartition(' ')[2]}",
        "list, a word of no event": "/events/?q=караван",
        "list, code": f"/events/?q={event.code}",
        "list, a day": f"/events/?since={timezone.localdate():%d.%m.%Y}&until={timezone.localdate():%d.%m.%Y}",
        "event": event.get_absolute_url(),
        "calendar, month": f"/events/calendar/?on={month}",
        "calendar, week": "/events/calendar/?view=week",
        "calendar, agenda": "/events/calendar/?view=agenda",
        "calendar, month of a goal": f"/events/calendar/?on={month}&goal=4",
        "map": "/events/map/",
        "map of an oblast": "/events/map/?oblast=poltavska",
        "map data, zoom 3": "/events/map.json?zoom=3&bbox=30,48,33,50",
        "campaign": "/campaigns/WEEK/",
        "widget": "/events/widget/",
        "feed of 1000": "/events.ics",
        "feed of 1000, UTC": "/events.ics?tz=utc",
        "feed of one oblast": "/events.ics?oblast=poltavska",
        "file of 1000, .json": "/events.json",
        "file of 1000, .csv": "/events.csv",
        "file of 1000, .geojson": "/events.geojson",
        "file of 1000, .xlsx": "/events.xlsx",
        "file of 1000, .json, kept": "/events.json",
        "one event for a calendar": f"/events/{event.code}.ics",
        "API, 25 events": "/api/v1/events",
        "API, 25 from the middle": f"/api/v1/events?cursor={_middle()}",
        "API, 25 of an oblast": "/api/v1/events?oblast=poltavska",
        "API, 25 of a programme": "/api/v1/events?programme=CROWD",
        "API, 25 since today": f"/api/v1/events?since={timezone.localdate()}",
        "API, 25 of one day": f"/api/v1/events?since={timezone.localdate()}&until={timezone.localdate()}",
        "API, one event": f"/api/v1/events/{event.code}",
    }


def _middle():
    """The place in the middle of all events, as the API gives it."""
    count = Event.objects.count()
    return asking.place_after(
        Event.objects.order_by("pk").values_list("pk", flat=True)[count // 2], of="/api/v1/events"
    )


def office(staff):
    """What the office and an organiser open: name → address, who."""
    events = "/office/CROWD/events/"
    return {
        "office": (events, staff.officer),
        "office, page 100": (f"{events}?page=100", staff.officer),
        "office, queue": (f"{events}?needs=answer", staff.officer),
        "office, overdue": (f"{events}?needs=overdue", staff.officer),
        "office, reports to read": (f"{events}?needs=report", staff.officer),
        "office, no report": (f"{events}?needs=no_report", staff.officer),
        "office, held": (f"{events}?needs=held", staff.officer),
        "office, one oblast": (f"{events}?oblast=poltavska", staff.officer),
        "office, one campaign": (f"{events}?campaign=WEEK", staff.officer),
        "office, common word": (f"{events}?q=бюджет", staff.officer),
        "office, rare word": (f"{events}?q=CROWD-E26-000123", staff.officer),
        "office, by title": (f"{events}?sort=title", staff.officer),
        "office, by organisation": (f"{events}?sort=organisation", staff.officer),
        "office, by people": (f"{events}?sort=-people", staff.officer),
        "office of a consultant": (events, staff.consultant),
        "office, campaigns": ("/office/CROWD/campaigns/", staff.officer),
        "office, series": ("/office/CROWD/series/", staff.officer),
        "office, one series": (f"/office/CROWD/series/{staff.series.pk}/", staff.officer),
        "office, hubs": ("/office/CROWD/hubs/", staff.officer),
        "office, hubs by people": ("/office/CROWD/hubs/?sort=-people", staff.officer),
        "office, itinerary": ("/office/CROWD/itinerary/", staff.officer),
        "organiser's events": ("/me/events/", staff.organiser),
        "organiser's events, a word": ("/me/events/?q=бюджет", staff.organiser),
    }


def forget():
    """Throw away what the process keeps of events and pages."""
    caches["pages"].clear()
    exports.KEPT.clear()


def timed(address, brought, *, kept, **headers):
    """Processor milliseconds of one request, and its answer."""
    if not kept:
        forget()
    return spent(lambda: ask(address, brought, **headers))


def measured(address, brought="", *, kept=False, **headers):
    """Best of several: milliseconds, queries, bytes as sent."""
    ask(address, brought, **headers)
    tries = [timed(address, brought, kept=kept, **headers) for _ in range(BEST_OF)]
    best, answer = min(tries, key=lambda one: one[0])
    if not kept:
        forget()
    with CaptureQueriesContext(connection) as captured:
        ask(address, brought, **headers)
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return best, len(captured), len(answer.content if packed else gzip.compress(answer.content))


def every(staff):
    """All pages: name → figures."""
    found = {name: measured(address, kept="kept" in name) for name, address in public().items()}
    for name, address in (("feed of 1000, 304", "/events.ics"), ("file of 1000, .json, 304", "/events.json")):
        found[name] = measured(address, HTTP_IF_NONE_MATCH=ask(address)["ETag"])
    own = {user.pk: cookies(user) for user in (staff.officer, staff.consultant, staff.organiser)}
    return found | {name: measured(address, own[user.pk]) for name, (address, user) in office(staff).items()}


def main():
    """Print a table per size, and the flatness between the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", default="5000,100000")
    parser.add_argument("--small", action="store_true")
    options, _others = parser.parse_known_args()
    sizes = [2000] if options.small else [int(size) for size in options.events.split(",")]
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEBUG = False
    tables = {}
    for size in sizes:
        databases = setup_databases(verbosity=0, interactive=False)
        places.load_codifier(katottg.bundled(), at=timezone.now())
        crowd.fill(size, at=timezone.now())
        staff = crowd.staff(at=timezone.now())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        tables[size] = every(staff)
        teardown_databases(databases, verbosity=0)
        print(f"\n{connection.vendor}, {size} events; ms of processor time, best of {BEST_OF}")
        for name, (took, queries, sent) in tables[size].items():
            print(f"{name:32}{took:8.1f}{queries:5}{sent / 1024:8.1f} KB")
    if len(sizes) > 1:
        print(f"\nFlatness, {sizes[-1]} against {sizes[0]} (1.0 is flat)")
        for name, (took, *_rest) in tables[sizes[-1]].items():
            print(f"{name:32}{took / tables[sizes[0]][name][0]:8.2f}")


main()
