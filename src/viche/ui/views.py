"""Pages of the frame itself: the person's own look, the gallery, assets, and what is said when something goes wrong."""

import logging
import secrets
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import assets, problems, resend, samples
from .access import anyone, sign_in_address
from .context import LOOK_COOKIE
from .looks import LookForm

log = logging.getLogger(__name__)
YEAR = 60 * 60 * 24 * 365


@anyone
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Answer with a stylesheet or script; under the right hash it may be kept for ever, an old hash gets today's."""
    try:
        found = assets.asset(name)
    except KeyError as unknown:
        raise Http404 from unknown
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(found.packed if packed else found.plain, content_type=f"{found.kind}; charset=utf-8")
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    lasting = digest == found.digest
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if lasting else "no-cache"
    return response


@anyone
def look(request: HttpRequest) -> HttpResponse:
    """Let a person choose light, dark or contrast; the choice lies in a cookie of this browser."""
    now = request.COOKIES.get(LOOK_COOKIE, "").partition(".")
    back = request.POST.get("next") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    if not (ours and back.startswith(("/", "http"))):  # a bare word would be taken for the name of a page
        back = ""
    form = LookForm(request.POST or None, initial={"scheme": now[0] or "auto", "contrast": now[2] or "auto"})
    if request.method == "POST" and form.is_valid():
        response = redirect(back or request.path)
        response.set_cookie(
            LOOK_COOKIE,
            form.cookie(),
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
        return response
    return render(request, "ui/look.html", {"form": form, "back": back})


@anyone
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state: the test of the look and of accessibility."""
    return render(
        request, "ui/gallery/page.html", {"sheet": assets.address("gallery.css"), **samples.everything(request)}
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token has grown old: everything typed stays, a button sends it again."""
    del reason
    if request.headers.get("Accept", "").startswith("application/json") and resend.from_our_page(request):
        return JsonResponse({"token": get_token(request), "text": _("Форма застаріла. Пробуємо ще раз.")}, status=403)
    return resend.stale(request)


def refused(request: HttpRequest, title: str, lead: str, status: int, *, sign_in: str = "") -> HttpResponse:
    """Draw a page that says what is wrong and offers search and home."""
    return render(request, "ui/refused.html", {"title": title, "lead": lead, "sign_in": sign_in}, status=status)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that more was sent than can be taken."""
    lead = _(
        "Найбільший файл, який приймаємо, – %(limit)s. Поверніться на крок назад, зменште файл і надішліть ще раз."
    )
    from .wording import size

    return refused(request, _("Надіслано забагато"), lead % {"limit": size(settings.UPLOAD_LIMIT)}, 413)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that makes no sense, or is too large to be read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    if problems.are_wanted(request):
        return problems.answer(400, _("Адреса або заголовок зіпсувалися дорогою."))
    lead = _("Адреса або форма зіпсувалася дорогою. Поверніться на крок назад і спробуйте ще раз.")
    return refused(request, _("Не вдалося прочитати запит"), lead, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an act that nobody may do this way."""
    del exception
    return refused(
        request, _("Так не можна"), _("Цю дію для вас закрито. Якщо це помилка, напишіть команді програми."), 403
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what is not there, or not for this person."""
    del exception
    if problems.are_wanted(request):
        return problems.answer(404, _("Такої адреси тут немає. Усі адреси: /api/."))
    lead = _(
        "Можливо, адресу набрано з помилкою, або сторінка відкрита не для всіх. Спробуйте пошук чи увійдіть у кабінет."
    )
    return refused(request, _("Цю сторінку не знайдено"), lead, 404, sign_in=_way_in(request))


def _way_in(request: HttpRequest) -> str:
    """Where a visitor signs in to come back to this page, which may be there for some; nothing for whoever has signed in."""
    user = getattr(request, "user", None)
    return "" if user is None or user.is_authenticated else sign_in_address(request)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer somebody who asks faster than a person can."""
    response = refused(request, _("Забагато спроб поспіль"), _("Зачекайте хвилину й спробуйте ще раз."), 429)
    response["Retry-After"] = "60"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours, with a code that is also in the log. Asks neither the database nor the session."""
    code = secrets.token_hex(3).upper()
    log.error("Fault %s at %s %s", code, request.method, request.path, exc_info=sys.exc_info())
    if problems.are_wanted(request):
        return problems.answer(500, _("Код для листа нам: %(code)s.") % {"code": code})
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"text": _("Щось зламалося в нас"), "code": code}, status=500)
    context = {"code": code, "styles": assets.address("viche.css"), "language": get_language() or "uk"}
    return HttpResponse(render_to_string("ui/failed.html", context), status=500)
