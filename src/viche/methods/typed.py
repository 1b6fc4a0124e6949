"""What people type, read the way they meant it: numbers with spaces and commas, dates with dots, lengths in letters.

Every function takes any text and raises nothing; what cannot be read is None.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f']+")
_MINUS = str.maketrans(dict.fromkeys("−–—‐‑‒", "-"))
_CURRENCY = re.compile(r"(?:грн\.?|гривень|гривні|гривня|₴|uah)$", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,20}(?:[.,][0-9]{1,6})?|[.,][0-9]{1,6})")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,6}|[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]{1,6}")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DOTTED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
# Blanks between words, those that hold words together left out.
_BLANKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")
# What no database keeps, and what no eye sees: signs of no width, and those that turn the direction of a line.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
# Signs that are one to the eye and one to the machine: all of an ordinary text.
_SIMPLE = re.compile(
    "[\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2116]*"
)
_KEY = re.compile(r"[1-9][0-9]{0,17}")  # within what a database counts to
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
KOPECK = Decimal("0.01")
_KOPECK_DIGITS = -2
_WIDE = Context(prec=80)  # two figures of forty digits multiplied, where the default of 28 would raise


def clean(text: str) -> str:
    """The same text as a database can keep it: no control signs, none that is not seen, no halves of signs, one kind of line end, NFC."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def line(text: str) -> str:
    """The same text in one line: line ends, tabs and runs of blanks become one blank, none stands at the ends."""
    return _BLANKS.sub(" ", text).strip()


def length(text: str) -> int:
    """How many signs a person sees: "й" is one however it is coded, a family emoji is one, a line end is one."""
    text = text.replace("\r\n", "\n")
    if _SIMPLE.fullmatch(text):
        return len(text)
    count, joined, flag = 0, False, False
    for sign in unicodedata.normalize("NFC", text):
        if sign == "\u200d":
            joined = True
            continue
        if unicodedata.category(sign) in {"Mn", "Me", "Cf", "Cc"} and sign not in "\n\t":
            continue
        if "\U0001f3fb" <= sign <= "\U0001f3ff":  # a skin tone colours the sign before it
            continue
        if "\U0001f1e6" <= sign <= "\U0001f1ff":  # two letters of a flag are one sign
            flag = not flag
            count += flag
            continue
        flag = False
        count += not joined
        joined = False
    return count


def number(text: str) -> Decimal | None:
    """Read "62 000", "4 500,50", "1.234,50", "−35", "180 000 ₴"; None when it is no number."""
    text = _CURRENCY.sub("", _SPACES.sub("", text.translate(_MINUS)))
    if _THOUSANDS.fullmatch(text):
        last = max(text.rfind("."), text.rfind(","))
        return Decimal(text[:last].replace(".", "").replace(",", "") + "." + text[last + 1 :])
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    return None


def money(text: str) -> Decimal | None:
    """Read a sum; None also for "180.000" and "1,2345": kopecks have two digits, and nobody knows what three mean."""
    value = number(text)
    if value is None or int(value.as_tuple().exponent) < _KOPECK_DIGITS:
        return None
    return value


def day(text: str) -> date | None:
    """Read "2026-11-21", "21.11.2026", "1/2/2026"; None when there is no such day."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, number_of_day = (int(part) for part in found.groups())
    elif found := _DOTTED.fullmatch(text):
        number_of_day, month, year = (int(part) for part in found.groups())
    else:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, number_of_day)
    except ValueError:
        return None


def key(text: str) -> int | None:
    """Read the key of a row from an address or a button; None where no row has such a key."""
    return int(text) if _KEY.fullmatch(text) else None


def kopecks(value: Decimal) -> Decimal:
    """A sum rounded to kopecks, half up."""
    return value.quantize(KOPECK, rounding=ROUND_HALF_UP, context=_WIDE)
