"""What everybody reads of an event that was held: only what was accepted, few people masked in every door, pleas about photographs."""

import json
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import people, programmes
from tests.site.pages import queries_of, text_of
from viche.events import exports
from viche.events.models import Event, Photo
from viche.events.operations import photos, reporting
from viche.events.queries import outcomes, showing
from viche.events.queries import photos as photo_queries
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.people.operations import forget
from viche.work import worker

pytestmark = pytest.mark.django_db
AFTER = factory.AFTER
MANY = {"f:youth": 12, "f:adult": 14, "f:older": 9, "m:youth": 2, "m:adult": 17, "m:older": 8, "x:x": 6}


@pytest.fixture
def event():
    return factory.published()


def page_of(client, event):
    answer = client.get(event.get_absolute_url())
    return text_of(answer).partition("Що з цього вийшло")[2].partition("Щоб було зручно")[0]


def test_what_is_over_invites_nobody_any_more(client, event):
    poster = reverse("events:poster_pdf", args=[event.code])
    said = client.get(event.get_absolute_url()).content.decode()
    assert "Організатор:" in said
    assert poster not in said
    at = timezone.now() + timedelta(days=3)
    Event.objects.update(starts_at=at, ends_at=at + timedelta(hours=2))
    caches["pages"].clear()
    said = client.get(event.get_absolute_url()).content.decode()
    assert "Запрошує" in said
    assert poster in said


def test_the_page_tells_what_came_of_it(client, event):
    factory.accepted(event, total=68, cells=MANY, groups={"older": 9, "veterans": 3})
    said = page_of(client, event)
    for words in (
        "68",
        "Розібрали три проєкти",
        "жінки 35",
        "60 і старші 17",
        "люди старшого віку – 9",
        "ветерани й ветеранки та їхні родини – приховано",
        "Зустріч щовівторка",
        "Парк над річкою",
        "Хто рахує голоси?",
        "числа не показуємо",
    ):
        assert words in said, words
    body = client.get(event.get_absolute_url()).content.decode()
    assert 'href="https://paper.example/story" rel="external nofollow noopener">Районна газета' in body
    assert "molod" not in body
    assert 'class="meter"' in body


def test_few_are_hidden_and_cannot_be_reckoned(event):
    report = factory.accepted(event, total=68, cells=MANY)
    heads = outcomes.of(event).heads
    rows = {age.label: dict(zip([part.label for part in heads.sexes], cells, strict=True)) for age, cells in heads.rows}
    assert rows["молодь 14–35"] == {"жінки": None, "чоловіки": None, "не вказано": 0}
    assert (heads.total, heads.is_masked, heads.is_split) == (68, True, True)
    assert [part.label for part in heads.ages] == ["молодь 14–35", "дорослі 36–59", "60 і старші", "вік не вказано"]
    assert report.total == 68


def test_nothing_accepted_is_told_as_not_known(client, event):
    assert "ще не відомо" in page_of(client, event)
    report = factory.reported(event, total=68, cells=MANY)
    assert "ще не відомо" in page_of(client, event)
    assert "Розібрали" not in page_of(client, event)
    judge = programmes.officer(event.programme)
    reporting.accept(report, revision=report.revision, remark="", by=judge, at=AFTER)
    assert "Розібрали" in page_of(client, event)
    reporting.reopen(report, remark="Полічено двічі", by=judge, at=AFTER)
    assert "Розібрали" not in page_of(client, event)


@pytest.mark.parametrize(
    ("heads", "words", "not_words"),
    [
        ({"total": 3, "cells": {"f:youth": 3}}, "менш як 5", "жінки"),
        ({"total": 0, "cells": {}}, "людей прийшло 0", "Хто прийшов"),
        ({"total": 40, "cells": {}}, "Статі й віку тут не записували", "приховано"),
        ({"total": 40, "cells": {"f:youth": 2}}, "числа не показуємо", "Статі й віку"),
    ],
)
def test_what_is_not_known_is_not_told(client, event, heads, words, not_words):
    factory.accepted(event, **heads)
    said = page_of(client, event)
    assert words in said
    assert not_words not in said


def test_before_it_is_held_and_when_it_was_called_off_there_is_no_outcome(client):
    now = timezone.now()
    ahead = factory.published(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=2))
    off = factory.published()
    Event.objects.filter(pk=off.pk).update(state="cancelled", cancelled_why="Хворіємо")
    assert page_of(client, ahead) == page_of(client, off) == ""


@pytest.mark.parametrize(("total", "told", "words"), [(3, None, "людей менш як 5"), (36, 36, "прийшли 36 людей")])
def test_every_door_tells_the_same(client, event, total, told, words):
    factory.accepted(event, total=total, cells={})
    shown = showing.shown(Event.objects.get())
    assert (shown.heads, shown.is_counted) == (told, True)
    assert words in shown.standing(timezone.now()).words
    (row,) = json.loads(client.get("/events.json?when=past").content)
    assert row["heads"] == told
    assert dict(zip(exports.COLUMNS, next(exports.rows([shown])), strict=True))["heads"] == told
    points = json.loads(client.get("/events.geojson?when=past").content)
    assert [one["properties"]["heads"] for one in points["features"]] == [told]
    assert words in text_of(client.get("/events/?when=past"))


