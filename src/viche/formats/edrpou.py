"""EDRPOU: the code of a legal person in Ukraine's Unified State Register (ЄДРПОУ), eight digits, the last a check digit."""

LENGTH = 8
_MODULUS = 11
_TEN = 10
_PLAIN = (1, 2, 3, 4, 5, 6, 7)
_SHIFTED = (7, 1, 2, 3, 4, 5, 6)
_SHIFTED_FROM, _SHIFTED_TO = 30_000_000, 60_000_000
_DIGITS = frozenset("0123456789")


def check_digit(stem: str) -> str:
    """The eighth digit for the first seven (ASCII digits).

    Source: the register's rule. The digits are weighted 1…7, in codes from 30000000 to 60000000 7, 1…6; the sum's
    remainder by 11 is the check digit. If it is 10, every weight grows by two; if it is 10 again, the digit is 0.
    """
    weights = _SHIFTED if _SHIFTED_FROM <= int(stem) * _TEN < _SHIFTED_TO else _PLAIN
    remainder = _remainder(stem, weights, 0)
    if remainder == _TEN:
        remainder = _remainder(stem, weights, 2) % _TEN
    return str(remainder)


def _remainder(stem: str, weights: tuple[int, ...], more: int) -> int:
    return sum(int(digit) * (weight + more) for digit, weight in zip(stem, weights, strict=True)) % _MODULUS


def fault(code: str) -> str | None:
    """What is wrong with a code, or None: "digits" (something is no digit), "length" (not eight), "check" (mistyped).

    The code is taken as it is: the caller strips spaces. Eight zeros pass the sum but belong to nobody: "check".
    """
    if not _DIGITS.issuperset(code):
        return "digits"
    if len(code) != LENGTH:
        return "length"
    if code[-1] != check_digit(code[:-1]) or not code.strip("0"):
        return "check"
    return None


def is_valid(code: str) -> bool:
    """Whether the code is eight digits with the right check digit."""
    return fault(code) is None


def org_id(code: str) -> str:
    """The organisation's identifier in open data, "UA-EDR-<code>"; ValueError for a faulty code.

    Source: list UA-EDR of org-id.guide, as used by IATI and 360Giving.
    """
    if why := fault(code):
        raise ValueError(f"not an EDRPOU code ({why}): {code!r}")
    return f"UA-EDR-{code}"
