"""Two periods, oblasts or programmes side by side: for everybody, and for the office."""

from django.shortcuts import render

from viche.programmes import access as programmes_access
from viche.programmes import queries as programmes
from viche.results import access
from viche.results.choices import IndicatorKind
from viche.results.forms.comparing import LEFT, RIGHT, Beside
from viche.results.queries import asking, board, comparing, dashboards, saying, splits
from viche.results.queries.sides import Side
from viche.results.views import drawing
from viche.results.views.asked import read
from viche.ui.access import allowed


@allowed(access.may_see, thing=asking.programme)
def compare(request, programme):
    """Compare what everybody may know."""
    return _compare(request, programme, list(programmes.public_programmes()), is_office=False)


@allowed(access.may_see_office, thing=asking.programme)
def office_compare(request, programme):
    """Compare what the office knows, with programmes whose office one reads too."""
    theirs = programmes.worked_in(request.user, *programmes_access.OFFICE)
    return _compare(request, programme, list(theirs), is_office=True)


def _compare(request, programme, known, *, is_office):
    asked = read(request, programme, is_office=is_office)
    others = [one for one in known if one != programme]
    sides = [_side(request, name, programme, others, asked) for name in (LEFT, RIGHT)]
    (left, left_of), (right, right_of) = sides
    wanted = dashboards.indicators(left_of.programme, is_office=is_office)
    theirs = (
        wanted
        if right_of.programme == left_of.programme
        else dashboards.indicators(right_of.programme, is_office=is_office)
    )
    found = comparing.pairs(left_of, right_of, wanted, theirs, is_office=is_office)
    context = asked.context | {
        "left": left,
        "right": right,
        "left_label": label(left_of, programme),
        "right_label": label(right_of, programme),
        "rows": [_row(pair, left_of, right_of, is_office=is_office) for pair in found],
        "asks_nothing": not (left.has_changed() or right.has_changed()),
    }
    return render(request, "results/compare.html", context)


def _side(request, name, programme, others, asked):
    """The form of one side and what it asks; another programme brings its own periods. One query where there is one."""
    code = request.GET.get(f"{name}-programme", "")
    of = next((one for one in others if one.code == code), programme)
    periods = asked.periods if of == programme else board.periods(of)
    more = {"periods": periods, "oblasts": asked.frame.oblasts, "on": asked.on}
    form = Beside(request.GET, side=name, programme=of, programmes=[programme, *others], **more)
    return form, form.chosen()


def _row(pair, left, right, *, is_office):
    one, other = pair.left, pair.right
    is_ratio = one.kind == IndicatorKind.RATIO
    return {
        "indicator": one,
        "first": splits.incomplete(saying.said(one, pair.first), pair.first, pair.first_lacking, is_ratio=is_ratio),
        "first_href": Side(left.programme, is_office).figure(one, left),
        "second": splits.incomplete(
            saying.said(other, pair.second), pair.second, pair.second_lacking, is_ratio=is_ratio
        )
        if other
        else None,
        "second_href": Side(right.programme, is_office).figure(other, right) if other else "",
        # Between two numbers of which one leaves few people out, the true difference may be more or less.
        "difference": splits.incomplete(
            drawing.signed(one, pair.difference), pair.difference, untold := _untold(pair), is_ratio=True
        ),
        "percent": pair.percent,
        "is_rough": untold,
    }


def _untold(pair):
    """How many facts of both sides are in no sum."""
    return pair.first_lacking + pair.second_lacking


def label(chosen, programme):
    """One side in words: the programme if it is another, the months, the place."""
    words = [chosen.when.label, chosen.where.label]
    if chosen.programme != programme:
        words.insert(0, chosen.programme.called)
    return ", ".join(filter(None, words))
