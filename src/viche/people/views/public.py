"""What everybody sees: organisations for a picker, and the page behind the link of an invitation."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.people import access, fields, operations, queries
from viche.ui.access import allowed, anyone

LEAST_TYPED = 2
OFFERED = 10


def _anybody(user, thing):
    """Say yes: what the page shows is public."""
    del user, thing
    return True


@anyone
def find(request):
    """At most ten organisations for what is being typed into a picker; one's own also while they wait for their parent."""
    typed = request.GET.get("q", "").strip()
    found = queries.organisations(typed, seen_by=request.user)[:OFFERED] if len(typed) >= LEAST_TYPED else []
    offers = [
        {
            "code": fields.key_of(one),
            "name": one.called,
            "note": ", ".join(part for part in (one.edrpou, one.hromada.label) if part),
        }
        for one in found
    ]
    return JsonResponse(offers, safe=False, json_dumps_params={"ensure_ascii": False})


@allowed(_anybody, thing=queries.invitation_into_organisation)
def invitation(request, invitation):
    """Show an invitation and a button; the POST spends it. Mail scanners that open the link change nothing."""
    at = timezone.now()
    fault, status = queries.why_closed(invitation, at), 200
    if request.method == "POST" and access.is_somebody(request.user):
        try:
            operations.accept(invitation, by=request.user, at=at)
        except Refused as no:
            fault, status = no.sentence, no.status
        else:
            name = invitation.organisation.called
            messages.success(request, _("Вітаємо в організації «%(name)s».") % {"name": name})
            return redirect("people:members", invitation.organisation_id)
    elif fault:
        status = 410
    elif not request.user.is_authenticated:
        # Whoever holds the letter reads that mailbox: signing up with it needs no second letter.
        request.session["account_verified_email"] = invitation.email
    context = {
        "invitation": invitation,
        "fault": fault,
        "is_addressee": access.is_addressee(request.user, invitation),
        "has_account": queries.user_by_email(invitation.email) is not None,
    }
    answer = render(request, "people/public/invitation.html", context, status=status)
    answer["Referrer-Policy"] = "same-origin"
    return answer
