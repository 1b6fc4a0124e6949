"""A year's plan from a table: every row's fate is shown first; good rows are kept, bad ones told; twice makes no doubles."""

import io
import json
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.events.under_way import running
from tests.factories import events, people, places
from viche.events.forms import plans as forms
from viche.events.models import Event, Plan
from viche.events.operations import drafts, plans
from viche.events.queries.writing import Frame
from viche.methods.refusals import NotAllowed

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
HEAD = "Назва;День;Початок;Кінець;Формат;Місце"
ADDRESS = "/me/events/plan/"


@pytest.fixture
def hub(client):
    hub = events.hub(running())
    client.force_login(hub.user)
    return hub


def sixty():
    """A plan of sixty rows; three of them are wrong."""
    day = datetime(2027, 1, 4, tzinfo=UTC)
    rows = [f"Зустріч {n};{day + timedelta(days=n):%d.%m.%Y};18:00;19:30;семінар;Читальна зала" for n in range(60)]
    rows[9] = "Зустріч 9;30.02.2027;18:00;19:30;семінар;Читальна зала"
    rows[19] = ";15.02.2027;18:00;17:00;семінар;Читальна зала"
    rows[29] = "Зустріч 29;15.02.2027;вечір;;диспут;Читальна зала"
    return "\n".join([HEAD, *rows])


