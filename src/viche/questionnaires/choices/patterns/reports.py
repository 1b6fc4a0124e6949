"""Reports to begin with."""

from viche.questionnaires.choices.patterns.asking import COSTS, TRUTH, Data, ask, part

# A report in the middle of the way.
INTERIM: Data = [
    part(
        "Що зроблено",
        "Від початку проєкту до сьогодні.",
        ask("long", "Що вже зроблено", key="done", meaning="done", limit=3000),
        ask("number", "Скільки людей уже скористалося", key="people", least=0, most=1000000, whole=True),
        ask(
            "choice",
            "Чи встигаєте за планом",
            key="pace",
            options=["Так", "Трохи відстаємо", "Потрібні зміни в плані"],
        ),
        ask("long", "Що завадило і що ви з цим зробили", key="obstacles", required=False, limit=1500),
        ask("photos", "Фотографії", "Людей на фото спитайте, чи вони згодні.", key="photos", required=False, most=8),
    ),
    part(
        "Витрати",
        "Лише те, що вже оплачено.",
        ask("budget", "На що витрачено", COSTS, key="costs", meaning="budget", rows=60),
        ask("money", "Скільки витрачено з гранту, ₴", key="spent", meaning="spent"),
        ask("file", "Рахунки, накладні, акти", key="papers", required=False, most=10),
    ),
    part("Заява", "", ask("declaration", "Правда", key="truth", text=TRUTH)),
]


# A report that closes a grant.
FINAL: Data = [
    part(
        "Результат",
        "Що змінилося для людей.",
        ask(
            "long",
            "Що зроблено",
            "Цей текст побачать усі на сторінці проєкту.",
            key="done",
            meaning="done",
            limit=2000,
        ),
        ask("number", "Скільки людей скористалося за весь час", key="people", least=0, most=1000000, whole=True),
        ask(
            "long",
            "Чим це підтверджується",
            "Списки без імен, підрахунки, відгуки, рішення.",
            key="proof",
            limit=2000,
        ),
        ask("long", "Що не вийшло і чому", key="failed", required=False, limit=1500),
        ask("long", "Що порадите іншим громадам", key="advice", required=False, limit=1500),
        ask("photos", "Фотографії", "Людей на фото спитайте, чи вони згодні.", key="photos", most=10),
    ),
    part(
        "Витрати",
        "Усе, що оплачено за проєкт.",
        ask("budget", "На що витрачено", COSTS, key="costs", meaning="budget", rows=80),
        ask("money", "Скільки витрачено з гранту, ₴", key="spent", meaning="spent"),
        ask(
            "money",
            "Скільки повертаєте, ₴",
            "Невитрачена частина гранту, якщо є.",
            key="returned",
            meaning="returned",
            required=False,
        ),
        ask("file", "Рахунки, накладні, акти", key="papers", most=20),
    ),
    part(
        "Далі",
        "Життя після проєкту.",
        ask("long", "Хто і як дбатиме про зроблене", key="lasting", limit=1500),
        ask("declaration", "Правда", key="truth", text=TRUTH),
    ),
]
