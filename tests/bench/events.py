"""Processor time of what everybody sees of events: `./viche bench`, or this file alone with `--events 5000,100000`.

Each figure is the best of five requests through the WSGI application in one process, with as many events as told, half of
them coming; on PostgreSQL the session's server process is added. Pages are made anew each time; nothing is kept but the
places of hromadas, which change with the codifier.
"""

import argparse
import gzip
import io
import os
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
SCRATCH = tempfile.TemporaryDirectory(prefix="viche-bench-")
os.environ["VICHE_VAR"] = SCRATCH.name

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.factories import crowd  # noqa: E402
from viche.events.models import Event  # noqa: E402
from viche.formats import katottg  # noqa: E402
from viche.places import operations as places  # noqa: E402

BEST_OF = 5
APPLICATION = WSGIHandler()


def addresses():
    """What visitors and calendars open: name → address."""
    event = Event.objects.filter(state="published", starts_at__gt=timezone.now()).order_by("starts_at").first()
    near = event.hromada
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
        "list, organisation": f"/events/?organisation={event.organisation_id}",
        "list, still open": "/events/?entry=free",
        "list, common word": "/events/?q=бюджет",
        "list, rare word": f"/events/?q={event.code.rpartition('-')[2]}",
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
        "feed of 500": "/events.ics",
        "feed of one oblast": "/events.ics?oblast=poltavska",
        "one event for a calendar": f"/events/{event.code}.ics",
    }


def server_time():
    """Processor seconds of this session's PostgreSQL process; nothing on SQLite, which works in ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def ask(address):
    """One request as a visitor sends it."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": quote(query, safe="=&"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.input": io.BytesIO(b""),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
    }
    answer = APPLICATION.get_response(WSGIRequest(environ))
    answer.close()
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def measured(address):
    """Best of five: milliseconds, queries, bytes as sent."""
    ask(address)
    best = None
    for _ in range(BEST_OF):
        server, before = server_time(), time.process_time()
        answer = ask(address)
        spent = (time.process_time() - before + server_time() - server) * 1000
        best = spent if best is None else min(best, spent)
    with CaptureQueriesContext(connection) as captured:
        ask(address)
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return best, len(captured), len(answer.content if packed else gzip.compress(answer.content))


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
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        tables[size] = {name: measured(address) for name, address in addresses().items()}
        teardown_databases(databases, verbosity=0)
        print(f"\n{connection.vendor}, {size} events; ms of processor time, best of {BEST_OF}")
        for name, (spent, queries, sent) in tables[size].items():
            print(f"{name:32}{spent:8.1f}{queries:5}{sent / 1024:8.1f} KB")
    if len(sizes) > 1:
        print(f"\nFlatness, {sizes[-1]} against {sizes[0]} (1.0 is flat)")
        for name, (spent, *_rest) in tables[sizes[-1]].items():
            print(f"{name:32}{spent / tables[sizes[0]][name][0]:8.2f}")


main()
