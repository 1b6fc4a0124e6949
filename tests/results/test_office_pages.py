"""Office pages of indicators, targets, periods and reported values, as people use them."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import files, places, programmes
from tests.factories import results as factory
from viche.results.models import Evidence, Indicator, Period, Value
from viche.results.operations import periods
from viche.results.queries import aims

pytestmark = pytest.mark.django_db
AT = factory.MOMENT
JSON = {"HTTP_ACCEPT": "application/json"}
OK, FOUND, FORBIDDEN, MISSING, CONFLICT, FAULTY = 200, 302, 403, 404, 409, 422


@pytest.fixture
def office(client):
    programme = programmes.programme()
    programme.officer = programmes.officer(programme)
    client.force_login(programme.officer)
    programme.client = client
    return programme


def at(office, name, *parts):
    return reverse(f"results:{name}", args=[office.code, *parts])


def get(office, name, *parts, status=OK, **query):
    answer = office.client.get(at(office, name, *parts), query)
    assert answer.status_code == status
    return answer


def post(office, name, *parts, status=FOUND, query="", data=None, **more):
    answer = office.client.post(f"{at(office, name, *parts)}{query}", data or {}, **more)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer


def test_an_empty_office_says_what_would_be_here(office):
    for name in ("indicators", "periods", "values", "value_new", "indicator_new"):
        assert "Показник" in get(office, name).content.decode() or name in {"periods", "values", "value_new"}


def test_a_counted_indicator_is_defined_changed_moved_and_taken_away(office):
    goal = programmes.goal(office)
    typed = {"code": "t1", "name": "Людей на заходах", "goal": goal.pk, "unit": "людей", "direction": "up"}
    typed |= {"counts": "heads|sex:f", "how": "sum", "goals": ["5", "16"], "donor_codes": "Фонд: 1.2\nПосольство: R7"}
    assert "–" in get(office, "indicator_define", "counted").content.decode()
    post(office, "indicator_define", "counted", data=typed | {"is_public": "on"})
    one = Indicator.objects.get()
    assert (one.code, one.measure, one.split, one.goal, one.goals) == ("T1", "heads", "sex:f", goal, [5, 16])
    assert one.donor_codes == [{"donor": "Фонд", "code": "1.2"}, {"donor": "Посольство", "code": "R7"}]
    page = get(office, "indicator_change", "T1").content.decode()
    assert "Фонд: 1.2" in page
    assert "Голови, пораховані" in page
    post(office, "indicator_change", "t1", data=typed | {"name": "Жінок на заходах", "baseline": "1 200,5"})
    one.refresh_from_db()
    assert (one.name, float(one.baseline), one.is_public) == ("Жінок на заходах", 1200.5, False)
    other = factory.indicator(office, goal=goal, position=5)
    post(office, "indicator_move", "T1", data={"down": "1"})
    assert list(Indicator.objects.order_by("position")) == [other, one]
    assert get(office, "indicator_move", "T1", status=405)
    post(office, "indicator_remove", "T1")
    assert list(Indicator.objects.all()) == [other]


def test_an_indicator_without_unit_is_refused_with_what_was_typed_in_place(office):
    typed = {"code": "T1", "name": "Ініціативи мешканців", "unit": " ", "direction": "up", "parts": "жінки"}
    page = post(office, "indicator_define", "reported", status=FAULTY, data=typed).content.decode()
    assert "без неї число нічого не каже" in page
    assert "Ініціативи мешканців" in page
    page = post(
        office, "indicator_define", "reported", status=FAULTY, data=typed | {"unit": "штук", "parts": "14–35\n30–40"}
    ).content.decode()
    assert "перетинаються" in page
    assert not Indicator.objects.exists()
    get(office, "indicator_define", "rumour", status=MISSING)


def test_reported_and_ratio_are_defined_too(office):
    typed = {"code": "T1", "name": "Ініціативи", "unit": "штук", "direction": "up", "parts": "women: жінки\nчоловіки"}
    post(office, "indicator_define", "reported", data=typed | {"are_people": "on"})
    one, other = Indicator.objects.get(), factory.counted(office)
    assert one.parts == [{"code": "women", "name": "жінки"}, {"code": "choloviky", "name": "чоловіки"}]
    assert "women: жінки" in get(office, "indicator_change", "T1").content.decode()
    typed = {"code": "R1", "name": "На захід", "unit": "%", "direction": "up", "times": "100"}
    post(office, "indicator_define", "ratio", data=typed | {"over": one.pk, "under": other.pk})
    ratio = Indicator.objects.get(code="R1")
    assert (ratio.over, ratio.under, ratio.times) == (one, other, 100)
    assert f"T1 : {other.code}" in get(office, "indicators").content.decode()
    get(office, "indicator_change", "R1")
    page = post(office, "indicator_remove", "T1", status=CONFLICT).content.decode()
    assert "R1" in page


def test_the_list_stands_by_goals_and_is_searched_ordered_and_taken_along(office):
    first, second = programmes.goal(office, text="Спроможні громади"), programmes.goal(office, text="Відкрита влада")
    late = factory.indicator(office, goal=second, name="Ґанок", code="A1")
    early = factory.counted(office, "paid.UAH", goal=first, name="Яблуко", code="Z1", how="oblasts")
    loose = factory.indicator(office, name="Без нічого", code="M1", is_public=False)
    factory.target(early, 5)
    page = get(office, "indicators").content.decode()
    assert page.index("Спроможні громади") < page.index("Яблуко") < page.index("Відкрита влада") < page.index("Ґанок")
    assert page.index("Без цілі") < page.index("Без нічого")
    rows = get(office, "indicators_file", "json", sort="-code").json()
    assert [row["code"] for row in rows] == ["Z1", "M1", "A1"]
    assert [row["code"] for row in get(office, "indicators_file", "json", sort="name").json()] == ["M1", "A1", "Z1"]
    assert [row["code"] for row in get(office, "indicators_file", "json", q="ґанок").json()] == ["A1"]
    assert [row["code"] for row in get(office, "indicators_file", "json", kind="counted").json()] == ["Z1"]
    assert (rows[0]["target"], rows[0]["goal"], rows[1]["is_public"]) == (5, "Спроможні громади", False)
    assert (late.goal, loose.goal) == (second, None)
    get(office, "indicators_file", "pdf", status=MISSING)


def test_targets_are_filled_in_as_a_table_split_as_one_likes(office):
    one, period = factory.counted(office, "heads"), factory.period(office)
    closed = factory.period(office, since=date(2024, 1, 1))
    factory.target(one, 7, period=closed)
    periods.close(closed, by=office.officer, at=AT)
    table = aims.of(one, "sex")
    cells = {"mark": table.mark, "t-0-0": "6 000", f"t-{period.pk}-0": "500", f"t-{period.pk}-1": "300"}
    page = get(office, "targets", one.code, by="sex").content.decode()
    assert f't-{closed.pk}-0"' not in page
    post(office, "targets", one.code, query="?by=sex", data=cells)
    split = table.columns[1].split
    stored = {(None, ""): 6000, (period.pk, ""): 500, (period.pk, split): 300, (closed.pk, ""): 7}
    assert aims.stored(one) == stored
    page = post(office, "targets", one.code, query="?by=sex", status=CONFLICT, data=cells | {"t-0-0": "9"})
    assert "змінив хтось інший" in page.content.decode()
    cells |= {"mark": aims.of(one).mark, f"t-{period.pk}-1": "501"}
    page = post(office, "targets", one.code, query="?by=sex", status=FAULTY, data=cells).content.decode()
    assert "складові разом 501, а загалом 500" in page
    post(office, "targets", one.code, status=FAULTY, data={"mark": aims.of(one).mark, "t-0-0": "-1"})
    assert aims.stored(one) == stored


def test_periods_are_made_changed_closed_and_opened_again(office):
    post(office, "periods_make", data={"each": "quarter"})
    post(office, "periods_make", status=FAULTY, data={"each": "year"})
    get(office, "periods_make")
    assert Period.objects.count() == 4
    months = {"name": "Зима", "starts_on": "1.12.2024", "ends_on": "31.01.2025"}
    assert "IV квартал 2024" in post(office, "period_new", status=CONFLICT, data=months).content.decode()
    post(office, "period_new", data=months | {"starts_on": "1.1.2025"})
    last = Period.objects.get(name="Зима")
    get(office, "period_change", last.pk)
    post(office, "period_change", last.pk, data=months | {"name": "Січень", "starts_on": "2.1.2025"})
    get(office, "period_remove", last.pk)
    post(office, "period_remove", last.pk)
    first = Period.objects.order_by("starts_on").first()
    factory.counted(office)
    get(office, "period_close", first.pk)
    post(office, "period_close", first.pk)
    page = post(office, "period_reopen", first.pk, status=FAULTY).content.decode()
    assert "чому період відкривають" in page
    assert "нічого не змінилося" in get(office, "period", first.pk).content.decode()
    post(office, "period_reopen", first.pk, data={"why": "Звіт надійшов пізно."})
    assert "Звіт надійшов пізно." in get(office, "period", first.pk).content.decode()
    assert len(get(office, "periods_file", "json").json()) == 4
    assert "закрит" in get(office, "periods").content.decode()


def test_what_was_corrected_after_the_close_is_told(office):
    one, period = factory.indicator(office), factory.period(office)
    factory.approved(one, 10, period=period)
    periods.close(period, by=office.officer, at=AT)
    factory.approved(one, 5, period=period)
    page = get(office, "period", period.pk).content.decode()
    assert "Виправлено після закриття" in page
    row = get(office, "period_file", period.pk, "json").json()[0]
    assert (row["code"], row["kept"], row["value"]) == (one.code, 10, 15)


def begun(office, **changes):
    """A value that the signed-in officer writes."""
    return factory.value(factory.indicator(office, **changes), None, proved=False, reported_by=office.officer)


def test_a_value_is_begun_written_proved_and_submitted(office):
    one, period = factory.indicator(office, parts=factory.PARTS), factory.period(office)
    hromada = places.hromada()
    post(office, "value_new", data={"indicator": one.pk, "period": period.pk})
    value = Value.objects.get()
    get(office, "value_write", value.pk)
    typed = {"revision": "0", "number": "12", "part_women": "7", "on": "20.05.2024", "hromada": hromada.code}
    post(office, "value_write", value.pk, data=typed)
    value.refresh_from_db()
    assert (value.value, value.parts, value.hromada) == (12, {"women": "7"}, hromada)
    assert "Додайте підтвердження" in post(office, "value_submit", value.pk, status=FAULTY).content.decode()
    get(office, "evidence_add", value.pk)
    upload = files.upload(files.PDF, "протокол.pdf")
    post(office, "evidence_add", value.pk, data={"kind": "protocol", "caption": "Протокол № 17", "upload": upload})
    post(office, "evidence_add", value.pk, data={"kind": "link", "caption": "Сайт", "link": "https://example.org/17"})
    page = get(office, "value", value.pk).content.decode()
    assert "Протокол № 17" in page
    proof, link = Evidence.objects.order_by("pk")
    assert get(office, "evidence", value.pk, proof.pk)["Content-Type"] == "application/pdf"
    assert get(office, "evidence", value.pk, link.pk, status=FOUND).url == link.link
    get(office, "evidence_remove", value.pk, link.pk)
    post(office, "evidence_remove", value.pk, link.pk)
    post(office, "value_submit", value.pk)
    value.refresh_from_db()
    assert value.state == "submitted"
    assert get(office, "value_write", value.pk, status=FOUND)
    assert "подано" in post(office, "value_write", value.pk, status=CONFLICT, data=typed).content.decode()
    assert post(office, "value_write", value.pk, status=CONFLICT, data=typed, **JSON).json()["text"]
    post(office, "evidence_remove", value.pk, proof.pk, status=CONFLICT)
    assert "Це ваше значення" in get(office, "value", value.pk).content.decode()
    assert len(get(office, "values_file", "json", state="submitted").json()) == 1


def test_nothing_typed_is_lost(office):
    value = begun(office)
    typed = {"revision": "0", "number": "дванадцять", "on": "32.05.2024", "note": "Ще уточню."}
    said = post(office, "value_write", value.pk, status=OK, data=typed, **JSON).json()
    assert (said["revision"], set(said["faults"])) == (1, {"id_number", "id_on"})
    page = get(office, "value_write", value.pk).content.decode()
    assert "дванадцять" in page
    assert "32.05.2024" in page
    assert "«дванадцять»" in get(office, "value", value.pk).content.decode()
    page = post(office, "value_write", value.pk, status=CONFLICT, data=typed | {"number": "13"}).content.decode()
    assert "новіший запис" in page
    assert 'value="13"' in page
    assert post(office, "value_write", value.pk, status=CONFLICT, data=typed, **JSON).json()["revision"] == 1
    post(office, "value_write", value.pk, data=typed | {"revision": "1", "number": "13", "on": "", "stay": "1"})
    value.refresh_from_db()
    assert (value.value, value.unread, value.note) == (13, {}, "Ще уточню.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "rumour", "link": "https://example.org"}, "такого підтвердження не знаємо"),
        ({"kind": "link", "link": "javascript:alert(1)"}, "https://"),
        ({"kind": "document"}, "Додайте файл"),
        ({"kind": "link", "link": "https://example.org", "caption": ""}, "Заповніть"),
    ],
)
def test_evidence_that_is_none_is_refused(office, typed, words):
    value = begun(office)
    page = post(office, "evidence_add", value.pk, status=FAULTY, data={"caption": "Протокол", **typed})
    assert words in page.content.decode()
    assert not Evidence.objects.exists()


def test_somebody_else_approves_returns_or_withdraws(office):
    one, period = factory.indicator(office), factory.period(office)
    value = factory.submitted(one, period=period)
    get(office, "value_return", value.pk)
    assert "Напишіть" in post(office, "value_return", value.pk, status=FAULTY).content.decode()
    post(office, "value_return", value.pk, data={"remark": "Де список?"})
    assert "Де список?" in get(office, "value", value.pk).content.decode()
    Value.objects.filter(pk=value.pk).update(state="submitted", decided_by=None)
    assert "чекає, щоб його підтвердив" in get(office, "values").content.decode()
    post(office, "value_approve", value.pk)
    get(office, "value_withdraw", value.pk)
    post(office, "value_withdraw", value.pk, data={"remark": "Помилка."})
    own = factory.submitted(one, period=period, reported_by=office.officer)
    page = post(office, "value_approve", own.pk, status=FORBIDDEN).content.decode()
    assert "Своє значення не підтверджують" in page


def test_a_draft_is_taken_away_and_what_was_submitted_is_not(office):
    value = begun(office)
    get(office, "value_remove", value.pk)
    post(office, "value_remove", value.pk)
    other = factory.submitted(factory.indicator(office))
    post(office, "value_remove", other.pk, status=CONFLICT)
    assert list(Value.objects.all()) == [other]


def test_who_reports_sees_ones_own_alone(office, client):
    editor = programmes.editor(office)
    one = factory.indicator(office)
    own, other = factory.value(one, 1, reported_by=editor), factory.value(one, 2)
    client.force_login(editor)
    rows = json.loads(client.get(at(office, "values_file", "json")).content)
    assert [row["id"] for row in rows] == [own.pk]
    assert client.get(at(office, "value", other.pk)).status_code == MISSING
    assert client.get(at(office, "evidence", other.pk, other.evidence.get().pk)).status_code == MISSING
    assert client.get(at(office, "value", own.pk)).status_code == OK
    assert client.get(at(office, "values"), {"state": "draft", "indicator": one.code}).status_code == OK
    assert client.get(at(office, "indicators")).status_code == MISSING


@pytest.mark.parametrize(
    "name", ["results:indicators", "results:periods", "results:values", "results:period", "results:targets"]
)
def test_a_page_asks_as_much_with_many_rows_as_with_one(office, name):
    name = name.removeprefix("results:")
    counted = []
    one = factory.counted(office, "heads")
    parts = {"period": (factory.period(office, since=date(2090, 1, 1)).pk,), "targets": (one.code,)}.get(name, ())
    for more in (1, 2, 27):
        for _ in range(more):
            goal = programmes.goal(office)
            made = factory.indicator(office, goal=goal)
            factory.target(made)
            month = date(2000 + Period.objects.count(), 1, 1)
            factory.value(made, 3, period=factory.period(office, since=month, until=month))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            get(office, name, *parts)
        counted.append(len(asked))
    assert counted[0] == counted[1] == counted[2] <= 12
