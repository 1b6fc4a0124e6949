"""Events by days, and what is coming on somebody else's page."""

from datetime import date

from csp.decorators import csp_replace
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from viche.events.queries import calendar, finding, showing
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


@anyone
def event_calendar(request):
    """A month, a week, or one day after another."""
    at = timezone.now()
    search, asked = search_of(request)
    view = request.GET.get(VIEW) if request.GET.get(VIEW) in calendar.VIEWS else calendar.MONTH
    span = calendar.span(view, _day(request.GET.get(ON, ""), timezone.localdate(at)))
    laid = calendar.days(span, asked)
    context = {
        "search": search,
        "span": span,
        "weeks": calendar.weeks(laid),
        "days": [day for day in laid if day.count],
        "count": sum(day.count for day in laid if day.is_inside),
        "list": reverse("events:list"),
        "today": timezone.localdate(at),
        "month": wording.month(span.on),
        "weekdays": wording.WEEKDAYS[wording.language()],
        "views": [("month", _("Місяць")), ("week", _("Тиждень")), ("agenda", _("День за днем"))],
        "kept": paging.kept_query(request, VIEW, ON, paging.NUMBER),
        "listed": paging.kept_query(request, VIEW, ON, paging.NUMBER, "since", "until", "when"),
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
