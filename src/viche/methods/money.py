"""Sums of money: read as people type them, written as people read them.

A sum is a Decimal in whole units of its currency (hryvnias) with two places; nothing here is a float. Language is "uk"
or "en"; any other is written as "uk".
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

Why = Literal["empty", "not_number", "too_precise", "too_large"]

LARGEST: Final = Decimal("999999999999.99")
"""The largest sum that is read or kept: twelve digits before the comma, two after."""

NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
SIGNS: Final = {"UAH": "₴", "EUR": "€", "USD": "$", "PLN": "zł", "SEK": "kr", "GBP": "£"}
"""Signs of the currencies that programmes are paid in; another currency is written with its ISO 4217 code."""

_WHOLE_DIGITS = 12
_LONGEST = 60
_CENT = Decimal("0.01")
_CURRENCY = re.compile(r"(?:₴|грн\.?|гривень|гривні|uah)$", re.IGNORECASE)
_SPACES = "[ \u00a0\u2007\u2009\u202f]"
_NUMBER = re.compile(
    rf"(?P<minus>[-−–]{_SPACES}?)?(?P<whole>[0-9]+|[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+)(?:[.,](?P<part>[0-9]+))?"
)
_NOT_DIGIT = re.compile("[^0-9]")


class NotMoney(ValueError):  # noqa: N818 — read aloud: "raise NotMoney"
    """What was typed is no sum of money; `why` tells in one word what to say to the person."""

    def __init__(self, why: Why) -> None:
        """Keep the reason: "empty", "not_number", "too_precise" (parts of a kopiyka) or "too_large"."""
        super().__init__(why)
        self.why: Why = why


def parse(text: str) -> Decimal:
    """The sum a person typed, with two places: "180 000", "180000.50", "1 200,5 ₴", "−40"; or NotMoney.

    Thousands may be parted by one space of any kind, the fraction begins with a comma or a point, hryvnias may be named
    behind. Nothing is guessed: "180 00" is "not_number", and "1,200", which may mean two sums, is "too_precise".
    """
    typed = _CURRENCY.sub("", text.strip()).rstrip()
    if not typed:
        raise NotMoney("empty" if not text.strip() else "not_number")
    found = _NUMBER.fullmatch(typed) if len(typed) <= _LONGEST else None
    if found is None:
        raise NotMoney("not_number")
    whole = _NOT_DIGIT.sub("", found["whole"]).lstrip("0")
    part = found["part"] or ""
    if len(part) > len("00"):
        raise NotMoney("too_precise")
    if len(whole) > _WHOLE_DIGITS:
        raise NotMoney("too_large")
    amount = Decimal(f"{whole or '0'}.{part:0<2}")
    return -amount if found["minus"] and amount else amount


def write(amount: Decimal | int, currency: str = "UAH", language: str = "uk") -> str:
    """The sum for a person: "148 500 ₴", "−1 200,50 €"; in English "₴148,500", "−€1,200.50".

    Kopiykas stand only when there are any (rounded half up); spaces are U+00A0 and the minus is U+2212.
    """
    minus, whole, cents = _parts(amount)
    if language == "en":
        sign = SIGNS.get(currency, currency)
        gap = NBSP if sign.isalpha() else ""
        return f"{minus}{sign}{gap}{whole:,}" + (f".{cents:02}" if cents else "")
    figure = f"{whole:,}".replace(",", NBSP) + (f",{cents:02}" if cents else "")
    return f"{minus}{figure}{NBSP}{SIGNS.get(currency, currency)}"


def _parts(amount: Decimal | int) -> tuple[str, int, int]:
    """Minus sign or nothing, whole units, hundredths."""
    if isinstance(amount, int):
        return MINUS if amount < 0 else "", abs(amount), 0
    cents = int(amount.quantize(_CENT, ROUND_HALF_UP).scaleb(2))
    return MINUS if cents < 0 else "", *divmod(abs(cents), 100)


def total(rows: Iterable[Decimal | int | None]) -> Decimal:
    """The sum of the rows of a table with two places; a row not filled in (None) adds nothing, no rows give 0.00."""
    return sum((Decimal(row) for row in rows if row is not None), Decimal(0)).quantize(_CENT, ROUND_HALF_UP)


_UNITS: Final = {
    "uk": ("", f"{NBSP}тис.", f"{NBSP}млн", f"{NBSP}млрд"),
    "en": ("", f"{NBSP}thousand", f"{NBSP}million", f"{NBSP}billion"),
}
_THOUSAND_IN_TENTHS = 10_000


def short(amount: Decimal | int, language: str = "uk") -> str:
    """The sum in a few characters, without currency: "14,2 млн", "180 тис.", "950"; in English "14.2 million".

    One place, half up, left out when zero, none below a thousand; the next unit begins where the rounded figure of the
    smaller one would read 1 000.
    """
    exact = abs(Decimal(amount))
    units = _UNITS.get(language, _UNITS["uk"])
    tenths, power = int(exact.to_integral_value(ROUND_HALF_UP)) * 10, 0
    while tenths >= _THOUSAND_IN_TENTHS and power < len(units) - 1:
        power += 1
        tenths = int((exact * 10).scaleb(-3 * power).to_integral_value(ROUND_HALF_UP))
    whole, tenth = divmod(tenths, 10)
    minus = MINUS if amount < 0 and tenths else ""
    figure = f"{whole:,}" + (f".{tenth}" if tenth else "")
    if units is _UNITS["uk"]:
        figure = figure.replace(",", NBSP).replace(".", ",")
    return f"{minus}{figure}{units[power]}"
