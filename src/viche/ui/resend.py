"""Forms that came too late or from somebody signed out: the page that keeps what was typed and sends it again."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# Never shown again: secrets, and the token that has just been refused.
NOT_KEPT = ("csrfmiddlewaretoken",)
SHORTEST_SHOWN = 12


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, without passwords and tokens, in the order of the form."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name.lower()
        for value in values
    ]


def from_our_page(request: HttpRequest) -> bool:
    """Tell whether the form was sent from a page of ours: only then may it be offered again under our name."""
    for header in ("Origin", "Referer"):
        said = request.headers.get(header)
        if said and said != "null":
            return urlsplit(said).netloc == request.get_host()
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def held(request: HttpRequest) -> dict[str, Any]:
    """Collect what the page holds: the fields, and of them what is worth reading."""
    kept = typed(request)
    shown = [value for _name, value in kept if len(value) >= SHORTEST_SHOWN]
    return {"kept": kept, "shown": shown, "had_files": bool(request.FILES)}


def stale(request: HttpRequest) -> HttpResponse:
    """Answer a form whose token has grown old."""
    ours = from_our_page(request)
    context = {"ours": ours, **(held(request) if ours else {})}
    return render(request, "ui/stale_form.html", context, status=403)


def signed_out(request: HttpRequest, *, sign_in: str) -> HttpResponse:
    """Answer a form sent by somebody whose session is over: sign in beside, then send the same."""
    context = {"ours": True, "sign_in": sign_in, **held(request)}
    return render(request, "ui/stale_form.html", context, status=403)
