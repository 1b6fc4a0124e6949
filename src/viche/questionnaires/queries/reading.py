"""What was typed in answer to a question, read as a value: None where nothing, or nothing readable, was typed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from viche.methods import typed
from viche.questionnaires.choices import FILES, NUMBERS, TEXTS, Meaning, QuestionKind
from viche.questionnaires.queries.outlines import OutlineQuestion

CELLS = ("item", "quantity", "price")


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
        quantity, price = typed.number(self.quantity), typed.number(self.price)
        if quantity is None or price is None or quantity <= 0 or price < 0:
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
    if is_empty(question, value):
        return None
    if question.kind in TEXTS:
        return text(value).strip()
    if question.kind in NUMBERS:
        return typed.number(text(value))
    if question.kind == QuestionKind.DATE:
        return typed.day(text(value))
    if question.kind == QuestionKind.BUDGET:
        return budget_total(value)
    if question.kind == QuestionKind.DECLARATION:
        return True
    if question.kind in FILES or question.kind == QuestionKind.SEVERAL:
        return texts(value)
    return text(value)


def blank(question: OutlineQuestion) -> Any:
    """What an unanswered question holds."""
    if question.kind == QuestionKind.DECLARATION:
        return False
    if question.kind in FILES or question.kind in {QuestionKind.SEVERAL, QuestionKind.BUDGET}:
        return []
    return ""


SUMS = (Meaning.AMOUNT, Meaning.OWN_SHARE, Meaning.BUDGET)
