"""Series and press clubs, plan against fact of every hub, and the consultant's itinerary."""

from dataclasses import replace
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.forms.series import HubSearch, ItinerarySearch, SeriesForm, SeriesSearch
from viche.events.models import Series
from viche.events.operations import series as operations
from viche.events.queries import desk, hubs, routes, telling, visits
from viche.events.queries import series as queries
from viche.events.views.office import framed
from viche.methods.refusals import Refused
from viche.programmes import queries as programmes
from viche.ui import listing, paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of

ORDERS = {"name": "name", "kind": "kind", "oblast": "oblast__sort_key"}
COLUMNS = ["id", "kind", "name", "oblast", "organisation", "planned", "held", "people", "drafts"]
HUB_ORDERS = {
    "organisation": "organisation__sort_key",
    "kind": "kind",
    "oblast": "organisation__hromada__oblast__sort_key",
}
HUB_COLUMNS = ["organisation", "edrpou", "kind", "hromada", "oblast", "planned", "held", "no_report", "people"]
STOP_COLUMNS = [*telling.COLUMNS, "venue", "address", "goes"]
STOPS = 40


def _now(programme):
    return desk.now(desk.rules(programme), timezone.now())


def _listed(request, reach):
    """The search, and the series in the order asked for."""
    search = SeriesSearch(request.GET, reach=reach)
    found = listing.ordered(request, queries.listed(reach, **search.asked()), ORDERS, default="name")
    asked = request.GET.get(listing.ORDER, "")
    by_name = asked.removeprefix("-") not in ORDERS or asked.removeprefix("-") == "name"
    return search, queries.by_alphabet(found, falls=asked == "-name") if by_name else found


@allowed(access.may_open, thing=desk.opened)
def series_list(request, office):
    """Press clubs, recurring meetings and tours, with their meetings counted."""
    programme, reach = office.programme, office.reach
    search, found = _listed(request, reach)
    page = paging.page(request, found)
    held = queries.held("series", [one.pk for one in page], reach, _now(programme))
    context = {
        **framed(programme, reach),
        "search": search,
        "page": page,
        "rows": [(one, held.get(one.pk, queries.Held())) for one in page],
        "may_add": access.may_add_series(request.user, programme),
        "order": "name",
    }
    return render(request, "events/office/series_list.html", context)


@allowed(access.may_open, thing=desk.opened, also=("ending",))
def series_file(request, office, ending):
    """The same list for programs."""
    programme, reach = office.programme, office.reach
    every = list(_listed(request, reach)[1])
    held = queries.held("series", [one.pk for one in every], reach, _now(programme))
    rows = [
        [
            one.pk,
            one.kind,
            one.name,
            one.oblast.label if one.oblast else "",
            one.organisation.called if one.organisation else "",
            *held.get(one.pk, queries.Held()),
        ]
        for one in every
    ]
    return listing.answer(request, ending=ending, columns=COLUMNS, rows=rows, filename=f"{programme.code}-series")


@allowed(access.may_see_series, thing=queries.one)
def series(request, series):
    """One series: its meetings, and who came over the time."""
    reach = access.reach(request.user, series.programme)
    meetings = queries.meetings(series, reach, _now(series.programme))
    came = queries.came(series, reach)
    context = {
        **framed(series.programme),
        "series": series,
        "meetings": meetings,
        "members": queries.members(series),
        "most": max((one.event.heads or 0 for one in meetings), default=0),
        "counted": came.meetings,
        "people": came.people,
        "average": came.average,
        "may_manage": access.may_manage_series(request.user, series),
    }
    return render(request, "events/office/series.html", context)


