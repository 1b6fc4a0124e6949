"""What every answer says to the browser, what no request may hold, and what an operation's refusal of rights becomes."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from viche.methods.refusals import NotAllowed

from . import views

# Nothing of the device is asked for; photographs come through a file field.
POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
# Of the few pages that ask where somebody is, and only when they press the button.
LOCATING = POLICY.replace("geolocation=()", "geolocation=(self)")


# A zero character, which no database takes in a text, or a number that is nobody's key: the largest has nineteen digits.
NOWHERE = re.compile(r"\0|/\d{19,}(?![^/.])")


def legible(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer an address that can lead nowhere before anybody looks it up; forget a cookie that no browser would send."""

    def answer(request: HttpRequest) -> HttpResponse:
        if any("\0" in value for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        if NOWHERE.search(request.path):
            raise Http404
        return get_response(request)

    return answer


class Policies:
    """Adds the policy of permissions, keeps the pages of the signed-in out of shared hands, and hides what is not allowed.

    Floods of bytes are stopped by `files.middleware`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _keep_private(request, response)
        if settings.DEMO:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An operation that was asked by somebody without the right answers as if there were nothing."""
        if isinstance(exception, NotAllowed):
            return views.not_found(request, Http404())
        return None


def _keep_private(request: HttpRequest, response: HttpResponse) -> None:
    """No proxy keeps it, a browser asks before it shows it again; whoever signs out leaves nothing on a library's computer.

    Not `no-store`: with it the browser's "back" would lose what was typed and not yet sent.
    """
    if "Cache-Control" not in response.headers:
        patch_cache_control(response, private=True, no_cache=True)
    if request.method == "POST" and request.session.is_empty():
        response.headers["Clear-Site-Data"] = '"cache"'
