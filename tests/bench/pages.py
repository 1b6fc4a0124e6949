"""Processor time, queries and weight of the pages of the main job: `./viche bench [--small] [--sizes 1000,20000]`.

Each figure is the best of five requests through the WSGI application, in one process: processor time of the web worker and,
on PostgreSQL, of the session's server process beside it. Pages are made anew each time (a visitor's page is asked with a
query, which is never kept) unless the line says "kept". Weight is the page as sent, compressed, and with the styles, scripts
and icon that a first view brings. Flatness is the ratio between the largest and the smallest size.
"""

import argparse
import gzip
import io
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlencode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
SCRATCH = tempfile.TemporaryDirectory(prefix="viche-bench-")
os.environ["VICHE_VAR"] = SCRATCH.name

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from viche.awards.models import Award  # noqa: E402
from viche.demo import fund, load, stage  # noqa: E402
from viche.formats import katottg  # noqa: E402
from viche.places import operations as places  # noqa: E402
from viche.places.models import Hromada  # noqa: E402
from viche.reviews.models import Assignment  # noqa: E402

BEST_OF = 5
APPLICATION = WSGIHandler()


class Measured:
    """A visitor, or somebody signed in, whose requests are timed."""

    def __init__(self, user=None):
        self.client = Client()
        if user:
            self.client.force_login(user)
        self.cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.client.cookies.items())

    def page(self, address, post=None, accept="text/html"):
        """Best of five: worker ms, database ms, queries, bytes as sent, bytes beside; `post` makes the form for each try."""
        self._ask(address, post, accept)
        tries = [self._timed(address, post, accept) for _ in range(BEST_OF)]
        worker, database, answer = min(tries, key=lambda one: one[0] + one[1])
        with CaptureQueriesContext(connection) as captured:
            self._ask(address, post, accept)
        packed = answer.headers.get("Content-Encoding") == "gzip"
        sent = len(answer.content) if packed else len(gzip.compress(answer.content))
        plain = gzip.decompress(answer.content) if packed else answer.content
        return worker * 1000, database * 1000, len(captured), sent, brought(self.client, plain)

    def _timed(self, address, post, accept):
        server, before = server_time(), time.process_time()
        answer = self._ask(address, post, accept)
        worker = time.process_time() - before
        return worker, server_time() - server, answer

    def _ask(self, address, post, accept):
        path, _, query = address.partition("?")
        body = urlencode(post()).encode() if post else b""
        environ = {
            "REQUEST_METHOD": "POST" if post else "GET",
            "PATH_INFO": path,
            "QUERY_STRING": quote(query, safe="=&"),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ACCEPT": accept,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_COOKIE": self.cookies,
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if post else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        request = WSGIRequest(environ)
        request._dont_enforce_csrf_checks = True
        answer = APPLICATION.get_response(request)
        answer.close()
        assert answer.status_code < 400, (address, answer.status_code)
        return answer


def server_time():
    """Processor seconds of this session's PostgreSQL process; nothing on SQLite, which works in ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def brought(client, page):
    """Bytes of the styles, scripts and icon that a first view brings, compressed."""
    found = set(re.findall(rb'(?:href|src)="(/[^"]+\.(?:css|js|svg))"', page))
    total = 0
    for address in found:
        answer = client.get(address.decode())
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        total += len(body) if answer.headers.get("Content-Encoding") == "gzip" else len(gzip.compress(body))
    return total


def submission(loaded):
    """A whole submission: five sections, check, submit; then taken back, so that it can be repeated."""
    from viche.calls.models import Application
    from viche.calls.operations import applications
    from viche.questionnaires import queries

    visitor = Measured(loaded.head)
    sheet = fund.answers(stage.texts("fund")["projects"][0])
    outline = queries.outline(loaded.draft.sheet.version)
    best = None
    for _ in range(BEST_OF):
        application = Application.objects.get(pk=loaded.draft.pk)
        for section, values in zip(outline, sheet, strict=True):
            revision = queries.filled(application.sheet).revision(section)
            applications.save(
                application, section=section, values=values, revision=revision, by=loaded.head, at=timezone.now()
            )
        before, server = time.process_time(), server_time()
        visitor.client.get(reverse("calls:check", args=[application.pk]))
        answer = visitor.client.post(reverse("calls:submit", args=[application.pk]))
        assert answer.status_code == 302, answer.status_code
        visitor.client.get(answer.headers["Location"])
        spent = (time.process_time() - before) * 1000, (server_time() - server) * 1000
        best = spent if best is None or sum(spent) < sum(best) else best
        applications.withdraw(Application.objects.get(pk=application.pk), by=loaded.head)
    return best


def measure(size):
    """All pages with so many applications: name → figures."""
    loaded = load.fill(size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what a server does by itself a minute after rows were written
    visitor, head = Measured(), Measured(loaded.head)
    officer, reviewer = Measured(loaded.officer), Measured(loaded.reviewer)
    code, call, usual = loaded.programme.code, loaded.assessed.code, loaded.usual.code
    mine = Assignment.objects.filter(reviewer=loaded.reviewer).order_by("-pk").first()
    award = Award.objects.order_by("pk").first()
    hromada = Hromada.objects.filter(is_invented=False).order_by("pk").first()
    section = reverse("calls:section", args=[loaded.draft.pk, 2])
    revision = iter(range(10**6))
    found = {name: visitor.page(address) for name, address in public_pages(loaded, award, hromada).items()}
    found |= {
        "section of a form": head.page(section),
        "section with a budget": head.page(reverse("calls:section", args=[loaded.draft.pk, 4])),
        "autosave": head.page(
            section,
            post=lambda: {"need": "слово " * 200, "asked": "40", "revision": str(next(revision))},
            accept="application/json",
        ),
        "cabinet": head.page(reverse("site:cabinet")),
        "desk": officer.page(reverse("site:desk")),
        "office list of applications": officer.page(reverse("calls:office_applications", args=[code, call])),
        "the same, by name": officer.page(
            reverse("calls:office_applications", args=[code, call]) + "?sort=organisation"
        ),
        "who reads what of 500": officer.page(reverse("reviews:office", args=[code, usual])),
        "reviewer's list": reviewer.page(reverse("reviews:mine")),
        "reviewer's page": reviewer.page(reverse("reviews:review", args=[mine.pk])),
        "ranking of 500": officer.page(reverse("reviews:ranking", args=[code, usual])),
        "panel of 500": officer.page(reverse("reviews:panel", args=[code, usual])),
        "ranking of them all": officer.page(reverse("reviews:ranking", args=[code, call])),
        "office list of awards": officer.page(reverse("awards:office_list", args=[code])),
    }
    worker, database = submission(loaded)
    found["a whole submission, 3 requests"] = (worker, database, 0, 0, 0)
    return found


def public_pages(loaded, award, hromada):
    """What visitors open: name → address. A page that could be kept gets a query, so that it is made anew."""
    return {
        "home, kept": "/",
        "home": "/?anew=1",
        "calls": f"{reverse('calls:list')}?anew=1",
        "call": f"{loaded.open_call.get_absolute_url()}?anew=1",
        "programme": f"{loaded.programme.get_absolute_url()}?anew=1",
        "participants": reverse("site:participants", args=[loaded.programme.code]),
        "register": reverse("awards:list"),
        "register, searched": f"{reverse('awards:list')}?q=громади&state=closed",
        "award": award.get_absolute_url(),
        "hromadas": reverse("places:hromadas"),
        "hromadas, searched": f"{reverse('places:hromadas')}?q=Тарнавиця",
        "hromada": f"{hromada.get_absolute_url()}?anew=1",
        "search": f"{reverse('site:search')}?q=бібліотека",
    }


def prepare():
    """An empty database with the places of Ukraine."""
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEBUG = False
    databases = setup_databases(verbosity=0, interactive=False)
    places.load_codifier(katottg.bundled(), at=timezone.now())
    return databases


def main():
    """Print a table per size, and the flatness between the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="500")
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    sizes = [60] if options.small else [int(size) for size in options.sizes.split(",")]
    tables = {}
    for size in sizes:
        databases = prepare()
        tables[size] = measure(size)
        teardown_databases(databases, verbosity=0)
        print(f"\n{connection.vendor}, {size} applications; ms of processor time, best of {BEST_OF}")
        print(f"{'page':32}{'worker':>8}{'database':>10}{'queries':>9}{'KB sent':>9}{'KB first':>10}")
        for name, (worker, database, queries, sent, first) in tables[size].items():
            print(f"{name:32}{worker:8.1f}{database:10.1f}{queries:9}{sent / 1024:9.1f}{(sent + first) / 1024:10.1f}")
    if len(sizes) > 1:
        print(f"\nFlatness, {sizes[-1]} against {sizes[0]} (1.0 is flat)")
        for name, figures in tables[sizes[-1]].items():
            before = tables[sizes[0]][name]
            print(f"{name:32}{(figures[0] + figures[1]) / (before[0] + before[1]):8.2f}")


main()
