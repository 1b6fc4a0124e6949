"""A year of hubs over HTTP, as librarians and officers walk it: plans, meetings, heads counted, reports, figures.

The figures follow a real programme: libraries of 70 hromadas in 24 oblasts held more than 300 meetings for more than
6 000 residents, and 24 libraries kept the press clubs of their oblasts. Only accepted reports count.
"""

import csv
import io
import json
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import people, places, programmes
from tests.journeys.walking import Person
from viche.demo import stage
from viche.demo.playing import draw
from viche.events.choices import Format, State
from viche.events.models import Event, Report, Tally
from viche.journal import queries as journal
from viche.places.models import Hromada
from viche.places.operations import invent
from viche.programmes.models import Participant
from viche.work import worker

# Some fifteen hundred requests: on a busy machine they take minutes.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1200)]
OFFICE = "/office/HUBS/"
HUBS, OBLASTS, TURNS = 70, 24, 4
FIRST_DAY = datetime(2025, 10, 6, tzinfo=UTC)
JSON = "application/json"


@pytest.fixture
def clock():
    """The time of the journey; `clock(…)` goes on to another moment, and the worker does what has become due."""
    with time_machine.travel(datetime(2025, 9, 8, 9, 0, tzinfo=UTC), tick=True) as travelling:

        def go(*moment):
            travelling.move_to(datetime(*moment, tzinfo=UTC), tick=True)
            worker.drain()

        yield go


def lay_ground():
    """Seventy libraries in twenty-four oblasts, each with a librarian; a programme with an officer."""
    told = stage.texts("hromadas")["hromadas"]
    oblasts = {name: places.oblast(name=name) for name in dict.fromkeys(row[3] for row in told)}
    assert len(oblasts) == OBLASTS
    librarians = []
    for number, (name, kind, centre, oblast, *point) in enumerate(told[:HUBS], start=1):
        hromada = invent(
            name, number=number, kind=stage.KINDS[kind], centre=centre, oblast=oblasts[oblast], point=point
        )
        library = people.organisation(name=f"Бібліотека «{centre}»", kind="library", hromada=hromada)
        librarians.append(Person(people.head(library, name=f"Бібліотекарка {number}")))
        librarians[-1].library = library
    programme = programmes.programme(code="HUBS", name="Бібліотека – площа громади", ends_on=date(2027, 8, 31))
    return Person(programmes.officer(programme, name="Керівниця програми")), librarians


def admit(officer, librarians):
    """The officer writes the hubs in, and the first library of each oblast as its press club."""
    address, seen = f"{OFFICE}participants/admit/", set()
    for librarian in librarians:
        library = librarian.library
        sends(officer, address, organisation=library.edrpou, kind="hub")
        if library.hromada.oblast_id not in seen:
            seen.add(library.hromada.oblast_id)
            sends(officer, address, organisation=library.edrpou, kind="press_club")
    assert Participant.objects.filter(kind="hub").count() == HUBS
    assert Participant.objects.filter(kind="press_club").count() == OBLASTS


def sends(person, address, *, accept="text/html", **typed):
    """Press the button of a form that others have opened before; a page that complains stops the journey."""
    answer = person.client.post(address, typed, headers={"Accept": accept})
    assert answer.status_code in {200, 302}, f"{address}: {answer.status_code} {answer.content.decode()[:2000]}"
    return answer


