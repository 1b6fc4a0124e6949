"""Pages of a report: written as one types, looked through, handed in, answered by the office."""

import pytest
from django.urls import reverse

from tests.factories import events as factory
from tests.factories import programmes
from viche.events.choices import ReportState
from viche.events.models import Event, Report
from viche.events.operations import reporting

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
TYPED = {
    "revision": "0",
    "happened": "Розібрали три проєкти.",
    "total": "12",
    "cell-f-youth": "7",
    "group-older": "2",
    "media-count": "2",
    "media-0-title": "Газета",
    "media-0-link": "gazeta.example/novyna",
    "media-1-title": "",
    "media-1-link": "",
    "questions": "Хто лічить?\n\nКоли почнуть?",
    "followups": "",
    "ideas": "Парк",
}


@pytest.fixture
def event():
    return factory.published()


@pytest.fixture
def hub(client, event):
    client.force_login(event.author)
    return client


def at(name, event):
    return reverse(f"events:{name}", args=[event.code])


def office(name, event):
    return reverse(f"events:{name}", args=[event.programme.code, event.code])


def test_saved_as_one_types(hub, event):
    answer = hub.post(at("report", event), TYPED, **JSON)
    assert answer.json()["revision"] == 1
    report = Report.objects.get()
    assert report.media == [{"title": "Газета", "link": "https://gazeta.example/novyna"}]
    assert (report.questions, report.cells, report.groups) == (
        ["Хто лічить?", "Коли почнуть?"],
        {"f:youth": 7},
        {"older": 2},
    )
    page = hub.get(at("report", event)).content.decode()
    assert "https://gazeta.example/novyna" in page
    assert 'name="media-2-title"' in page


def test_one_more_row_without_scripts(hub, event):
    answer = hub.post(at("report", event), {**TYPED, "add": "media"})
    assert answer.url == f"{at('report', event)}#media"


