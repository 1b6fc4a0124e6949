"""The words of the ledger: of what places sums are kept, and what packages say of the measures that they offer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Choices, IntegerChoices, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(IntegerChoices):
    """Of what places sums are kept."""

    WHOLE = 0, _("уся програма")
    OBLAST = 1, _("область")
    HROMADA = 2, _("громада")


class Unit(TextChoices):
    """What the numbers of a measure are."""

    COUNT = "count", _("штук")
    PEOPLE = "people", _("людей")
    MONEY = "money", _("гроші")


@dataclass(frozen=True)
class Measure:
    """What a package counts: its name, what the numbers are, and into which parts it is split.

    Money is offered without a currency ("paid") and kept with one ("paid.UAH"), because currencies never add up.
    """

    code: str
    name: str | Promise
    unit: Unit
    counts: str | Promise
    """What becomes a fact and when, in a sentence for the definition sheet."""
    dimensions: Mapping[str, type[Choices]] = field(default_factory=dict)
    """The parts by name: {"sex": Sex}; the values of the choices are the parts' values."""
    overlapping: frozenset[str] = frozenset()
    """Dimensions whose parts do not make up the whole: a person may belong to several groups."""
    is_stock: bool = False
    """Whether it is a level that stays until it changes: who joined in March takes part in May too."""
    knows_people: bool = False
    """Whether the ledger tells its people apart, so that each of them can be counted once."""