def plan_of(number, librarian, *, is_club):
    """The plan of a hub for the year, as a table: what, when, where."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["Назва", "День", "Початок", "Кінець", "Формат", "Місце"])
    formats = [one for one in Format if one not in {Format.PRESS_CLUB, Format.OTHER}]
    for turn in range(TURNS):
        day = FIRST_DAY + timedelta(days=63 * turn + draw(number, turn, sides=50))
        kind = formats[(number + turn) % len(formats)]
        rows.writerow(
            [f"{kind.label.capitalize()} {turn + 1}", f"{day:%d.%m.%Y}", "14:00", "16:00", kind.label, "Зала"]
        )
    for turn in range(2 if is_club else 0):
        day = FIRST_DAY + timedelta(days=40 + 120 * turn)
        rows.writerow([f"Пресклуб {turn + 1}", f"{day:%d.%m.%Y}", "11:00", "13:00", Format.PRESS_CLUB.label, "Зала"])
    return SimpleUploadedFile("план.csv", table.getvalue().encode(), content_type="text/csv")


def plan(number, librarian, *, is_club):
    """Bring the plan of the year in as one table, look it through, and announce every meeting of it."""
    address = "/me/events/plan/"
    page = librarian.fills(address, file=plan_of(number, librarian, is_club=is_club)).content.decode()
    librarian.sends(page, address)
    drafts = list(Event.objects.filter(organisation=librarian.library, state=State.DRAFT))
    assert len(drafts) == TURNS + 2 * is_club
    for event in drafts:
        sends(librarian, f"/me/events/{event.code}/submit/")


def heads_of(event):
    """How many came, by sex and age."""
    return {
        f"{sex}:{age}": 1 + draw(event.code, sex, age, sides=6) for sex in "fm" for age in ("youth", "adult", "older")
    }


def count(librarian, event, *, times):
    """The telephone sends what was counted; again, where it did not hear the answer."""
    tally = {
        "key": str(uuid.uuid5(uuid.NAMESPACE_URL, event.code)),
        "revision": 1,
        "cells": heads_of(event),
        "groups": {"older": 2},
        "counted_at": event.ends_at.isoformat(),
    }
    for _ in range(times):
        answer = librarian.client.post(f"/me/events/{event.code}/count/tally/", json.dumps(tally), content_type=JSON)
        assert answer.status_code == 200, answer.content.decode()


def report(librarian, event):
    """Fill in what happened; the heads stand there already."""
    address = f"/me/events/{event.code}/report/"
    librarian.fills(address, happened="Прийшли, питали, домовилися зустрітися знову.", questions="Коли автобус?")
    librarian.fills(f"{address}submit/")


def report_at_once(librarian, event):
    """The same by two presses, for whom the form has become familiar."""
    heads = heads_of(event)
    cells = {f"cell-{cell.replace(':', '-')}": number for cell, number in heads.items()}
    address, said = f"/me/events/{event.code}/report/", "Прийшли, питали, домовилися зустрітися знову."
    sends(librarian, address, revision="0", happened=said, total=sum(heads.values()), **cells)
    sends(librarian, f"{address}submit/")


def hold(librarians):
    """Everything that was planned took place: counted, reported."""
    for number, librarian in enumerate(librarians):
        librarian.sees("/me/events/")
        for event in Event.objects.filter(organisation=librarian.library):
            count(librarian, event, times=1 if number else 2)
            (report_at_once if number else report)(librarian, event)


def accept(officer):
    """Somebody of the programme reads every report; the first is returned once, and completed."""
    first, *others = Report.objects.select_related("event").order_by("pk")
    address = f"{OFFICE}events/{first.event.code}/report/"
    officer.fills(address, at="return", remark="Скільки людей прийшло з інших сіл?")
    writer = Person(first.submitted_by)
    writer.fills(f"/me/events/{first.event.code}/report/", happened="Прийшли й приїхали з двох сіл, дванадцять людей.")
    writer.fills(f"/me/events/{first.event.code}/report/submit/")
    officer.fills(address, at="accept", remark="")
    for one in others:
        sends(officer, f"{OFFICE}events/{one.event.code}/report/accept/", remark="", revision=one.revision)


def test_a_year_of_hubs(clock):
    officer, librarians = lay_ground()
    admit(officer, librarians)
    clubs = set(Participant.objects.filter(kind="press_club").values_list("organisation", flat=True))
    for number, librarian in enumerate(librarians):
        plan(number, librarian, is_club=librarian.library.pk in clubs)
    assert Event.objects.filter(state=State.PUBLISHED).count() == HUBS * TURNS + 2 * OBLASTS > 300
    visitor = Person()
    assert json.loads(visitor.sees("/events.json?programme=HUBS"))[0]["programme"] == "HUBS"

    clock(2026, 7, 1, 9, 0)
    rows = hubs_as_told(officer)
    assert sum(row["held"] for row in rows) > 300
    assert sum(row["people"] or 0 for row in rows) == 0  # nothing counts before its report is accepted
    hold(librarians)
    assert Tally.objects.count() == Event.objects.count()
    assert sum(row["people"] or 0 for row in hubs_as_told(officer)) == 0
    clock(2026, 7, 3, 9, 0)
    accept(officer)
    worker.drain()
    counted = Event.objects.filter(heads__isnull=False)
    assert counted.count() == HUBS * TURNS + 2 * OBLASTS
    assert (
        sum(counted.values_list("heads", flat=True)) == sum(sum(heads_of(event).values()) for event in counted) > 6000
    )
    assert counted.values("oblast").distinct().count() == OBLASTS
    assert counted.values("hromada").distinct().count() == Hromada.objects.count() == HUBS
    rows = hubs_as_told(officer)
    assert sum(row["people"] for row in rows) == sum(counted.values_list("heads", flat=True))  # a club counts once
    assert all(row["no_report"] == 0 for row in rows)
    assert journal.verify(None).fault is None


def hubs_as_told(officer):
    """Plan against fact, hub by hub, as the office downloads it."""
    return json.loads(officer.sees(f"{OFFICE}hubs.json"))
