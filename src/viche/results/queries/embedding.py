"""A figure as other sites show it: one live number as everybody may know it, with its unit, its day, its page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from viche.methods import units
from viche.results.choices import IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import board, contents, splits
from viche.results.queries.asking import Chosen
from viche.results.queries.board import Counted


@dataclass(frozen=True)
class Shown:
    """The number with all that stands around it."""

    counted: Counted
    on: date
    chosen: Chosen

    @property
    def indicator(self) -> Indicator:
        """Of which indicator it is."""
        return self.counted.indicator

    @property
    def said(self) -> str:
        """The number for people."""
        return splits.told(self.counted, contents.said(self.indicator, self.counted.value))

    @property
    def target_said(self) -> str:
        """The target for people; empty where there is none."""
        return "" if self.counted.target is None else contents.said(self.indicator, self.counted.target)

    @property
    def unit(self) -> str:
        """The unit as it goes with the number; nothing beside money, whose sign says it."""
        return (
            "" if self.said.endswith(tuple("₴€$")) else units.declined(self.indicator.unit_called, self.counted.value)
        )

    @property
    def address(self) -> str:
        """The page of the figure, from which it opens down to its records."""
        return f"{settings.SITE_ADDRESS}{self.indicator.get_absolute_url()}{self.chosen.query(show='')}"

    @property
    def about(self) -> str:
        """Of which months and place it is, where it is not of all."""
        when, where = self.chosen.when, self.chosen.where
        return ", ".join(filter(None, ("" if when.is_ever else when.label, where.label)))

    @property
    def most(self) -> Decimal:
        """The end of the scale of its bar."""
        return max(self.counted.value or Decimal(0), self.counted.target or Decimal(0))

    @property
    def plain(self) -> dict[str, object]:
        """The same for programs."""
        one, counted = self.indicator, self.counted
        return {
            "code": one.code,
            "programme": one.programme.code,
            "name": one.called,
            "unit": one.unit_called,
            "value": counted.value,
            "is_complete": counted.is_complete,
            "is_at_least": not counted.is_complete and one.kind != IndicatorKind.RATIO,
            "target": counted.target,
            "percent": counted.percent,
            "date": self.on.isoformat(),
            "period": self.chosen.when.label,
            "place": self.chosen.where.label,
            "text": " ".join(filter(None, (self.said, self.unit))),
            "url": self.address,
            "is_invented": settings.DEMO,
        }


def shown(one: Indicator, chosen: Chosen, *, on: date) -> Shown:
    """What an indicator comes to in the months and the place asked for. Two queries."""
    when = {"period": chosen.when.period, "is_aimed": chosen.is_aimed}
    (counted,) = board.counted([one], chosen.asked, is_office=False, on=on, **when)
    return Shown(counted, on, chosen)
