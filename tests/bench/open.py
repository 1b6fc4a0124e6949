"""How fast open data are written and checked: 2 000 awards with results as IATI, as many grants as 360Giving; and a large file of IATI.

The same from a database (SQLite, or that of DATABASE_URL): written as they are read, and published, which is checked, written and packed.

PYTHONPATH=src:. .venv/bin/python tests/bench/open.py [--awards 2000] [--megabytes 500]
"""

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain

from viche.formats.iati import checking as iati_checking
from viche.formats.iati import records as iati
from viche.formats.iati import writing as iati_writing
from viche.formats.threesixty import checking as threesixty_checking
from viche.formats.threesixty import records as threesixty
from viche.formats.threesixty import writing as threesixty_writing

NOW = datetime(2026, 11, 22, tzinfo=UTC)
START, END = date(2024, 1, 1), date(2024, 12, 31)
UNION = iati.Organisation({"uk": "Спілка громад"}, "UA-EDR-00000000", "22", iati.FUNDING)
SECONDS, MEGABYTES = 10, 200


def award(number: int) -> iati.Activity:
    """An award with four transactions, a place, two documents, and two results of three indicators with split actuals."""
    library = iati.Organisation({"uk": f"Бібліотека {number}"}, f"UA-EDR-{number:08}", "22", iati.IMPLEMENTING)
    splits = ({}, {"sex": "female"}, {"sex": "male"}, {"age": "0-17"}, {"age": "18-59"}, {"age": "60+"})
    periods = [
        iati.Period(
            date(2024, month, 1),
            date(2024, month + 2, 28),
            [iati.Value(100)],
            [iati.Value(number % 90 + at, split) for at, split in enumerate(splits)],
        )
        for month in (1, 4, 7, 10)
    ]
    indicators = [
        iati.Indicator(iati.UNIT, {"uk": f"Показник {at}", "en": f"Indicator {at}"}, periods) for at in range(3)
    ]
    page = {"format": "text/html", "title": {"uk": "Сторінка підтримки"}, "categories": ["A01"]}
    return iati.Activity(
        identifier=f"UA-EDR-00000000-{number}",
        reporting=UNION,
        title={"uk": f"Куток інформації {number}", "en": f"Information corner {number}"},
        description={"uk": "Куток інформації, зустрічі й поради просто неба. " * 5},
        participating=[UNION, library],
        status="2",
        dates={iati.ACTUAL_START: START, iati.PLANNED_END: END},
        hierarchy=2,
        countries=[iati.Share("UA")],
        sectors=[iati.Share("15112")],
        locations=[iati.Location("hromada", {"uk": "Громада"}, [("G1", 3, "UA05020030000031457")], (49.23, 28.48))],
        budgets=[iati.Budget(START, END, 180_000)],
        transactions=[
            iati.Transaction(kind, date(2024, 2, 1), Decimal("45000.00"), provider=UNION, receiver=library)
            for kind in (iati.COMMITMENT, *(iati.DISBURSEMENT,) * 3)
        ],
        documents=[iati.Document(f"https://viche.example/awards/{number}/{at}", **page) for at in range(2)],
        related=[iati.Related("UA-EDR-00000000-P", iati.PARENT)],
        results=[iati.Result(iati.OUTPUT, {"uk": "Заходи"}, indicators) for _ in range(2)],
    )


def grant(number: int) -> threesixty.Grant:
    """The same award as a grant."""
    return threesixty.Grant(
        id=f"360G-viche-{number}",
        title=f"Куток інформації {number}",
        description="Куток інформації, зустрічі й поради просто неба. " * 5,
        currency="UAH",
        awarded=180_000,
        awarded_on=date(2024, 2, 1),
        funders=[threesixty.Organisation("UA-EDR-00000000", "Спілка громад")],
        recipients=[threesixty.Organisation(f"UA-EDR-{number:08}", f"Бібліотека {number}")],
        planned=threesixty.Span(START, END),
        disbursements=[threesixty.Payment(str(at), date(2024, 2, 1), 45_000, "UAH") for at in range(3)],
    )


