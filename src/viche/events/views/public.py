"""What everybody sees: the list of events, the page of one, its poster, campaigns."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from viche.events import access, exports
from viche.events.forms.searching import CELL, ORGANISATION, Search
from viche.events.queries import events, finding, framing, lines, maps, outcomes, papers, photos, showing, sights
from viche.events.views import drawing
from viche.journal import queries as journal
from viche.places import queries as places
from viche.ui import paging
from viche.ui.access import allowed, anyone

PER_PAGE = 20
# Parts of the address that no field shows; they go along with the search.
QUIET = (ORGANISATION, CELL)


def search_of(request):
    """The form and what it asks for."""
    search = Search(request.GET, frames=finding.frames(), oblasts=list(places.oblasts()))
    return search, search.asked()


def page_of(request, found):
    """A page of the keys of a list, with what its rows tell."""
    page = paging.page(request, found[: finding.MOST], per=PER_PAGE)
    page.items[:] = lines.read(page.items)
    return page


@anyone
def event_list(request):
    """What is coming, searched and filtered, in pages; what is past where asked for."""
    at = timezone.now()
    search, asked = search_of(request)
    found = finding.keys(asked, at=at)
    page = page_of(request, found)
    context = {
        "search": search,
        "asked": asked,
        "at": at,
        "page": page,
        "is_cut": len(found) > finding.MOST,
        "rows": [(one, one.standing(at)) for one in page],
        "host": finding.organisation_of(asked.organisation) if asked.organisation is not None else None,
        "query": paging.kept_query(request, paging.NUMBER).rstrip("&"),
        "wrong": bool(search.errors),
        "site": settings.SITE_ADDRESS,
    }
    return render(request, "events/public/list.html", context)


@allowed(access.may_see, thing=events.by_code)
def event(request, event):
    """One event: when, where, who is invited and how to get in; once it was held, what came of it."""
    at = timezone.now()
    shown = showing.shown(event) if event.starts_at and event.ends_at else None
    if shown is None:
        return render(request, "events/public/unfinished.html", {"event": event}, status=200)
    was_held = event.was_held(at)
    context = {
        "event": shown,
        "at": at,
        "was_held": was_held,
        "outcome": outcomes.of(event) if was_held else None,
        "photos": list(photos.shown(event, on=timezone.localdate(at))) if was_held else [],
        "is_shown": event.is_shown and event.programme.is_public,
        "standing": shown.standing(at),
        "is_over": shown.is_over(at),
        "may_write": access.may_write(request.user, event),
        "may_register": shown.takes_registrations(at),
        "address": exports.url(shown),
        "card": papers.card(shown),
    }
    return render(request, "events/public/event.html", context)


@allowed(access.may_see, thing=events.by_code)
def poster(request, event):
    """A page to print on A4 and pin to a wall; a draft without a time is nothing to pin."""
    if not (event.starts_at and event.ends_at):
        raise Http404
    shown = showing.shown(event)
    return render(request, "events/public/poster.html", {"event": shown, "address": exports.url(shown)})


@anyone
def campaign_list(request):
    """All campaigns, the latest first."""
    page = paging.page(request, finding.campaigns(), per=PER_PAGE)
    return render(request, "events/public/campaigns.html", {"page": page, "today": timezone.localdate()})


@allowed(access.may_see_campaign, thing=finding.campaign)
def campaign(request, campaign):
    """One campaign: its days, goals and rules, where its events are, how to add one's own."""
    at = timezone.now()
    asked, version = finding.Asked(when=finding.ALL, campaign=campaign.pk), journal.version()
    counted = maps.counts(asked, at=at, version=version)
    found = finding.keys(finding.Asked(campaign=campaign.pk), at=at)
    context = {
        "campaign": campaign,
        "is_shown": campaign.is_public and campaign.programme.is_public,
        "card": papers.campaign_card(campaign),
        "at": at,
        "goals": framing.goals(campaign.goals),
        "rules": framing.rules(campaign.rules),
        "count": sum(counted.values()),
        "coming": [(one, one.standing(at)) for one in lines.read(found[:6])],
        **_mapped(campaign, asked, at, version),
        "hromadas": len(counted.keys() - {None}),
        "takes_events": campaign.is_public and campaign.ends_on >= timezone.localdate(at),
    }
    return render(request, "events/public/campaign.html", context)


def _mapped(campaign, asked, at, version):
    """The small map of a campaign; its clusters lead to the large one or to the list."""
    oblasts = list(places.oblasts())
    key = f"events.campaign:{get_language()}:{campaign.code}"
    picture = journal.until_written(key, lambda: _drawn(campaign, asked, oblasts, at, version), at=version)
    return {"sight": sights.WHOLE, "drawn": picture, "land": drawing.land(oblasts)}


def _drawn(campaign, asked, oblasts, at, version):
    drawn = maps.drawn(asked, sights.WHOLE, oblasts, at=at, version=version)
    query = f"when=all&campaign={campaign.code}"
    ways = {True: reverse("events:map"), False: reverse("events:list")}
    clusters = [
        (one, f"{ways[bool(one.part)]}?{query}&{f'part={one.part}' if one.part else one.filter}")
        for one in drawn.clusters
    ]
    names = drawing.names(drawn.labels, sights.WHOLE)
    context = {"sight": sights.WHOLE, "clusters": drawing.rhombs(clusters, sights.WHOLE), "names": names}
    return render_to_string("events/public/_map_drawn.html", context)
