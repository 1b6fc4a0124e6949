"""What every answer says to the browser, and what an operation's refusal of rights becomes."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from viche.methods.refusals import NotAllowed

from . import views

# Nothing of the device is asked for; photographs come through a file field.
POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
MOST_FILES = 6


class Policies:
    """Adds the policy of permissions, turns a flood of bytes away before it is read, and hides what is not allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in the chain."""
        self.get_response = get_response
        self.most = settings.UPLOAD_LIMIT * MOST_FILES

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        too_large = said.isdecimal() and int(said) > self.most
        response = views.too_large(request) if too_large else self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An operation that was asked by somebody without the right answers as if there were nothing."""
        if isinstance(exception, NotAllowed):
            return views.not_found(request, Http404())
        return None
