"""Pages that only say something, and answers for machines that look after the installation."""

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render

from viche.site.views.kept import kept
from viche.ui import assets
from viche.ui.access import anyone


@anyone
@kept
def about(request):
    """What Viche is and who runs this installation."""
    return render(request, "site/pages/about.html")


@anyone
@kept
def guide(request):
    """Answers to what people ask most."""
    return render(request, "site/pages/help.html", {"upload_limit": settings.UPLOAD_LIMIT})


@anyone
@kept
def accessibility(request):
    """The statement of accessibility."""
    return render(request, "site/pages/accessibility.html")


@anyone
@kept
def privacy(request):
    """Which personal data are kept, why, how long, and what a person may ask."""
    return render(request, "site/pages/privacy.html", {"days": settings.SESSION_COOKIE_AGE // (24 * 60 * 60)})


@anyone
@kept
def terms(request):
    """The terms of use."""
    return render(request, "site/pages/terms.html")


@anyone
def robots(request):
    """Tell search engines where not to look; the demonstration is not for them at all."""
    del request
    closed = ["/"] if settings.DEMO else ["/me/", "/office/", "/account/", "/invitations/", "/letters/", "/search/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@anyone
def favicon(request):
    """Send those who ask at the old place to the icon."""
    del request
    return redirect(assets.address("favicon.svg"))


@anyone
def healthz(request):
    """Say that the process answers and reaches its database."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    answer = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
