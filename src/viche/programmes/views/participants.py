"""Organisations taking part in a programme: the list, letting one in, seeing one off."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.programmes import access, exports, operations, queries
from viche.programmes.forms import AdmitForm, ParticipantSearch
from viche.ui import listing, paging
from viche.ui.access import allowed

ORDERS = {
    "organisation": "organisation__sort_key",
    "oblast": "organisation__hromada__oblast__sort_key",
    "since": "since",
    "kind": "kind",
}


def _listed(request, programme):
    search = ParticipantSearch(request.GET, programme=programme)
    rows = queries.participants(programme, **search.asked())
    return search, listing.ordered(request, rows, ORDERS, default="organisation")


@allowed(access.may_see_participants, thing=queries.programme)
def participants(request, programme):
    """Who takes part; heads of organisations are named to those who may see personal data of the oblast."""
    search, rows = _listed(request, programme)
    page = paging.page(request, rows)
    seen = access.oblasts_of_people(request.user, programme)
    queries.with_contacts(page.items, seen)
    context = {
        "programme": programme,
        "search": search,
        "page": page,
        "order": "organisation",
        "shows_people": seen is None or bool(seen),
        "manages": access.may_manage(request.user, programme),
    }
    return render(request, "programmes/office/participants.html", context)


@allowed(access.may_see_participants, thing=queries.programme, also=("ending",))
def participants_file(request, programme, ending):
    """The same list for programs, with the same people left out."""
    _search, rows = _listed(request, programme)
    found = queries.with_contacts(list(rows), access.oblasts_of_people(request.user, programme))
    return listing.answer(
        request,
        ending=ending,
        columns=exports.PARTICIPANTS,
        rows=exports.participants(found),
        filename=f"{programme.code}-participants",
    )


@allowed(access.may_manage, thing=queries.programme)
def admit(request, programme):
    """Let an organisation in by hand."""
    form = AdmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        operations.admit(programme, chosen["organisation"], kind=chosen["kind"], by=request.user, at=timezone.now())
        messages.success(request, _("Організацію додано до учасників."))
        return redirect("programmes:participants", programme.code)
    context = {"programme": programme, "form": form}
    return render(request, "programmes/office/admit.html", context, status=422 if form.errors else 200)


@allowed(access.may_dismiss, thing=queries.participant_of)
def dismiss(request, participant):
    """Ask before an organisation goes out of the programme, and do it."""
    back = reverse("programmes:participants", args=[participant.programme.code])
    if request.method == "POST":
        operations.dismiss(participant, by=request.user, at=timezone.now())
        messages.success(request, _("Організація більше не бере участі."))
        return redirect(back)
    context = {
        "title": _("Прибрати «%(name)s» з учасників?") % {"name": participant.organisation},
        "lead": _("Заявки, гранти й звіти цієї організації лишаться."),
        "act": _("Прибрати"),
        "back": back,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context)
