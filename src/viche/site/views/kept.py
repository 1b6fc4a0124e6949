"""Pages of visitors are kept until anything is written, the clock turns something, or a minute has passed.

The number of the journal's last entry is part of the key, so after any act of anybody the next visitor gets a new page.
"""

import gzip
import hashlib
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from viche.journal import queries as journal
from viche.ui.context import Frame

LONGEST = 60  # seconds: days and minutes that are left are told on these pages
COMPRESSION = 6
PERSONAL = ("messages", settings.SESSION_COOKIE_NAME)


def kept(view):
    """Keep what visitors are shown; a view may set `turns_at` on its answer, the moment at which it ceases to be true."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if not _is_anybodys(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        pages = caches["pages"]
        bodies = pages.get(key)
        if bodies is not None:
            return _again(request, *bodies)
        made = view(request, *args, **kwargs)
        seconds = _lasting(getattr(made, "turns_at", None))
        if made.status_code == HttpResponse.status_code and seconds > 0:
            pages.set(key, (made.content, gzip.compress(made.content, COMPRESSION, mtime=0)), seconds)
        return made

    return answer


def soonest(*moments):
    """The first of these moments, some of which may be none; what a page sets as its `turns_at`."""
    return min((moment for moment in moments if moment), default=None)


def _again(request, plain, packed):
    """The page as it was made; compressed once for all who take it so, since that costs more than all the rest."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(plain)
    answer = HttpResponse(packed, headers={"Content-Encoding": "gzip"})
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


def _is_anybodys(request):
    """Whether the page would be the same for every visitor."""
    return request.method == "GET" and not request.GET and not any(name in request.COOKIES for name in PERSONAL)


def _key(request):
    look = Frame(request).look
    parts = (journal.version(), request.path, get_language(), *sorted(look.items()), settings.DEMO)
    return f"site.page:{hashlib.sha256(repr(parts).encode()).hexdigest()}"


def _lasting(turns_at):
    """For how many seconds a page made now holds."""
    if turns_at is None:
        return LONGEST
    return min(LONGEST, int((turns_at - timezone.now()).total_seconds()))
