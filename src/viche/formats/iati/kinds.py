"""The kinds of rules of IATI: each says where a case is broken. The fifteenth, "loop", is the fact `each` of a rule.

Where the ruleset speaks of a date, every date that its path finds is judged. What the schema refuses anyway (a date that is no date) is
not judged twice. Meaning of the kinds: IATI-Rulesets, and what IATI's own validator is tested for.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from viche.formats.iati import codes
from viche.formats.iati.finding import Case, plain
from viche.formats.iati.rules import REGISTERS

YEAR: Final = 365
"""Days between the ends of the longest budget."""

NEVER_EMPTY: Final = ("value", "forecast", "loan-status")
"""What bears a currency."""

Found = Iterator[tuple[Any, dict[str, str]]]
"""The element at which a rule is broken, and what its sentence needs."""


def _unique(case: Case) -> Found:
    seen = set()
    for path, node, value in case.values():
        if value in seen:
            yield node, {"path": plain(path), "value": value}
        seen.add(value)


def _startswith(case: Case) -> Found:
    facts = case.rule.facts
    if REGISTERS in facts["prefix"]:
        registers = codes.lists()["OrganisationRegistrationAgency"]
        for path, node, value in case.values():
            if "-".join(value.split("-")[:2]) not in registers:
                yield node, {"path": plain(path), "value": value}
        return
    beginnings = [value + facts["separator"] for path in facts["prefix"] for _, value in case.found(path)]
    for path, node, value in case.values():
        if not value.startswith(tuple(beginnings)):
            yield node, {"path": plain(path), "value": value, "expected": " / ".join(beginnings)}


def _atleast_one(case: Case) -> Found:
    if not case.values():
        yield case.element, {"path": ", ".join(map(plain, case.rule.facts["paths"]))}


def _no_more_than_one(case: Case) -> Found:
    nodes = case.values()
    if len(nodes) > 1:
        yield nodes[1][1], {"path": plain(nodes[0][0]), "count": str(len(nodes))}


def _one_or_all(case: Case) -> Found:
    if case.found(case.rule.facts["one"]):
        return
    match case.rule.facts["all"]:
        case "lang":
            lacking = case.found("descendant::narrative[not(@xml:lang)]")
        case "sector":
            lacking = case.found("transaction[not(sector)]")
        case _:
            named = " or ".join(f"self::{name}" for name in NEVER_EMPTY)
            lacking = case.found(f"descendant::*[{named}][not(@currency)]")
    for element, _ in lacking:
        yield element, {"path": element.tag}


def _date_now(case: Case) -> Found:
    for element, value in case.found(case.rule.facts["date"]):
        moment = _moment(value)
        if moment and moment > case.now:
            yield element, {"path": plain(case.rule.facts["date"]), "value": value}


def _moment(value: str) -> datetime | None:
    """A moment of XML Schema; without a zone it is taken as UTC."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _date_order(case: Case) -> Found:
    facts = case.rule.facts
    for node, less in case.dates("less"):
        for _, more in case.dates("more"):
            if less > more:
                told = {"path": plain(facts["less"]), "other": plain(facts["more"])}
                yield node, {**told, "value": less.isoformat(), "limit": more.isoformat()}


def _between_dates(case: Case) -> Found:
    for node, told in case.dates("date"):
        for _, start in case.dates("start"):
            for _, end in case.dates("end"):
                if not start <= told <= end:
                    yield node, {"value": told.isoformat(), "start": start.isoformat(), "end": end.isoformat()}


def _time_limit(case: Case) -> Found:
    for node, start in case.dates("start"):
        for _, end in case.dates("end"):
            if (end - start).days > YEAR:
                yield node, {"start": start.isoformat(), "end": end.isoformat()}


def _regex_matches(case: Case) -> Found:
    for path, node, value in case.values():
        if value and not re.search(case.rule.facts["regex"], value):
            yield node, {"path": plain(path), "value": value}


def _no_spaces(case: Case) -> Found:
    for path, node, value in case.values():
        if value != value.strip():
            yield node, {"path": plain(path), "value": value.strip()}


def _range(case: Case) -> Found:
    facts = case.rule.facts
    for path, node, value in case.values():
        if not facts["min"] <= _number(value) <= facts["max"]:
            yield node, {"path": plain(path), "value": value}


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


def _strict_sum(case: Case) -> Found:
    nodes = case.values()
    total = round(sum(_number(value) for _, _, value in nodes), 4)
    if total != case.rule.facts["sum"]:
        paths = list(dict.fromkeys(plain(path) for path in case.rule.facts["paths"]))
        yield (nodes[0][1] if nodes else case.element), {"path": " + ".join(paths), "value": f"{total:g}"}


def _if_then(case: Case) -> Found:
    facts = case.rule.facts
    if case.holds(facts["if"]) and not case.holds(facts["then"]):
        nodes = case.values()
        yield (nodes[0][1] if nodes else case.element), {"value": case.each, "path": plain(facts["paths"][0])}


KINDS: Final[dict[str, Callable[[Case], Found]]] = {
    "unique": _unique,
    "startswith": _startswith,
    "atleast_one": _atleast_one,
    "no_more_than_one": _no_more_than_one,
    "one_or_all": _one_or_all,
    "date_now": _date_now,
    "date_order": _date_order,
    "between_dates": _between_dates,
    "time_limit": _time_limit,
    "regex_matches": _regex_matches,
    "no_spaces": _no_spaces,
    "range": _range,
    "strict_sum": _strict_sum,
    "if_then": _if_then,
}
