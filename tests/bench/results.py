"""Processor time of figures and of the ledger behind them: `./viche bench`, or this file alone with `--events 2500,50000`.

So many events were held (there are as many that come), each with an accepted report of about twenty facts: 50 000 make a million.
Pages are made anew each time; on PostgreSQL the session's server process is added. `--keep FOLDER` makes the database there once and
uses it again.
"""

import argparse
import os
import resource
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
PARSER = argparse.ArgumentParser(description=__doc__)
PARSER.add_argument("--events", default="2500,50000")
PARSER.add_argument("--small", action="store_true")
PARSER.add_argument("--keep", type=Path)
OPTIONS, _OTHERS = PARSER.parse_known_args()
SCRATCH = tempfile.TemporaryDirectory(prefix="viche-bench-")
os.environ["VICHE_VAR"] = str(OPTIONS.keep or SCRATCH.name)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench._asking import BEST_OF, cookies, measured, spent  # noqa: E402
from tests.factories import crowd, heads  # noqa: E402
from viche.events.choices import ReportState  # noqa: E402
from viche.events.models import Report  # noqa: E402
from viche.events.queries import figures as events  # noqa: E402
from viche.facts import operations as facts  # noqa: E402
from viche.facts.models import Fact, Total  # noqa: E402
from viche.facts.queries import recounting  # noqa: E402
from viche.formats import katottg  # noqa: E402
from viche.places import operations as places  # noqa: E402
from viche.places.models import Hromada  # noqa: E402
from viche.programmes.models import Programme, Role  # noqa: E402
from viche.results.queries.sources import SOURCES  # noqa: E402

RESULTS = "/programmes/CROWD/results/"
PEOPLE = "/programmes/CROWD/figures/PEOPLE/"


def pages():
    """What everybody opens, and what the office does: name → address."""
    hromada = Hromada.objects.filter(gone_at=None, raion__isnull=False).select_related("oblast", "raion").first()
    oblast = f"oblast={hromada.oblast.slug}"
    raion = f"{oblast}&raion={hromada.raion.code}"
    year = timezone.localdate().year
    months = f"since={year}-01&until={year}-06"
    public = {
        "dashboard": RESULTS,
        "dashboard, half a year": f"{RESULTS}?{months}",
        "dashboard of an oblast": f"{RESULTS}?{oblast}",
        "dashboard of a raion": f"{RESULTS}?{raion}",
        "dashboard of a hromada": f"{RESULTS}?{raion}&hromada={hromada.slug}",
        "comparison of years": f"{RESULTS}compare/?left-period={year - 1}&right-period={year}",
        "hromadas without anything": f"{RESULTS}coverage/?of=oblasts",
        "figure": PEOPLE,
        "figure of an oblast": f"{PEOPLE}?{oblast}",
        "figure of a raion": f"{PEOPLE}?{raion}",
        "figure of a hromada": f"{PEOPLE}?{raion}&hromada={hromada.slug}",
        "figure of places": "/programmes/CROWD/figures/HROMADAS/",
        "records": f"{PEOPLE}records/",
        "records, page 100": f"{PEOPLE}records/?page=100",
        "records of women": f"{PEOPLE}records/?split=sex:f",
        "records of an oblast": f"{PEOPLE}records/?{oblast}",
        "records of women of a raion": f"{PEOPLE}records/?{raion}&split=sex:f",
        "records of places": "/programmes/CROWD/figures/HROMADAS/records/",
        "records of a hromada": f"{PEOPLE}records/?{raion}&hromada={hromada.slug}",
    }
    office = {
        f"office, {name}": address.replace("/programmes/CROWD/", "/office/CROWD/") for name, address in public.items()
    }
    return public, office


def everything():
    """All pages, with milliseconds, queries and kilobytes."""
    public, office = pages()
    found = {name: measured(address) for name, address in public.items()}
    brought = cookies(Role.objects.filter(programme__code="CROWD", kind="officer").first().user)
    return found | {name: measured(address, brought) for name, address in office.items()}


def accepting():
    """Milliseconds for the facts of one report: taken out, and written again."""
    report = Report.objects.filter(state=ReportState.ACCEPTED).order_by("-pk").select_related("event").first()
    programme = report.event.programme_id
    key, tries = report.event_id, []
    for _ in range(BEST_OF):
        with transaction.atomic():
            Report.objects.filter(pk=report.pk).update(state=ReportState.RETURNED)
            out, _nothing = spent(lambda: facts.keep(events.SOURCE.of([key], programme=programme)))
            Report.objects.filter(pk=report.pk).update(state=ReportState.ACCEPTED)
            back, _nothing = spent(lambda: facts.keep(events.SOURCE.of([key], programme=programme)))
            tries.append((back, out))
            transaction.set_rollback(True)
    return min(tries)


def lay(size):
    """A database with so many events held."""
    at = timezone.now()
    places.load_codifier(katottg.bundled(), at=at)
    crowd.fill(2 * size, at=at)
    crowd.staff(at=at)
    heads.count(at=at)
    heads.aims(at=at)
    facts.mend(SOURCES)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def tell(size):
    """Measure everything on the database at hand and print it."""
    print(f"\n{connection.vendor}, {size} events held: {Fact.objects.count()} facts, {Total.objects.count()} sums")
    back, out = accepting()
    print(f"facts of one report: written {back:.1f} ms, taken out {out:.1f} ms")
    found = everything()
    for name, (milliseconds, queries, kilobytes) in found.items():
        print(f"{name:40}{milliseconds:8.1f}{queries:5}{kilobytes:8.1f} KB")
    milliseconds, verdict = spent(lambda: recounting.compare(SOURCES))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert verdict.difference is None, verdict.difference
    print(
        f"recount: {verdict.facts} facts and {verdict.sums} sums in {milliseconds / 1000:.1f} s, at most {peak} MB in all"
    )
    return found


def main():
    """Print a table per size, and the flatness between the sizes."""
    settings.ALLOWED_HOSTS, settings.DEBUG = ["testserver"], False
    sizes = [300] if OPTIONS.small else [int(size) for size in OPTIONS.events.split(",")]
    if OPTIONS.keep:
        call_command("migrate", verbosity=0)
        if not Programme.objects.filter(code="CROWD").exists():
            lay(sizes[-1])
        tell(sizes[-1])
        return
    tables = {}
    for size in sizes:
        databases = setup_databases(verbosity=0, interactive=False)
        lay(size)
        tables[size] = tell(size)
        teardown_databases(databases, verbosity=0)
    if len(sizes) > 1:
        print(f"\nFlatness, {sizes[-1]} against {sizes[0]} (1.0 is flat)")
        for name, (milliseconds, *_rest) in tables[sizes[-1]].items():
            print(f"{name:40}{milliseconds / tables[sizes[0]][name][0]:8.2f}")


sys.exit(main())
