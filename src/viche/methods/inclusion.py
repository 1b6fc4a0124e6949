"""Inclusion of an event, judged against a campaign's rules. Nothing here looks anything up or says anything in words.

Rules are data, as a campaign keeps them; a rule that is not there is not asked:

    {"speakers": {"share": 40, "blocks": true},    the rarer sex is at least so many percent of the known speakers
     "groups":   {"least": 1,  "blocks": false},   vulnerable groups that take part, each with a named way
     "voices":   {"least": 3,  "blocks": false},   different voices that are heard
     "partners": {"least": 1,  "blocks": false}}   partners beside the organiser

`blocks` (false where it is left out) tells a condition from a piece of advice. What cannot be such rules is refused with
`BadRules`, which says where and why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

SPEAKERS: Final = "speakers"
COUNTED: Final = {"groups": 9, "voices": 10, "partners": 20}
"""Rules that count something, each with the most that may be asked for."""
RULES: Final = (SPEAKERS, *COUNTED)
"""Every rule, in the order in which an organiser reads them."""
HALF: Final = 50
BALANCED_FROM: Final = 2


class BadRules(ValueError):  # noqa: N818 — read aloud: "raise BadRules"
    """What a campaign keeps is no set of rules. `rule` names the one that is wrong, `why` is a word for a sentence.

    `why`: shape (no mapping), unknown (no such rule or setting), number (no whole number), range (too little or too
    much), blocks (neither true nor false).
    """

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(f"{rule or 'rules'}: {why}")
        self.rule, self.why = rule, why


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, how much it asks for (percent for speakers, else a number), whether it is a condition."""

    name: str
    asks: int
    blocks: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an event.

    `women`, `men`, `unknown`: speakers. `expects_speakers`: false for a game or a stall, where nobody speaks.
    `groups`: vulnerable groups with a named way of taking part; `groups_unsaid`: those named without a way.
    """

    women: int = 0
    men: int = 0
    unknown: int = 0
    expects_speakers: bool = True
    groups: int = 0
    groups_unsaid: int = 0
    voices: int = 0
    partners: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """How an event stands to one rule.

    `key` chooses the sentence. For speakers: met, short, unknown (only the sex of unknown speakers could decide it), none
    (nobody is named), alone (one speaker: nothing to balance), needless (nobody speaks at such an event); for the others:
    met, short, and unsaid where groups lack only the way. `wanted` and `found` are percent for speakers (`found` rounded
    down, None where there is nothing to divide), numbers for the others; `unknown` counts speakers of unknown sex, or groups
    without a way.
    """

    rule: str
    met: bool
    blocks: bool
    wanted: int
    found: int | None
    key: str
    unknown: int = 0

    @property
    def refuses(self) -> bool:
        """Whether the event may not go on like this."""
        return self.blocks and not self.met


def read(rules: object) -> list[Rule]:
    """The rules that a campaign keeps, in the order they are read out. Raises `BadRules`."""
    if not isinstance(rules, Mapping):
        raise BadRules("", "shape")
    for name in rules:
        if name not in RULES:
            raise BadRules(str(name), "unknown")
    return [_rule(name, rules[name]) for name in RULES if name in rules]


def _rule(name: str, said: object) -> Rule:
    if not isinstance(said, Mapping):
        raise BadRules(name, "shape")
    setting, most = ("share", HALF) if name == SPEAKERS else ("least", COUNTED[name])
    if set(said) - {setting, "blocks"}:
        raise BadRules(name, "unknown")
    asks, blocks = said.get(setting), said.get("blocks", False)
    if not isinstance(asks, int) or isinstance(asks, bool):
        raise BadRules(name, "number")
    if not 1 <= asks <= most:
        raise BadRules(name, "range")
    if not isinstance(blocks, bool):
        raise BadRules(name, "blocks")
    return Rule(name, asks, blocks)


def judge(rules: object, facts: Facts) -> list[Finding]:
    """How an event stands to each rule. Raises `BadRules`; ValueError for a negative number among the facts."""
    counts = (facts.women, facts.men, facts.unknown, facts.groups, facts.groups_unsaid, facts.voices, facts.partners)
    if min(counts) < 0:
        raise ValueError("nobody is fewer than none")
    return [_speakers(rule, facts) if rule.name == SPEAKERS else _counted(rule, facts) for rule in read(rules)]


def _speakers(rule: Rule, facts: Facts) -> Finding:
    known = facts.women + facts.men
    everybody = known + facts.unknown
    rarer = min(facts.women, facts.men)
    enough = 100 * rarer >= rule.asks * known
    if not everybody:
        key = "none" if facts.expects_speakers else "needless"
    elif everybody < BALANCED_FROM:
        key = "alone"
    elif not known:
        key = "unknown"
    elif enough:
        key = "met"
    else:
        key = "unknown" if _could_balance(rule, facts) else "short"
    return Finding(
        rule=rule.name,
        met=key in {"met", "alone", "needless"},
        blocks=rule.blocks,
        wanted=rule.asks,
        found=100 * rarer // known if known else None,
        key=key,
        unknown=facts.unknown,
    )


def _could_balance(rule: Rule, facts: Facts) -> bool:
    """Whether the rule would hold if all speakers of unknown sex were of the rarer one, or made the two even."""
    fewer, more = sorted((facts.women, facts.men))
    everybody = fewer + more + facts.unknown
    return 100 * min(fewer + facts.unknown, everybody // 2) >= rule.asks * everybody


def _counted(rule: Rule, facts: Facts) -> Finding:
    found = {"groups": facts.groups, "voices": facts.voices, "partners": facts.partners}[rule.name]
    unsaid = facts.groups_unsaid if rule.name == "groups" else 0
    met = found >= rule.asks
    key = "met" if met else "unsaid" if found + unsaid >= rule.asks else "short"
    return Finding(rule.name, met, rule.blocks, rule.asks, found, key, unsaid)


def is_open(findings: Iterable[Finding]) -> bool:
    """Whether nothing refuses."""
    return not any(one.refuses for one in findings)


def facts_of(values: Mapping[str, Any], *, silent_formats: Iterable[str] = ()) -> Facts:
    """Facts from an event's values as it keeps them.

    `values`: speakers_women, speakers_men, speakers_unknown, format, groups ([{"group", "how"}]), voices, partners (lists).
    `silent_formats`: formats at which nobody speaks. The same group or voice twice counts once.
    """
    groups: dict[str, bool] = {}
    for one in values["groups"]:
        groups[one["group"]] = groups.get(one["group"], False) or bool(one["how"].strip())
    return Facts(
        women=values["speakers_women"],
        men=values["speakers_men"],
        unknown=values["speakers_unknown"],
        expects_speakers=values["format"] not in silent_formats,
        groups=sum(groups.values()),
        groups_unsaid=len(groups) - sum(groups.values()),
        voices=len(set(values["voices"])),
        partners=len({one.strip().casefold() for one in values["partners"]} - {""}),
    )
