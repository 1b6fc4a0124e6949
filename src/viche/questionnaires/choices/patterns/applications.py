"""Applications to begin with."""

from viche.questionnaires.choices.patterns.asking import CONSENT, COSTS, TRUTH, Data, ask, part

# An application for a small grant.
GRANT: Data = [
    part(
        "Організація",
        "Хто подає заявку і з ким ми говоритимемо.",
        ask("hromada", "У якій громаді працюватимете", key="hromada"),
        ask("short", "Хто відповідає за проєкт", "Ім’я, прізвище та посада.", key="lead_person", limit=150),
        ask("short", "Телефон для зв’язку", key="phone", limit=40),
        ask(
            "choice",
            "Чи отримували ви вже гранти",
            key="experience",
            options=["Ще ні", "Один або два", "Три й більше"],
        ),
    ),
    part(
        "Потреба громади",
        "Що не так зараз і кого це стосується.",
        ask(
            "long",
            "Яку потребу ви побачили",
            "Пишіть так, як пояснили б сусідці: приклад кращий за загальні слова.",
            key="need",
            limit=2000,
        ),
        ask(
            "long",
            "Звідки ви про неї знаєте",
            "Опитування, звернення людей, рішення ради, ваші підрахунки.",
            key="proof",
            limit=1000,
        ),
        ask(
            "several",
            "Кого це стосується найбільше",
            key="groups",
            options=[
                "Усі мешканці",
                "Молодь",
                "Люди 60+",
                "Переселенці",
                "Люди з інвалідністю",
                "Підприємці",
                "Мешканці сіл, далеких від центру",
            ],
        ),
        ask(
            "number",
            "Скільком людям стане краще",
            "Порахуйте тих, хто справді скористається.",
            key="people",
            least=1,
            most=1000000,
            whole=True,
        ),
    ),
    part(
        "Що зробите",
        "Проєкт від початку до кінця.",
        ask("short", "Назва проєкту", key="title", meaning="title", limit=120),
        ask(
            "long",
            "Коротко про проєкт",
            "Цей текст побачать усі, якщо заявку підтримають.",
            key="summary",
            meaning="summary",
            limit=600,
        ),
        ask("long", "Що і коли робитимете", "Крок за кроком, з місяцями.", key="steps", limit=3000),
        ask("date", "Коли почнете", key="starts"),
        ask(
            "long",
            "Що лишиться, коли гроші закінчаться",
            "Хто утримуватиме, хто продовжить, за чий кошт.",
            key="lasting",
            limit=1500,
        ),
        ask(
            "photos",
            "Як там зараз",
            "Фотографії місця або обладнання, до п’яти.",
            key="photos",
            required=False,
            most=5,
        ),
    ),
    part(
        "Бюджет",
        "Скільки це коштує і хто за що платить.",
        ask("budget", "На що витратите гроші", COSTS, key="budget", meaning="budget", rows=40),
        ask("money", "Скільки просите, ₴", key="amount", meaning="amount"),
        ask(
            "money",
            "Власний внесок, ₴",
            "Гроші громади, організації або партнерів. Разом із грантом має вийти сума таблиці.",
            key="own",
            required=False,
            meaning="own_share",
        ),
        ask("long", "Чому саме такі витрати", key="why", limit=1500),
        ask("file", "Розрахунки й комерційні пропозиції", key="quotes", required=False, most=5),
    ),
    part(
        "Команда",
        "Хто це робитиме.",
        ask(
            "long",
            "Хто в команді і за що відповідає",
            "Без особистих даних: досить ролі та досвіду.",
            key="team",
            limit=2000,
        ),
        ask(
            "long",
            "Хто допомагає",
            "Партнери, волонтери, сусідні громади.",
            key="partners",
            required=False,
            limit=1000,
        ),
    ),
    part(
        "Додатки і заяви",
        "Останній крок перед поданням.",
        ask("file", "Лист підтримки від ради або керівника", key="letter", required=False, most=3),
        ask("declaration", "Правда", key="truth", text=TRUTH),
        ask("declaration", "Згода людей", key="consent", text=CONSENT),
    ),
]


# An application to become a hub.
HUB: Data = [
    part(
        "Бібліотека",
        "Де працюватиме хаб.",
        ask("hromada", "У якій громаді бібліотека", key="hromada"),
        ask("short", "Як називатиметься хаб", key="title", meaning="title", limit=120),
        ask("number", "Скільки людей приходить за місяць", key="visitors", least=0, most=100000, whole=True),
        ask(
            "several",
            "Що вже є",
            key="equipment",
            required=False,
            options=[
                "Зал на 20 місць і більше",
                "Інтернет",
                "Комп’ютери",
                "Проєктор або екран",
                "Пандус чи вхід без сходів",
                "Живлення на час вимкнень",
                "Укриття поруч",
            ],
        ),
        ask("photos", "Покажіть приміщення", "Вхід, зал, місце для зустрічей.", key="photos", required=False, most=5),
    ),
    part(
        "Зустрічі з мешканцями",
        "Що ви робите і що хочете робити.",
        ask(
            "long",
            "Коротко про ваш хаб",
            "Що тут відбуватиметься і для кого.",
            key="summary",
            meaning="summary",
            limit=600,
        ),
        ask("long", "Які зустрічі ви вже проводили", key="held", limit=1500),
        ask("number", "Скільки зустрічей проведете за рік", key="events", least=1, most=365, whole=True),
        ask("long", "Як покличете тих, хто зазвичай не приходить", key="reach", limit=1500),
        ask(
            "choice",
            "Чи є людина, яка вестиме хаб",
            key="host",
            options=["Так, працівниця або працівник бібліотеки", "Так, волонтерка або волонтер", "Ще шукаємо"],
        ),
    ),
    part(
        "Заяви",
        "Останній крок перед поданням.",
        ask("file", "Згода засновника бібліотеки", "Лист або рішення, можна фото.", key="letter", most=3),
        ask("declaration", "Правда", key="truth", text=TRUTH),
        ask(
            "declaration",
            "Облік",
            key="counting",
            text="Ми рахуватимемо відвідувачів наших зустрічей і звітуватимемо без імен.",
        ),
    ),
]
