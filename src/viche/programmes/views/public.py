"""What everybody sees: the list of programmes, partners' logos, and the page behind an invitation into a role."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.files import answers
from viche.methods.refusals import Refused
from viche.people import queries as people
from viche.people.access import is_addressee, is_somebody
from viche.programmes import access, exports, operations, queries
from viche.programmes.choices import DESCRIPTIONS
from viche.ui import listing, paging
from viche.ui.access import allowed, anyone


@anyone
def programmes(request):
    """Programmes that this person may see."""
    context = {"page": paging.page(request, queries.visible_to(request.user)), "today": timezone.localdate()}
    return render(request, "programmes/public/list.html", context)


@anyone
def programmes_file(request, ending):
    """The public ones for programs."""
    rows = exports.programmes(queries.public_programmes())
    return listing.answer(request, ending=ending, columns=exports.PROGRAMMES, rows=rows, filename="programmes")


@allowed(access.may_see_logo, thing=queries.partner_with_logo)
def logo(request, partner):
    """A partner's logo, in the size of a page's foot."""
    answer = answers.send(partner.logo, size=480, inline=True, request=request)
    if partner.programme.is_public:
        answer["Cache-Control"] = "public, max-age=3600"
    return answer


@allowed(access.may_open_invitation, thing=queries.invitation_by_token)
def invitation(request, invitation):
    """Show an invitation into a role and a button; the POST spends it."""
    at = timezone.now()
    grant = queries.grant(invitation)
    fault, status = queries.why_closed(invitation, at), 200
    if request.method == "POST" and is_somebody(request.user):
        try:
            role = operations.accept(invitation, by=request.user, at=at)
        except Refused as no:
            fault, status = no.sentence, no.status
        else:
            messages.success(request, _("Вітаємо в програмі «%(name)s».") % {"name": role.programme.name})
            return redirect("/me/")
    elif fault:
        status = 410
    elif not request.user.is_authenticated:
        # Whoever holds the letter reads that mailbox: signing up with it needs no second letter.
        request.session["account_verified_email"] = invitation.email
    context = {
        "invitation": invitation,
        "grant": grant,
        "duty": DESCRIPTIONS[grant.kind],
        "fault": fault,
        "is_addressee": is_addressee(request.user, invitation),
        "has_account": people.user_by_email(invitation.email) is not None,
    }
    answer = render(request, "programmes/public/invitation.html", context, status=status)
    answer["Referrer-Policy"] = "same-origin"
    return answer
