"""The rules of IATI applied to an activity or organisation."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from viche.formats.faults import RULE, Fault
from viche.formats.iati import codes
from viche.formats.iati.finding import Case, compiled, plain
from viche.formats.iati.kinds import KINDS, Found
from viche.formats.iati.rules import OLD_PREFIX, RULES, Rule


def faults(element: Any, line: int, now: datetime) -> Iterator[Fault]:
    """Rules that an activity or organisation breaks, whose first line is `line` of the file; `now` is aware."""
    contexts: dict[str, list[Any]] = {}
    kind = "A" if element.tag == "iati-activity" else "O"
    for rule in _applying(frozenset(one.tag for one in element.iter("*")) | {kind}):
        if rule.where not in contexts:
            contexts[rule.where] = list(_contexts(rule.where, kind, element))
        for context in contexts[rule.where]:
            for at, values in broken(Case(rule, context, now)):
                told = {"element": context.tag, **values}
                yield Fault(RULE, rule.id, at.sourceline + line - 1, rule.said, told)


@lru_cache(maxsize=1000)
def _applying(present: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that can be broken where these elements are."""
    return tuple(rule for rule, needs in READY if any(need <= present for need in needs))


def _needs(rule: Rule) -> tuple[frozenset[str], ...]:
    """Sets of elements, of which one must be there whole for a rule to be broken: most rules need not be looked at."""
    paths = rule.facts.get("paths", ())
    if rule.kind in {"atleast_one", "one_or_all", "date_now"} or rule.facts.get("if", "").startswith("not("):
        paths = ()
    if "each" in rule.facts:
        paths = (rule.facts["each"],)
    elif "less" in rule.facts:
        paths = (rule.facts["less"],)
    return tuple(
        frozenset(_names(where.removeprefix("//")) | _names(plain(path)))
        for where in rule.where.split(" | ")
        for path in paths or ("",)
    )


def _names(path: str) -> set[str]:
    """The elements that a path goes through."""
    return {step for step in plain(path).split("/") if step and step[0] not in "@." and "(" not in step}


READY: Final = tuple((rule, _needs(rule)) for rule in RULES)
"""Each rule with what it needs."""


def _contexts(where: str, kind: str, element: Any) -> Iterator[Any]:
    """The elements at which a rule holds."""
    for one in where.split(" | "):
        if one.startswith("//"):
            yield from compiled(f"descendant::{one[2:]}")(element)
        elif one == kind:
            yield element
        elif one[0] == kind:
            yield from compiled(one[2:])(element)


def broken(case: Case) -> Found:
    """Where a rule is broken: once for every value that its `each` finds."""
    facts = case.rule.facts
    cases = [case]
    if "each" in facts:
        each = dict.fromkeys(value for _, value in case.found(facts["each"]))
        cases = [Case(case.rule, case.element, case.now, value) for value in each]
    for one in cases:
        if "condition" in facts and not one.holds(facts["condition"]):
            continue
        if "idCondition" in facts and not _young(one):
            continue
        yield from KINDS[case.rule.kind](one)


def _young(case: Case) -> bool:
    """Whether no identifier is among those that are older than the rule."""
    known = codes.known_organisations()
    if case.rule.facts["idCondition"] == OLD_PREFIX:
        return not any(_begun(value) & known for _, _, value in case.values())
    return not any(value in known for _, _, value in case.values())


def _begun(value: str) -> set[str]:
    """Everything that stands before a hyphen of an identifier."""
    return {value[: hyphen.start()] for hyphen in re.finditer("-", value)}
