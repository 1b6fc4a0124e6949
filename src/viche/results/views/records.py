"""The records behind a figure or a measure, and the same lists for programs: for everybody, and for the office."""

from decimal import Decimal

from django.http import Http404
from django.shortcuts import render

from viche.facts.queries import figures as ledger
from viche.methods import units
from viche.results import access
from viche.results.choices import How, IndicatorKind
from viche.results.exports import figures as exports
from viche.results.queries import asking, board, opened, places, splits
from viche.results.queries import records as queries
from viche.results.views import drawing
from viche.results.views.asked import read
from viche.ui import listing, paging, wording
from viche.ui.access import allowed

SPLIT = "split"


@allowed(access.may_see_indicator, thing=opened.indicator)
def records(request, indicator):
    """The records that a figure adds up."""
    return _records(request, indicator, is_office=False)


@allowed(access.may_open_indicator, thing=opened.indicator)
def office_records(request, indicator):
    """The same as the office knows it."""
    return _records(request, indicator, is_office=True)


@allowed(access.may_see_indicator, thing=opened.indicator, also=("ending",))
def records_file(request, indicator, ending):
    """The same list, whole, for programs."""
    return _records_file(request, indicator, ending, is_office=False)


@allowed(access.may_open_indicator, thing=opened.indicator, also=("ending",))
def office_records_file(request, indicator, ending):
    """The same list, whole, as the office knows it."""
    return _records_file(request, indicator, ending, is_office=True)


@allowed(access.may_see, thing=asking.programme, also=("measure",))
def measure(request, programme, measure):
    """The records of a measure that no indicator needs to name: money, steps of the funnel."""
    return _measure(request, programme, measure, is_office=False)


@allowed(access.may_see_office, thing=asking.programme, also=("measure",))
def office_measure(request, programme, measure):
    """The same as the office knows it."""
    return _measure(request, programme, measure, is_office=True)


@allowed(access.may_see, thing=asking.programme, also=("measure", "ending"))
def measure_file(request, programme, measure, ending):
    """The same list, whole, for programs."""
    return _measure_file(request, programme, measure, ending, is_office=False)


@allowed(access.may_see_office, thing=asking.programme, also=("measure", "ending"))
def office_measure_file(request, programme, measure, ending):
    """The same list, whole, as the office knows it."""
    return _measure_file(request, programme, measure, ending, is_office=True)


def _listed(request, one):
    """What the list is of; a part that nobody knows is not there."""
    listed = queries.of_indicator(one, request.GET.get(SPLIT, ""))
    if listed is None:
        raise Http404
    return listed


def _of_measure(request, programme, measure, *, is_office):
    listed = queries.of_measure(programme, measure, request.GET.get(SPLIT, ""), is_office=is_office)
    if listed is None:
        raise Http404
    return listed


def _records(request, one, *, is_office):
    asked = read(request, one.programme, is_office=is_office)
    if one.kind == IndicatorKind.RATIO:
        return _ratio(request, one, asked, is_office=is_office)
    listed = queries.of_indicator(one, request.GET.get(SPLIT, ""))
    if listed is None:
        return _no_part(request, one, asked)
    if listed.how == How.ONCE:
        return _once(request, listed, asked, is_office=is_office)
    if listed.how != How.SUM:
        return _places(request, listed, asked)
    return _list(request, listed, asked, is_office=is_office)


def _no_part(request, one, asked):
    """Say that the figure has no such part, and where its own records are."""
    context = asked.context | {
        "indicator": one,
        "back": asked.side.figure(one, asked.chosen),
        "records": f"{asked.side.address('records', one.code)}{asked.chosen.query(show='')}",
    }
    return render(request, "results/records/no_part.html", context, status=404)


def _measure(request, programme, measure, *, is_office):
    listed = _of_measure(request, programme, measure, is_office=is_office)
    return _list(request, listed, read(request, programme, is_office=is_office), is_office=is_office)


def _list(request, listed, asked, *, is_office):
    """Records one by one, the latest first, twenty-five a page."""
    months = asked.chosen.asked
    figure = ledger.of(listed.months(months), [listed.part])[listed.part]
    page = paging.page(request, queries.behind(listed, months), count=figure.facts, wide=True)
    page.items[:] = queries.told(page.items, is_office=is_office)
    value = board.scaled(listed.part[0], figure.value if is_office else figure.shown)
    context = _context(listed, asked) | {
        "page": page,
        "unit": units.declined(listed.unit, value),
        "value": splits.incomplete(drawing.listed_said(listed, value), value, 0 if is_office else figure.untold),
        "rows": [(row, drawing.listed_said(listed, row.value)) for row in page],
        "untold": 0 if is_office else figure.untold,
    }
    return render(request, "results/records/list.html", context)


