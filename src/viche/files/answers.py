"""Handing bytes out. Whoever calls has asked already whether this person may have the file."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from viche.files import operations
from viche.files.models import COPY_SIZES, Stored

# What a browser may show in the page instead of saving: nothing that could carry a script.
SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/webp"}


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
        name, etag = str(Path(name).with_suffix(".webp")), f"{etag}-{size}"
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
