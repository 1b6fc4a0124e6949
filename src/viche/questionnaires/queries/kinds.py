"""What is wrong with one answer, in sentences that say by how much and what to do. Only hromadas are looked up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.methods import typed
from viche.questionnaires.choices import (
    ITEM_LIMIT,
    LONG_LIMIT,
    MOST_FILES,
    MOST_ROWS,
    SHORT_LIMIT,
    TEXTS,
    Meaning,
    QuestionKind,
)
from viche.questionnaires.queries import reading
from viche.questionnaires.queries.outlines import OutlineQuestion
from viche.ui import wording

Limits = Mapping[str, tuple[Decimal | None, Decimal | None]]
BIGGEST = reading.BIGGEST


@dataclass(frozen=True)
class Wrong:
    """A sentence and, in a budget table, its cell."""

    sentence: str
    cell: str = ""


def judge(question: OutlineQuestion, value: Any, limits: Limits | None = None) -> list[Wrong]:
    """All that is wrong with one answer; nothing for a good one or an empty one that may be empty."""
    if reading.is_empty(question, value):
        return [Wrong(missing(question))] if question.required else []
    return list(JUDGES[question.kind](question, value, limits or {}))


def missing(question: OutlineQuestion) -> str:
    """What to do about a required question without an answer."""
    return {
        QuestionKind.SHORT: _("Напишіть відповідь."),
        QuestionKind.LONG: _("Напишіть відповідь."),
        QuestionKind.NUMBER: _("Напишіть число."),
        QuestionKind.MONEY: _("Напишіть суму."),
        QuestionKind.DATE: _("Напишіть дату, наприклад 21.11.2026."),
        QuestionKind.CHOICE: _("Виберіть відповідь."),
        QuestionKind.SEVERAL: _("Виберіть хоча б одну відповідь."),
        QuestionKind.FILE: _("Додайте файл."),
        QuestionKind.PHOTOS: _("Додайте хоча б одну фотографію."),
        QuestionKind.HROMADA: _("Виберіть громаду."),
        QuestionKind.BUDGET: _("Заповніть хоча б один рядок."),
        QuestionKind.DECLARATION: _("Поставте позначку: без неї подати не можна."),
    }[QuestionKind(question.kind)]


def limit_of(question: OutlineQuestion) -> int:
    """How many signs fit."""
    return question.settings.get("limit") or (SHORT_LIMIT if question.kind == QuestionKind.SHORT else LONG_LIMIT)


def bounds(question: OutlineQuestion, limits: Limits) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most: the question's own, narrowed by the limits given for its meaning."""
    own = [_decimal(question.settings.get(name)) for name in ("least", "most")]
    given = limits.get(question.meaning, (None, None)) if question.meaning else (None, None)
    least = max((bound for bound in (own[0], given[0]) if bound is not None), default=None)
    most = min((bound for bound in (own[1], given[1]) if bound is not None), default=None)
    return least, most


def _decimal(bound: Any) -> Decimal | None:
    return None if bound in (None, "") else Decimal(str(bound))


def _text(question: OutlineQuestion, value: Any, _limits: Limits) -> Iterator[Wrong]:
    limit, text = limit_of(question), value.strip()
    if (
        len(text) > limit and (now := typed.length(text)) > limit
    ):  # what a person counts is never more than what is coded
        yield Wrong(over(now - limit, limit))


def over(signs: int, limit: int) -> str:
    """Say by how many signs a text is too long."""
    return ngettext(
        "Скоротіть на %(over)s знак: вміщується до %(limit)s.",
        "Скоротіть на %(over)s знаки: вміщується до %(limit)s.",
        signs,
    ) % {"over": wording.number(signs), "limit": wording.number(limit)}


def _number(question: OutlineQuestion, value: Any, limits: Limits) -> Iterator[Wrong]:
    read = typed.number(value)
    if read is None:
        yield Wrong(_("Напишіть число цифрами, наприклад 1200."))
        return
    if abs(read) >= BIGGEST:
        yield Wrong(_("Число завелике: перевірте, чи немає зайвих цифр."))
        return
    least, most = bounds(question, limits)
    if question.settings.get("whole") and read != read.to_integral_value():
        yield Wrong(_("Тут потрібне ціле число."))
    elif least == 0 and read < 0:
        yield Wrong(_("Число не може бути від’ємним."))
    elif least is not None and read < least:
        words = _("Найменше – %(bound)s, бракує %(apart)s.")
        yield Wrong(words % {"bound": wording.number(least), "apart": wording.number(least - read)})
    elif most is not None and read > most:
        words = _("Найбільше – %(bound)s. Зменште на %(apart)s.")
        yield Wrong(words % {"bound": wording.number(most), "apart": wording.number(read - most)})


def _money(question: OutlineQuestion, value: Any, limits: Limits) -> Iterator[Wrong]:
    read = typed.number(value)
    if read is None:
        yield Wrong(_("Напишіть суму цифрами, наприклад 180 000."))
    elif read < 0:
        yield Wrong(_("Сума не може бути від’ємною."))
    elif typed.money(value) is None:
        yield Wrong(_("Після коми пишуть копійки, дві цифри. Якщо це тисячі, відділіть їх пробілом: 180 000."))
    elif read >= BIGGEST:
        yield Wrong(_("Сума завелика: перевірте, чи немає зайвих цифр."))
    else:
        yield from _sum(question, read, limits)


