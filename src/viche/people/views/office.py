"""Administrators' pages: everybody who has an account, one of them, and what an organisation was registered with.

What is done about people lies in `programmes`.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.methods.refusals import Refused
from viche.people import access, exports, operations, queries
from viche.people.forms import CorrectionForm, PeopleSearch
from viche.people.views import trails
from viche.ui import listing, paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of

ORDERS = {"email": "email", "name": "name", "joined": "joined_at"}


def _listed(request):
    search = PeopleSearch(request.GET)
    search.is_valid()
    chosen = search.cleaned_data
    rows = queries.users(chosen.get("q", ""), only=chosen.get("only", ""))
    return search, listing.ordered(request, rows, ORDERS, default="email")


@allowed(access.may_administer)
def people(request):
    """Everybody who has an account."""
    search, rows = _listed(request)
    context = {"search": search, "page": paging.page(request, rows), "order": "email"}
    return render(request, "people/office/people.html", context)


@allowed(access.may_administer)
def people_file(request, ending):
    """The same list for programs."""
    _search, rows = _listed(request)
    return listing.answer(request, ending=ending, columns=exports.PEOPLE, rows=exports.people(rows), filename="people")


@allowed(lambda user, _person: access.may_administer(user), thing=queries.person)
def person(request, person):
    """One person: where they belong, and what an administrator may do."""
    context = {
        "trail": trails.people(str(person)),
        "person": person,
        "memberships": list(queries.memberships_of(person)),
    }
    return render(request, "people/office/person.html", context)


@allowed(access.may_correct, thing=queries.organisation)
def organisation(request, organisation):
    """Correct code, kind, name and parent of an organisation."""
    now = {name: getattr(organisation, name) for name in CorrectionForm.base_fields}
    form = CorrectionForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            operations.correct_organisation(organisation, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Збережено."))
            return redirect("people:members", organisation.pk)
    context = {"form": form, "organisation": organisation, "trail": trails.members(organisation, _("Виправити дані"))}
    return render(request, "people/office/organisation.html", context, status=status_of(form))
