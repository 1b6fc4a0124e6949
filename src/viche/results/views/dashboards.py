"""The dashboard of a programme: for everybody, and for the office."""

from django.shortcuts import render

from viche.results import access
from viche.results.exports import figures as exports
from viche.results.queries import asking, board, dashboards, stories
from viche.results.views import drawing
from viche.results.views.asked import read
from viche.ui import listing
from viche.ui.access import allowed


@allowed(access.may_see, thing=asking.programme)
def dashboard(request, programme):
    """What everybody may know of a programme's figures."""
    return _dashboard(request, programme, is_office=False)


@allowed(access.may_see_office, thing=asking.programme)
def office(request, programme):
    """The same as the office knows it."""
    return _dashboard(request, programme, is_office=True)


@allowed(access.may_see, thing=asking.programme, also=("ending",))
def dashboard_file(request, programme, ending):
    """The indicators with what they come to, for programs."""
    return _file(request, programme, ending, is_office=False)


@allowed(access.may_see_office, thing=asking.programme, also=("ending",))
def office_file(request, programme, ending):
    """The same as the office knows it."""
    return _file(request, programme, ending, is_office=True)


def _dashboard(request, programme, *, is_office):
    wanted = dashboards.indicators(programme, is_office=is_office)
    asked = read(request, programme, is_office=is_office, indicators=wanted, is_full=True)
    frame, chosen, side = asked.frame, asked.chosen, asked.side
    show = dict(chosen.kept).get("show", "")
    found = dashboards.dashboard(chosen, wanted, frame.branches, show=show, is_office=is_office, on=asked.on)
    context = asked.context | {
        "board": found,
        "rows": drawing.rows(found.rows, side, chosen),
        "headlines": drawing.headlines(found.headlines, side, chosen),
        "map": drawing.oblasts(found, side, chosen, frame.oblasts),
        "trend": drawing.trend(found.shown, found.trend, side, chosen) if found.shown else [],
        "dimensions": drawing.dimensions(found.split_of, found.dimensions, side, chosen),
        "money": drawing.money(found.money, side, chosen),
        "funnel": drawing.funnel(found.funnel, side, chosen),
        "stories": stories.within(frame.stories, chosen),
    }
    return render(request, "results/dashboard.html", context)


def _file(request, programme, ending, *, is_office):
    wanted = dashboards.indicators(programme, is_office=is_office)
    asked = read(request, programme, is_office=is_office)
    chosen = asked.chosen
    counted = board.counted(
        wanted,
        chosen.asked,
        is_office=is_office,
        on=asked.on,
        period=chosen.when.period,
        is_aimed=chosen.is_aimed,
    )
    rows = exports.indicator_rows(counted, chosen, asked.side)
    filename = f"{programme.code.lower()}-results"
    return listing.answer(request, ending=ending, columns=exports.INDICATOR_COLUMNS, rows=rows, filename=filename)