def _sum(question: OutlineQuestion, read: Decimal, limits: Limits) -> Iterator[Wrong]:
    least, most = bounds(question, limits)
    asks = question.meaning == Meaning.AMOUNT
    if least is not None and read < least:
        said = {"bound": wording.money(least), "apart": wording.money(least - read)}
        if asks:
            yield Wrong(_("Ви просите на %(apart)s менше, ніж дозволяє конкурс: найменша сума – %(bound)s.") % said)
        else:
            yield Wrong(_("Найменша сума – %(bound)s, бракує %(apart)s.") % said)
    if most is not None and read > most:
        said = {"bound": wording.money(most), "apart": wording.money(read - most)}
        if asks:
            yield Wrong(_("Ви просите на %(apart)s більше, ніж дозволяє конкурс: найбільша сума – %(bound)s.") % said)
        else:
            yield Wrong(_("Найбільша сума – %(bound)s. Зменште на %(apart)s.") % said)


def _date(question: OutlineQuestion, value: Any, _limits: Limits) -> Iterator[Wrong]:
    read = typed.day(value)
    first, last = (typed.day(str(question.settings.get(name) or "")) for name in ("first", "last"))
    if read is None:
        yield Wrong(_("Такої дати немає. Напишіть день, місяць і рік, наприклад 21.11.2026."))
    elif first and read < first:
        yield Wrong(wording.sentence(_("Найраніша дата – %(day)s.") % {"day": wording.day(first)}))
    elif last and read > last:
        yield Wrong(wording.sentence(_("Найпізніша дата – %(day)s.") % {"day": wording.day(last)}))


def _choice(question: OutlineQuestion, value: Any, _limits: Limits) -> Iterator[Wrong]:
    chosen = reading.texts(value) if question.kind == QuestionKind.SEVERAL else [value]
    if not {option["value"] for option in question.options}.issuperset(chosen):
        yield Wrong(_("Такого варіанта немає. Виберіть один із запропонованих."))


def _files(question: OutlineQuestion, value: Any, _limits: Limits) -> Iterator[Wrong]:
    most, now = most_files(question), len(reading.texts(value))
    if now > most:
        words = ngettext(
            "Можна додати %(most)s файл, а у вас %(now)s: вилучіть зайве.",
            "Можна додати до %(most)s файлів, а у вас %(now)s: вилучіть зайве.",
            most,
        )
        yield Wrong(words % {"most": most, "now": now})


def most_files(question: OutlineQuestion) -> int:
    """How many files may be added."""
    return question.settings.get("most") or MOST_FILES


def _hromada(_question: OutlineQuestion, value: Any, _limits: Limits) -> Iterator[Wrong]:
    found = reading.hromadas(value)
    if not found:
        yield Wrong(_("Такої громади не знайшли. Перевірте назву або почніть із назви центру."))
    elif len(found) > 1:
        yield Wrong(_("Так називаються кілька громад. Виберіть вашу."))


def _budget(question: OutlineQuestion, value: Any, _limits: Limits) -> Iterator[Wrong]:
    most = question.settings.get("rows") or MOST_ROWS
    table = reading.rows(value)
    filled = sum(not row.is_blank for row in table)
    if filled > most:
        words = ngettext(
            "У таблиці %(now)s рядок, а вміщується до %(most)s: об’єднайте схожі витрати.",
            "У таблиці %(now)s рядки, а вміщується до %(most)s: об’єднайте схожі витрати.",
            filled,
        )
        yield Wrong(words % {"now": filled, "most": most})
    for place, row in enumerate(table):
        if not row.is_blank:
            yield from (Wrong(sentence, f"{place}-{cell}") for cell, sentence in row_faults(row))


def row_faults(row: reading.Row) -> Iterator[tuple[str, str]]:
    """What is wrong with the cells of one row that is not blank: (cell, sentence)."""
    if not row.item.strip():
        yield "item", _("Напишіть, що купуєте.")
    elif len(row.item) > ITEM_LIMIT and (now := typed.length(row.item.strip())) > ITEM_LIMIT:
        yield "item", over(now - ITEM_LIMIT, ITEM_LIMIT)
    if wrong := _quantity(row.quantity):
        yield "quantity", wrong
    if wrong := _price(row.price):
        yield "price", wrong


def _quantity(cell: str) -> str:
    quantity = typed.number(cell)
    if not cell.strip():
        return _("Напишіть кількість.")
    if quantity is None:
        return _("Кількість пишіть цифрами.")
    if quantity <= 0:
        return _("Кількість має бути більшою за нуль.")
    return _("Кількість завелика: перевірте, чи немає зайвих цифр.") if quantity >= BIGGEST else ""


def _price(cell: str) -> str:
    price = typed.number(cell)
    if not cell.strip():
        return _("Напишіть ціну.")
    if price is None:
        return _("Ціну пишіть цифрами, наприклад 4 500.")
    if price < 0:
        return _("Ціна не може бути від’ємною.")
    if typed.money(cell) is None:
        return _("Після коми пишуть копійки, дві цифри. Якщо це тисячі, відділіть їх пробілом: 4 500.")
    return _("Ціна завелика: перевірте, чи немає зайвих цифр.") if price >= BIGGEST else ""


def _declaration(_question: OutlineQuestion, _value: Any, _limits: Limits) -> Iterator[Wrong]:
    yield from ()


JUDGES = {
    **dict.fromkeys(TEXTS, _text),
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: _money,
    QuestionKind.DATE: _date,
    QuestionKind.CHOICE: _choice,
    QuestionKind.SEVERAL: _choice,
    QuestionKind.FILE: _files,
    QuestionKind.PHOTOS: _files,
    QuestionKind.HROMADA: _hromada,
    QuestionKind.BUDGET: _budget,
    QuestionKind.DECLARATION: _declaration,
}
