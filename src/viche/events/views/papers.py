"""Posters to print and pictures to share, made when first asked for."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import Http404
from django.views.decorators.http import require_safe

from viche.events import access
from viche.events.queries import events, finding, papers, showing
from viche.files import answers
from viche.ui import paper
from viche.ui.access import allowed
from viche.ui.views import too_many

MOST_MADE = 30  # new ones for one machine in a minute
MINUTE = 60


def _asks_too_often(request):
    """Count one more that must be made for this machine, and say whether that is too many.

    Counted here, for the throttles of signing in let every GET pass.
    """
    minute = int(time.time()) // MINUTE
    key = f"paper:{minute}:{get_adapter(request).get_client_ip(request)}"
    cache.add(key, 0, 2 * MINUTE)  # longer than it is asked for, so that it is there to be counted up
    return cache.incr(key) > MOST_MADE


def _send(request, sheet, *, name, public):
    """The document; what lies ready is given to everybody, however often they ask."""
    if not paper.is_kept(sheet) and _asks_too_often(request):
        return too_many(request)
    return paper.send(request, sheet, name=name, public=public)


def _is_public(event):
    return event.is_shown and event.programme.is_public


def _whole(event):
    """The event as everybody may see it; a draft without a time is nothing to pin to a wall."""
    if not (event.starts_at and event.ends_at):
        raise Http404
    return showing.shown(event)


@allowed(access.may_see, thing=events.by_code)
@require_safe
def poster_pdf(request, event):
    """The poster of an event on A4."""
    sheet = papers.poster(_whole(event), contact=papers.contact(event))
    return _send(request, sheet, name=event.code, public=_is_public(event))


@allowed(access.may_see, thing=events.by_code)
@require_safe
def share_picture(request, event):
    """The picture of an event for other sites."""
    return _send(request, papers.picture(_whole(event)), name=event.code, public=_is_public(event))


@allowed(access.may_see_campaign, thing=finding.campaign)
@require_safe
def campaign_share_picture(request, campaign):
    """The picture of a campaign for other sites, drawn from its words."""
    public = campaign.is_public and campaign.programme.is_public
    return _send(request, papers.campaign_picture(campaign), name=campaign.code, public=public)


@allowed(access.may_see_campaign, thing=papers.campaign_with_picture)
@require_safe
def campaign_picture(request, campaign):
    """The picture that the office has put to a campaign."""
    public = campaign.is_public and campaign.programme.is_public
    return answers.send_cover(campaign.picture, request=request, public=public)
