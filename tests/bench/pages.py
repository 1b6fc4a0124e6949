"""Processor time, queries and weight of the pages of the main job: `./viche bench [--small] [--sizes 1000,20000]`.

Each figure is the best of five requests through the whole application, in one process, uncached: processor time of the web
worker and, on PostgreSQL, of the session's server process beside it. Weight is the page as sent, compressed, with and
without the styles and scripts that a first view brings. Flatness is the ratio between the largest and the smallest size.
"""

import argparse
import gzip
import os
import re
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
SCRATCH = tempfile.TemporaryDirectory(prefix="viche-bench-")
os.environ["VICHE_VAR"] = SCRATCH.name

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from viche.demo import fund, load, stage  # noqa: E402
from viche.formats import katottg  # noqa: E402
from viche.places import operations as places  # noqa: E402
from viche.reviews.models import Assignment  # noqa: E402

BEST_OF = 5
TICK = os.sysconf("SC_CLK_TCK")


class Measured:
    """A signed-in visitor whose requests are timed."""

    def __init__(self, user=None):
        self.client = Client(headers={"Accept-Encoding": "gzip"})
        if user:
            self.client.force_login(user)

    def page(self, address, post=None, **more):
        """Best of five: worker ms, database ms, queries, bytes as sent; `post` makes the form anew for each try."""
        best = None
        self._ask(address, post, more)
        for _ in range(BEST_OF):
            figures = self._timed(address, post, more)
            best = figures if best is None or figures[0] + figures[1] < best[0] + best[1] else best
        return best

    def _ask(self, address, post, more):
        answer = self.client.post(address, post(), **more) if post else self.client.get(address, **more)
        assert answer.status_code < 400, (address, answer.status_code)
        return answer

    def _timed(self, address, post, more):
        before, server = time.process_time(), server_time()
        answer = self._ask(address, post, more)
        worker, database = time.process_time() - before, server_time() - server
        packed = answer.headers.get("Content-Encoding") == "gzip"
        sent = len(answer.content) if packed else len(gzip.compress(answer.content))
        plain = gzip.decompress(answer.content) if packed else answer.content
        with CaptureQueriesContext(connection) as captured:
            self._ask(address, post, more)
        return worker * 1000, database * 1000, len(captured), sent, brought(self.client, plain)


def server_time():
    """Processor seconds of this session's PostgreSQL process; nothing on SQLite, which works in ours."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


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
    visitor, head = Measured(), Measured(loaded.head)
    officer, reviewer = Measured(loaded.officer), Measured(loaded.reviewer)
    code, call = loaded.programme.code, loaded.assessed.code
    mine = Assignment.objects.filter(reviewer=loaded.reviewer).order_by("-pk").first()
    section = reverse("calls:section", args=[loaded.draft.pk, 2])
    revision = iter(range(10**6))
    found = {
        "home": visitor.page("/"),
        "calls, public list": visitor.page(reverse("calls:list")),
        "call": visitor.page(loaded.open_call.get_absolute_url()),
        "section of a form": head.page(section),
        "section with a budget": head.page(reverse("calls:section", args=[loaded.draft.pk, 4])),
        "autosave": head.page(
            section,
            post=lambda: {"need": "слово " * 200, "asked": "40", "revision": str(next(revision))},
            headers={"Accept": "application/json"},
        ),
        "office list": officer.page(reverse("calls:office_applications", args=[code, call])),
        "reviewer's list": reviewer.page(reverse("reviews:mine")),
        "reviewer's page": reviewer.page(reverse("reviews:review", args=[mine.pk])),
        "ranking": officer.page(reverse("reviews:ranking", args=[code, call])),
        "register": visitor.page(reverse("awards:list")),
        "hromadas": visitor.page(reverse("places:hromadas")),
    }
    worker, database = submission(loaded)
    found["a whole submission, 3 requests"] = (worker, database, 0, 0, 0)
    return found


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
