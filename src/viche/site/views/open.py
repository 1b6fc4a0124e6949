"""Open data for donors at addresses that stay: IATI and 360Giving."""

from itertools import chain

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from viche.site.queries import publication
from viche.ui import listing
from viche.ui.access import anyone

LASTING = 300  # seconds that others may keep an answer
XML, JSON = "application/xml; charset=utf-8", "application/json; charset=utf-8"


@anyone
def iati(request):
    """Programmes and awards as activities of IATI 2.03."""
    return _answer(request, publication.IATI, XML, listing.disposition("xml", "activities"))


@anyone
def threesixty(request):
    """Grants as 360Giving 1.4."""
    return _answer(request, publication.THREESIXTY, JSON, listing.disposition("json", "360giving"))


def _answer(request, standard, content_type, disposition):
    """The edition that holds, from its file or while it is made; 304 for who has it, 404 where nothing is published."""
    now = timezone.now()
    edition, kept = publication.shown(standard, now)
    etag, changed_at = f'W/"{edition.key}"', int(edition.since.timestamp())
    answer = get_conditional_response(request, etag, changed_at)
    if answer is None:
        answer = _whole(request, standard, edition, kept, now)
        answer["Content-Type"] = content_type
        answer["Content-Disposition"] = disposition
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed_at)
    answer["Cache-Control"] = f"public, max-age={LASTING}"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _whole(request, standard, edition, kept, now):
    if kept is None:
        pieces = publication.Sifted(standard, edition, now).pieces()
        first = next(pieces, None)
        if first is None:
            raise Http404
        return StreamingHttpResponse(chain((first,), pieces))
    if not kept.published:
        raise Http404
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    path = f"{kept.path}.gz" if is_packed else kept.path
    answer = FileResponse(open(path, "rb"))  # noqa: PTH123, SIM115 — the answer closes it
    answer["Content-Encoding"] = "gzip" if is_packed else "identity"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer
