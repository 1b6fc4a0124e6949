"""The results framework: indicators in the order of the goals' tree, each with its target for the whole programme."""

from decimal import Decimal
from typing import NamedTuple

from viche.methods import words
from viche.programmes import queries as programmes
from viche.programmes.models import Programme
from viche.programmes.queries import Branch
from viche.results.models import Indicator
from viche.results.queries import aims, board, definitions

BY_GOALS, BY_CODE, BY_NAME = "goal", "code", "name"


class Row(NamedTuple):
    """An indicator, the goal under which it stands, and its target for the whole programme."""

    indicator: Indicator
    branch: Branch | None
    target: Decimal | None


def rows(programme: Programme, *, typed: str = "", kind: str = "", order: str = BY_GOALS) -> list[Row]:
    """The indicators of a programme that fit, under their goals; those without a goal come last. Three queries."""
    branches = {branch.goal.pk: (place, branch) for place, branch in enumerate(programmes.goals(programme))}
    found = [one for one in board.of_programme(programme, is_office=True) if not kind or one.kind == kind]
    sought = words.fold(typed)
    found = [one for one in found if sought in words.haystack(one.code, one.name, one.name_en)]
    targets = aims.of_all(found)
    last = (len(branches), None)
    keys = {
        BY_GOALS: lambda one: branches.get(one.goal_id, last)[0],
        BY_CODE: lambda one: one.code,
        BY_NAME: lambda one: words.collation_key(one.name),
    }
    found.sort(key=keys[order])
    return [Row(one, branches.get(one.goal_id, last)[1], targets.get(one.pk, {}).get(None)) for one in found]


def origin(one: Indicator) -> str:
    """What an indicator is counted from, in a few words: "людей прийшло на заходи: жінки", "P1 : P2"."""
    if one.over and one.under:
        return f"{one.over.code} : {one.under.code}"
    if not one.measure:
        return ""
    offer = next((offer for offer in definitions.offers() if offer.code == one.measure), None)
    if offer is None:
        return one.measure
    part = dict(definitions.parts_of(offer.measure)).get(one.split, one.split)
    return ": ".join(filter(None, (offer.words, part)))
