"""Naming who comes with a delegation."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.forms.delegations import MORE, MOST, Delegation
from viche.events.operations import delegations
from viche.events.queries import coming
from viche.methods.refusals import Refused
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of


def _rows(request):
    """How many rows the page had, and some more where they are asked for."""
    typed = request.POST.get("rows", "")
    rows = int(typed) if typed.isdecimal() and len(typed) <= 2 else 0  # noqa: PLR2004 — digits of a number of rows
    return min(rows + (MORE if "more" in request.POST else 0), MOST)


@allowed(access.may_name, thing=coming.by_pk)
def guests(request, registration):
    """Name the people of a delegation, say what they need, change how many seats it takes."""
    form = Delegation(request.POST or None, registration=registration, rows=_rows(request))
    known = request.POST.get("known", "") if request.method == "POST" else coming.roll(registration)
    if request.method == "POST" and "more" not in request.POST and form.is_valid():
        typed = {"people": form.cleaned_data["people"], "guests": form.guests, "known": known}
        try:
            delegations.name(registration, **typed, by=request.user)
        except delegations.Stale as stale:
            refuse(form, stale)
            known = coming.roll(coming.by_pk(registration.pk))  # they have read it now: the next press means it
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Склад делегації збережено."))
            return redirect("events:my_seat", registration.pk)
    context = {
        "registration": registration,
        "event": registration.event,
        "told": coming.told(registration),
        "form": form,
        "known": known,
    }
    status = 200 if "more" in request.POST else status_of(form)
    return render(request, "events/coming/guests.html", context, status=status)
