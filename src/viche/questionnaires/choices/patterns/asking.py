"""How patterns are written: questions and sections as plain data, and texts that several of them have."""

from typing import Any

Data = list[dict[str, Any]]


def ask(
    kind: str, label: str, about: str = "", *, key: str, required: bool = True, meaning: str = "", **settings: Any
) -> dict[str, Any]:
    """One question as plain data."""
    return {
        "kind": kind,
        "label": label,
        "help": about,
        "key": key,
        "required": required,
        "meaning": meaning,
        "settings": settings,
    }


def part(title: str, intro: str, *questions: dict[str, Any]) -> dict[str, Any]:
    """One section as plain data."""
    return {"title": title, "intro": intro, "questions": list(questions)}


TRUTH = "Усе, що тут написано, правда. Ми знаємо, що програма може перевірити витрати й побувати на місці."
CONSENT = "Люди, названі в цій формі, знають про це й погодилися, щоб програма до них звернулася."
COSTS = "Один рядок – одна покупка або послуга. Суми порахуємо за вас."
