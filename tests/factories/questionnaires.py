"""Forms and filled sheets for tests."""

from datetime import UTC, datetime, timedelta

from viche.questionnaires import operations, queries
from viche.questionnaires.models import Sheet, Version

MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)
CODE = "UA99010010000000001"  # of an invented hromada

GRANT = [
    {
        "title": "Організація",
        "intro": "Розкажіть, хто ви. Відповідайте так, як пояснили б сусідній громаді.",
        "questions": [
            {"key": "hromada", "kind": "hromada", "label": "Громада, у якій працюватимете"},
            {
                "key": "since",
                "kind": "date",
                "label": "З якого дня працює організація",
                "settings": {"last": "2024-12-31"},
            },
            {
                "key": "staff",
                "kind": "number",
                "label": "Скільки людей працює",
                "settings": {"least": 1, "most": 500, "whole": True},
            },
            {
                "key": "experience",
                "kind": "choice",
                "label": "Чи вели ви вже проєкти з громадою",
                "settings": {"options": ["Ще ні", "Один або два", "Три й більше"]},
            },
        ],
    },
    {
        "title": "Проєкт",
        "questions": [
            {"key": "title", "kind": "short", "meaning": "title", "label": "Назва проєкту", "settings": {"limit": 120}},
            {
                "key": "summary",
                "kind": "long",
                "meaning": "summary",
                "label": "Коротко про проєкт",
                "help": "Що зміниться для людей і як ви це побачите.",
                "settings": {"limit": 600},
            },
            {
                "key": "audience",
                "kind": "several",
                "label": "Для кого проєкт",
                "settings": {"options": ["Молодь", "Люди 60+", "Переселенці", "Підприємці"]},
            },
            {
                "key": "after",
                "kind": "long",
                "required": False,
                "label": "Що лишиться після проєкту",
                "settings": {"limit": 1500},
            },
        ],
    },
    {
        "title": "Бюджет",
        "questions": [
            {
                "key": "budget",
                "kind": "budget",
                "meaning": "budget",
                "label": "На що витратите грант",
                "help": "Один рядок – одна покупка або послуга. Суми порахуємо за вас.",
            },
            {"key": "amount", "kind": "money", "meaning": "amount", "label": "Скільки просите, ₴"},
            {"key": "own", "kind": "money", "meaning": "own_share", "required": False, "label": "Власний внесок, ₴"},
        ],
    },
    {
        "title": "Додатки і заява",
        "questions": [
            {"key": "letter", "kind": "file", "required": False, "label": "Лист підтримки", "settings": {"most": 2}},
            {"key": "photos", "kind": "photos", "required": False, "label": "Як там зараз", "settings": {"most": 3}},
            {
                "key": "truth",
                "kind": "declaration",
                "label": "Заява",
                "settings": {"text": "Усе, що тут написано, правда, і громада про проєкт знає."},
            },
        ],
    },
]

ANSWERS = [
    {"hromada": CODE, "since": "01.09.2017", "staff": "4", "experience": "odyn_abo_dva"},
    {
        "title": "Світла читальня",
        "summary": "Бібліотека працюватиме й тоді, коли немає світла: станція, тепло, інтернет.",
        "audience": ["molod", "liudy_60"],
        "after": "",
    },
    {
        "budget": [
            {"item": "Зарядна станція 2 кВт·год", "quantity": "1", "price": "62 000"},
            {"item": "Гонорар тренерки", "quantity": "12", "price": "4 500"},
            {"item": "Проїзд учасниць із сіл", "quantity": "160", "price": "440"},
        ],
        "amount": "180 000",
        "own": "6400",
    },
    {"truth": True},
]


def version(
    outline=GRANT, *, name="Заявка на малий грант", owner_key="programme:1", at=MOMENT, frozen=False
) -> Version:
    """A version of a form, by default a realistic grant application with a question of every kind."""
    made = operations.create(name, owner_key=owner_key, at=at).versions.get()
    operations.write(made, outline, at=at)
    return operations.freeze(made, at=at) if frozen else made


def sheet(of: Version | None = None, *, at=MOMENT) -> Sheet:
    """An empty sheet of a frozen version."""
    return operations.begin(of or version(), at=at)


def fill(of: Sheet, answers=ANSWERS, *, by_id=None, at=MOMENT) -> Sheet:
    """Answer section by section; a section without answers is given {}."""
    for section, values in zip(queries.outline(of.version), answers, strict=False):
        operations.save(of, section, values, revision=0, by_id=by_id, at=at)
    return of


def filled(answers=ANSWERS, *, of: Version | None = None, at=MOMENT) -> queries.Filled:
    """A sheet on which everything is answered well, as `queries.filled` gives it."""
    return queries.filled(fill(sheet(of, at=at), answers, at=at))


def later(**span) -> datetime:
    """So much after `MOMENT`: `later(hours=1)`."""
    return MOMENT + timedelta(**span)
