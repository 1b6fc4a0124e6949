"""The ruleset of IATI 2.03 as data: 107 cases of 15 kinds, numbered as IATI numbers them. `judging` applies them.

Stated from the standard; `tests/formats/iati` finds every case of the official `standard.json` here, and no other. Paths are XPath, seen from
where the rule holds: "A" is an activity, "O" an organisation, "//" anywhere in either. `$each` is the value that `each` found.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

DAC: Final = "@vocabulary='1' or @vocabulary='' or not(@vocabulary)"
"""No vocabulary named is the vocabulary of OECD DAC."""

OWN: Final = "@vocabulary=98 or @vocabulary=99"
NUMERIC: Final = "@measure='1' or @measure='2' or @measure='3' or @measure='4'"
QUALITATIVE: Final = "@measure='5'"
NO_SYMBOLS: Final = r"^[^\/\&\|\?]+$"
REGISTERS: Final = "ORG-ID-PREFIX"
OLD_ORGANISATION: Final = "NOT_EXISTING_ORG_ID"
OLD_PREFIX: Final = "NOT_EXISTING_ORG_ID_PREFIX"
"""Conditions that let identifiers pass which are older than the rule."""

NOW: Final = "NOW"
START, END = "period-start/@iso-date", "period-end/@iso-date"


@dataclass(frozen=True, slots=True)
class Rule:
    """One case: its number, its kind, where it holds, the name of its sentence, and what the kind asks for."""

    id: str
    kind: str
    where: str
    said: str
    facts: Mapping[str, Any]


def _rule(number: str, kind: str, where: str, *paths: str, said: str = "", **facts: Any) -> Rule:
    if paths:
        facts["paths"] = paths
    return Rule(number, kind, where, said or f"rule-{kind.replace('_', '-')}", facts)


def _identifiers() -> Iterator[Rule]:
    """Whose the activity is, and what it is called."""
    yield _rule("1.1.3", "unique", "A", "reporting-org/@ref", "iati-identifier")
    ours = ("reporting-org/@ref", "other-identifier[@type='B1']/@ref")
    yield _rule("1.1.21", "startswith", "A", "iati-identifier", prefix=ours, separator="-", said="rule-own-prefix")
    for number, where in (("1.14.8", "A"), ("1.18.8", "O")):
        old: dict[str, Any] = {"prefix": (REGISTERS,), "idCondition": OLD_ORGANISATION}
        yield _rule(number, "startswith", where, "reporting-org/@ref", said="rule-register", **old)
    for number, where, path, old_one in _SYMBOLS:
        yield _rule(number, "regex_matches", where, path, regex=NO_SYMBOLS, idCondition=old_one)
    for number, where, path in _SPACES:
        yield _rule(number, "no_spaces", where, path)


PROVIDER: Final = "A/transaction/provider-org | A/planned-disbursement/provider-org"
RECEIVER: Final = "A/transaction/receiver-org | A/planned-disbursement/receiver-org"
OWNER: Final = "A/other-identifier/owner-org"
PARTICIPANT: Final = "A/participating-org"

_SYMBOLS: Final = (
    ("1.3.13", "A", "iati-identifier", OLD_PREFIX),
    ("1.14.13", "A", "reporting-org/@ref", OLD_ORGANISATION),
    ("1.11.13", OWNER, "@ref", OLD_ORGANISATION),
    ("1.10.13", PROVIDER, "@ref", OLD_ORGANISATION),
    ("1.15.13", RECEIVER, "@ref", OLD_ORGANISATION),
    ("1.8.13", PARTICIPANT, "@ref", OLD_ORGANISATION),
    ("1.12.13", "O", "organisation-identifier", OLD_ORGANISATION),
    ("1.18.13", "O", "reporting-org/@ref", OLD_ORGANISATION),
)
_SPACES: Final = (
    ("1.3.1", "A", "iati-identifier"),
    ("1.14.1", "A", "reporting-org/@ref"),
    ("1.16.1", "A", "other-identifier[@type='B1']/@ref"),
    ("1.6.1", "A", "other-identifier[@type='A3']/@ref"),
    ("1.7.1", "A", "related-activity/@ref"),
    ("1.11.1", OWNER, "@ref"),
    ("1.10.1", PROVIDER, "@ref"),
    ("1.4.1", PROVIDER, "@provider-activity-id"),
    ("1.15.1", RECEIVER, "@ref"),
    ("1.5.1", RECEIVER, "@receiver-activity-id"),
    ("1.8.1", PARTICIPANT, "@ref"),
    ("1.9.1", PARTICIPANT, "@activity-id"),
    ("1.12.1", "O", "organisation-identifier"),
    ("1.17.1", "O", "recipient-org-budget/recipient-org/@ref"),
    ("1.18.1", "O", "reporting-org/@ref"),
)


def _information() -> Iterator[Rule]:
    """Texts, languages, currencies; who takes part."""
    starts = "activity-date[@type='1' or @type='2']"
    yield _rule("6.11.1", "atleast_one", "A", starts, said="rule-start")
    yield _rule("6.2.2", "atleast_one", "A", "sector", "transaction/sector", said="rule-sector")
    yield _rule("4.3.1", "atleast_one", "//title", "narrative/text()", said="rule-empty")
    yield _rule("4.4.1", "atleast_one", "//description", "narrative/text()", said="rule-empty")
    for number, where in (("6.8.1", OWNER), ("6.9.1", PROVIDER), ("6.9.2", RECEIVER), ("6.10.1", PARTICIPANT)):
        yield _rule(number, "atleast_one", where, "@ref", "narrative", said="rule-who")
    for language, currency, where in (("4.1.1", "7.8.1", "A"), ("4.5.1", "7.8.2", "O")):
        yield _rule(language, "one_or_all", where, one="@xml:lang", all="lang", said="rule-language")
        yield _rule(currency, "one_or_all", where, one="@default-currency", all="currency", said="rule-currency")


def _dates() -> Iterator[Rule]:
    """What comes before what, and what cannot have been yet."""
    for number, where in (("11.1.1", "A"), ("11.4.1", "O")):
        yield _rule(number, "date_now", where, date="@last-updated-datetime", said="rule-future")
    for number, less, more in (("11.1.2", 1, 3), ("11.1.3", 2, 4)):
        dates = (f"activity-date[@type='{kind}']/@iso-date" for kind in (less, more))
        yield _rule(number, "date_order", "A", less=next(dates), more=next(dates))
    for number, kind in (("11.1.4", 2), ("11.1.5", 4)):
        yield _rule(
            number, "date_order", "A", less=f"activity-date[@type='{kind}']/@iso-date", more=NOW, said="rule-future"
        )
    for number, path in (("11.2.1", "transaction-date/@iso-date"), ("11.2.2", "value/@value-date")):
        yield _rule(number, "date_order", "A", less=f"transaction/{path}", more=NOW, said="rule-future")
    yield _rule("8.6.1", "date_order", "A/result/indicator/period", less=START, more=END)
    yield _rule("8.6.3", "date_order", "A/planned-disbursement", less=START, more=END)
    country = "O/recipient-country-budget"
    for where in ("A/budget", "O/total-budget", country, *_OTHER_BUDGETS):
        yield _rule("8.6.3", "date_order", where, less=START, more=END)
        yield _rule("7.5.3", "time_limit", where, start=START, end=END)
    yield _rule("11.3.1", "between_dates", country, date="budget-line/value/@value-date", start=START, end=END)


_OTHER_BUDGETS: Final = ("O/recipient-org-budget", "O/recipient-region-budget", "O/total-expenditure")


def _classifications() -> Iterator[Rule]:
    """Sectors, markers and kinds of aid."""
    dac, named, other = f"sector[{DAC}]", "sector[@vocabulary = $each]", "sector[@vocabulary != '1']/@vocabulary"
    yield _rule("6.7.2", "one_or_all", "A", one="sector", all="sector", said="rule-sector-of-all")
    yield _then("6.6.2", "count(sector) > 0", "count(transaction/sector) < 1", "sector", "transaction/sector")
    shares, told = f"{dac}/@percentage", f"{named}/@percentage"
    yield _rule("2.1.2", "strict_sum", "A", shares, condition=f"count({shares}) > 1", sum=100)
    yield _rule("2.1.2", "strict_sum", "A", told, each=other, condition=f"count({named}) > 1", sum=100)
    for sector, each in ((dac, {}), (named, {"each": other})):
        shared = f"count({sector}) = count({sector}/@percentage)"
        whole = f"not({sector}/@percentage) or {sector}/@percentage = 100"
        yield _then("2.1.1", f"count({sector}) > 1", shared, sector, **each)
        yield _then("2.1.4", f"count({sector}) = 1", whole, sector, **each)
    yield _rule("12.3.1", "range", "A", "sector/@percentage", min=0, max=100)
    own, texts = f"sector[{OWN}]", f"sector[{OWN}]/narrative"
    yield _then("2.2.1", f"count({own}) > 0", f"count({texts}) >= count({own})", own, texts)
    for number, kind in (("102.1.1", "sector"), ("107.1.1", "default-aid-type"), ("107.2.1", "transaction/aid-type")):
        empty, first, plain = f"{kind}[not(@vocabulary='')]", f"{kind}[not(@vocabulary='1')]", f"{kind}[{DAC}]"
        yield _then(
            number, f"count({empty}) + count({first}) > 0", f"count({plain}) > 0", empty, first, plain, said="rule-dac"
        )
    for number, where, kind in (("107.1.2", "A", "default-aid-type"), ("107.2.2", "A/transaction", "aid-type")):
        yield _rule(number, "no_more_than_one", where, f"{kind}[{DAC}]")
        one = {"each": f"{kind}[@vocabulary != 1]/@vocabulary"}
        yield _rule(number, "no_more_than_one", where, f"{kind}[@vocabulary = $each]", **one)
    yield _rule("6.14.1", "atleast_one", "A/policy-marker", "@significance", condition=DAC)
    yield _rule("6.13.1", "atleast_one", "A/policy-marker", "narrative", condition="@vocabulary='99'")


def _places() -> Iterator[Rule]:
    """Countries and regions."""
    lone, country, region = "not(recipient-region)", "recipient-country", "recipient-region"
    either, each = f"{country} or {region}", {"each": f"{region}/@vocabulary"}
    named = f"{region}[@vocabulary = $each]"
    several = f"count({country}) > 1 and {lone}"
    yield _then("3.1.1", several, f"count({country}) = count({country}/@percentage)", country, region)
    yield _rule("3.1.2", "strict_sum", "A", f"{country}/@percentage", condition=several, sum=100)
    whole = f"not({country}/@percentage) or {country}/@percentage = 100"
    yield _then("3.1.4", f"count({country}) = 1 and {lone}", whole, country, region)
    yield _then("3.4.1", f"count({named}) > 1", f"count({named}) = count({named}/@percentage)", named, **each)
    both: dict[str, Any] = {"condition": f"count({named}) + count({country}) > 1", "sum": 100}
    yield _rule("3.4.2", "strict_sum", "A", f"{named}/@percentage", f"{country}/@percentage", **both, **each)
    whole = f"not({named}/@percentage) or {named}/@percentage = 100"
    yield _then("3.4.4", f"count({named}) = 1 and not({country})", whole, named, country, **each)
    paid = ("transaction/recipient-country", "transaction/recipient-region")
    yield _then("3.6.2", either, f"not({' or '.join(paid)})", country, region, *paid)
    some, none = f"transaction[{either}]", f"transaction[not({either})]"
    yield _then("3.7.1", f"not({either})", some, country, region, some)
    yield _then("3.7.2", f"not({either})", f"not({none})", country, region, none)
    for kind in (country, region):
        yield _rule("12.1.1", "range", "A", f"{kind}/@percentage", min=0, max=100)


def _money() -> Iterator[Rule]:
    """Shares of spending, items of a country's budget."""
    for path in ("capital-spend/@percentage", "country-budget-items/budget-item/@percentage"):
        yield _rule("12.2.1", "range", "A", path, min=0, max=100)
    items = "country-budget-items[@vocabulary = $each]/budget-item"
    several, each = {"condition": f"count({items}) > 1"}, {"each": "country-budget-items/@vocabulary"}
    yield _rule("7.9.1", "atleast_one", "A", f"{items}/@percentage", **several, **each, said="rule-7.9.1")
    yield _rule("7.9.2", "strict_sum", "A", f"{items}/@percentage", sum=100, **several, **each)
    whole = f"not({items}/@percentage) or {items}/@percentage = 100"
    yield _then("7.9.4", f"count({items}) = 1", whole, f"{items}/@percentage", **each)


def _results() -> Iterator[Rule]:
    """Values of indicators, by how they are measured."""
    yield _rule("8.11.1", "no_more_than_one", "A/result/indicator", "reference[1]", "../reference[1]")
    for number, value in (("8.8", "baseline"), ("8.9", "period/target"), ("8.10", "period/actual")):
        numeric, qualitative = f"A/result/indicator[{NUMERIC}]/{value}", f"A/result/indicator[{QUALITATIVE}]/{value}"
        yield _rule(f"{number}.1", "atleast_one", numeric, "@value", said="rule-value")
        yield _then(f"{number}.2", "@value", "number(@value) = @value", "@value", where=numeric, said="rule-number")
        yield _then(f"{number}.3", "@value", "not(@value)", "@value", where=qualitative, said="rule-qualitative")


def _then(number: str, condition: str, then: str, *paths: str, where: str = "A", said: str = "", **facts: Any) -> Rule:
    """Where the first holds, the second must."""
    return _rule(
        number, "if_then", where, *paths, **{"if": condition, "then": then}, **facts, said=said or f"rule-{number}"
    )


RULES: Final = (
    *_identifiers(),
    *_information(),
    *_dates(),
    *_classifications(),
    *_places(),
    *_money(),
    *_results(),
)
