"""Who comes, as the event's organisers see it: the list, its file, and the check at the door."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from viche.events import access
from viche.events.forms.registering import DoorSearch, PeopleSearch
from viche.events.operations import registering
from viche.events.queries import attending, coming, showing
from viche.methods.refusals import Refused
from viche.ui import listing, paging
from viche.ui.access import allowed, found


def _chosen(request, event):
    search = PeopleSearch(request.GET)
    search.is_valid()
    rows = attending.of_event(event, **search.cleaned_data)
    return search, listing.ordered(request, rows, attending.ORDERS, default=attending.ORDER)


@allowed(access.may_see_registrations, thing=coming.event)
def people(request, event):
    """Everybody who registered, with the sums and what they need."""
    search, rows = _chosen(request, event)
    context = {
        "event": event,
        "search": search,
        "page": paging.page(request, rows),
        "sums": attending.sums(event),
        "order": attending.ORDER,
    }
    return render(request, "events/coming/people.html", context)


@allowed(access.may_see_registrations, thing=coming.event, also=("ending",))
def people_file(request, event, ending):
    """The same list for programs."""
    _search, rows = _chosen(request, event)
    return listing.answer(
        request,
        ending=ending,
        columns=attending.COLUMNS,
        rows=attending.rows(listing.through(rows)),
        filename=f"{event.code}-people",
    )


def _note(request, registration):
    """Write down that somebody has come, or has not after all."""
    try:
        registering.come(registration, came="gone" not in request.POST, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(request.get_full_path())


@allowed(access.may_count, thing=coming.event)
def door(request, event):
    """Find people by name and note that they have come."""
    if request.method == "POST":
        return _note(request, found(coming.of_door, {"event": event, "pk": request.POST.get("seat", "")}))
    search = DoorSearch(request.GET)
    search.is_valid()
    came, whole = attending.arrived(event)
    context = {
        "event": event,
        "search": search,
        "page": paging.page(request, attending.expected(event, search.cleaned_data.get("q", "")), per=50),
        "came": came,
        "whole": whole,
    }
    return render(request, "events/coming/door.html", context)


@allowed(access.may_count, thing=coming.event, also=("token",))
def door_seat(request, event, token):
    """The registration that the code of a ticket names."""
    registration = coming.at_door(event, token)
    if registration is None:
        return render(request, "events/coming/no_ticket.html", {"event": event}, status=404)
    if request.method == "POST":
        return _note(request, registration)
    came, whole = attending.arrived(event)
    context = {
        "event": event,
        "registration": registration,
        "told": showing.shown(event),
        "came": came,
        "whole": whole,
    }
    return render(request, "events/coming/door_seat.html", context)
