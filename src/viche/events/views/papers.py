"""Posters to print and pictures to share, made when first asked for."""

from django.http import Http404
from django.views.decorators.http import require_safe

from viche.events import access
from viche.events.queries import events, finding, papers, showing
from viche.files import answers
from viche.ui import paper
from viche.ui.access import allowed


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
    return paper.send_if_few(request, sheet, name=event.code, public=_is_public(event))


@allowed(access.may_see, thing=events.by_code)
@require_safe
def share_picture(request, event):
    """The picture of an event for other sites."""
    return paper.send_if_few(request, papers.picture(_whole(event)), name=event.code, public=_is_public(event))


@allowed(access.may_see_campaign, thing=finding.campaign)
@require_safe
def campaign_share_picture(request, campaign):
    """The picture of a campaign for other sites, drawn from its words."""
    public = campaign.is_public and campaign.programme.is_public
    return paper.send_if_few(request, papers.campaign_picture(campaign), name=campaign.code, public=public)


@allowed(access.may_see_campaign, thing=papers.campaign_with_picture)
@require_safe
def campaign_picture(request, campaign):
    """The picture that the office has put to a campaign."""
    public = campaign.is_public and campaign.programme.is_public
    return answers.send_cover(campaign.picture, request=request, public=public)
