"""The rows of a budget table, drawn as text: a table of forty rows has a hundred and twenty controls."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from viche.questionnaires import queries
from viche.questionnaires.queries import reading
from viche.ui import wording
from viche.ui.controls import attributes

FEWEST_ROWS = 3
INDEX, NUMBER = "__n__", "__no__"  # what the script replaces in the mould of a new row


@dataclass(frozen=True)
class Words:
    """What every row says, translated once for the table."""

    quantity: str
    price: str
    total: str
    remove: str
    labels: Mapping[str, str]

    @classmethod
    def now(cls) -> "Words":
        """The words in the language of the page."""
        return cls(
            quantity=escape(_("Кількість")),
            price=escape(_("Ціна, ₴")),
            total=escape(_("Сума, ₴")),
            remove=escape(_("Вилучити")),
            labels={
                "item": _("Рядок %(number)s: що купуєте"),
                "quantity": _("Рядок %(number)s: кількість"),
                "price": _("Рядок %(number)s: ціна, ₴"),
                "remove": _("Вилучити рядок %(number)s"),
            },
        )


class Table:
    """A budget table to draw: as typed, each fault at its cell, with blank rows to begin with."""

    def __init__(self, question: queries.OutlineQuestion, value: Any, faults: list[queries.Fault]) -> None:
        """Read the rows."""
        self.key = question.key
        self.wrong = {fault.cell: fault.sentence for fault in faults if fault.cell}
        self.rows = reading.rows(value)
        self.rows += [reading.Row("", "", "")] * (FEWEST_ROWS - len(self.rows))
        self.total = wording.number(reading.budget_total(value))

    @cached_property
    def words(self) -> Words:
        """What every row says."""
        return Words.now()

    @property
    def body(self) -> SafeString:
        """All rows."""
        return mark_safe("".join(self.row(str(n), str(n + 1), row) for n, row in enumerate(self.rows)))  # noqa: S308 — every part is escaped

    @property
    def mould(self) -> SafeString:
        """A blank row for the script to copy."""
        return mark_safe(self.row(INDEX, NUMBER, reading.Row("", "", "")))  # noqa: S308 — nothing typed

    def row(self, index: str, number: str, row: reading.Row) -> str:
        """One row with its button."""
        place, words = f"{self.key}-{index}", self.words
        remove = {
            "class": "button button--quiet",
            "type": "submit",
            "name": "remove",
            "value": place,
            "data-remove": True,
            "aria-label": words.labels["remove"] % {"number": number},
        }
        total = "—" if row.total is None else wording.number(row.total)
        return (
            f'<tr><th scope="row">{self.cell(index, number, "item", row.item)}</th>'
            f'<td data-name="{words.quantity}">{self.cell(index, number, "quantity", row.quantity)}</td>'
            f'<td data-name="{words.price}">{self.cell(index, number, "price", row.price)}</td>'
            f'<td class="num" data-name="{words.total}" data-product>{total}</td>'
            f"<td><button{attributes(remove)}>{words.remove}</button></td></tr>\n"
        )

    def cell(self, index: str, number: str, cell: str, value: str) -> str:
        """One control, and the sentence about what is wrong with it."""
        name, fault = f"{self.key}-{index}-{cell}", self.wrong.get(f"{index}-{cell}")
        counts = cell != "item"
        given = {
            "class": "input input--money" if counts else "input",
            "id": f"id_{name}",
            "name": name,
            "inputmode": "decimal" if counts else None,
            "autocomplete": "off" if counts else None,
            "aria-label": self.words.labels[cell] % {"number": number},
            "value": value or None,
            "data-factor": counts,
            "aria-invalid": "true" if fault else None,
            "aria-describedby": f"e-id_{name}" if fault else None,
        }
        told = f'<span class="fault" id="e-id_{name}">{escape(fault)}</span>' if fault else ""
        return f"<input{attributes(given)}>{told}"