WRONG = {
    "total": ("дванадцять", "Напишіть число", "Скільки людей прийшло: виправте «дванадцять»."),
    "cell-f-youth": ("сім", "Напишіть число", "Жінки, молодь 14–35: виправте «сім»."),
    "group-older": ("-2", "не може бути від’ємним", "Люди старшого віку: виправте «-2»."),
    "media-1-link": ("ні те ні се", "Напишіть адресу сторінки", "Згадка в медіа 2: виправте «ні те ні се»."),
    "ideas": ("я" * 4001, "Скоротіть на 1", "Які ідеї прозвучали: виправте «яяя"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_kept_and_shown_with_its_sentence(hub, event, name):
    typed, sentence, told = WRONG[name]
    wrong = {**TYPED, name: typed}
    answer = hub.post(at("report", event), wrong, **JSON).json()
    assert (answer["revision"], list(answer["faults"])) == (1, [f"id_{name}"])
    assert sentence in answer["faults"][f"id_{name}"]
    for _visit in range(2):
        page = hub.get(at("report", event))
        assert list(page.context["form"].errors) == [name]
        assert page.context["form"][name].value() == typed
        assert sentence in page.content.decode()
        assert "Розібрали три проєкти." in page.content.decode()
    pressed = hub.post(at("report", event), {**wrong, "revision": "1"})
    assert pressed.status_code == 422
    assert "Усе збережено, але дещо варто виправити" in pressed.content.decode()
    check = hub.post(at("report_submit", event))
    assert check.status_code == 422
    assert told in check.content.decode()
    assert len(check.context["faults"]) == 1
    assert hub.post(at("report", event), {**TYPED, "revision": "1"}).status_code == 302
    assert Report.objects.get().unread == {}
    assert hub.post(at("report_submit", event)).status_code == 302


def test_a_refused_link_keeps_its_place_when_empty_rows_are_left_out(hub, event):
    wrong = {**TYPED, "media-count": "4", "media-3-link": "javascript:alert(1)", "media-2-title": "Радіо"}
    hub.post(at("report", event), wrong, **JSON)
    report = Report.objects.get()
    assert [one["title"] for one in report.media] == ["Газета", "Радіо", ""]
    assert report.unread == {"media-2-link": "javascript:alert(1)"}
    assert 'href="javascript' not in hub.get(at("report_submit", event)).content.decode()


def test_what_lacks_is_not_told_twice(hub, event):
    hub.post(at("report", event), {**TYPED, "happened": "я" * 5001, "total": "?"}, **JSON)
    assert [name for name, _said in reporting.faults(Report.objects.get())] == ["happened", "total"]


def test_a_press_of_save_without_scripts_stays_on_the_page(hub, event):
    page = hub.get(at("report", event)).content.decode()
    assert 'name="stay"' in page
    assert ">Зберігаємо самі" not in page
    answer = hub.post(at("report", event), {**TYPED, "stay": "1"}, follow=True)
    assert answer.redirect_chain == [(at("report", event), 302)]
    assert "Збережено." in answer.content.decode()


def test_two_tabs_lose_no_word(hub, event):
    hub.post(at("report", event), TYPED, **JSON)
    other = {**TYPED, "ideas": "Фонтан"}
    told = hub.post(at("report", event), other, **JSON)
    assert (told.status_code, told.json()["revision"]) == (409, 1)
    page = hub.post(at("report", event), other)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Фонтан" in text
    assert "Парк" in text
    assert 'name="revision" value="1"' in text
    hub.post(at("report", event), {**other, "revision": "1"})
    assert Report.objects.get().ideas == ["Фонтан"]


def test_looked_through_and_handed_in(hub, event):
    factory.tally(event)
    answer = hub.post(at("report", event), TYPED)
    assert answer.url == at("report_submit", event)
    page = hub.get(answer.url).content.decode()
    assert "На місці нарахували 3 людини" in page
    assert "+9" not in page
    assert "+5" in page  # of young women the report tells seven, the count two
    assert hub.post(answer.url).url == at("report", event)
    assert Report.objects.get().state == ReportState.SUBMITTED
    assert "програма читає" in hub.get(at("report", event)).content.decode()
    assert hub.get(answer.url).url == at("report", event)
    late = hub.post(at("report", event), {**TYPED, "revision": "1", "ideas": "Ще"}, **JSON)
    assert late.status_code == 409
    assert "Звіт уже подано" in late.json()["text"]
    assert hub.post(at("report", event), {**TYPED, "ideas": "Ще"}).status_code == 409


def test_an_unfinished_report_says_what_it_lacks(hub, event):
    hub.post(at("report", event), {**TYPED, "total": "5"})
    page = hub.post(at("report_submit", event))
    assert page.status_code == 422
    assert "За статтю й віком разом 7, а всього названо 5." in page.content.decode()


def test_before_the_event_there_is_nothing_to_tell(hub, event):
    from datetime import UTC, datetime, timedelta

    later = datetime.now(UTC) + timedelta(days=2)
    Event.objects.filter(pk=event.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
    assert "Захід ще не відбувся" in hub.get(at("report", event)).content.decode()


def test_the_office_accepts_and_takes_back(client, event):
    factory.reported(event)
    client.force_login(programmes.officer(event.programme))
    assert "Прийняти звіт" in client.get(office("office_report", event)).content.decode()
    assert client.get(office("office_report_accept", event)).url == office("office_report", event)
    client.post(office("office_report_accept", event), {"remark": "Дякуємо", "revision": 1})
    assert Event.objects.get().heads == 3
    again = client.post(office("office_report_accept", event), {})
    assert again.status_code == 409
    assert "Скасувати прийняття" in client.get(office("office_report", event)).content.decode()
    assert client.post(office("office_report_reopen", event), {"remark": ""}).status_code == 422
    client.post(office("office_report_reopen", event), {"remark": "Полічено двічі"})
    assert Event.objects.get().heads is None
    assert "Полічено двічі" in client.get(office("office_report", event)).content.decode()


def test_the_office_returns_with_words_and_the_writer_sees_them(client, event):
    factory.reported(event)
    client.force_login(factory.consultant(event))
    assert client.post(office("office_report_return", event), {"remark": " "}).status_code == 422
    client.post(office("office_report_return", event), {"remark": "Скільки було молоді?"})
    client.force_login(event.author)
    assert "Скільки було молоді?" in client.get(at("report", event)).content.decode()


def test_who_handed_it_in_does_not_judge(client, event):
    factory.reported(event)
    author = event.author
    author.memberships.all().delete()
    programmes.officer(event.programme, user=author)
    client.force_login(author)
    assert "перевірить хтось інший" in client.get(office("office_report", event)).content.decode()
    assert client.post(office("office_report_accept", event), {}).status_code == 404


def test_queries(client, event, django_assert_max_num_queries):
    factory.tally(event)
    factory.photo(event)
    client.force_login(event.author)
    with django_assert_max_num_queries(12):
        client.get(at("report", event))
    factory.reported(event)
    with django_assert_max_num_queries(12):
        client.get(at("report", event))
    client.force_login(programmes.officer(event.programme))
    with django_assert_max_num_queries(12):
        client.get(office("office_report", event))
