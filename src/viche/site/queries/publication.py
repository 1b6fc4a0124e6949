"""What is published for donors as IATI and 360Giving: which edition, what was left out of it for its faults, and where its files lie.

An edition is named by the last act that can have changed it, by the day and by the publisher. The worker writes it to `VAR/open` and keeps
beside it what was found (docs/decisions/0016); until it has, what is asked for is made while it is sent.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.utils.timezone import localtime

from viche.awards.models import Award
from viche.formats.faults import Fault
from viche.journal.models import Entry
from viche.programmes.models import Programme
from viche.site.queries import told

SUBJECTS = (
    "awards.award",
    "awards.tranche",
    "awards.report",
    "people.organisation",
    "programmes.programme",
    "events.event",
    "results.indicator",
    "results.period",
    "results.value",
)
"""What acts are about that change what is told: events too, whose accepted reports are counted."""

Making = tuple[Iterator[Any], Callable[[Iterable[Any]], Iterator[bytes]]]
"""Records that are fit, and what makes a file of them."""

REVISION = 2
"""Goes up when the same records are told otherwise."""

LATE = timedelta(minutes=15)
"""How long an edition is shown that is no longer the last: the worker looks every five minutes."""

IATI, THREESIXTY = "iati", "threesixty"
STANDARDS = (IATI, THREESIXTY)

# What of a programme or award a fault is about: by the first element that it names.
ABOUT = {
    "reporting-org": "installation",
    "sector": "publishing",
    "collaboration-type": "publishing",
    "default-flow-type": "publishing",
    "default-finance-type": "publishing",
    "default-aid-type": "publishing",
    "default-tied-status": "publishing",
    "related-activity": "publishing",
    "participating-org": "partners",
    "location": "organisation",
    "receiver-org": "organisation",
    "recipientOrganization": "organisation",
    "Organization": "organisation",
    "geoCode": "organisation",
    "url": "organisation",  # of all addresses only that of its site was typed
    "license": "installation",
    "publisher": "installation",
}


@dataclass(frozen=True)
class Edition:
    """One state of what is published: its name, and since when it holds."""

    key: str
    since: datetime


@dataclass(frozen=True)
class Finding:
    """A fault for which a record was left out, and what of the record to mend."""

    standard: str
    programme: str
    award: str
    """Empty where the programme itself is told of."""
    title: str
    organisation: int | None
    about: str
    layer: str
    rule: str
    said: str
    values: dict[str, str]


@dataclass(frozen=True)
class Kept:
    """An edition that was written: what it holds, what was left out, when it was checked."""

    standard: str
    edition: str
    since: datetime
    checked_at: datetime
    published: int
    findings: list[Finding]

    @property
    def path(self) -> Path:
        """Where the file lies; beside it the same compressed (`.gz`)."""
        return folder() / f"{self.standard}-{self.edition}"


def folder() -> Path:
    """Where editions are kept."""
    return Path(settings.VAR) / "open"


def manifest(standard: str) -> Path:
    """The file that tells of the last edition of a standard."""
    return folder() / f"{standard}.json"


def edition(at: datetime) -> Edition:
    """The edition that holds now. One query."""
    last = Entry.objects.filter(subject_kind__in=SUBJECTS).order_by("-number").values_list("number", "at").first()
    number, acted_at = last or (0, datetime.fromtimestamp(0, UTC))
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    named = (
        REVISION,
        number,
        midnight.date().isoformat(),
        settings.SITE_ADDRESS,
        settings.DEMO,
        asdict(told.publisher()),
    )
    key = hashlib.sha256(repr(named).encode()).hexdigest()[:32]
    return Edition(key, max(acted_at, midnight).astimezone(UTC).replace(microsecond=0))


def kept(standard: str) -> Kept | None:
    """The edition that was written last; None where none was, or where its file was removed."""
    path = manifest(standard)
    try:
        found = _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.path.exists() or not found.published else None


@lru_cache(maxsize=8)
def _read(path: Path, _written: int) -> Kept:
    """What a manifest says, read once after it was written."""
    said = json.loads(path.read_text(encoding="utf-8"))
    findings = [Finding(**one) for one in said.pop("findings")]
    moments = {name: datetime.fromisoformat(said.pop(name)) for name in ("since", "checked_at")}
    return Kept(**said, **moments, findings=findings)


def shown(standard: str, at: datetime) -> tuple[Edition, Kept | None]:
    """What is shown now: an edition that is kept, if it is the last or was a few minutes ago; else the last, to be made."""
    now, last = edition(at), kept(standard)
    if last and (last.edition == now.key or at - last.checked_at < LATE):
        return Edition(last.edition, last.since), last
    return now, None


class Sifted:
    """The records of a standard as they go into a file: those without faults; what was found in the others is kept."""

    def __init__(self, standard: str, of: Edition, at: datetime) -> None:
        """Take up a standard; nothing is read before it is asked for."""
        self.standard, self.edition, self.on = standard, of, localtime(at).date()
        # Rules ask for the day in UTC; ours begins earlier, and what was paid this morning is no fault.
        self.now = localtime(at).replace(tzinfo=UTC)
        self.findings: list[Finding] = []
        self.published = 0

    def pieces(self) -> Iterator[bytes]:
        """The whole file; nothing at all where no record is fit to be published."""
        fit, framed = {IATI: self._iati, THREESIXTY: self._threesixty}[self.standard]()
        for first in fit:
            yield from framed(chain((first,), fit))

    def _iati(self) -> Making:
        from viche.formats.iati import checking, writing  # loads lxml, which most pages never need
        from viche.site.queries import iati

        judge = checking.Judge(self.now)
        remark = " ".join(told.spoken(told.INVENTED).values()) if settings.DEMO else ""
        written = ((writing.piece(one.activity), one.of) for one in iati.activities(self.on))
        framed = partial(writing.framed, generated_at=self.edition.since, remark=remark)
        return self._fit(written, judge.faults), framed

    def _threesixty(self) -> Making:
        from viche.formats.threesixty import checking, writing
        from viche.site.queries import threesixty

        package = threesixty.package(self.edition.since)

        def faults(grant: Any) -> list[Fault]:
            alone = io.BytesIO(b"".join(writing.document(package, [grant])))
            return list(checking.check(alone, now=self.now))

        given = ((one.grant, one.of) for one in threesixty.grants(self.on))
        return self._fit(given, faults), partial(writing.document, package)

    def _fit(
        self, given: Iterable[tuple[Any, Programme | Award]], faults: Callable[[Any], list[Fault]]
    ) -> Iterator[Any]:
        for one, of in given:
            if found := faults(one):
                self.findings += (self._finding(fault, of) for fault in found)
            else:
                self.published += 1
                yield one

    def _finding(self, fault: Fault, of: Programme | Award) -> Finding:
        is_award = isinstance(of, Award)
        return Finding(
            standard=self.standard,
            programme=of.programme.code if is_award else of.code,
            award=of.code if is_award else "",
            title=of.title if is_award else of.name,
            organisation=of.organisation_id if is_award else None,
            about=_about(fault, is_award=is_award),
            layer=fault.layer,
            rule=fault.rule,
            said=fault.said,
            values={name: unquote(value) for name, value in fault.values.items()},  # addresses as they were typed
        )


def _about(fault: Fault, *, is_award: bool) -> str:
    """What to mend: by the elements that the fault names, else the record itself."""
    paths = [fault.values.get(name, "") for name in ("element", "path", "field", "object")]
    named = [step for path in paths for step in path.replace("@", "").split("/")]
    return next((ABOUT[step] for step in named if step in ABOUT), "award" if is_award else "programme")


def told_of(programme: Programme) -> list[Finding]:
    """What was left out of the last editions of a programme, IATI first. No queries."""
    editions = (kept(standard) for standard in STANDARDS)
    return [one for last in editions if last for one in last.findings if one.programme == programme.code]
