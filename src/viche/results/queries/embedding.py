"""A figure as other sites show it: one live number as everybody may know it, with its unit, its day, its page."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from viche.facts.queries.figures import Asked
from viche.results.models import Indicator
from viche.results.queries import board, contents, splits
from viche.results.queries.board import Counted


@dataclass(frozen=True)
class Shown:
    """The number with all that stands around it."""

    counted: Counted
    on: date

    @property
    def indicator(self) -> Indicator:
        """Of which indicator it is."""
        return self.counted.indicator

    @property
    def said(self) -> str:
        """The number for people."""
        number = contents.said(self.indicator, self.counted.value)
        return splits.incomplete(number, self.counted.value, self.counted.lacking)

    @property
    def target_said(self) -> str:
        """The target for people; empty where there is none."""
        return "" if self.counted.target is None else contents.said(self.indicator, self.counted.target)

    @property
    def unit(self) -> str:
        """The unit; nothing beside money, whose sign says it."""
        return "" if self.said.endswith(tuple("₴€$")) else self.indicator.unit_called

    @property
    def address(self) -> str:
        """The page of the figure, from which it opens down to its records."""
        return f"{settings.SITE_ADDRESS}{self.indicator.get_absolute_url()}"

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
            "is_at_least": bool(counted.lacking),
            "target": counted.target,
            "percent": counted.percent,
            "date": self.on.isoformat(),
            "text": " ".join(filter(None, (self.said, self.unit))),
            "url": self.address,
            "is_invented": settings.DEMO,
        }


def shown(one: Indicator, *, on: date) -> Shown:
    """What an indicator has come to since the beginning of its programme. Five queries at most."""
    (counted,) = board.counted([one], Asked.ever(one.programme_id), is_office=False, on=on)
    return Shown(counted, on)
