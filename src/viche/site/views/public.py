"""What everybody sees: home, hromada, programme, search, open data."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.queries import held
from viche.people import access as people_access
from viche.people import queries as people
from viche.people.access import is_administrator
from viche.places import queries as places
from viche.programmes import access as programmes_access
from viche.programmes import queries as programmes_queries
from viche.site import access, exports
from viche.site.forms import ParticipantSearch
from viche.site.queries import home as homes
from viche.site.queries import hromadas, programmes
from viche.site.queries import open_data as lists
from viche.site.queries import search as searches
from viche.site.views.kept import kept, soonest
from viche.ui import listing, paging, wording
from viche.ui.access import allowed, anyone

ON_PAGE = 5  # events of an organisation
PARTICIPANT_ORDERS = {
    "name": "organisation__sort_key",
    "oblast": "organisation__hromada__oblast__sort_key",
    "since": "since",
}


def _register(**asked):
    """The address of the public register with what is asked of it."""
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"{reverse('awards:list')}{'?' if query else ''}{query}"


def _given(support, programme=""):
    """The figures of what was given, each opening its records; none where nothing was."""
    if not support.awards:
        return []
    return [
        {
            "value": support.hromadas,
            "label": ngettext("громаду підтримано", "громад підтримано", support.hromadas),
            "href": _register(programme=programme),
        },
        {
            "value": support.closed,
            "label": ngettext("підтримку завершено", "підтримок завершено", support.closed),
            "href": _register(programme=programme, state="closed"),
        },
        {
            "value": support.paid_said,
            "label": _("сплачено за угодами"),
            "href": _register(programme=programme),
            "note": support.paid_besides,
        },
    ]


def _held(sums, **asked):
    """The figures of what was held, each opening the list that adds up to it; none where nothing was."""
    if not sums.events:
        return []
    address = reverse("events:held")
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    href = f"{address}?{query}" if query else address
    return [
        {"value": sums.events, "label": ngettext("захід відбувся", "заходів відбулося", sums.events), "href": href},
        {"value": sums.people, "label": ngettext("людина прийшла", "людей прийшло", sums.people), "href": href},
    ]


@anyone
@kept
def home(request):
    """What goes on: figures, map, open calls, coming events, the latest awards; on a fresh installation, how to begin."""
    at = timezone.now()
    (support, submitted, sums), calls = homes.figures(), homes.open_and_coming(at)
    coming = held.coming(at=at, most=homes.SHOWN)
    applied = {
        "value": submitted,
        "label": ngettext("заявку подано", "заявок подано", submitted),
        "href": reverse("calls:list"),
    }
    context = {
        "at": at,
        "figures": [
            *_given(support),
            *([applied] if support.awards or submitted else []),
            *_held(sums),
        ],
        "coming": coming,
        "map": places.map_of_keys(support.oblasts, href=lambda oblast: _register(oblast=oblast.slug)),
        "caption": _("Підтримані громади за областями. Натисніть область, щоб відкрити її підтримку.")
        if support.awards
        else "",
        "calls": calls,
        "awards": homes.latest() if support.awards else [],
        "is_fresh": not (support.awards or submitted or calls.near or calls.coming or coming or sums.events)
        and homes.is_fresh(),
        "is_administrator": is_administrator(request.user),
    }
    answer = render(request, "site/public/home.html", context)
    answer.turns_at = soonest(calls.turns_at, held.turns_at(coming, at))
    return answer


@allowed(access.may_see, thing=places.hromada_by_slug)
@kept
def hromada(request, hromada):
    """Everything that is known of one hromada."""
    at = timezone.now()
    supported = hromadas.supported(hromada)
    settlements = list(places.settlements_of(hromada))
    context = {
        "hromada": hromada,
        "settlements": settlements,
        "centre": next((one for one in settlements if one.is_centre), None),
        "organisations": hromadas.organisations(hromada),
        "supported": supported,
        "sums": [wording.money(amount, currency) for currency, amount in hromadas.sums(supported)],
        "register": f"{reverse('awards:list')}?oblast={hromada.oblast.slug}",
        "map": places.map_of({hromada.oblast.code: 1}),
        "coming": held.coming(at=at, most=homes.SHOWN, hromada=hromada.pk),
        "past": held.latest(at=at, most=homes.SHOWN, hromada=hromada.pk),
        "figures": _held(held.sums_of(hromada=hromada.pk), hromada=hromada.code),
    }
    answer = render(request, "site/public/hromada.html", context)
    answer.turns_at = held.turns_at(context["coming"], at)
    return answer


@allowed(programmes_access.may_see, thing=programmes.programme)
@kept
def programme(request, programme):
    """One programme: goals, components, calls, what was given and where, who takes part, who stands behind it."""
    at = timezone.now()
    counted = programmes.figures(programme, written=programme.written)
    shares, support = counted.shares, counted.given
    list_of_participants = reverse("site:participants", args=[programme.code])
    context = {
        "programme": programme,
        "today": timezone.localdate(at),
        "goals": programmes_queries.goals(programme),
        "components": list(programmes_queries.components(programme)),
        "partners": list(programmes_queries.partners(programme)),
        "team": list(programmes_queries.team(programme)),
        "shares": [(one, f"{list_of_participants}?oblast={one.oblast.slug}") for one in shares],
        "count": sum(one.organisations for one in shares),
        "list_of_participants": list_of_participants,
        "calls": programmes.call_rows(programme, at),
        "at": at,
        "support": support,
        "figures": _given(support, programme.code) + _held(counted.held, programme=programme.code),
        "coming": held.coming(at=at, most=homes.SHOWN, programme=programme.pk),
        "has_held": bool(counted.held.events),
        "register": _register(programme=programme.code),
    }
    if support.awards:
        context["map"] = places.map_of_keys(
            support.oblasts,
            known=counted.known,
            href=lambda oblast: _register(programme=programme.code, oblast=oblast.slug),
        )
    elif shares:
        context["map"] = places.map_of(
            {one.oblast.code: one.hromadas for one in shares},
            known=counted.known,
            href=lambda oblast: f"{list_of_participants}?oblast={oblast.slug}",
        )
    answer = render(request, "site/public/programme.html", context)
    answer.turns_at = soonest(programmes.turns_at(context["calls"], at), held.turns_at(context["coming"], at))
    return answer


@allowed(access.may_see, thing=people.organisation)
def organisation(request, organisation):
    """An organisation, hub or press club: where it is, in what it takes part, its events; no private person is named here."""
    at = timezone.now()
    sums = held.sums_of(organisation=organisation.pk)
    context = {
        "organisation": organisation,
        "branches": list(people.branches_of(organisation)),
        "may_see_members": people_access.may_see_members(request.user, organisation),
        "taking_part": programmes_queries.public_participations(organisation),
        "coming": held.coming(at=at, most=ON_PAGE, organisation=organisation.pk),
        "past": held.latest(at=at, most=ON_PAGE, organisation=organisation.pk),
        "figures": _held(sums, organisation=organisation.pk),
        "calendar": f"{settings.SITE_ADDRESS}{reverse('events:file', args=['ics'])}?organisation={organisation.pk}",
    }
    return render(request, "site/public/organisation.html", context)


def _participants(request, programme):
    search = ParticipantSearch(request.GET, oblasts=programmes_queries.oblasts_of(programme))
    asked = search.asked()
    found = programmes_queries.participants(programme, typed=asked["q"], kind=asked["kind"], oblast=asked["oblast"])
    return search, listing.ordered(request, found, PARTICIPANT_ORDERS, default="name")


@allowed(programmes_access.may_see, thing=programmes_queries.programme)
def participants(request, programme):
    """The organisations that take part in a programme."""
    search, rows = _participants(request, programme)
    context = {"programme": programme, "search": search, "page": paging.page(request, rows), "order": "name"}
    return render(request, "site/public/participants.html", context)


@allowed(programmes_access.may_see, thing=programmes_queries.programme, also=("ending",))
def participants_file(request, programme, ending):
    """The same list for programs."""
    _search, rows = _participants(request, programme)
    columns = [column[0] for column in exports.PARTICIPANTS] if ending == "json" else exports.PARTICIPANTS
    rows = exports.participants(rows)
    return listing.answer(request, ending=ending, columns=columns, rows=rows, filename=f"participants-{programme.code}")


@anyone
def search(request):
    """Find by the same words among everything that is public."""
    typed = request.GET.get("q", "")[: searches.LONGEST]
    groups = searches.found(typed, request.user, timezone.now())
    return render(request, "site/public/search.html", {"typed": typed, "groups": groups, "shown": searches.SHOWN})


@anyone
@kept
def open_data(request):
    """The catalogue of open data: every dataset with its files, columns, number of rows and last change."""
    context = {
        "offers": lists.offers(),
        "address": settings.SITE_ADDRESS.rstrip("/"),
        "licence": settings.OPEN_LICENCE,
        "licence_url": settings.OPEN_LICENCE_URL,
    }
    return render(request, "site/public/open_data.html", context)
