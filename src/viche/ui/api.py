"""Answers for programs under /api/v1/: who may read, how often, from where; pages of a list, and whether anything has changed.

Nobody signs in here: a browser's cookies say nothing, so a stranger's page learns no more than a stranger. Whoever works in an
office brings a key of their own and reads what they themselves may read at that moment.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from viche.formats import tables
from viche.methods.refusals import Refused

from . import asking, problems
from .access import Access, View, marked
from .asking import Param
from .paging import kept_query
from .problems import Problem

JSON = "application/json"
READING = ("GET", "HEAD")
METHODS = (*READING, "OPTIONS")
MINUTE = 60
HOUSEHOLD = 64  # bits
BEARER = "bearer "
CHALLENGE = 'Bearer realm="viche"'
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True)
class Told:
    """What an address of the API says of itself; the document and the page of the API are made from it."""

    dataset: str
    """The name of the dataset whose rows it gives, as `site` describes it."""
    is_list: bool
    params: tuple[Param, ...] = ()
    scope: str = ""
    """What a key must allow; empty where everybody reads."""
    path: tuple[Param, ...] = ()


def listed(dataset: str, params: Sequence[Param] = ()) -> Callable[[View], View]:
    """A list for everybody: the view is called with `asked=` and answers `page(…)`."""
    return _public(Told(dataset, is_list=True, params=(*params, *asking.EVERY_LIST)))


def single(dataset: str, *path: Param) -> Callable[[View], View]:
    """One record for everybody: the view is called with the parts of its address and answers `record(…)`."""
    return _public(Told(dataset, is_list=False, path=path))


def _public(told: Told) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
            return _answered(request, lambda: _asked(view, told, request, parts), CORS)

        return _telling(marked(view, guarded, Access("anyone")), told)

    return decorate


def keyed(
    dataset: str,
    *,
    scope: str,
    opened: Callable[..., Any],
    may: Callable[..., bool] | None = None,
    thing: Callable[..., Any] | None = None,
    params: Sequence[Param] = (),
    path: Sequence[Param] = (),
) -> Callable[[View], View]:
    """A list of an office for whoever brings a key: the view is called as `view(request, [thing,] by=, asked=)`.

    `opened(secret, scope=, at=)` says whose key it is; `may(user, thing)` whether its owner may read here now. What the owner
    may not see is not there.
    """
    told = Told(dataset, True, (*params, *asking.EVERY_LIST), scope, tuple(path))

    def decorate(view: View) -> View:
        def given(request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
            by = opened(_secret(request), scope=scope, at=timezone.now())
            subject = () if thing is None else (thing(**parts),)
            if may is not None and not may(by, *subject):
                raise Http404
            return view(request, *subject, by=by, asked=asking.asked(request, told.params))

        def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
            return _answered(request, lambda: given(request, parts))

        return _telling(marked(view, guarded, Access("keyed", may)), told)

    return decorate


def document(view: View) -> View:
    """A document about the API or the open data, for everybody: found again by its ETag, read from any page."""

    def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
        return _answered(request, lambda: view(request, **parts), CORS)

    marked_view = marked(view, guarded, Access("anyone"))
    marked_view.csrf_exempt = True  # type: ignore[attr-defined]
    return marked_view


def _telling(view: View, told: Told) -> View:
    # Nothing is written here, so nobody's browser can be made to write it.
    view.csrf_exempt = True  # type: ignore[attr-defined]
    view.viche_api = told  # type: ignore[attr-defined]
    return view


def _asked(view: View, told: Told, request: HttpRequest, parts: dict[str, Any]) -> HttpResponse:
    found = asking.asked(request, told.params)
    return view(request, asked=found) if told.is_list else view(request, **parts)


def _secret(request: HttpRequest) -> str:
    """The key that the request brings; raises `Problem` 401."""
    head = request.headers.get("Authorization", "")
    if not head.lower().startswith(BEARER):
        said = _("Додайте заголовок «Authorization: Bearer …» з ключем із вашого кабінету.")
        raise Problem(401, said, WWW_Authenticate=CHALLENGE)
    return head[len(BEARER) :].strip()


def _answered(
    request: HttpRequest, make: Callable[[], HttpResponse], head: dict[str, str] | None = None
) -> HttpResponse:
    """What is made, or what is wrong, said so that a program understands it."""
    head = head or {}
    try:
        if request.method == "OPTIONS":
            return HttpResponse(
                status=204, headers={"Allow": ", ".join(METHODS), **head, **(PREFLIGHT if head else {})}
            )
        if request.method not in READING:
            changed_elsewhere = _("Дані змінюють на сторінках Віче, а не тут.")
            return problems.answer(405, changed_elsewhere, {"Allow": ", ".join(METHODS), **head})
        _count(request)
        made = make()
    except Problem as wrong:
        return problems.answer(wrong.status, wrong.sentence, {**wrong.head, **head})
    except Refused as no:
        more = {"WWW-Authenticate": CHALLENGE} if no.status == 401 else {}  # noqa: PLR2004
        return problems.answer(no.status, no.sentence, {**more, **head})
    except (ObjectDoesNotExist, Http404):
        return problems.answer(404, _("Такого запису немає, або він не для всіх."), head)
    return _conditional(request, made, head)


def _conditional(request: HttpRequest, made: HttpResponse, head: dict[str, str]) -> HttpResponse:
    """The answer, or word that nothing has changed since."""
    made["ETag"] = f'"{hashlib.sha256(made.content).hexdigest()[:32]}"'
    patch_cache_control(made, **({"public": True, "max_age": 0} if head else {"private": True, "no_cache": True}))
    answer = get_conditional_response(request, made["ETag"], None, made)
    for name, value in head.items():
        answer[name] = value
    return answer


def _count(request: HttpRequest) -> None:
    """Count one more for this machine; raises `Problem` 429. Each process counts for itself where there is no Redis."""
    now = time.time()
    counts, minute = caches["asking"], int(now) // MINUTE
    key = f"api:{minute}:{_machine(request)}"
    counts.add(key, 0, 2 * MINUTE)  # longer than it is asked for, so that it is there to be counted up
    if counts.incr(key) > settings.API_REQUESTS_A_MINUTE:
        wait = str(MINUTE - int(now) % MINUTE)
        said = _("Більше %(n)s запитів за хвилину не відповідаємо. Зачекайте %(wait)s с.")
        raise Problem(429, said % {"n": settings.API_REQUESTS_A_MINUTE, "wait": wait}, Retry_After=wait)


def _machine(request: HttpRequest) -> str:
    """Who asks: an address, of the sixth version the net that one household has; one name for all whom nobody can tell."""
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    return str(ip_network((address, HOUSEHOLD), strict=False)) if address.version == 6 else str(address)  # noqa: PLR2004


def page(
    request: HttpRequest,
    found: QuerySet,
    asked: dict[str, Any],
    *,
    columns: Sequence[str],
    told: Callable[[list[Any]], Iterable[Sequence[Any]]],
) -> HttpResponse:
    """A page of a list in the order in which its records came to be, and the address of the next one, if there is any.

    Rows are those of the list's files. One query besides what `found` prefetches.
    """
    limit, after = asked.get(asking.LIMIT, asking.USUAL), asked.get(asking.CURSOR)
    if after is not None:
        found = found.filter(pk__gt=asking.place(after, of=request.path_info))
    rows = list(found.order_by("pk")[: limit + 1])
    goes_on, rows = len(rows) > limit, rows[:limit]
    return pages(request, told(rows), columns=columns, last=rows[-1].pk if goes_on else None)


def pages(
    request: HttpRequest, rows: Iterable[Sequence[Any]], *, columns: Sequence[str], last: int | None
) -> HttpResponse:
    """The same where the rows have been read already; `last` is the key of the last, where there are more."""
    following = None
    if last is not None:
        place = asking.place_after(last, of=request.path_info)
        query = f"{kept_query(request, asking.CURSOR)}{asking.CURSOR}={place}"
        following = f"{settings.SITE_ADDRESS}{request.path}?{query}"
    items = b'{"items":' + _told(columns, rows) + b',"next":' + json.dumps(following).encode() + b"}"
    answer = HttpResponse(items, content_type=JSON)
    if following:
        answer["Link"] = f'<{following}>; rel="next"'
    return answer


def record(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """One record, as its row in the files has it: the only one of `rows`."""
    return HttpResponse(_told(columns, rows).strip()[1:-1].strip(), content_type=JSON)


def _told(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as the JSON files have them."""
    return tables.json_bytes(dict(zip(columns, row, strict=True)) for row in rows)
