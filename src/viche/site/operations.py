"""What is done on the pages of the site itself."""

import gzip
import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from viche.mail import operations as mail
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed
from viche.people.models import User
from viche.programmes import access as programmes
from viche.programmes.models import Programme
from viche.site import access
from viche.site.queries import publication
from viche.site.queries.publication import Edition, Kept, Sifted
from viche.work import operations as work

COMPRESSION = 6


def resend(letter: Letter, *, by: User, at: datetime, to: str = "") -> Letter:
    """Send once more a letter that came back or was given up; `to` corrects the address. Raises `Refused`."""
    if not access.may_resend(by, letter):
        raise NotAllowed
    return mail.resend(letter, by=by, at=at, to=to)


def check_again(programme: Programme, *, by: User) -> None:
    """Have the open data for donors checked and written in the background, not only with the next turn."""
    if not programmes.may_manage(by, programme):
        raise NotAllowed
    work.enqueue("viche.site.tasks.publish")


def publish(*, at: datetime) -> list[Kept]:
    """Check and write the open data for donors where anything has changed since; return what was written."""
    now = publication.edition(at)
    lasts = [(standard, publication.kept(standard)) for standard in publication.STANDARDS]
    return [_written(standard, now, at, last) for standard, last in lasts if last is None or last.edition != now.key]


def _written(standard: str, edition: Edition, at: datetime, last: Kept | None) -> Kept:
    """Write an edition beside the last and let it take its place when it is whole; whoever reads the last one reads on."""
    publication.folder().mkdir(parents=True, exist_ok=True)
    sifted = Sifted(standard, edition, at)
    beside = publication.folder() / f".{standard}-{os.getpid()}"
    packed = beside.with_suffix(".gz")
    with beside.open("wb") as plain, gzip.open(packed, "wb", COMPRESSION) as small:
        for piece in sifted.pieces():
            plain.write(piece)
            small.write(piece)
    kept = Kept(standard, edition.key, edition.since, at, sifted.published, sifted.findings)
    beside.replace(kept.path)
    packed.replace(f"{kept.path}.gz")
    said = json.dumps(asdict(kept), default=str, ensure_ascii=False)
    beside.write_text(said, encoding="utf-8")
    beside.replace(publication.manifest(standard))
    named = {Path(f"{one.path}{ending}") for one in (kept, last) if one for ending in ("", ".gz")}
    for old in set(publication.folder().glob(f"{standard}-*")) - named:
        old.unlink()
    return kept
