"""Reports to donors: begun, written, copied, removed; how they read; the files that leave, which tell no small group."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from tests.factories import awards, events, facts, people, places, programmes
from tests.factories import results as factory
from viche.events.models import Photo
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.results.models import DonorReport, Highlight
from viche.results.operations import telling as operations
from viche.results.queries import contents, spans, stories
from viche.results.queries import telling as queries

pytestmark = pytest.mark.django_db
MOMENT = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
BASICS = {
    "title": "Півріччя",
    "donor": "Фонд «Схід»",
    "language": "uk",
    "since": date(2024, 4, 1),
    "until": date(2024, 6, 30),
}
SHEETS = ["Показники", "Складові", "Гроші", "Факти", "Про файл"]


@pytest.fixture
def programme():
    """A programme whose heads were counted twice: once few women, whom nobody is told."""
    made = programmes.programme(code="FUND", name="Фонд малих проєктів")
    heads = factory.counted(
        made, "heads", code="H1", name="Мешканці на заходах", name_en="Residents at events", unit="людей", unit_en="people",
        is_headline=True, position=1, donor_codes=[{"donor": "Фонд «Схід»", "code": "OUT-1.1"}],
    )  # fmt: skip
    held = factory.counted(made, "events", code="E1", name="Заходи", unit="заходів", position=2)
    factory.counted(made, "events", code="R1", name="Громади", unit="громад", how="hromadas", position=3)
    factory.ratio(heads, held, code="A1", name="Людей на захід", unit="людей", position=4)
    factory.target(heads, 200)
    factory.target(held, 2)
    factory.target(heads, 50, period=factory.period(made))
    hromada = places.hromada(name="Калинопіль")
    split = [({"sex": "f"}, 30, 30), ({"sex": "m"}, 10, 10)]
    facts.keep(facts.told(made.pk, value=40, hromada=hromada, parts=split, record=1))
    few = [({"sex": "f"}, 3, None), ({"sex": "m"}, 9, None)]
    facts.keep(facts.told(made.pk, value=12, hromada=hromada, parts=few, record=2))
    facts.keep(facts.told(made.pk, value=20, hromada=hromada, record=3, on=date(2024, 2, 10)))
    facts.keep(facts.told(made.pk, value=3, shown=None, hromada=hromada, record=4))
    for record in range(1, 5):
        on = date(2024, 2, 10) if record == 3 else facts.DAY
        facts.keep(facts.told(made.pk, value=1, measure="events", kind="other", hromada=hromada, record=record, on=on))
    facts.keep(facts.told(made.pk, value=1_500_000, measure="paid.UAH", kind="tranche", hromada=hromada, record=1))
    return made


@pytest.fixture
def officer(programme):
    return programmes.officer(programme)


@pytest.fixture
def report(programme, officer):
    return operations.begin(programme, **BASICS, by=officer, at=MOMENT)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def told(report):
    return queries.told(report, at=MOMENT)


def saved(report, *, by, revision=0, **values):
    return operations.save(report, values=values, revision=revision, by=by, at=MOMENT)


def address(report, rest=""):
    return f"/office/FUND/donor-reports/{report.pk}/{rest}"


def form_of(report, **changes):
    """What a browser sends of a report as it is kept."""
    sent = {name: str(getattr(report, name)) for name in ("title", "donor", "language", "since", "until", "revision")}
    sent["count"] = str(len(report.sections))
    for number, one in enumerate(report.sections):
        sent |= {f"s-{number}-{name}": value for name, value in one.items()}
    return sent | changes


def test_a_report_begins_with_what_reports_have(report):
    assert [one["kind"] for one in report.sections] == ["text", "figures", "money", "places", "stories"]
    assert report.sections[1]["indicators"] == ["H1"]
    assert report.sections[3]["indicators"] == ["H1"]
    assert verbs()[-1] == "results.donor_report_begun"


def test_its_months_are_whole(programme, officer):
    made = operations.begin(
        programme, **{**BASICS, "since": date(2024, 4, 17), "until": date(2024, 6, 2)}, by=officer, at=MOMENT
    )
    assert (made.since, made.until) == (date(2024, 4, 1), date(2024, 6, 30))


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", "  "), ("language", "pl"), ("until", date(2024, 1, 1)), ("since", date(1900, 1, 1))],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(programme, officer, name, value):
    with pytest.raises(Refused) as refused:
        operations.begin(programme, **{**BASICS, name: value}, by=officer, at=MOMENT)
    assert refused.value.field == name
    assert not DonorReport.objects.exists()


def test_only_officers_write(programme, report):
    observer = programmes.observer(programme)
    with pytest.raises(NotAllowed):
        operations.begin(programme, **BASICS, by=observer, at=MOMENT)
    with pytest.raises(NotAllowed):
        saved(report, by=observer, title="Інше")
    for act in (operations.copy, operations.remove):
        with pytest.raises(NotAllowed):
            act(report, by=observer, at=MOMENT)


def test_what_is_typed_is_kept(report, officer):
    sections = [{"kind": "text", "title": "Вступ", "body": "Слова"}, {"kind": "figures", "indicators": ["H1", "E1"]}]
    kept = saved(report, by=officer, title="Рік", sections=sections)
    assert (kept.title, kept.revision, len(kept.sections)) == ("Рік", 1, 2)
    assert kept.sections[1]["indicators"] == ["H1", "E1"]
    assert saved(kept, by=officer, title="Рік").revision == 1


def test_two_who_write_lose_nothing(report, officer):
    saved(report, by=officer, title="Перша")
    with pytest.raises(operations.Stale) as stale:
        saved(report, by=officer, title="Друга")
    assert stale.value.stored.title == "Перша"


def test_sections_are_of_known_kinds_and_not_endless(report, officer):
    for sections in ([{"kind": "chart"}], [{"kind": "text"}] * (operations.MOST_SECTIONS + 1)):
        with pytest.raises(Refused):
            saved(report, by=officer, sections=sections)


def test_a_copy_takes_the_words_along(report, officer):
    made = operations.copy(report, by=officer, at=MOMENT)
    assert (made.title, made.sections, made.revision) == ("Півріччя (копія)", report.sections, 0)
    assert verbs()[-1] == "results.donor_report_copied"


def test_what_is_removed_is_gone(report, officer):
    operations.remove(report, by=officer, at=MOMENT)
    assert not DonorReport.objects.exists()
    assert verbs()[-1] == "results.donor_report_removed"


def test_it_tells_what_everybody_may_know(report):
    (line,) = told(report).lines
    assert (line.code, line.value, line.total, line.aim, line.target, line.percent) == (
        "OUT-1.1", Decimal(52), Decimal(72), Decimal(50), Decimal(200), 36,
    )  # fmt: skip
    (sex,) = line.dimensions
    assert [(share.code, share.value) for share in sex.shares] == [("f", 30), ("m", 10)]
    assert sex.untold == 12


def test_another_donor_is_told_our_own_code(report):
    report.donor = "Інший фонд"
    (line,) = told(report).lines
    assert line.code == "H1"


def test_money_and_places_are_of_its_months(report):
    _figures, money, where = told(report).sections
    (uah,) = money.money
    assert ("15 000 ₴".replace(" ", "\xa0")) in [words for _label, _value, words in uah.rows]
    (row,) = where.places.rows
    assert (row.value, row.names) == (Decimal(52), "Калинопіль (52)")


def test_indicators_that_are_gone_are_left_out(report):
    report.sections = [{"kind": "figures", "indicators": ["GONE", "E1"]}, {"kind": "places", "indicators": ["A1"]}]
    found = told(report)
    assert [line.indicator.code for section in found.sections for line in section.lines] == ["E1"]
    assert [(one.kind, one.places) for one in found.left_out] == [("places", None)]


def test_a_text_has_paragraphs():
    assert queries.paragraphs(" Один\r\n\r\n\n Два\nрядки ") == ("Один", "Два\nрядки")


def test_a_story_is_told_in_whole_sentences():
    assert stories.cut("Коротко. ") == "Коротко."
    assert stories.cut("Речення. " * 200).endswith("Речення.")
    assert len(stories.cut("слово" * 300 + " кінець")) <= stories.LONGEST


def test_the_list_is_searched_and_taken_along(client, report, officer):
    client.force_login(officer)
    page = client.get("/office/FUND/donor-reports/?q=півріч").content.decode()
    assert "Півріччя" in page
    assert "Таких звітів немає" in client.get("/office/FUND/donor-reports/?q=іншого").content.decode()
    (row,) = client.get("/office/FUND/donor-reports.json").json()
    assert (row["title"], row["donor"]) == ("Півріччя", "Фонд «Схід»")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_of_any_number(client, programme, officer, count, django_assert_max_num_queries):
    for _ in range(count):
        operations.begin(programme, **BASICS, by=officer, at=MOMENT)
    client.force_login(officer)
    with django_assert_max_num_queries(9):
        client.get(reverse("results:donor_reports", args=["FUND"]))


def test_a_report_is_begun_on_a_page(client, programme, officer):
    client.force_login(officer)
    sent = {**BASICS, "since": "01.04.2024", "until": "30.06.2024"}
    answer = client.post("/office/FUND/donor-reports/new/", sent)
    made = DonorReport.objects.get()
    assert answer["Location"] == address(made, "edit/")
    assert client.post("/office/FUND/donor-reports/new/", {**sent, "until": "01.01.2024"}).status_code == 422
    assert "Фонд «Схід»" in client.get("/office/FUND/donor-reports/new/").content.decode()


def test_it_is_saved_as_one_types(client, report, officer):
    client.force_login(officer)
    sent = form_of(report, **{"s-0-body": "Набрано"})
    told = client.post(address(report, "edit/"), sent, headers={"accept": "application/json"}).json()
    assert (told["revision"], told["faults"]) == (1, {})
    report.refresh_from_db()
    assert report.sections[0]["body"] == "Набрано"


def test_a_wrong_month_does_not_cost_the_words(client, report, officer):
    client.force_login(officer)
    sent = form_of(report, since="32.13.2024", **{"s-0-body": "Набрано"})
    told = client.post(address(report, "edit/"), sent, headers={"accept": "application/json"}).json()
    assert list(told["faults"]) == ["id_since"]
    report.refresh_from_db()
    assert (report.sections[0]["body"], report.since) == ("Набрано", date(2024, 4, 1))
    answer = client.post(address(report, "edit/"), form_of(report, since="32.13.2024", act="add:text"))
    assert answer.status_code == 422
    assert "32.13.2024" in answer.content.decode()


def test_periods_are_offered_before_months(client, report, officer):
    client.force_login(officer)
    page = client.get(address(report, "edit/")).content.decode()
    chosen = re.search(r'<option value="(\S+)" selected>([^<]+)', page[page.index('name="period"') :])
    assert (chosen[1], chosen[2]) == (
        "2024-04_2024-06",
        "04.2024 – 06.2024: 1\xa0квітня – 30\xa0червня 2024\xa0р.",
    )
    assert 'value="2024-01_2024-12"' in page
    moved = client.post(address(report, "edit/"), form_of(report, period="2024-01_2024-12", since="", until=""))
    report.refresh_from_db()
    assert (moved.status_code, report.since, report.until) == (302, date(2024, 1, 1), date(2024, 12, 31))


def test_months_can_be_typed_and_a_day_is_its_month(client, report, officer):
    client.force_login(officer)
    sent = form_of(report, period="other", since="2024-02", until="17.05.2024")
    assert client.post(address(report, "edit/"), sent).status_code == 302
    report.refresh_from_db()
    assert (report.since, report.until) == (date(2024, 2, 1), date(2024, 5, 31))
    page = client.get(address(report, "edit/")).content.decode()
    assert 'value="2024-02"' in page
    assert 'value="2024-05"' in page


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"period": "2024-01_2024-12", "since": "2024-02", "until": ""}, "id_period"),
        ({"period": "other", "since": "", "until": "2024-08"}, "id_since"),
        ({"period": "other", "since": "2024-02", "until": "лютий"}, "id_until"),
    ],
)
def test_months_that_are_not_clear_are_asked_about(client, report, officer, sent, field):
    client.force_login(officer)
    told = client.post(address(report, "edit/"), form_of(report, **sent), headers={"accept": "application/json"})
    assert list(told.json()["faults"]) == [field]


def test_a_new_report_is_of_the_period_that_is_over(client, programme, officer):
    client.force_login(officer)
    with time_machine.travel(datetime(2024, 8, 5, tzinfo=UTC), tick=False):
        known = spans.spans(programme, on=date(2024, 8, 5))
        assert (known[0].word, spans.usual(known, on=date(2024, 8, 5))) == ("2024-04_2024-06", known[0])
        page = client.get("/office/FUND/donor-reports/new/").content.decode()
    assert '<option value="2024-04_2024-06" selected>' in page
    assert len({one.word for one in known}) == len(known)
    assert spans.usual(spans.spans(programme, on=date(2024, 1, 5)), on=date(2024, 1, 5)).since <= date(2024, 1, 5)


def test_the_map_begins_with_a_headline_known_in_most_places(programme, officer, report):
    assert report.sections[3]["indicators"] == ["H1"]
    factory.counted(programme, "events", code="HEAD", is_headline=True, position=0)
    facts.keep(facts.told(programme.pk, value=1, measure="events", kind="other", hromada=places.hromada(), record=90))
    again = operations.begin(programme, **BASICS, by=officer, at=MOMENT)
    assert again.sections[3]["indicators"] == ["HEAD"]
    sections = [{"kind": "places", "indicators": ["R1"]}]
    (section,) = told(saved(again, by=officer, sections=sections)).sections
    assert section.places.shown == "На карті: Громади, громад, 1\xa0квітня – 30\xa0червня 2024\xa0р."
    assert "(" not in section.places.rows[0].names


def test_empty_sections_stay_at_home_and_the_writer_is_told(client, report, officer):
    client.force_login(officer)
    sections = [{"kind": "stories", "title": "Наші історії"}, {"kind": "text", "title": "Вступ"}, report.sections[1]]
    saved(report, by=officer, sections=sections)
    page = client.get(address(report)).content.decode()
    notice, _cut, body = page.partition("<article")
    assert "Порожні розділи до звіту не ввійшли" in notice
    assert "Наші історії" in notice
    assert "Наші історії" not in body
    words = "\n".join(one.text for one in Document(io.BytesIO(file(client, report, "docx"))).paragraphs)
    assert "Показники" in words
    assert "Наші історії" not in words
    assert "Вступ" not in words


def test_each_column_says_from_when_it_counts(client, report, officer):
    client.force_login(officer)
    (line,) = told(report).lines
    assert (line.percent_of_months, line.percent) == (
        104,
        36,
    )  # 52 of 50 in these months, 72 of 200 since the beginning
    page = client.get(address(report)).content.decode()
    for words in (
        'data-name="За період звіту: Виконано">104',
        "З початку програми: Виконано",
        "від її початку до 30\xa0червня 2024",
    ):
        assert words in page, words
    report.since = date(2024, 3, 1)  # of these months nobody has set a target
    (line,) = told(report).lines
    assert (line.aim, line.percent_of_months_said) == (None, "")


def test_somebody_elses_text_is_shown_beside_ones_own(client, report, officer):
    saved(report, by=officer, title="Чужа назва", sections=[{"kind": "text", "title": "Чужий розділ"}])
    client.force_login(officer)
    sent = form_of(report, title="Моя назва")
    told = client.post(address(report, "edit/"), sent, headers={"accept": "application/json"})
    assert (told.status_code, told.json()["compare"]) == (409, "Порівняти")
    answer = client.post(address(report, "edit/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Чужий розділ" in page
    assert "Моя назва" in page
    assert client.post(address(report, "edit/"), {**sent, "revision": "1"}).status_code == 302


def test_a_refusal_comes_back_to_the_page(client, report, officer):
    client.force_login(officer)
    sent = form_of(report, until="01.01.2024")
    assert client.post(address(report, "edit/"), sent).status_code == 422
    assert client.post(address(report, "edit/"), sent, headers={"accept": "application/json"}).status_code == 422


def kinds(report):
    report.refresh_from_db()
    return [one["kind"] for one in report.sections]


def test_sections_are_added_moved_removed_and_brought_back(client, report, officer):
    client.force_login(officer)

    def press(act):
        report.refresh_from_db()
        return client.post(address(report, "edit/"), form_of(report, act=act), follow=True).content.decode()

    press("add:text")
    assert kinds(report) == ["text", "figures", "money", "places", "stories", "text"]
    press("up:1")
    assert kinds(report)[:2] == ["figures", "text"]
    press("down:0")
    press("up:0")
    assert kinds(report)[:2] == ["text", "figures"]
    assert "Повернути розділ" in press("remove:0")
    assert kinds(report)[0] == "figures"
    assert "Повернути розділ" not in press("restore")
    assert kinds(report)[0] == "text"
    press("add:chart")
    press("remove:77")
    assert len(kinds(report)) == 6


def test_it_is_copied_and_removed_on_its_page(client, report, officer):
    client.force_login(officer)
    client.post(address(report, "copy/"))
    assert DonorReport.objects.count() == 2
    assert "Видалити звіт" in client.get(address(report, "remove/")).content.decode()
    client.post(address(report, "remove/"))
    assert DonorReport.objects.get().pk != report.pk


def everything(report, officer):
    """A report with every indicator, so that ratios and places are in it too."""
    sections = [
        {**one, "indicators": ["H1", "E1", "R1", "A1"]} if one["kind"] == "figures" else one for one in report.sections
    ]
    sections[0] = {**sections[0], "body": "Перший абзац.\n\nДругий <b>абзац</b>."}
    return saved(report, by=officer, sections=sections)


def test_the_observer_reads_it(client, programme, report, officer):
    everything(report, officer)
    client.force_login(programmes.observer(programme))
    page = client.get(address(report)).content.decode()
    for words in (
        "Півріччя",
        "OUT-1.1",
        "Другий &lt;b&gt;абзац&lt;/b&gt;.",
        "Числа прочитано з обліку",
        "менш як 5",
        "Калинопіль (52)",
        "DOCX",
    ):
        assert words in page, words
    assert "Зробити копію" not in page
    assert client.get(address(report, "edit/")).status_code == 404


def test_it_speaks_its_own_language(client, report, officer):
    saved(report, by=officer, language="en")
    client.force_login(officer)
    page = client.get(address(report)).content.decode()
    assert "Residents at events" in page
    assert 'lang="en"' in page
    assert "Змінити" in page


@pytest.mark.parametrize("count", [1, 3, 300])
def test_its_page_asks_the_same_of_any_length(client, report, officer, count, django_assert_max_num_queries):
    client.force_login(officer)
    codes = [f"N{number}" for number in range(count)]
    for number, code in enumerate(codes):
        factory.counted(
            report.programme,
            "heads" if number % 2 else "events",
            code=code,
            how=("sum", "hromadas", "oblasts")[number % 3],
            position=number,
        )
    hromada = places.hromada(name="Вербівка")
    event = events.accepted(events.published(report.programme)).event
    Highlight.objects.create(programme=report.programme, kind="event", record=event.pk, chosen_at=MOMENT)
    award = awards.active(report.programme)
    Highlight.objects.create(programme=report.programme, kind="award", record=award.pk, chosen_at=MOMENT)
    for record in range(100, 100 + count):
        facts.keep(facts.told(report.programme.pk, value=20, hromada=hromada, record=record))
    sections = [
        *everything(report, officer).sections,
        {"kind": "figures", "indicators": codes},
        {"kind": "places", "indicators": codes[-1:]},
        {"kind": "places", "indicators": ["R1"]},
    ]
    saved(report, by=officer, revision=1, sections=sections)
    with django_assert_max_num_queries(12):
        page = client.get(address(report)).content.decode()
    assert page.count('scope="row"') > count


def file(client, report, ending):
    answer = client.get(address(report, f"report.{ending}"))
    assert answer.status_code == 200
    return answer.content


def test_the_document_opens_in_a_word_processor(client, report, officer):
    everything(report, officer)
    client.force_login(officer)
    content = file(client, report, "docx")
    document = Document(io.BytesIO(content))
    heads = [one.text for one in document.paragraphs if one.style.name.startswith(("Title", "Heading 1"))]
    assert heads == ["Півріччя", "Коротко", "Показники", "Гроші", "Карта й громади"]
    words = "\n".join(one.text for one in document.paragraphs)
    assert "Другий <b>абзац</b>." in words
    assert "Числа прочитано з обліку 1" not in words  # of the fixture's day; it is read now
    assert "Числа прочитано з обліку" in words
    figures = document.tables[0]
    assert [cell.text for cell in figures.rows[0].cells][2::3] == ["За період звіту", "З початку програми"]
    assert [cell.text for cell in figures.rows[1].cells][2:5] == ["Є", "Мета", "Виконано"]
    assert [cell.text for cell in figures.rows[2].cells][2:] == [
        "щонайменше 52",
        "50",
        "104\xa0%",
        "щонайменше 72",
        "200",
        "36\xa0%",
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        body = pack.read("word/document.xml").decode()
        links = pack.read("word/_rels/document.xml.rels").decode()
    assert body.count("<w:tblHeader") >= 3
    assert "/programmes/FUND/figures/H1/" in links


def reckoned(book):
    """What the formulas of a sheet come to, reckoned here from the sheet of facts as a spreadsheet would."""
    rows = list(book["Факти"].iter_rows(min_row=2, values_only=True))
    column = {"L": 11, "M": 12}

    def total(which, code, part):
        return sum(row[column[which]] or 0 for row in rows if row[1] == code and row[2] == part)

    return total


def test_the_workbook_adds_up_from_its_facts(client, report, officer):
    everything(report, officer)
    client.force_login(officer)
    content = file(client, report, "xlsx")
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    known = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert formulas.sheetnames == SHEETS
    total, first = reckoned(known), known["Показники"]
    for row in (2, 3, 4):
        code = first[f"A{row}"].value
        for own, column in (("E", "L"), ("H", "M")):
            assert re.fullmatch(
                rf"=SUMIFS\('Факти'!\${column}\$2:\${column}\$\d+,'Факти'!\$B\$2:\$B\$\d+,\$A{row},'Факти'!\$C\$2:\$C\$\d+,\"whole\"\)",
                formulas["Показники"][f"{own}{row}"].value,
            )
            assert first[f"{own}{row}"].value == total(column, code, "whole"), (code, own)
    assert [first[f"E{row}"].value for row in range(2, 6)] == [52, 3, 1, 17.33]
    assert formulas["Показники"]["E5"].value == '=IF(E3=0,"",ROUND(1*E2/E3,2))'
    assert (first["G2"].value, first["J2"].value) == (1.04, 0.36)
    parts = known["Складові"]
    assert [(row[3].value, row[5].value) for row in parts.iter_rows(min_row=2)][:2] == [("жінки", 30), ("чоловіки", 10)]
    assert all(row[5].value == total("L", row[0].value, row[4].value) for row in parts.iter_rows(min_row=2))
    assert ("UAH", "сплачено", 15000) in list(known["Гроші"].iter_rows(min_row=2, values_only=True))


def test_ratios_bring_what_they_are_made_of_along(client, report, officer):
    saved(report, by=officer, sections=[{"kind": "figures", "indicators": ["A1"]}])
    client.force_login(officer)
    known = openpyxl.load_workbook(io.BytesIO(file(client, report, "xlsx")), data_only=True)
    assert [row[0].value for row in known["Показники"].iter_rows(min_row=2)] == ["A1", "H1", "E1"]
    assert known["Показники"]["E2"].value == 17.33


def test_no_file_tells_small_groups(client, report, officer):
    everything(report, officer)
    client.force_login(officer)
    known = openpyxl.load_workbook(io.BytesIO(file(client, report, "xlsx")), data_only=True)
    told = [row for row in known["Факти"].iter_rows(min_row=2, values_only=True) if row[1] == "H1"]
    assert 3 not in [row[10] for row in told]
    assert 9 not in [row[10] for row in told]
    assert [row[10] for row in told].count("приховано") == 3
    assert "менш як 5" in str(list(known["Про файл"].values))


def test_more_facts_than_a_sheet_is_to_hold_are_told_of(client, report, officer, monkeypatch):
    monkeypatch.setattr("viche.results.exports.sheets.MOST_FACTS", 2)
    client.force_login(officer)
    known = openpyxl.load_workbook(io.BytesIO(file(client, report, "xlsx")), data_only=True)
    assert known["Факти"].max_row == 3
    assert "Фактів понад 2" in str(list(known["Про файл"].values))


def test_the_paper_says_the_same(client, report, officer):
    everything(report, officer)
    client.force_login(officer)
    pages = PdfReader(io.BytesIO(file(client, report, "pdf"))).pages
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages).replace("\u200b", ""))
    for words in ("Півріччя", "OUT-1.1", "Мешканці на заходах", "36 %", "Калинопіль (52)", "менш як 5", "15 000 ₴"):
        assert words in text, words


def test_there_is_no_other_file(client, report, officer):
    client.force_login(officer)
    assert client.get(address(report, "report.odt")).status_code == 404


def test_stories_are_those_that_everybody_may_read(programme):
    event = events.accepted(events.published(programme)).event
    Highlight.objects.create(
        programme=programme, kind="event", record=event.pk, lead="Чому", lead_en="Why", chosen_at=MOMENT
    )
    Highlight.objects.create(programme=programme, kind="event", record=10**6, chosen_at=MOMENT)
    (story,) = stories.of(programme, on=date(2024, 7, 1))
    assert (story.title, story.lead) == (event.title, "Чому")
    assert story.href.endswith(event.get_absolute_url())
    assert contents.code_for(factory.indicator(programme, code="Z1"), "") == "Z1"


def test_an_outsider_finds_nothing(client, report):
    client.force_login(people.user())
    assert client.get(address(report)).status_code == 404


def test_a_story_with_its_photograph_is_in_every_file(client, report, officer):
    event = events.accepted(events.published(report.programme, title="Парк над річкою")).event
    photo = events.photo(event, caption="Люди садять дерева", credit="Бібліотека")
    Photo.objects.filter(pk=photo.pk).update(has_consent=True, public_from=date(2024, 5, 1))
    Highlight.objects.create(
        programme=report.programme, kind="event", record=event.pk, lead="Парк буде.", chosen_at=MOMENT
    )
    award = awards.active(report.programme)
    Highlight.objects.create(programme=report.programme, kind="award", record=award.pk, chosen_at=MOMENT)
    client.force_login(officer)
    page = client.get(address(report)).content.decode()
    assert "Люди садять дерева" in page
    document = Document(io.BytesIO(file(client, report, "docx")))
    words = "\n".join(one.text for one in document.paragraphs)
    for said in ("Парк над річкою", "Парк буде.", "Люди садять дерева · Бібліотека", award.title):
        assert said in words, said
    assert len(document.inline_shapes) == 2  # the map and the photograph
    assert file(client, report, "pdf").count(b"/Subtype /Image") >= 1 or b"/Image" in file(client, report, "pdf")
    saved(report, by=officer, sections=[{"kind": "stories", "stories": [f"award:{award.pk}"]}])
    report.refresh_from_db()
    (section,) = told(report).sections
    assert [story.key for story in section.stories] == [f"award:{award.pk}"]
