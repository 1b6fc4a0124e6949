"""What every answer says to the browser, and what an operation's refusal of rights becomes."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from viche.methods.refusals import NotAllowed

from . import views

# Nothing of the device is asked for; photographs come through a file field.
POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class Policies:
    """Adds the policy of permissions, and hides what is not allowed. Floods of bytes are stopped by `files.middleware`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next in the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        if settings.DEMO:
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An operation that was asked by somebody without the right answers as if there were nothing."""
        if isinstance(exception, NotAllowed):
            return views.not_found(request, Http404())
        return None
