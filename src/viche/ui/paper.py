"""The house's look on paper and on pictures to share: documents for people, set in type by typst.

A room writes a template (`templates/<room>/paper/….typ`) and gives it data; words, dates and sums are written by then. What
people typed is data for the template and never becomes a part of it. `templates/ui/paper/look.typ` stands before every
template: colours, faces, star, hem and the like.
"""

import hashlib
import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from textwrap import wrap
from typing import Any

import fontpkg_noto_serif
import fontpkg_roboto
import segno
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.utils import get_app_template_dirs
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from viche.formats import xmltext

from . import views, wording

PDF, PNG = "pdf", "png"
KINDS = {PDF: "application/pdf", PNG: "image/png"}
LOOK = "ui/paper/look.typ"
FONTS = [str(package.ROOT / "files") for package in (fontpkg_roboto, fontpkg_noto_serif)]
SETTER = Path(__file__).with_name("typesetting.py")
LOGO = Path(__file__).with_name("static") / "ui" / "logo.svg"
PATIENCE = 20  # seconds that a document may take
TURN = 8  # seconds that somebody waits for another's document to be done
KEPT = 60 * 60 * 24 * 14
FRESH = 60 * 15
MOST_MADE = 30  # new ones for one machine in a minute
MINUTE = 60
ENDLESS = re.compile(r"[^\s-]{26,}")  # no word of a language is wider than a line; an address or a joke is
PIECE = 5
ZERO_WIDTH = "\u200b"
# One document at a time in each process: whatever is asked for at once, pages are drawn meanwhile.
one_at_a_time = threading.BoundedSemaphore()


class NotSetError(Exception):
    """A document could not be set: the template is at fault, or what it is given."""


class BusyError(Exception):
    """Others are waiting for their documents already."""


@dataclass(frozen=True)
class Sheet:
    """A document as it is ordered: its template, what it says, and whether it is paper or a picture."""

    template: str
    data: dict[str, Any]
    kind: str = PDF
    after: tuple[str, ...] = ()
    """Templates of drawings that it uses."""

    @property
    def source(self) -> str:
        """The template, with the look and the drawings before it."""
        return "\n".join(_read(name) for name in (LOOK, *self.after, self.template))

    @property
    def job(self) -> dict[str, Any]:
        """All that the setter is told."""
        said = {"language": wording.language(), "site": settings.SITE_NAME, "logo": LOGO.read_text(), "note": note()}
        return {"source": self.source, "kind": self.kind, "data": said | self.data, "fonts": FONTS, "at": 0}

    @cached_property
    def stamp(self) -> str:
        """Changes with everything that changes the document, and with nothing else."""
        job = self.job
        whole = json.dumps([_versions(), job["source"], job["data"], self.kind], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


@cache
def _versions() -> list[str]:
    """What sets the type, and the faces it sets."""
    return [version(name) for name in ("typst", "fontpkg-roboto", "fontpkg-noto-serif")]


@cache
def _read(name: str) -> str:
    """A template by its name, as Django finds its own."""
    found = (Path(folder) / name for folder in get_app_template_dirs("templates"))
    return next(path for path in found if path.exists()).read_text()


def note() -> str:
    """What every document of the demonstration says at its foot."""
    return _("Показова установка. Програми, організації, люди й суми вигадані.") if settings.DEMO else ""


def qr(address: str) -> str:
    """An address as a QR code for a template to draw."""
    drawn: str = segno.make(address, error="m").svg_inline(svgclass=None, lineclass=None, light="#fff", border=0)
    return drawn


def breakable(text: str) -> str:
    """The text without signs that nobody can read, with places to break in what has no blanks and would run over the edge."""
    return ENDLESS.sub(lambda found: ZERO_WIDTH.join(wrap(found[0], PIECE)), xmltext.clean(text))


def is_kept(sheet: Sheet) -> bool:
    """Whether this document has been set before and lies ready."""
    return sheet.stamp in caches["paper"]


def made(sheet: Sheet) -> bytes:
    """The document: kept from the last time, or set now. Raises `BusyError` and `NotSetError`."""
    kept, stamp = caches["paper"], sheet.stamp
    body: bytes | None = kept.get(stamp)
    if body is not None:
        return body
    if not one_at_a_time.acquire(timeout=TURN):
        raise BusyError
    try:
        body = kept.get(stamp)  # who waited for the same finds it here
        if body is None:
            body = _set(sheet)
            kept.set(stamp, body, KEPT)
    finally:
        one_at_a_time.release()
    return body


def _set(sheet: Sheet) -> bytes:
    """Have the document set by a process of its own."""
    try:
        done = subprocess.run(  # noqa: S603 — our own interpreter and module; what people typed goes through its input
            [sys.executable, "-I", "-B", str(SETTER)],
            input=json.dumps(sheet.job).encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={"RAYON_NUM_THREADS": "1"},
            check=True,
        )
    except subprocess.TimeoutExpired as late:
        raise NotSetError(f"{sheet.template}: not done after {PATIENCE} s") from late
    except subprocess.CalledProcessError as failed:
        raise NotSetError(f"{sheet.template}: {failed.stderr.decode(errors='replace')[-2000:]}") from failed
    return done.stdout


def send(request: HttpRequest, sheet: Sheet, *, name: str, public: bool) -> HttpResponse:
    """The document as an answer, 304 for whoever has it; `public` says that anybody may keep it."""
    etag = f'"{sheet.stamp}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            answer = HttpResponse(made(sheet), content_type=KINDS[sheet.kind])
        except BusyError:
            return busy(request)
        answer["Content-Disposition"] = f'inline; filename="{name}.{sheet.kind}"'
        # Packed already.
        answer["Content-Encoding"] = "identity"
        answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = etag
    patch_cache_control(answer, max_age=FRESH, **({"public": True} if public else {"private": True}))
    return answer


def send_if_few(request: HttpRequest, sheet: Sheet, *, name: str, public: bool) -> HttpResponse:
    """The same for whoever has not had too many new ones made; what lies ready is given to everybody, however often they ask."""
    if not is_kept(sheet) and _asks_too_often(request):
        return views.too_many(request)
    return send(request, sheet, name=name, public=public)


def _asks_too_often(request: HttpRequest) -> bool:
    """Count one more that must be made for this machine, and say whether that is too many.

    Counted here, for the throttles of signing in let every GET pass; where there is no Redis each process counts for itself, so
    that reading writes nothing.
    """
    minute = int(time.time()) // MINUTE
    key = f"paper:{minute}:{get_adapter(request).get_client_ip(request)}"
    asked = caches["asking"]
    asked.add(key, 0, 2 * MINUTE)  # longer than it is asked for, so that it is there to be counted up
    return bool(asked.incr(key) > MOST_MADE)


def busy(request: HttpRequest) -> HttpResponse:
    """Ask somebody to come back in a moment."""
    lead = _("Зараз готуємо інші документи. Зачекайте хвилину й спробуйте ще раз.")
    answer = views.refused(request, _("Ще хвилинку"), lead, 503)
    answer["Retry-After"] = "60"
    return answer
