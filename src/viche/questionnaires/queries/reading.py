"""What was typed in answer to a question, read as a value: None where nothing, or nothing readable, was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from viche.methods import typed
from viche.places import queries as places
from viche.places.models import Hromada
from viche.questionnaires.choices import FILES, TEXTS, Meaning, QuestionKind
from viche.questionnaires.queries.outlines import OutlineQuestion

CELLS = ("item", "quantity", "price")
BIGGEST = Decimal(10) ** 12
"""A figure from here on has digits too many, and is no answer."""


@dataclass(frozen=True)
class Row:
    """One row of a budget table: the cells as typed, and what they come to; `total` is None while a cell is wrong."""

    item: str
    quantity: str
    price: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed in the row."""
        return not (self.item.strip() or self.quantity.strip() or self.price.strip())

    @property
    def total(self) -> Decimal | None:
        """Quantity by price, to the kopeck."""
        quantity, price = typed.number(self.quantity), typed.money(self.price)
        if quantity is None or price is None or not 0 < quantity < BIGGEST or not 0 <= price < BIGGEST:
            return None
        return typed.kopecks(quantity * price)


def rows(value: Any) -> list[Row]:
    """The rows of a budget table as typed, blank ones included; whatever is no row is left out."""
    if not isinstance(value, list):
        return []
    return [Row(*(text(row.get(cell)) for cell in CELLS)) for row in value if isinstance(row, dict)]


def budget_total(value: Any) -> Decimal:
    """What the good rows of a budget table come to."""
    return sum((row.total for row in rows(value) if row.total is not None), Decimal(0))


def hromadas(value: Any) -> list[Hromada]:
    """The hromadas that the answer may mean: one when it is certain; a picked one comes as its code."""
    typed_text = text(value).strip()
    known = places.hromada_by_code(typed_text) if typed_text.startswith("UA") else None
    return [known] if known else [found.hromada for found in places.meant(typed_text)]


def text(value: Any) -> str:
    """A text as typed; anything else is no text."""
    return value if isinstance(value, str) else ""


def texts(value: Any) -> list[str]:
    """A list of texts: keys of files, chosen values."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def is_empty(question: OutlineQuestion, value: Any) -> bool:
    """Whether the question is still without any answer, right or wrong."""
    if question.kind == QuestionKind.DECLARATION:
        return value is not True
    if question.kind == QuestionKind.BUDGET:
        return all(row.is_blank for row in rows(value))
    if question.kind in FILES or question.kind == QuestionKind.SEVERAL:
        return not texts(value)
    return not text(value).strip()


def meant(question: OutlineQuestion, value: Any) -> str | Decimal | date | bool | list[str] | None:
    """The answer as a value of its kind; a budget table is its total."""
    return None if is_empty(question, value) else READERS[QuestionKind(question.kind)](value)


def blank(question: OutlineQuestion) -> Any:
    """What an unanswered question holds."""
    if question.kind == QuestionKind.DECLARATION:
        return False
    if question.kind in FILES or question.kind in {QuestionKind.SEVERAL, QuestionKind.BUDGET}:
        return []
    return ""


def _code(value: Any) -> str | None:
    found = hromadas(value)
    return found[0].code if len(found) == 1 else None


READERS: dict[QuestionKind, Callable[[Any], Any]] = {
    **dict.fromkeys(TEXTS, lambda value: text(value).strip()),
    QuestionKind.NUMBER: lambda value: typed.number(text(value)),
    QuestionKind.MONEY: lambda value: typed.money(text(value)),
    **dict.fromkeys(FILES, texts),
    QuestionKind.DATE: lambda value: typed.day(text(value)),
    QuestionKind.CHOICE: text,
    QuestionKind.SEVERAL: texts,
    QuestionKind.HROMADA: _code,
    QuestionKind.BUDGET: budget_total,
    QuestionKind.DECLARATION: lambda value: value is True,
}
SUMS = (Meaning.AMOUNT, Meaning.OWN_SHARE, Meaning.BUDGET)
