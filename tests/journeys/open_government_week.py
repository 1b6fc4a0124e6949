"""A week of open government over HTTP: the campaign and its rules, an event that must become inclusive, a consultant who
looks, people who register without an account, an air-raid alert, a new day, heads, a report that counts.
"""

import json
import re
import uuid
from datetime import UTC, date, datetime

import icalendar
import pytest
import time_machine
from django.core import mail

from tests.factories import people, places, programmes
from tests.journeys.walking import Person
from viche.events.choices import SeatState, State
from viche.events.models import Campaign, Event, Registration
from viche.journal import queries as journal
from viche.programmes.choices import RoleKind
from viche.work import worker

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = "/office/OPEN/"
RULES = {"groups_ask": "1", "groups_blocks": "on", "speakers_ask": "40", "partners_ask": "1"}


@pytest.fixture
def clock():
    """The time of the journey; `clock(…)` goes on to another moment, and the worker does what has become due."""
    with time_machine.travel(datetime(2026, 4, 20, 9, 0, tzinfo=UTC), tick=True) as travelling:

        def go(*moment):
            travelling.move_to(datetime(*moment, tzinfo=UTC), tick=True)
            worker.drain()

        yield go


def letter_to(email):
    """The latest letter to this mailbox."""
    worker.drain()
    body = next(letter.body for letter in reversed(mail.outbox) if letter.to == [email])
    return body.replace("\N{NO-BREAK SPACE}", " ")


def link_in(letter, part):
    """The path of a link in a letter."""
    return re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", letter)[1]


def prepare_campaign(officer):
    """The officer makes the campaign; its conditions are data."""
    officer.fills(
        f"{OFFICE}campaigns/new/",
        code="OGW-26",
        name="Тиждень відкритого врядування",
        lead="П’ять днів, коли рада відчиняє двері.",
        starts_on="18.05.2026",
        ends_on="22.05.2026",
        hashtags="#OpenGovWeek",
        goals=["16"],
        is_public="on",
        **RULES,
    )
    campaign = Campaign.objects.get()
    assert campaign.rules["groups"] == {"least": 1, "blocks": True}
    return campaign


def write_event(head):
    """A head whom the programme does not know yet writes an event: what the campaign demands is missing, and is told."""
    page = Person().sees("/campaigns/OGW-26/")
    assert "Тиждень відкритого врядування" in page
    begun = head.fills(re.search(r'href="(/me/events/new/[^"]*)"', page)[1], title="Відкритий прийом: питаємо раду")
    event = Event.objects.get()
    address = begun.request["PATH_INFO"]
    head.fills(
        address,
        format="debate",
        starts_at="2026-05-19T14:00",
        ends_at="2026-05-19T16:00",
        venue="Сесійна зала, вул. Соборна, 3",
        is_place_private="on",
        entry="seats",
        capacity="2",
        speakers_women="1",
        speakers_men="1",
        partners="Рада ветеранів",
    )
    answer = head.client.post(f"/me/events/{event.code}/submit/")
    assert answer.status_code == 422
    assert Event.objects.get().state == State.DRAFT
    head.fills(address, group_older="Привозимо з трьох сіл, запрошуємо через раду ветеранів.")
    assert head.client.post(f"/me/events/{event.code}/submit/").status_code == 302
    assert Event.objects.get().state == State.SUBMITTED
    return event.code


def moderate(consultant, head, code):
    """The consultant of the oblast asks a question, gets it mended, and lets the event appear."""
    assert code in consultant.sees(f"{OFFICE}events/")
    consultant.fills(f"{OFFICE}events/{code}/", at="return", remark="Чи є вхід без сходинок?")
    assert "Чи є вхід без сходинок?" in letter_to(head.user.email)
    head.fills(f"/me/events/{code}/", access=["step_free"])
    head.client.post(f"/me/events/{code}/submit/")
    consultant.fills(f"{OFFICE}events/{code}/", at="accept")
    assert Event.objects.get().state == State.PUBLISHED


def find(code):
    """A visitor finds it by its goal and reads everything but the exact place, in every form."""
    visitor = Person()
    assert code in visitor.sees("/events/?goal=16&access=step_free")
    for address in (f"/events/{code}/", f"/events/{code}.ics", "/events.json", "/events.csv", "/events.geojson"):
        assert "Соборна" not in visitor.sees(address), address
    calendar = icalendar.Calendar.from_ical(visitor.sees(f"/events/{code}.ics"))
    (event,) = calendar.walk("VEVENT")
    assert str(Event.objects.get().uid) in event["UID"]
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 5, 19, 11, 0, tzinfo=UTC)
    return int(event["SEQUENCE"])


