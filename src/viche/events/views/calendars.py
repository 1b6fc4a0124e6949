"""Events by days, and what is coming on somebody else's page."""

from datetime import date
from typing import NamedTuple

from csp.decorators import csp_replace
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from viche.events.queries import calendar, finding, showing
from viche.events.views import drawing
from viche.events.views.public import search_of
from viche.ui import paging, wording
from viche.ui.access import anyone

VIEW, ON = "view", "on"
SOON = 12  # events that the widget names


def _day(text, today):
    """The day of the address; anything that is no day means today."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


class Cell(NamedTuple):
    """A day as plain words, for the page to unpack: a month has forty, and looking up attributes would take most of its time."""

    iso: str
    number: str
    said: str
    classes: str
    is_today: bool
    told: list[tuple[str, str, str, str, str]]
    """Of each event named: the hour, the address, the title, that it is off, where."""
    more: str
    """The address of the list of that day, where not all are named."""
    over: int


def _cell(day, today, listed):
    shape = "outside" if not day.is_inside else "" if day.count else "bare"
    around = f"{day.on:%d.%m.%Y}"
    return Cell(
        iso=day.on.isoformat(),
        number=str(day.on.day),
        said=day.said,
        classes=f"{shape} today" if day.on == today else shape,
        is_today=day.on == today,
        told=[(one.hour, one.href, one.title, one.off, one.place) for one in day.events],
        more=f"{listed}since={around}&until={around}" if day.more else "",
        over=day.more,
    )


@anyone
def event_calendar(request):
    """A month, a week, or one day after another."""
    at = timezone.now()
    search, asked = search_of(request)
    view = request.GET.get(VIEW) if request.GET.get(VIEW) in calendar.VIEWS else calendar.MONTH
    span = calendar.span(view, _day(request.GET.get(ON, ""), timezone.localdate(at)))
    laid, today = calendar.days(span, asked), timezone.localdate(at)
    kept = paging.kept_query(request, VIEW, ON, paging.NUMBER, "since", "until", "when")
    listed = f"{reverse('events:list')}?{kept}"
    in_weeks = [] if view == calendar.AGENDA else calendar.weeks(laid)
    weeks = [[_cell(day, today, listed) for day in week] for week in in_weeks]
    context = {
        "search": search,
        "span": span,
        "weeks": weeks,
        "month_rows": drawing.month(weeks),
        "days": [_cell(day, today, listed) for day in laid if day.count] if view == calendar.AGENDA else [],
        "count": sum(day.count for day in laid if day.is_inside),
        "month": wording.month(span.on),
        "weekdays": wording.WEEKDAYS[wording.language()],
        "views": [("month", _("Місяць")), ("week", _("Тиждень")), ("agenda", _("День за днем"))],
        "kept": paging.kept_query(request, VIEW, ON, paging.NUMBER),
        "query": paging.kept_query(request, VIEW, ON, paging.NUMBER).rstrip("&"),
    }
    return render(request, "events/public/calendar.html", context)


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@anyone
def widget(request):
    """What is coming, to be shown inside a page of somebody else's: of all pages this one alone lets itself be framed."""
    at = timezone.now()
    _search, asked = search_of(request)
    found = finding.keys(asked, at=at)
    context = {
        "rows": [(one, one.standing(at)) for one in map(showing.shown, finding.by_keys(found[:SOON]))],
        "query": paging.kept_query(request).rstrip("&"),
    }
    return render(request, "events/public/widget.html", context)
