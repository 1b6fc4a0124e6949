"""Plain data of a form made whole, or refused with a sentence: what `write` and the office's editor let through."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from viche.methods import typed, words
from viche.methods.refusals import Refused
from viche.questionnaires.choices import (
    MEANING_KINDS,
    OPTIONS,
    RESERVED_KEYS,
    TEXTS,
    Meaning,
    QuestionKind,
)

KEY_LENGTH = 40
# What the settings of each kind may hold.
SETTINGS: dict[str, tuple[str, ...]] = {
    QuestionKind.SHORT: ("limit",),
    QuestionKind.LONG: ("limit",),
    QuestionKind.NUMBER: ("least", "most", "whole"),
    QuestionKind.MONEY: ("least", "most"),
    QuestionKind.DATE: ("first", "last"),
    QuestionKind.CHOICE: ("options",),
    QuestionKind.SEVERAL: ("options",),
    QuestionKind.FILE: ("most",),
    QuestionKind.PHOTOS: ("most",),
    QuestionKind.HROMADA: (),
    QuestionKind.BUDGET: ("rows",),
    QuestionKind.DECLARATION: ("text",),
}
MOST_OPTIONS = 60
GREATEST = {"limit": 20_000, "most": 20, "rows": 200}


def question(given: Mapping[str, Any], taken: Iterable[str] = ()) -> dict[str, Any]:
    """One question made whole: known kind, a key of its own, settings of its kind, a meaning that fits."""
    label = typed.clean(str(given.get("label", ""))).strip()
    kind = str(given.get("kind", ""))
    if not label:
        raise Refused(_("Напишіть запитання."), field="label")
    if len(label) > 300:  # noqa: PLR2004 — the width of the column
        raise Refused(_("Запитання задовге: вміщується до 300 знаків. Решту перенесіть у пояснення."), field="label")
    if kind not in QuestionKind.values:
        raise Refused(_("Виберіть, яку відповідь ви чекаєте."), field="kind")
    meaning = str(given.get("meaning") or "")
    if meaning and kind not in MEANING_KINDS.get(meaning, ()):
        named = Meaning(meaning).label if meaning in Meaning.values else meaning
        raise Refused(_("«%(meaning)s» не може бути відповіддю такого виду.") % {"meaning": named}, field="meaning")
    return {
        "key": key_for(str(given.get("key") or ""), label, set(taken)),
        "kind": kind,
        "meaning": meaning,
        "label": label,
        "help": typed.clean(str(given.get("help") or "")).strip(),
        "required": bool(given.get("required", True)),
        "settings": settings(kind, given.get("settings") or {}),
    }


def key_for(wanted: str, label: str, taken: set[str]) -> str:
    """The key as wanted, or one made of the label; never one that is taken or the name of a button.

    Without hyphens: these part a key from the cell of a table and from the code of a picker in the names of controls.
    """
    base = words.slug(wanted or label).replace("-", "_")[: KEY_LENGTH - 4].strip("_") or "q"
    key, number = base, 2
    while key in taken or key in RESERVED_KEYS:
        key, number = f"{base}_{number}", number + 1
    return key


def settings(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that the kind knows, each checked; others are dropped."""
    kept = {name: given[name] for name in SETTINGS[kind] if given.get(name) not in (None, "")}
    if kind in OPTIONS:
        return {"options": options(kept.get("options", []))}
    if kind == QuestionKind.DECLARATION:
        text = typed.clean(str(kept.get("text", ""))).strip()
        if not text:
            raise Refused(_("Напишіть текст заяви: під ним ставитимуть позначку."), field="text")
        return {"text": text}
    if kind in {QuestionKind.NUMBER, QuestionKind.MONEY}:
        return _bounds(kind, kept)
    if kind == QuestionKind.DATE:
        return _days(kept)
    return {name: _count(name, value, kind) for name, value in kept.items()}


def options(given: Iterable[Any]) -> list[dict[str, str]]:
    """The options of a choice: at least two, each with a value that is not taken."""
    kept: list[dict[str, str]] = []
    for option in given:
        label, value = (
            (option.get("label", ""), option.get("value", "")) if isinstance(option, Mapping) else (option, "")
        )
        label = typed.clean(str(label)).strip()
        if label:
            taken = {other["value"] for other in kept}
            kept.append({"value": key_for(str(value), label, taken), "label": label})
    if len({option["label"].casefold() for option in kept}) < len(kept):
        raise Refused(_("Два варіанти однакові: залиште один."), field="options")
    if len(kept) < 2:  # noqa: PLR2004 — one option is no choice
        raise Refused(_("Напишіть щонайменше два варіанти, кожен з нового рядка."), field="options")
    if len(kept) > MOST_OPTIONS:
        raise Refused(_("Варіантів забагато: вміщується до %(most)s.") % {"most": MOST_OPTIONS}, field="options")
    return kept


def _bounds(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    read: dict[str, Decimal] = {}
    for name in ("least", "most"):
        if name in given:
            number = typed.number(str(given[name]))
            if number is None or abs(number) >= Decimal(10) ** 12:
                raise Refused(_("Напишіть число цифрами, наприклад 1200."), field=name)
            read[name], kept[name] = number, f"{number:f}"
    if len(read) == 2 and read["least"] > read["most"]:  # noqa: PLR2004 — both
        raise Refused(_("Найбільше не може бути меншим за найменше."), field="most")
    if kind == QuestionKind.NUMBER and given.get("whole"):
        kept["whole"] = True
    return kept


def _days(given: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for name, value in given.items():
        day = typed.day(str(value))
        if day is None:
            raise Refused(_("Такої дати немає. Напишіть день, місяць і рік, наприклад 21.11.2026."), field=name)
        kept[name] = day.isoformat()
    if len(kept) == 2 and kept["first"] > kept["last"]:  # noqa: PLR2004 — both
        raise Refused(_("Остання дата не може бути ранішою за першу."), field="last")
    return kept


def _count(name: str, value: Any, kind: str) -> int:
    number = typed.number(str(value))
    most = GREATEST[name]
    if number is None or number != number.to_integral_value() or not 1 <= number <= most:
        if kind in TEXTS:
            raise Refused(_("Скільки знаків вміщується: від 1 до %(most)s.") % {"most": most}, field=name)
        raise Refused(_("Напишіть ціле число від 1 до %(most)s.") % {"most": most}, field=name)
    return int(number)


def section(given: Mapping[str, Any]) -> dict[str, str]:
    """Title and introduction of a section."""
    title = typed.clean(str(given.get("title", ""))).strip()
    if not title:
        raise Refused(_("Назвіть розділ."), field="title")
    if len(title) > 200:  # noqa: PLR2004 — the width of the column
        raise Refused(_("Назва розділу задовга: вміщується до 200 знаків."), field="title")
    return {"title": title, "intro": typed.clean(str(given.get("intro") or "")).strip()}


def meaning_is_free(meaning: str, taken: Mapping[str, str]) -> None:
    """Refuse a meaning that another question of the version has; `taken` tells its label."""
    if meaning and meaning in taken:
        words_ = _("«%(meaning)s» уже означає запитання «%(label)s». У формі таке запитання лише одне.")
        raise Refused(words_ % {"meaning": Meaning(meaning).label, "label": taken[meaning]}, field="meaning")
