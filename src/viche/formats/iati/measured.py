"""Results as IATI writes them: indicators, baselines, and targets and actuals of periods with their splits."""

from typing import Any

from viche.formats.iati.pen import Pen
from viche.formats.iati.records import QUALITATIVE, Baseline, Indicator, Period, Result, Value


def result(pen: Pen, parent: Any, one: Result) -> None:
    """One result with its indicators. A reference stands at the result or at its indicators, never at both."""
    element = pen.node(parent, "result", type=one.kind, aggregation_status=one.aggregates)
    pen.words(element, "title", one.title)
    pen.words(element, "description", one.description)
    for reference in one.references:
        pen.reference(element, reference, vocabulary_uri=reference.uri)
    for indicator in one.indicators:
        _indicator(pen, element, indicator)


def _indicator(pen: Pen, parent: Any, one: Indicator) -> None:
    sums, grows = one.aggregates, one.ascending
    element = pen.node(parent, "indicator", measure=one.measure, ascending=grows, aggregation_status=sums)
    pen.words(element, "title", one.title)
    pen.words(element, "description", one.description)
    for reference in one.references:
        pen.reference(element, reference, indicator_uri=reference.uri)
    for baseline in one.baselines:
        _baseline(pen, element, baseline, one.measure)
    for period in one.periods:
        _period(pen, element, period, one.measure)


def _baseline(pen: Pen, parent: Any, one: Baseline, measure: str) -> None:
    if not _is_told(one, measure):
        return
    element = pen.node(parent, "baseline", year=one.year, iso_date=one.dated_on, value=_value(one, measure))
    _split(pen, element, one)
    pen.words(element, "comment", one.comment)


def _period(pen: Pen, parent: Any, one: Period, measure: str) -> None:
    element = pen.node(parent, "period")
    pen.day(element, "period-start", one.starts_on)
    pen.day(element, "period-end", one.ends_on)
    for tag, values in (("target", one.targets), ("actual", one.actuals)):
        for value in values:
            if _is_told(value, measure):
                told = pen.node(element, tag, value=_value(value, measure))
                _split(pen, told, value)
                pen.words(told, "comment", value.comment)
                for document in value.documents:
                    pen.document(told, document)


def _is_told(one: Value | Baseline, measure: str) -> bool:
    """Where a number is measured and there is none (it may be masked), nothing is written."""
    return measure == QUALITATIVE or one.value is not None


def _value(one: Value | Baseline, measure: str) -> Any:
    return None if measure == QUALITATIVE else one.value


def _split(pen: Pen, element: Any, one: Value | Baseline) -> None:
    """Where, and for which part of the people."""
    for ref in one.locations:
        pen.node(element, "location", ref=ref)
    for name, value in one.dimensions.items():
        pen.node(element, "dimension", name=name, value=value)
