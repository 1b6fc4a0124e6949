"""The page behind the link at the foot of a letter."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from viche.mail import operations, queries, rendering
from viche.mail.choices import Delivery
from viche.ui.access import anyone


@csrf_exempt  # A mail program sends this POST without our cookie (RFC 8058); the signed address is the proof.
@anyone
def stop(request, token):
    """Decline one kind of letters, or take that back. Opening the link changes nothing: mail scanners open links."""
    read = rendering.read_token(token)
    if read is None:
        raise Http404
    address, kind = read
    if request.method == "POST":
        act = operations.resume if "again" in request.POST else operations.stop
        act(address, kind=kind.code, at=timezone.now())
        if "List-Unsubscribe" not in request.POST:
            return redirect(request.path)
    stopped = queries.delivery(address, kind.code) == Delivery.NEVER
    answer = render(request, "mail/stop.html", {"address": address, "kind": kind, "stopped": stopped})
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "same-origin"
    return answer