def test_queries_of_the_page_do_not_grow(client, event):
    factory.accepted(event)
    factory.photo(event, has_consent=True, public_from=date(2024, 5, 21))
    one = queries_of(client, event.get_absolute_url())
    for _number in range(3):
        factory.photo(event, has_consent=True, public_from=date(2024, 5, 21))
    assert queries_of(client, event.get_absolute_url()) == one <= 6


def public_photo(event, **words):
    return factory.photo(event, has_consent=True, public_from=date(2024, 5, 21), caption="Діти малюють", **words)


def test_photographs_stand_on_the_page_from_their_day_with_consent(client, event):
    public_photo(event)
    factory.photo(event, caption="Без згоди")
    factory.photo(event, is_list=True, caption="Список")
    factory.photo(event, has_consent=True, public_from=timezone.localdate() + timedelta(days=1), caption="Завтра")
    body = client.get(event.get_absolute_url()).content.decode()
    assert "Діти малюють" in body
    for words in ("Без згоди", "Список", "Завтра"):
        assert words not in body


def test_anybody_may_ask_to_take_a_photograph_down(client, event):
    photo = public_photo(event)
    address = reverse("events:photo_plea", args=[event.code, photo.key])
    assert address in client.get(event.get_absolute_url()).content.decode()
    assert "пояснювати не треба" in text_of(client.get(event.get_absolute_url()))
    assert client.get(address).status_code == 200
    answer = client.post(address, {"why": "Це моя донька", "email": "mama@viche.example"}, follow=True)
    assert "Світлину приховано" in text_of(answer)
    stored = Photo.objects.get()
    assert (stored.public_from, stored.has_consent, stored.plea) == (None, False, "Це моя донька")
    assert stored.hidden_at is not None
    assert "Діти малюють" not in client.get(event.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404
    entry = Entry.objects.get(verb="events.photo_pleaded")
    assert entry.actor_id is None
    assert "mama" not in json.dumps(entry.values.body, ensure_ascii=False)


def test_a_wrong_mailbox_is_said_and_nothing_is_hidden(client, event):
    photo = public_photo(event)
    answer = client.post(reverse("events:photo_plea", args=[event.code, photo.key]), {"email": "мама"})
    assert answer.status_code == 422
    assert "не схоже на пошту" in text_of(answer)
    assert Photo.objects.get().hidden_at is None


def test_who_answers_for_it_gets_a_letter_and_sees_the_plea(client, event):
    officer = programmes.officer(event.programme)
    photo = public_photo(event)
    photos.plead(photo, why="Це моя донька", email="mama@viche.example", by=people.user(), at=AFTER)
    worker.drain()
    letters = Letter.objects.filter(kind="events.plea")
    assert {letter.to for letter in letters} == {officer.email, event.author.email}
    assert all("Це моя донька" in letter.text and "вже її приховали" in letter.text for letter in letters)
    client.force_login(officer)
    said = text_of(client.get(reverse("events:photos", args=[event.code])))
    assert "Просять прибрати" in said
    assert "mama@viche.example" in said


def test_shown_again_only_with_consent_anew_and_then_the_plea_is_answered(event):
    photo = public_photo(event)
    photos.plead(photo, why="", email="mama@viche.example", by=people.user(), at=AFTER)
    photos.describe(photo, words=photos.Words(caption="Новий підпис"), by=event.author, at=AFTER)
    assert Photo.objects.get().plea_email == "mama@viche.example"
    again = photos.Words(caption="Діти", has_consent=True, public_from=date(2024, 5, 22))
    photos.describe(photo, words=again, by=event.author, at=AFTER)
    stored = Photo.objects.get()
    assert (stored.plea_at, stored.plea_email, stored.hidden_at) == (None, "", None)


def test_nobody_empties_the_whole_gallery_in_a_day(event, monkeypatch):
    monkeypatch.setattr(photos, "HIDDEN_AT_ONCE", 1)
    first, second = public_photo(event), public_photo(event)
    for photo in (first, second, second):
        photos.plead(photo, why="", email="", by=people.user(), at=AFTER)
    assert list(photo_queries.public(on=date(2024, 5, 30))) == [second]
    worker.drain()
    texts = Letter.objects.filter(kind="events.plea").order_by("pk").values_list("text", flat=True)
    assert ["поки бачать усі" in text for text in texts] == [False, True]


def test_too_many_pleas_from_one_machine_wait(client, event, settings):
    settings.ACCOUNT_RATE_LIMITS = {"plea": "1/h/ip"}
    one, two = public_photo(event), public_photo(event)
    statuses = [
        client.post(reverse("events:photo_plea", args=[event.code, photo.key])).status_code for photo in (one, two)
    ]
    assert statuses == [302, 429]
    assert photo_queries.public(on=timezone.localdate()).count() == 1


def test_the_mailbox_of_a_plea_is_forgotten_with_the_person(event):
    asking = people.user()
    photos.plead(public_photo(event), why="", email=asking.email, by=asking, at=AFTER)
    forget(asking, by=people.administrator(), at=AFTER)
    assert Photo.objects.get().plea_email == ""
