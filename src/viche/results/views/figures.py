"""The page of one figure: for everybody, and for the office."""

from django.shortcuts import render

from viche.methods import units
from viche.results import access
from viche.results.queries import board, opened, places, reported, saying, sources
from viche.results.views import drawing
from viche.results.views.asked import read
from viche.ui.access import allowed


@allowed(access.may_see_indicator, thing=opened.indicator)
def figure(request, indicator):
    """A figure: its number, definition, target, parts, trend, places."""
    return _figure(request, indicator, is_office=False)


@allowed(access.may_open_indicator, thing=opened.indicator)
def office_figure(request, indicator):
    """The same as the office knows it."""
    return _figure(request, indicator, is_office=True)


@allowed(access.may_see_told, thing=reported.told)
def told_value(request, value):
    """A number that people reported and somebody else approved: what it is of, when, where, how it is proved."""
    one = value.indicator
    asked = read(request, one.programme, is_office=False)
    proofs = reported.evidence(value)
    context = asked.context | {
        "indicator": one,
        "value": value,
        "numbers": [
            (label, saying.said(one, number), units.declined(one.unit_called, number))
            for label, number in reported.numbers(value)
        ],
        "proofs": len(proofs),
        "kinds": list(dict.fromkeys(proof.get_kind_display() for proof in proofs)),
        "records": asked.side.address("records", one.code),
        "measure": sources.measure_of(one.measure),
    }
    return render(request, "results/value.html", context)


def _figure(request, one, *, is_office):
    asked = read(request, one.programme, is_office=is_office)
    side, chosen = asked.side, asked.chosen
    found = opened.figure(one, chosen, asked.periods, is_office=is_office, on=asked.on)
    value = found.counted.value
    by_place = places.of(one, chosen, asked.frame.oblasts, found.places, value=value)
    context = asked.context | {
        "indicator": one,
        "measure": sources.measure_of(one.measure),
        "found": found,
        "query_of_embed": chosen.query(show=""),
        "unit": units.declined(one.unit_called, value),
        "is_level": board.is_stock(one),
        "row": drawing.row(found.counted, side, chosen),
        "over": found.over and drawing.row(found.over, side, chosen),
        "under": found.under and drawing.row(found.under, side, chosen),
        "periods": [
            (period, drawing.row(counted, side, chosen), f"?period={period.starts_on:%Y-%m}_{period.ends_on:%Y-%m}")
            for period, counted in found.by_period
        ],
        "dimensions": drawing.dimensions(one, found.dimensions, side, chosen, found.aims),
        "trend": drawing.trend(one, found.trend, side, chosen),
        "places": drawing.breakdown(one, by_place, chosen),
        "most": max((place.value for place in by_place if place.value), default=0),
        "records": f"{side.address('records', one.code)}{chosen.query(show='')}",
    }
    return render(request, "results/figure.html", context)
