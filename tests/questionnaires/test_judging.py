"""What is wrong with an answer: every kind, every bound, sums that must agree; and what answers mean."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import places
from tests.factories import questionnaires as made
from viche.questionnaires import queries
from viche.questionnaires.choices import Meaning, QuestionKind

pytestmark = pytest.mark.django_db


def sentences(kind, value, *, required=True, meaning="", limits=None, **settings):
    """What is said about one answer, with blanks made plain."""
    question = queries.OutlineQuestion(1, "q", kind, meaning, "Питання", "", required, settings)
    section = queries.OutlineSection(1, 1, "Розділ", "", (question,))
    return [fault.sentence.replace("\u00a0", " ") for fault in queries.faults_of(section, {"q": value}, limits)]


def only(*args, **kwargs):
    (sentence,) = sentences(*args, **kwargs)
    return sentence


EMPTY = {
    "short": " ",
    "long": "\n",
    "number": "",
    "money": None,
    "date": "",
    "choice": "",
    "several": [],
    "file": [],
    "photos": None,
    "hromada": " ",
    "budget": [{"item": " ", "quantity": "", "price": ""}],
    "declaration": False,
}


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_an_empty_answer_is_missed_only_where_one_is_required(kind):
    assert only(kind, EMPTY[kind])
    assert sentences(kind, EMPTY[kind], required=False) == []


@pytest.mark.parametrize(
    ("kind", "value", "settings"),
    [
        ("short", "а" * 300, {}),
        ("long", "а\r\n" * 1500, {"limit": 3000}),
        ("number", "−5", {}),
        ("number", "7,5", {"least": "7.5", "most": "7.5"}),
        ("number", "7,0", {"whole": True}),
        ("money", "62 000,50 ₴", {}),
        ("money", "0", {}),
        ("date", "29.02.2024", {"first": "2024-02-29", "last": "2024-02-29"}),
        ("choice", "a", {"options": [{"value": "a", "label": "А"}]}),
        ("several", ["a"], {"options": [{"value": "a", "label": "А"}]}),
        ("file", ["k"] * 5, {}),
        ("photos", ["k"], {"most": 1}),
        ("budget", [{"item": "Стіл", "quantity": "0,5", "price": "0"}, {}], {}),
        ("declaration", True, {"text": "Правда"}),
    ],
)
def test_good_answers_are_good(kind, value, settings):
    assert sentences(kind, value, **settings) == []


def test_a_text_too_long_says_by_how_many_signs():
    assert only("short", "а" * 301) == "Скоротіть на 1 знак: вміщується до 300."
    assert only("long", "а" * 1542, limit=1500) == "Скоротіть на 42 знаки: вміщується до 1 500."
    assert only("long", "а" * 1505, limit=1500) == "Скоротіть на 5 знаків: вміщується до 1 500."
    assert sentences("short", " " + "й" * 300 + " ") == []
    assert sentences("short", "и\u0306" * 300) == []


@pytest.mark.parametrize(
    ("value", "settings", "said"),
    [
        ("дванадцять", {}, "Напишіть число цифрами, наприклад 1200."),
        ("9" * 13, {}, "Число завелике: перевірте, чи немає зайвих цифр."),
        ("2,5", {"whole": True}, "Тут потрібне ціле число."),
        ("3", {"least": "5"}, "Найменше – 5, бракує 2."),
        ("-5", {"least": "0"}, "Число не може бути від’ємним."),
        ("41", {"most": "40"}, "Найбільше – 40. Зменште на 1."),
    ],
)
def test_numbers(value, settings, said):
    assert only("number", value, **settings) == said


@pytest.mark.parametrize(
    ("value", "settings", "said"),
    [
        ("сто", {}, "Напишіть суму цифрами, наприклад 180 000."),
        ("−35", {}, "Сума не може бути від’ємною."),
        (
            "180.000",
            {},
            "Після коми пишуть копійки, дві цифри. Якщо це тисячі, відділіть їх пробілом: 180 000.",
        ),
        ("1,234", {}, "Після коми пишуть копійки, дві цифри. Якщо це тисячі, відділіть їх пробілом: 180 000."),
        ("9" * 13, {}, "Сума завелика: перевірте, чи немає зайвих цифр."),
        ("3 000", {"least": "5000"}, "Найменша сума – 5 000 ₴, бракує 2 000 ₴."),
        ("6 000", {"most": "5000"}, "Найбільша сума – 5 000 ₴. Зменште на 1 000 ₴."),
    ],
)
def test_sums(value, settings, said):
    assert " ".join(sentences("money", value, **settings)) == said


def test_the_call_narrows_what_may_be_asked():
    limits = {"amount": (Decimal(40_000), Decimal(180_000))}
    asked = {"meaning": "amount", "limits": limits}
    assert only("money", "186 400", **asked) == (
        "Ви просите на 6 400 ₴ більше, ніж дозволяє конкурс: найбільша сума – 180 000 ₴."
    )
    assert only("money", "30 000,50", **asked) == (
        "Ви просите на 9 999,50 ₴ менше, ніж дозволяє конкурс: найменша сума – 40 000 ₴."
    )
    assert sentences("money", "186 400", limits=limits) == []
    assert "100 000" in only("money", "120 000", most="100000", **asked)
    assert sentences("money", "1", meaning="amount", limits={"amount": (None, None)}) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("31.02.2024", "Такої дати немає. Напишіть день, місяць і рік, наприклад 21.11.2026."),
        ("31.01.2024", "Найраніша дата – 1 лютого 2024 р."),
        ("1.7.2024", "Найпізніша дата – 30 червня 2024 р."),
    ],
)
def test_dates(value, said):
    assert only("date", value, first="2024-02-01", last="2024-06-30").rstrip(".") == said.rstrip(".")


def test_choices_that_were_not_offered():
    options = [{"value": "a", "label": "А"}, {"value": "b", "label": "Б"}]
    assert "Такого варіанта немає" in only("choice", "c", options=options)
    assert "Такого варіанта немає" in only("several", ["a", "c"], options=options)


def test_files_over_the_number():
    assert only("file", ["k"] * 3, most=2) == "Можна додати не більше як 2 файли, а у вас 3: вилучіть зайве."
    assert only("photos", ["k"] * 2, most=1) == "Можна додати не більше як 1 файл, а у вас 2: вилучіть зайве."


def test_a_hromada_is_found_by_code_and_by_name_and_namesakes_are_told():
    one = places.hromada()
    assert sentences("hromada", one.code) == []
    assert sentences("hromada", one.name) == []
    assert "не знайшли" in only("hromada", "Нетакаська")
    assert "не знайшли" in only("hromada", "UA00000000000000000")
    twin = places.hromada(name=one.name, slug="kalynopilska-2")
    assert "кілька громад" in only("hromada", one.name)
    assert sentences("hromada", twin.code) == []


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (("", "1", "5"), "item", "Напишіть, що купуєте."),
        (("а" * 301, "1", "5"), "item", "Скоротіть на 1 знак: вміщується до 300."),
        (("Стіл", "", "5"), "quantity", "Напишіть кількість."),
        (("Стіл", "два", "5"), "quantity", "Кількість пишіть цифрами."),
        (("Стіл", "0", "5"), "quantity", "Кількість має бути більшою за нуль."),
        (("Стіл", "9" * 13, "5"), "quantity", "Кількість завелика: перевірте, чи немає зайвих цифр."),
        (("Стіл", "1", ""), "price", "Напишіть ціну."),
        (("Стіл", "1", "п’ять"), "price", "Ціну пишіть цифрами, наприклад 4 500."),
        (("Стіл", "1", "−35"), "price", "Ціна не може бути від’ємною."),
        (
            ("Стіл", "1", "4,500"),
            "price",
            "Після коми пишуть копійки, дві цифри. Якщо це тисячі, відділіть їх пробілом: 4 500.",
        ),
        (("Стіл", "1", "9" * 13), "price", "Ціна завелика: перевірте, чи немає зайвих цифр."),
    ],
)
def test_each_cell_of_a_budget_table_has_its_own_sentence(row, cell, said):
    question = queries.OutlineQuestion(1, "budget", "budget", "", "На що", "", True, {})
    section = queries.OutlineSection(1, 1, "Бюджет", "", (question,))
    good = {"item": "Папір", "quantity": "1", "price": "1"}
    rows = [good, {}, dict(zip(("item", "quantity", "price"), row, strict=True))]
    (fault,) = queries.faults_of(section, {"budget": rows})
    assert (fault.cell, fault.sentence.replace("\u00a0", " ")) == (f"2-{cell}", said)
    assert fault.anchor == f"id_budget-2-{cell}"
    assert fault.told.startswith("Рядок 3: ")


def test_a_row_may_have_several_faults_and_a_table_too_many_rows():
    assert len(sentences("budget", [{"item": "", "quantity": "", "price": "x"}])) == 3
    rows = [{"item": "Папір", "quantity": "1", "price": "1"}] * 3
    assert only("budget", rows, rows=2) == "У таблиці 3 рядки, а вміщується до 2: об’єднайте схожі витрати."


# --- sums that must agree ---------------------------------------------------------------------------------------------


def agreeing(amount, own="", rows=None, limits=None):
    answers = [dict(values) for values in made.ANSWERS]
    answers[2] |= {"amount": amount, "own": own} | ({"budget": rows} if rows is not None else {})
    filled = queries.filled(made.fill(made.sheet(), answers), limits=limits)
    faults = [fault for fault in queries.faults(filled) if fault.section.number == 3]
    return [fault.sentence.replace("\u00a0", " ") for fault in faults]


def test_asked_and_own_share_must_come_to_the_total_of_the_table():
    assert agreeing("180 000", "6 400") == []
    assert agreeing("186 400") == []
    assert agreeing("180 000") == [
        "Таблиця дає 186 400 ₴, а ви просите 180 000 ₴: різниця 6 400 ₴. Запишіть її як власний внесок або змініть таблицю."
    ]
    assert agreeing("190 000") == [
        "Таблиця дає 186 400 ₴, а ви просите 190 000 ₴: різниця 3 600 ₴. Змініть суму або таблицю, щоб вони зійшлися."
    ]
    (said,) = agreeing("180 000", "10 000")
    assert said.startswith("Таблиця дає 186 400 ₴, а ви просите 180 000 ₴ і даєте своїх 10 000 ₴, разом 190 000 ₴")
    assert said.endswith("різниця 3 600 ₴. Змініть суму або таблицю, щоб вони зійшлися.")


def test_figures_that_are_wrong_themselves_come_first():
    assert agreeing("багато") == ["Напишіть суму цифрами, наприклад 180 000."]
    assert agreeing("1", rows=[{"item": "Друк", "quantity": "400", "price": "−35"}]) == ["Ціна не може бути від’ємною."]
    assert len(agreeing("190 000", limits={"amount": (None, Decimal(180_000))})) == 1


def test_sums_on_different_pages_must_agree_too():
    form = [
        {"title": "А", "questions": [{"key": "b", "kind": "budget", "meaning": "budget", "label": "На що"}]},
        {"title": "Б", "questions": [{"key": "a", "kind": "money", "meaning": "amount", "label": "Скільки"}]},
    ]
    row = {"item": "Стіл", "quantity": "1", "price": "100"}
    filled = made.filled([{"b": [row]}, {"a": "90"}], of=made.version(form))
    (fault,) = queries.faults(filled)
    assert (fault.section.number, fault.question.key) == (2, "a")
    assert "Змініть суму або таблицю" in fault.sentence
    assert [step.state for step in filled.steps] == ["ready", "begun"]


def test_a_budget_alone_has_nothing_to_agree_with():
    form = [{"title": "А", "questions": [{"key": "b", "kind": "budget", "meaning": "budget", "label": "На що"}]}]
    row = {"item": "Стіл", "quantity": "1", "price": "100"}
    assert queries.faults(made.filled([{"b": [row]}], of=made.version(form))) == []


def test_optional_sums_left_empty_agree_with_nothing():
    form = [
        {
            "title": "А",
            "questions": [
                {"key": "b", "kind": "budget", "meaning": "budget", "label": "На що", "required": False},
                {"key": "a", "kind": "money", "meaning": "amount", "label": "Скільки", "required": False},
            ],
        }
    ]
    assert queries.faults(made.filled([{"a": "90"}], of=made.version(form))) == []


# --- a whole sheet ----------------------------------------------------------------------------------------------------


@pytest.fixture
def hromada():
    return places.hromada(code=made.CODE)


def test_a_sheet_well_filled_has_no_faults(hromada):
    filled = made.filled()
    assert queries.faults(filled) == []
    assert filled.is_complete
    assert (filled.progress.done, filled.progress.of) == (4, 4)
    assert {step.state for step in filled.steps} == {"ready"}
    assert filled.revision(filled.outline.section(1)) == 1


def test_an_empty_sheet_misses_what_is_required():
    filled = queries.filled(made.sheet())
    required = [question for question in filled.outline.questions if question.required]
    assert [fault.question for fault in queries.faults(filled)] == required
    assert {step.state for step in filled.steps} == {"empty"}
    assert filled.progress.done == 0
    assert filled.revision(1) == 0


def test_a_section_without_duties_is_ready_once_it_was_saved():
    version = made.version([{"title": "А", "questions": [{"kind": "short", "label": "Щось іще", "required": False}]}])
    sheet = made.sheet(version)
    assert queries.filled(sheet).steps[0].state == "empty"
    assert queries.filled(made.fill(sheet, [{}])).steps[0].state == "ready"


def test_answers_mean_something(hromada):
    filled = made.filled()
    assert queries.meaning(filled, Meaning.TITLE) == "Світла читальня"
    assert queries.meaning(filled, Meaning.AMOUNT) == Decimal(180_000)
    assert queries.meaning(filled, Meaning.BUDGET) == Decimal(186_400)
    assert queries.meaning(filled, Meaning.SPENT) is None
    assert queries.meaning(queries.filled(made.sheet()), Meaning.TITLE) is None


def test_every_kind_is_read_as_a_value(hromada):
    read = queries.reading.meant
    by_key = {question.key: question for question in queries.outline(made.version()).questions}
    assert read(by_key["since"], "01.09.2017") == date(2017, 9, 1)
    assert read(by_key["staff"], "4") == Decimal(4)
    assert read(by_key["experience"], "b") == "b"
    assert read(by_key["audience"], ["a"]) == ["a"]
    assert read(by_key["letter"], ["k"]) == ["k"]
    assert read(by_key["truth"], True) is True
    assert read(by_key["hromada"], hromada.name) == hromada.code
    assert read(by_key["hromada"], "Нетакаська") is None
    assert read(by_key["since"], "") is None
    assert queries.typed_values(queries.outline(made.version()).section(4), {}) == {
        "letter": [],
        "photos": [],
        "truth": False,
    }


def test_a_section_page_needs_four_queries_at_most(hromada, django_assert_max_num_queries):
    sheet = made.fill(made.sheet())
    fresh = type(sheet).objects.select_related("version").get(pk=sheet.pk)
    with django_assert_max_num_queries(4):
        filled = queries.filled(fresh)
        assert filled.steps
