"""The brief: the dashboard of a programme on two pages to print."""

from django.views.decorators.http import require_safe

from viche.facts.queries import together
from viche.places import queries as places
from viche.results import access
from viche.results.exports import paper as sheets
from viche.results.queries import asking, dashboards, trends
from viche.results.views.asked import read
from viche.ui import paper, wording
from viche.ui.access import allowed

LEAST = 3  # steps with anything in them that make a trend
TRIED = 4  # figures that are looked at for one


@allowed(access.may_see, thing=asking.programme)
@require_safe
def brief(request, programme):
    """What everybody may know, of the months and the place that the address asks for."""
    wanted = dashboards.indicators(programme, is_office=False)
    asked = read(request, programme, is_office=False, indicators=wanted, is_full=True)
    show = dict(asked.chosen.kept).get("show", "")
    found = dashboards.dashboard(asked.chosen, wanted, asked.frame.branches, show=show, is_office=False, on=asked.on)
    drawing = None
    if found.shown is not None:
        values = found.by_oblast.get(found.shown.pk, {})
        known = asked.frame.oblasts
        by_code = {oblast.code: values.get(oblast.pk) or 0 for oblast in known}
        drawing = places.map_of(by_code, known=known, said=wording.number)
    trend = _trend(found, asked.chosen, on=asked.on)
    sheet = sheets.brief(found, asked.chosen, drawing=drawing, trend=trend, stories=asked.frame.stories)
    return paper.send_if_few(request, sheet, name=f"{programme.code}-results", public=programme.is_public)


def _trend(found, chosen, *, on):
    """The first of the headline figures that went on for a while, and how it went. One query."""
    wanted = [one.indicator for one in found.headlines if one.indicator != found.shown]
    tried = [*filter(None, [found.shown]), *wanted][:TRIED]
    known = together.at_once(lambda: [trends.of(one, chosen, on=on, is_office=False) for one in tried])
    for one, steps in zip(tried, known, strict=True):
        if sum(1 for step in steps if step.value) >= LEAST:
            return one, steps
    return None, []
