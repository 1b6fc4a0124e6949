"""Handing bytes out. Whoever calls has asked already whether this person may have the file."""

from django.core.cache import caches
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from viche.files import operations, photographs
from viche.files.models import COPY_SIZES, Stored

# What a browser may show in the page instead of saving: nothing that could carry a script.
SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/webp"}
COVER = (1200, 630)


def send(
    stored: Stored, *, size: int | None = None, inline: bool = False, request: HttpRequest | None = None
) -> HttpResponseBase:
    """The file as an answer: `size` asks for a smaller copy of a photograph, `inline` for showing it in the page.

    With the `request` at hand, somebody who holds these bytes already is answered 304.
    """
    path, content_type, name, etag = stored.path, stored.content_type, stored.name, stored.sha256
    if stored.is_image and size is not None:
        size = min((known for known in COPY_SIZES if known >= size), default=COPY_SIZES[-1])
        path, content_type = operations.copy(stored, size), "image/webp"
        # The name it came with may tell who is on it, or when: a copy, which is what everybody gets, has one of its own.
        name, etag = f"{etag[:12]}-{size}.webp", f"{etag}-{size}"
    shown = inline and content_type in SHOWN
    answer: HttpResponseBase = FileResponse(path.open("rb"), content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(not shown, name)
    answer["ETag"] = f'"{etag}"'
    # Packed already; to pack it again would cost time and the length.
    answer["Content-Encoding"] = "identity"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=600"
    if request is None:
        return answer
    same = get_conditional_response(request, etag=answer["ETag"], response=answer)
    if same is not answer:
        answer.close()
    return same


def send_cover(stored: Stored, *, request: HttpRequest, public: bool) -> HttpResponseBase:
    """A photograph in the measures in which other sites show what is shared there; `public` says that anybody may keep it."""
    etag = f'"{stored.sha256}-cover"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        body = caches["paper"].get_or_set(
            etag, lambda: photographs.cover(operations.copy(stored, COPY_SIZES[-1]), *COVER)
        )
        answer = HttpResponse(body, content_type="image/jpeg")
        answer["Content-Encoding"] = "identity"
        answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=900" if public else "private, max-age=900"
    return answer
