"""The value of an indicator in words."""

from decimal import Decimal

from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import sources
from viche.ui import wording


def currency_of(one: Indicator) -> str:
    """The currency of an indicator that counts money; empty for all others."""
    is_sum = one.kind == IndicatorKind.COUNTED and one.how == How.SUM
    return sources.currency_of(one.measure) if is_sum else ""


def said(one: Indicator, value: Decimal | None) -> str | None:
    """A value in words: money with its sign, others as numbers; nothing where there is none."""
    if value is None:
        return None
    currency = currency_of(one)
    return wording.money(value, currency) if currency else wording.number(value)
