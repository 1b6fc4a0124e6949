"""The office of campaigns: the list, making one, changing one, its picture."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.forms.campaigns import CampaignForm, NewCampaignForm
from viche.events.models import Campaign
from viche.events.operations import campaigns as operations
from viche.events.queries import desk
from viche.events.queries import series as queries
from viche.events.views.office import framed
from viche.files import answers, uploads
from viche.methods.refusals import Refused
from viche.programmes import access as programmes_access
from viche.programmes import queries as programmes
from viche.ui import listing, paging
from viche.ui.access import allowed
from viche.ui.forms import refuse, status_of

ORDERS = {"starts": "starts_on", "ends": "ends_on", "code": "code", "name": "name"}
COLUMNS = [
    "code",
    "name",
    "name_en",
    "starts_on",
    "ends_on",
    "hashtags",
    "goals",
    "is_public",
    "planned",
    "held",
    "people",
    "drafts",
]


def _listed(request, reach):
    """The campaigns in the order asked for."""
    return listing.ordered(request, desk.campaigns(reach.programme), ORDERS, default="-starts")


@allowed(access.may_open, thing=desk.opened)
def campaign_list(request, office):
    """The campaigns of the programme with their events, counted."""
    programme, reach = office.programme, office.reach
    found = _listed(request, reach)
    page = paging.page(request, found)
    now = desk.now(desk.rules(programme), timezone.now())
    held = queries.held("campaign", [one.pk for one in page], reach, now)
    context = {
        **framed(programme, reach),
        "page": page,
        "rows": [(one, held.get(one.pk, queries.Held())) for one in page],
        "manages": reach.manages,
        "today": now.today,
        "order": "-starts",
    }
    return render(request, "events/office/campaigns.html", context)


@allowed(access.may_open, thing=desk.opened, also=("ending",))
def campaign_file(request, office, ending):
    """The same list for programs."""
    programme, reach = office.programme, office.reach
    every = list(_listed(request, reach))
    now = desk.now(desk.rules(programme), timezone.now())
    held = queries.held("campaign", [one.pk for one in every], reach, now)
    rows = [
        [
            one.code,
            one.name,
            one.name_en,
            one.starts_on,
            one.ends_on,
            " ".join(one.hashtags),
            " ".join(map(str, one.goals)),
            one.is_public,
            *held.get(one.pk, queries.Held()),
        ]
        for one in every
    ]
    return listing.answer(request, ending=ending, columns=COLUMNS, rows=rows, filename=f"{programme.code}-campaigns")


def _edit(request, programme, form, act, title):
    """Show the form of a campaign, or write the campaign by it."""
    status = uploads.refuse_oversize(request, form) if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.user, at=timezone.now(), **form.values())
        except Refused as no:
            refuse(form, no)
        else:
            messages.success(request, _("Кампанію збережено."))
            return redirect("events:office_campaigns", programme.code)
    context = {**framed(programme), "form": form, "title": title, "campaign": form.instance}
    status = status if status != 200 else status_of(form)  # noqa: PLR2004 — too large a file has a status of its own
    return render(request, "events/office/campaign.html", context, status=status)


@allowed(programmes_access.may_manage, thing=programmes.programme)
def new(request, programme):
    """Make a campaign."""
    form = NewCampaignForm(request.POST or None, request.FILES or None, instance=Campaign(programme=programme))
    return _edit(
        request, programme, form, lambda **typed: operations.make(programme, **typed), title=_("Нова кампанія")
    )


@allowed(access.may_manage_campaign, thing=queries.campaign)
def change(request, campaign):
    """Change a campaign."""
    form = CampaignForm(request.POST or None, request.FILES or None, instance=campaign)
    return _edit(
        request,
        campaign.programme,
        form,
        lambda **typed: operations.change(campaign, **typed),
        title=campaign.called,
    )


def _may_see_picture(user, campaign):
    return access.may_open_office(user, campaign.programme)


@allowed(_may_see_picture, thing=queries.campaign_with_picture)
def picture(request, campaign):
    """The share picture as the office has it."""
    return answers.send(campaign.picture, size=960, inline=True, request=request)