def _edit(request, programme, form, act, title):
    """Show the form of a series, or write the series by it."""
    if request.method == "POST" and form.is_valid():
        try:
            kept = act(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Збережено."))
            return redirect("events:office_one_series", programme.code, kept.pk)
    context = {**framed(programme), "form": form, "title": title, "series": form.instance}
    return render(request, "events/office/series_edit.html", context, status=status_of(form))


@allowed(access.may_add_series, thing=programmes.programme)
def new(request, programme):
    """Begin a series."""
    reach = access.reach(request.user, programme)
    form = SeriesForm(request.POST or None, instance=Series(programme=programme), reach=reach)
    return _edit(request, programme, form, lambda **typed: operations.begin(programme, **typed), title=_("Новий цикл"))


@allowed(access.may_manage_series, thing=queries.one)
def change(request, series):
    """Change a series."""
    reach = access.reach(request.user, series.programme)
    form = SeriesForm(request.POST or None, instance=series, reach=reach)
    return _edit(
        request,
        series.programme,
        form,
        lambda **typed: operations.change(series, **typed),
        title=series.name,
    )


def _hubs(request, reach):
    """The search, the participants in the order asked for, and their keys where they stand by what is counted of them."""
    search = HubSearch(request.GET, reach=reach)
    found = hubs.participants(reach, **search.asked())
    asked = request.GET.get(listing.ORDER, "")
    name = asked.removeprefix("-")
    found = listing.ordered(request, found, HUB_ORDERS, default="organisation")
    if name not in hubs.Fact._fields:
        return search, found, None
    facts = hubs.facts(reach, _now(reach.programme), name)
    return search, found, hubs.ranked(found, facts, name, falls=asked.startswith("-"))


@allowed(access.may_open, thing=desk.opened)
def hub_list(request, office):
    """Plan against fact for everybody who takes part; every figure opens its events."""
    programme, reach = office.programme, office.reach
    search, found, keys = _hubs(request, reach)
    page = paging.page(request, found if keys is None else keys)
    if keys is not None:
        page = replace(page, items=hubs.in_order(found, page.items))
    facts = hubs.facts_of([one.organisation_id for one in page], reach, _now(programme))
    ways = hubs.ways(reach, page)
    rows = [
        (one, [kind.label for kind in ways[one.organisation_id]], facts.get(one.organisation_id, hubs.Fact()))
        for one in page
    ]
    context = {
        **framed(programme, reach),
        "search": search,
        "page": page,
        "rows": rows,
        "order": "organisation",
    }
    return render(request, "events/office/hubs.html", context)


@allowed(access.may_open, thing=desk.opened, also=("ending",))
def hub_file(request, office, ending):
    """The same list for programs."""
    programme = office.programme
    _search, found, keys = _hubs(request, office.reach)
    found = list(found) if keys is None else hubs.in_order(found, keys)
    facts = hubs.facts(office.reach, _now(programme))
    ways = hubs.ways(office.reach, found)
    rows = (
        [
            one.organisation.called,
            one.organisation.edrpou,
            ", ".join(ways[one.organisation_id]),
            one.organisation.hromada.label,
            one.organisation.hromada.oblast.label,
            *facts.get(one.organisation_id, hubs.Fact()),
        ]
        for one in found
    )
    return listing.answer(request, ending=ending, columns=HUB_COLUMNS, rows=rows, filename=f"{programme.code}-hubs")


def _itinerary(request, reach):
    """The search, what was asked, and the events."""
    search = ItinerarySearch(request.GET, reach=reach)
    asked = search.asked()
    asked["first"] = hubs.first_day(asked["first"], timezone.now())
    who = asked.pop("who")
    return search, asked, visits.chosen(hubs.itinerary(reach, **asked), who, request.user)


@allowed(access.may_open, thing=desk.opened)
def itinerary(request, office):
    """Which hub, when, who goes: the coming events day by day, to be printed."""
    programme, reach = office.programme, office.reach
    search, asked, found = _itinerary(request, reach)
    page = paging.page(request, hubs.stops(found), STOPS)
    going = visits.who_goes([event.pk for event in page])
    stops = [(stop.day, [(event, going.get(event.pk, [])) for event in stop.events]) for stop in hubs.by_day(page)]
    feed = routes.feed_of(request.user, programme)
    address = reverse("events:route_calendar", args=[routes.word_of(feed)]) if feed else ""
    context = {
        **framed(programme, reach),
        "address": request.build_absolute_uri(address) if feed else "",
        "search": search,
        "page": page,
        "stops": stops,
        "knows_places": reach.knows_places,
        "may_go": reach.knows_places,
        "query": request.GET.urlencode(),
        "first": asked["first"],
        "last": asked["first"] + timedelta(days=asked["days"] - 1),
    }
    return render(request, "events/office/itinerary.html", context)


def _whereto(event, reach):
    """Venue and address, as far as this person may know them."""
    return ("", "") if event.is_place_private and not reach.knows_places else (event.venue, event.address)


@allowed(access.may_open, thing=desk.opened, also=("ending",))
def itinerary_file(request, office, ending):
    """The same for programs."""
    programme, reach = office.programme, office.reach
    _search, _asked, found = _itinerary(request, reach)
    going = visits.who_goes(found.order_by().values("pk"))
    found = list(hubs.whole(found))
    rows = (
        [*row, *_whereto(event, reach), ", ".join(map(str, going.get(event.pk, [])))]
        for event, row in zip(found, telling.rows(found), strict=True)
    )
    name = f"{programme.code}-itinerary"
    return listing.answer(request, ending=ending, columns=STOP_COLUMNS, rows=rows, filename=name)
