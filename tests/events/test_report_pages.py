"""Pages of a report: written as one types, looked through, handed in, answered by the office."""

import pytest
from django.urls import reverse

from tests.factories import events as factory
from tests.factories import programmes
from viche.events.choices import ReportState
from viche.events.models import Event, Report

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


def test_a_number_that_is_none_stays_on_the_page(hub, event):
    wrong = {**TYPED, "total": "дванадцять"}
    assert "Скільки людей прийшло: Напишіть число" in hub.post(at("report", event), wrong, **JSON).json()["text"]
    page = hub.post(at("report", event), wrong)
    assert page.status_code == 422
    assert "дванадцять" in page.content.decode()
    assert "Розібрали три проєкти." in page.content.decode()
    assert hub.post(at("report", event), {**TYPED, "media-0-link": "ні те ні се"}).status_code == 422


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
