"""What a campaign and its events are framed by, in words: goals by their official names, rules, groups, how it stands."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import Goal, State
from viche.formats import icalendar
from viche.methods import headcounts, inclusion
from viche.ui import wording


@dataclass(frozen=True, slots=True)
class Involved:
    """A group that is left out more often than others, and how it takes part here."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands: the kind of rhomb and its words."""

    kind: str
    words: str


# How an event stands in any calendar.
STATUSES = {
    State.SUBMITTED: icalendar.TENTATIVE,
    State.PUBLISHED: icalendar.CONFIRMED,
    State.POSTPONED: icalendar.TENTATIVE,
    State.CANCELLED: icalendar.CANCELLED,
}


def held(heads: int | None, *, is_counted: bool) -> str:
    """That it took place, and how many came as far as everybody may know."""
    if not is_counted:
        return _("Відбулося")
    if heads is None:
        return _("Відбулося, людей менш як %(n)s") % {"n": headcounts.SMALL}
    said = ngettext("Відбулося, прийшла %(n)s людина", "Відбулося, прийшли %(n)s людей", heads)
    return said % {"n": wording.number(heads)}


def goals(numbers: list[int]) -> list[tuple[int, str]]:
    """Sustainable Development Goals by their official names."""
    return [(number, str(Goal(number).label)) for number in sorted(numbers) if number in Goal.values]


def rules(kept: dict[str, object]) -> list[tuple[str, bool]]:
    """A campaign's rules of inclusion in words, each with whether an event cannot do without; none where they are no rules."""
    return [(_rule(rule), rule.blocks) for rule in readable(kept)]


def readable(kept: object) -> list[inclusion.Rule]:
    """The rules that a campaign keeps; none where what it keeps cannot be read: its office is told."""
    try:
        return inclusion.read(kept)
    except inclusion.BadRules:
        return []


def _rule(rule: inclusion.Rule) -> str:
    said = {"n": rule.asks}
    if rule.name == inclusion.SPEAKERS:
        return _("Серед спікерів і жінки, і чоловіки: когось із них не менше ніж %(n)s %%.") % said
    if rule.name == "groups":
        return (
            ngettext(
                "Участь хоча б %(n)s вразливої групи, і сказано, як саме її залучають.",
                "Участь хоча б %(n)s вразливих груп, і сказано, як саме їх залучають.",
                rule.asks,
            )
            % said
        )
    if rule.name == "voices":
        return ngettext("Почують хоча б %(n)s голос.", "Почують хоча б %(n)s різних голосів.", rule.asks) % said
    return ngettext("Хоча б %(n)s партнер.", "Хоча б %(n)s партнерів.", rule.asks) % said
