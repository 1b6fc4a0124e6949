"""One-click sign-in, only in the demonstration and only for whoever sits at the same machine; 404 everywhere else."""

import ipaddress

from django.conf import settings
from django.contrib.auth import login
from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404
from django.shortcuts import redirect, render

from viche.demo import prepare, stage
from viche.ui.access import anyone

DAY = 24 * 60 * 60
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@anyone
def sign_in(request, token):
    """Show a button; the POST signs in."""
    if not (settings.DEMO and is_at_home(request)):
        raise Http404
    try:
        key = TimestampSigner(salt=prepare.SALT).unsign(token, max_age=30 * DAY)
    except BadSignature as wrong:
        raise Http404 from wrong
    found = next((player for player in stage.PLAYERS if player.key == key), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        login(request, stage.player(key), backend=BACKEND)
        return redirect("/me/")
    return render(request, "demo/sign_in.html", {"player": found})


def is_at_home(request):
    """Whether the request comes from this machine itself, not through somebody's proxy."""
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