class Repeated(io.RawIOBase):
    """A file of many activities that lies nowhere."""

    def __init__(self, size: int) -> None:
        """Repeat one award under other names until there are so many bytes."""
        one = b"".join(iati_writing.document([award(1)], generated_at=NOW))
        head, rest = one.split(b"<iati-activity ", 1)
        body = b"<iati-activity " + rest.removesuffix(b"</iati-activities>\n")
        identifier = b"<iati-identifier>UA-EDR-00000000-1<"
        count = range(size // len(body))
        named = (body.replace(identifier, f"{identifier[:-1].decode()}-{at}<".encode()) for at in count)
        self.pieces, self.rest = chain((head,), named, (b"</iati-activities>",)), b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        while len(self.rest) < size and (piece := next(self.pieces, None)):
            self.rest += piece
        told, self.rest = self.rest[:size], self.rest[size:]
        return told


def told(name: str, size: int, begun: float, bound: str = "") -> None:
    """One line of the table: what, megabytes, seconds of the processor, peak of the process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<34}{size / 1e6:8.1f} MB{time.process_time() - begun:8.2f} s{peak:8.0f} MB  {bound}", flush=True)


def ready() -> None:
    """Django, with the database that the step before has made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viche.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.urls import reverse

    settings.DEMO = True
    reverse("site:home")  # all addresses are loaded, as they are in a server
    if name := os.environ.get("BENCH_DATABASE"):
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def fill(awards: int) -> None:
    """A new database with so many awards; tell its name."""
    ready()
    from django.db import connection

    from tests.factories import places
    from viche.demo import load, stage

    name = connection.creation.create_test_db(verbosity=0, serialize=False)
    for oblast in {one[3] for one in stage.texts("hromadas")["hromadas"]}:
        places.oblast(name=oblast)
    load.awarded(awards)
    print(name)


def drop() -> None:
    """Throw that database away; on SQLite it lies in the scratch folder."""
    ready()
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(connection.settings_dict['NAME'])}")


def of_database(step: str, awards: int) -> None:
    """Everything that a database holds, as IATI: with the results that `award` has; then as it is published."""
    ready()
    from viche.site import operations
    from viche.site.queries import iati as donors
    from viche.site.queries import publication

    results = award(1).results
    donors.results_of_awards = lambda chunk: dict.fromkeys((one.pk for one in chunk), results)
    begun = time.process_time()
    if step == "read database":
        activities = (one.activity for one in donors.activities(NOW.date()))
        size = sum(map(len, iati_writing.document(activities, generated_at=NOW)))
        told(f"{awards} awards from the database", size, begun, f"shall: {SECONDS} s, {MEGABYTES} MB")
        assert time.process_time() - begun <= SECONDS
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 <= MEGABYTES
        return
    kept = operations.publish(at=NOW)
    assert [one.published for one in kept] == [awards + 1, awards], [one.findings[:3] for one in kept]
    told(f"{awards} awards published", sum(one.path.stat().st_size for one in kept), begun)
    begun = time.process_time()
    assert publication.shown(publication.IATI, NOW)[1] == kept[0]
    told("an edition found again", 0, begun)


def measure(step: str, awards: int, megabytes: int) -> None:
    """One step in a process of its own, so that peaks are its own."""
    begun = time.process_time()
    if step == "write iati":
        size = sum(map(len, iati_writing.document(map(award, range(awards)), generated_at=NOW)))
        told(f"{awards} awards written as IATI", size, begun, f"shall: {SECONDS} s, {MEGABYTES} MB")
        assert time.process_time() - begun <= SECONDS
    elif step == "check iati":
        content = b"".join(iati_writing.document(map(award, range(awards)), generated_at=NOW))
        begun = time.process_time()
        assert not list(iati_checking.check(io.BytesIO(content), now=NOW))
        told(f"{awards} awards checked as IATI", len(content), begun)
    elif step == "write 360Giving":
        package = threesixty.Package("Ґранти", "Спілка громад")
        size = sum(map(len, threesixty_writing.document(package, map(grant, range(awards)))))
        told(f"{awards} grants written as 360Giving", size, begun)
    elif step == "check 360Giving":
        package = threesixty.Package("Ґранти", "Спілка громад")
        content = b"".join(threesixty_writing.document(package, map(grant, range(awards))))
        begun = time.process_time()
        assert not list(threesixty_checking.check(io.BytesIO(content), now=NOW))
        told(f"{awards} grants checked as 360Giving", len(content), begun)
    else:
        assert not list(iati_checking.check(Repeated(megabytes << 20), now=NOW))
        told("a large file of IATI checked", megabytes << 20, begun, f"shall: {MEGABYTES} MB")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 <= MEGABYTES


STEPS = ("write iati", "check iati", "write 360Giving", "check 360Giving", "large")
OF_DATABASE = ("read database", "publish database")


def main() -> int:
    """Each step in its own process; the first that fails ends it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--awards", type=int, default=2_000)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--step")
    options = parser.parse_args()
    if options.small:
        options.awards, options.megabytes = 200, 10
    if options.step in OF_DATABASE:
        of_database(options.step, options.awards)
    elif options.step in {"fill", "drop"}:
        fill(options.awards) if options.step == "fill" else drop()
    elif options.step:
        measure(options.step, options.awards, options.megabytes)
    if options.step:
        return 0
    words = [sys.executable, __file__, "--awards", str(options.awards), "--megabytes", str(options.megabytes), "--step"]
    codes = [subprocess.run([*words, step], check=False).returncode for step in STEPS]
    with tempfile.TemporaryDirectory(prefix="viche-bench-") as scratch:
        environment = os.environ | {"VICHE_VAR": scratch}
        told_name = subprocess.run([*words, "fill"], check=True, env=environment, stdout=subprocess.PIPE, text=True)
        environment["BENCH_DATABASE"] = told_name.stdout.strip().splitlines()[-1]
        codes += [
            subprocess.run([*words, step], check=False, env=environment).returncode for step in (*OF_DATABASE, "drop")
        ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
