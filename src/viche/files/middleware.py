"""The outermost bound: a request that announces more than `BODY_LIMIT` bytes is answered before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override


def cap(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse bodies over the bound with 413 and a plain page; stands before everything that may read the body."""

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length <= settings.BODY_LIMIT:
            return get_response(request)
        with override("en" if request.path.startswith("/en/") else "uk"):
            page = render_to_string("files/too_large.html", {"gigabytes": settings.BODY_LIMIT // 1024**3})
        return HttpResponse(page, status=413)

    return answer