def register(code):
    """Three neighbours without accounts ask for two seats; one cannot come, and the third is let in."""
    for number in (1, 2, 3):
        Person().fills(f"/events/{code}/register/", name=f"Сусідка {number}", email=f"resident{number}@viche.example")
        worker.drain()
    states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert states == [SeatState.SEATED, SeatState.SEATED, SeatState.WAITING]
    letter = letter_to("resident1@viche.example")
    assert "Соборна" in letter  # those who registered learn the exact place
    link = link_in(letter, "/seats/")
    Person().sees(link)
    assert (
        Registration.objects.filter(state=SeatState.CANCELLED).count() == 0
    )  # a scanner that opens links cancels nothing
    Person().fills(link, press=("cancel", "1"))
    worker.drain()
    states = list(Registration.objects.order_by("pk").values_list("state", flat=True))
    assert states == [SeatState.CANCELLED, SeatState.SEATED, SeatState.SEATED]
    assert "Соборна" in letter_to("resident3@viche.example")


def put_off(head, code, sequence):
    """The sirens: one tap, everybody is told, calendars learn; two days later it takes place."""
    page = head.sees(f"/me/events/{code}/move/")
    assert "alert" in page
    sends(head, f"/me/events/{code}/move/", act="postpone", postpone__why="alert")
    assert Event.objects.get().state == State.POSTPONED
    assert "тривог" in letter_to("resident2@viche.example")
    postponed = Person().sees(f"/events/{code}.ics")
    assert "STATUS:TENTATIVE" in postponed
    sends(head, f"/me/events/{code}/move/", act="time", time__starts_at="2026-05-21T14:00")
    (event,) = icalendar.Calendar.from_ical(Person().sees(f"/events/{code}.ics")).walk("VEVENT")
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 5, 21, 11, 0, tzinfo=UTC)
    assert int(event["SEQUENCE"]) > sequence
    assert "21 травня" in letter_to("resident3@viche.example")


def sends(person, address, **typed):
    """Press a button of a page that has several forms."""
    answer = person.client.post(address, {name.replace("__", "-"): value for name, value in typed.items()})
    assert answer.status_code == 302, answer.content.decode()[-2000:]


def hold(head, code):
    """One of the two comes and is checked in; heads are counted with those who came without registering; the report."""
    head.sees(f"/me/events/{code}/door/")
    tally = {"key": str(uuid.uuid4()), "revision": 1, "cells": {"f:adult": 7, "m:older": 4}, "groups": {"older": 4}}
    counted = head.client.post(f"/me/events/{code}/count/tally/", json.dumps(tally), content_type="application/json")
    assert counted.status_code == 200
    head.fills(f"/me/events/{code}/report/", happened="Дві години запитань. Рада пообіцяла графік.", questions="Коли?")
    head.fills(f"/me/events/{code}/report/submit/")


def test_the_week(clock):
    hromada = places.hromada()
    programme = programmes.programme(code="OPEN", name="Відкриті громади", ends_on=date(2027, 12, 31))
    officer = Person(programmes.officer(programme, name="Керівниця програми"))
    consultant = Person(programmes.role(RoleKind.CONSULTANT, programme, oblast=hromada.oblast).user)
    stranger = Person(programmes.consultant(programme, oblast=places.oblast(name="Львівська")))
    council = people.organisation(hromada=hromada)
    head = Person(people.head(council, name="Голова громади", email="head@viche.example"))

    prepare_campaign(officer)
    code = write_event(head)
    assert stranger.is_refused(f"{OFFICE}events/{code}/")  # the consultant of another oblast
    moderate(consultant, head, code)
    sequence = find(code)
    register(code)
    clock(2026, 5, 19, 10, 55)
    put_off(head, code, sequence)
    clock(2026, 5, 21, 13, 30)
    hold(head, code)
    assert Event.objects.get().heads is None
    consultant.fills(f"{OFFICE}events/{code}/report/", at="accept")
    assert Event.objects.get().heads == 11
    assert json.loads(Person().sees("/events.json?campaign=OGW-26&when=all"))[0]["code"] == code
    assert journal.verify(None).fault is None