def _places(request, listed, asked):
    """The places that a figure counts, each opening its own records."""
    found = queries.places(listed, asked.chosen.asked)
    page = paging.page(request, found)
    own = asked.side.address("measure", listed.part[0])
    split = listed.part[1]
    rows = [(place, f"{own}{asked.chosen.query(show='', split=split, **places.asks(place))}") for place in page]
    unit = units.declined(listed.unit, page.count)
    context = _context(listed, asked) | {"page": page, "rows": rows, "unit": unit}
    return render(request, "results/records/places.html", context)


def _once(request, listed, asked, *, is_office):
    """The months in which people came first, each opening the records of whoever came in it."""
    found = queries.newcomers(listed, asked.chosen.asked, is_office=is_office)
    own = asked.side.address("measure", listed.part[0])
    rows = [
        (wording.month(one.month), wording.number(one.value), f"{own}{exports.months_query(one, asked.chosen)}")
        for one in found
    ]
    value = sum((one.value for one in found), Decimal(0))
    counted = board.values([listed.indicator], asked.chosen.asked, is_office=is_office)[listed.indicator.pk][1]
    untold = 0 if is_office else counted.untold
    context = _context(listed, asked) | {
        "rows": rows,
        "value": splits.incomplete(drawing.listed_said(listed, value), value, untold),
        "untold": untold,
    }
    return render(request, "results/records/once.html", context)


def _ratio(request, one, asked, *, is_office):
    """The two figures from which one is reckoned."""
    found = opened.figure(one, asked.chosen, [], is_office=is_office, on=asked.on)
    rows = [drawing.row(part, asked.side, asked.chosen) for part in (found.over, found.under)]
    context = asked.context | {
        "indicator": one,
        "row": drawing.row(found.counted, asked.side, asked.chosen),
        "rows": rows,
    }
    return render(request, "results/records/ratio.html", context)


def _context(listed, asked):
    one = listed.indicator
    split = listed.part[1]
    return asked.context | {
        "listed": listed,
        "indicator": one,
        "part": drawing.part_said(listed),
        "back": asked.side.figure(one, asked.chosen) if one else asked.side.address("dashboard") + asked.chosen.query(),
        "kept_split": split if not one or split != one.split else "",
    }


def _records_file(request, one, ending, *, is_office):
    asked = read(request, one.programme, is_office=is_office)
    filename = f"{one.programme.code}-{one.code}".lower()
    if one.kind == IndicatorKind.RATIO:
        found = opened.figure(one, asked.chosen, [], is_office=is_office, on=asked.on)
        rows = exports.ratio_rows(found.counted, (found.over, found.under), asked.chosen, asked.side)
        return _answer(request, ending, rows, filename, columns=exports.RATIO_COLUMNS)
    listed = _listed(request, one)
    if listed.how == How.SUM:
        return _file(request, listed, asked, ending, is_office=is_office, filename=filename)
    own = asked.side.address("measure", listed.part[0])
    if listed.how == How.ONCE:
        found = queries.newcomers(listed, asked.chosen.asked, is_office=is_office)
        return _answer(request, ending, exports.newcomer_rows(found, asked.chosen, own), filename)
    found = queries.places(listed, asked.chosen.asked)
    return _answer(request, ending, exports.place_rows(found, asked.chosen, own, listed.part[1]), filename)


def _measure_file(request, programme, measure, ending, *, is_office):
    listed = _of_measure(request, programme, measure, is_office=is_office)
    asked = read(request, programme, is_office=is_office)
    filename = f"{programme.code}-{measure}".lower()
    return _file(request, listed, asked, ending, is_office=is_office, filename=filename)


def _file(request, listed, asked, ending, *, is_office, filename):
    rows = queries.everything(listed, asked.chosen.asked, is_office=is_office)
    return _answer(request, ending, exports.record_rows(rows), filename)


def _answer(request, ending, rows, filename, *, columns=exports.RECORD_COLUMNS):
    return listing.answer(request, ending=ending, columns=columns, rows=rows, filename=filename)