def table(text, name="план.csv"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def owned(hub, **more):
    return {"frame": f"programme-{hub.programme.code}", "organisation": hub.organisation.pk, **more}


def shown(client, hub, text, **more):
    return client.post(ADDRESS, owned(hub, file=table(text, **more)))


def taken(client, hub, page):
    return client.post(ADDRESS, owned(hub, rows=page.context["rows"]), follow=True)


def test_good_rows_are_kept_and_bad_ones_told(client, hub):
    page = shown(client, hub, sixty())
    assert (page.context["good"], len(page.context["bad"]), len(page.context["others"])) == (57, 3, 57)
    wrong = {row["number"]: " ".join(row["wrong"]) for row in page.context["bad"]}
    assert set(wrong) == {11, 21, 31}
    assert "День: Напишіть день, місяць і рік" in wrong[11]
    assert "Назва: Заповніть це поле. Кінець: Кінець раніше за початок" in wrong[21]
    assert "Початок: Напишіть час" in wrong[31]
    assert "«диспут» не знаємо" in wrong[31]
    assert Event.objects.count() == 0
    answer = taken(client, hub, page)
    assert "Створено 57 чернеток." in answer.content.decode()
    assert Event.objects.count() == 57
    made = Event.objects.get(title="Зустріч 0")
    assert (made.format, made.venue, made.hromada, made.organisation) == (
        "seminar",
        "Читальна зала",
        hub.organisation.hromada,
        hub.organisation,
    )
    assert made.starts_at == datetime(2027, 1, 4, 16, 0, tzinfo=UTC)
    assert made.ends_at - made.starts_at == timedelta(minutes=90)


def test_a_table_that_was_read_need_not_be_chosen_again(client, hub):
    page = client.post(ADDRESS, owned(hub, frame="", file=table(sixty())))
    assert page.status_code == 422
    text = page.content.decode()
    assert "Таблицю вже прочитано" in text
    assert "У ній 60 рядків." in text
    carried = page.context["form"].table
    again = client.post(ADDRESS, owned(hub, table=carried))
    assert (again.status_code, again.context["good"], len(again.context["bad"])) == (200, 57, 3)
    other = client.post(ADDRESS, owned(hub, table=carried, file=table(f"{HEAD}\nЗустріч;28.02.2027;18:00;;;")))
    assert (other.context["good"], other.context["bad"]) == (1, [])


@pytest.mark.parametrize("carried", ["", "[]", "{", "5", '[["x", {}]]', json.dumps([[1, {}]] * 501)])
def test_a_table_lost_on_the_way_is_asked_for(client, hub, carried):
    page = client.post(ADDRESS, owned(hub, table=carried))
    assert page.status_code == 422
    assert "file" in page.context["form"].errors
    assert "Таблицю вже прочитано" not in page.content.decode()


def test_the_preview_says_where_and_in_whose_name(client, hub):
    text = shown(client, hub, f"{HEAD}\nЗустріч;28.02.2027;18:00;;;").content.decode()
    assert f"{hub.programme.name} · {hub.organisation.name}" in text
    mine = client.post(ADDRESS, owned(hub, organisation="own", file=table(f"{HEAD}\nЗустріч;28.02.2027;18:00;;;")))
    assert "від власного імені" in mine.content.decode()


def test_bad_rows_stand_first_and_stay_with_the_plan_to_be_mended(client, hub):
    page = shown(client, hub, sixty())
    text = re.sub(r"<input[^>]*>", "", page.content.decode())
    assert text.index("Напишіть час") < text.index("Зустріч 0")
    made = taken(client, hub, page)
    plan = Plan.objects.get()
    assert [row["number"] for row in plan.bad_rows] == [11, 21, 31]
    for answer in (made, client.get(reverse("events:plan_made", args=[plan.pk]))):
        text = answer.content.decode()
        assert "З 3 рядків чернеток не вийшло" in text
        assert "Кінець раніше за початок" in text
        assert text.index("Напишіть час") < text.index("Зустріч 0")
    for ending in ("csv", "xlsx"):
        file = client.get(reverse("events:plan_bad_rows", args=[plan.pk, ending]))
        again = shown(client, hub, file.content, name=f"plan.{ending}")
        assert (again.context["good"], len(again.context["bad"]), again.context["others"]) == (0, 3, [])
    told = client.get(reverse("events:plan_bad_rows", args=[plan.pk, "json"])).json()
    assert (told[0]["row"], told[0]["title"]) == (11, "Зустріч 9")
    assert "Напишіть день, місяць і рік" in told[0]["wrong"]
    mended = shown(client, hub, f"{HEAD}\nЗустріч 9;28.02.2027;18:00;19:30;семінар;Читальна зала")
    taken(client, hub, mended)
    assert [one.bad_rows for one in Plan.objects.order_by("pk")][1:] == [[]]


def test_the_same_plan_twice_makes_no_doubles(client, hub):
    page = shown(client, hub, sixty())
    taken(client, hub, page)
    assert "Уже були: 57" in taken(client, hub, page).content.decode()
    again = shown(client, hub, sixty())
    assert again.context["good"] == 0
    assert again.context["fates"][0].existing.title == "Зустріч 0"
    assert Event.objects.count() == 57


def test_a_row_that_stands_twice_in_the_file(client, hub):
    row = "Зустріч;04.01.2027;18:00"
    page = shown(client, hub, f"{HEAD}\n{row}\n{row.upper()}")
    assert [fate.repeats for fate in page.context["fates"]] == [0, 2]
    taken(client, hub, page)
    assert Event.objects.count() == 1


def test_a_workbook_with_english_heads_and_all_columns(client, hub):
    book = openpyxl.Workbook()
    book.active.append(list(forms.COLUMNS))
    full = {
        "title": "Reading",
        "day": datetime(2027, 1, 4),  # noqa: DTZ001 — a workbook knows no zones
        "starts": "18.00",
        "ends": "19",
        "format": "seminar",
        "mode": "online",
        "hromada": hub.organisation.hromada.code,
        "online_link": "example.org/room",
        "capacity": 40,
        "partners": "Разом",
        "about": "Про що",
    }
    book.active.append([full.get(name) for name in forms.COLUMNS])
    body = io.BytesIO()
    book.save(body)
    page = shown(client, hub, body.getvalue(), name="plan.xlsx")
    assert page.context["good"] == 1, page.context["fates"][0].wrong
    taken(client, hub, page)
    made = Event.objects.get()
    assert (made.mode, made.online_link, made.capacity) == ("online", "https://example.org/room", 40)
    assert made.partners == ["Разом"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_sample_is_itself_a_plan(client, hub, ending):
    sample = client.get(reverse("events:plan_file", args=[ending]))
    page = shown(client, hub, sample.content, name=f"plan.{ending}")
    assert page.context["good"] == 1, page.context["fates"][0].wrong


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "порожній"),
        ("Назва;День\nЗустріч;1", "немає стовпців: Початок"),
        ("просто текст", "немає стовпців: Назва, День, Початок"),
        (HEAD, "немає жодного рядка"),
        (" \n", "немає жодного рядка"),
        (b"\x89PNG\0\0", "Файл не читається"),
        (b"PK\x03\x04 broken", "Файл не читається"),
        ("\n".join([HEAD] + ["Зустріч;04.01.2027;18:00"] * 501), "до 500"),
        (";".join(["x"] * 70), "Стовпців забагато"),
        (HEAD + "\n" + "я" * 4001, "завеликий текст"),
        (b"x" * (forms.LARGEST + 1), "Файл завеликий"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_a_sentence(client, hub, text, sentence):
    answer = shown(client, hub, text)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_file_over_the_limit_of_all_files(client, hub, settings):
    settings.UPLOAD_LIMIT = 1000
    answer = shown(client, hub, "x" * 2000)
    assert answer.status_code == 413
    assert "завеликий" in answer.content.decode()


@pytest.mark.parametrize("rows", ["", "[]", "{", "[1]", '[["x", {}]]', "[[1, []]]", json.dumps([[1, {}]] * 501)])
def test_rows_that_were_lost_on_the_way(client, hub, rows):
    answer = client.post(ADDRESS, owned(hub, rows=rows))
    assert answer.status_code == 422
    assert "Додайте файл ще раз" in answer.content.decode()


def test_rows_are_judged_again_when_they_come_back(client, hub):
    rows = json.dumps([[2, {"title": "Добра", "day": "04.01.2027", "starts": "18:00"}], [3, {"title": "Погана"}]])
    client.post(ADDRESS, owned(hub, rows=rows))
    assert [event.title for event in Event.objects.all()] == ["Добра"]


def test_three_hundred_rows_cost_as_many_queries_as_three(client, hub, django_assert_max_num_queries):
    hromadas = [places.hromada() for _ in range(300)]
    spelled = [(one.code, one.name, one.label, one.placed)[number % 4] for number, one in enumerate(hromadas)]
    counts = []
    for many in (3, 300):
        rows = [f"Зустріч {n};04.01.2027;18:00;{name}" for n, name in enumerate(spelled[:many])]
        with django_assert_max_num_queries(20) as caught:
            page = shown(client, hub, "\n".join(["Назва;День;Початок;Громада", *rows]))
        assert page.context["good"] == many
        counts.append(len(caught))
    assert counts[0] == counts[1]
    assert [fate.values["hromada"] for fate in page.context["fates"]] == hromadas


def test_a_hromada_that_several_may_mean_is_told(client, hub):
    for oblast in ("Львівська", "Одеська"):
        name = places.oblast(name=oblast)
        places.hromada(name="Миколаївська", oblast=name, slug=f"mykolaivska-{oblast}")
    page = shown(client, hub, "Назва;День;Початок;Громада\nЗустріч;04.01.2027;18:00;Миколаївська")
    assert "Підходять кілька громад" in page.context["fates"][0].wrong[0]


def test_in_ones_own_name(hub):
    row = {"title": "Моя", "starts_at": NOW}
    user, frame = people.user(), Frame(hub.programme)
    for _ in range(2):
        made = plans.take_over(frame, organisation=None, rows=[row], by=user, at=NOW)
    assert (made.events, made.doubles) == ([], 1)
    assert Event.objects.get().author == user


def test_in_the_name_of_ones_own_organisation_only(client, hub):
    other = people.organisation()
    with pytest.raises(NotAllowed):
        plans.take_over(Frame(hub.programme), organisation=other, rows=[], by=hub.user, at=NOW)
    answer = client.post(ADDRESS, {**owned(hub), "organisation": other.pk, "file": table(sixty())})
    assert answer.status_code == 422


def test_a_declined_or_cancelled_event_does_not_stand_in_the_way(hub):
    row, frame = {"title": "Зустріч", "starts_at": NOW}, Frame(hub.programme)
    (event,) = plans.take_over(frame, organisation=hub.organisation, rows=[row], by=hub.user, at=NOW).events
    Event.objects.update(state="declined", decline_reason="paid")
    assert len(plans.take_over(frame, organisation=hub.organisation, rows=[row], by=hub.user, at=NOW).events) == 1
    assert drafts.copy(event, starts_at=None, by=hub.user, at=NOW).title == "Зустріч"


def test_a_day_that_is_over_or_not_of_the_campaign_is_told_before_drafts_are_made(client, hub):
    days = {"starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=9)}
    week = events.campaign(hub.programme, **days)
    Event.objects.all().delete()
    inside, later, over = (f"{NOW + timedelta(days=n):%d.%m.%Y}" for n in (5, 40, -40))
    text = f"{HEAD}\nУ тиждень;{inside};18:00\nПотім;{later};18:00\nТоді;{over};18:00"
    page = client.post(ADDRESS, owned(hub, frame=week.code, file=table(text)))
    odd = [" ".join(fate.odd) for fate in page.context["fates"]]
    assert odd[0] == ""
    assert "а захід в інший день. Спершу його подивиться програма." in odd[1]
    assert "Цей час уже минув. Перевірте день і рік." in odd[2]
    said = page.content.decode()
    assert "У 2 рядках перевірте день." in said
    assert said.count("створимо, але перевірте") == 2
    plain = shown(client, hub, text)
    assert [len(fate.odd) for fate in plain.context["fates"]] == [0, 0, 1]
    assert plain.context["good"] == 3


def test_no_campaign_is_chosen_for_a_year_before_the_person_chooses(client, hub):
    assert client.get(ADDRESS).context["form"].initial["frame"] == f"programme-{hub.programme.code}"
    events.campaign(hub.programme, starts_on=NOW.date(), ends_on=NOW.date() + timedelta(days=9))
    page = client.get(ADDRESS)
    assert "frame" not in page.context["form"].initial
    assert client.post(ADDRESS, {"organisation": hub.organisation.pk, "file": table(sixty())}).status_code == 422


def test_an_unknown_hromada_of_a_file_is_told_in_words_of_a_file(client, hub):
    page = shown(client, hub, "Назва;День;Початок;Громада\nЗустріч;04.01.2027;18:00;Тридев’ята")
    wrong = " ".join(page.context["bad"][0]["wrong"])
    assert "впишіть код громади за КАТОТТГ" in wrong
    assert "набору" not in wrong
