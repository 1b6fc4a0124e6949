"""Calendars are read back by the `icalendar` package, and hold to the letter of RFC 5545."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from viche.formats import icalendar

AT = datetime(2026, 3, 28, 16, 30, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")


def happening(**changes):
    values = {
        "uid": "6d0a@viche",
        "sequence": 3,
        "changed_at": datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC),
        "starts_at": AT,
        "ends_at": AT + timedelta(hours=2),
        "title": "Бюджет участі",
        **changes,
    }
    return icalendar.Happening(**values)


def read(body):
    """What another program reads: the calendar and its events."""
    found = Calendar.from_ical(body)
    return found, found.walk("VEVENT")


def test_what_is_written_is_read_back_equal():
    given = happening(
        about="Перший рядок;\nдругий, з комою і \\ скісною",
        place="Читальна зала, вул. Шкільна, 1",
        url="https://viche.example/events/X-1/",
        conference="https://meet.example/x",
        point=(49.5, 34.55),
        categories=("OpenGovWeek", "а,б"),
    )
    calendar, (event,) = read(icalendar.calendar([given], name="Віче: заходи", source="https://viche.example/e.ics"))
    assert str(event["UID"]) == given.uid
    assert event["SEQUENCE"] == 3
    assert str(event["SUMMARY"]) == given.title
    assert str(event["DESCRIPTION"]) == given.about
    assert str(event["LOCATION"]) == given.place
    assert event.decoded("DTSTART") == AT
    assert event.decoded("DTEND") == given.ends_at
    assert event.decoded("DTSTAMP") == given.changed_at.replace(microsecond=0)
    assert event.decoded("LAST-MODIFIED") == event.decoded("DTSTAMP")
    assert (event["GEO"].latitude, event["GEO"].longitude) == given.point
    assert str(event["URL"]) == given.url
    assert str(event["CONFERENCE"]) == given.conference
    assert [str(one) for one in event["CATEGORIES"].cats] == list(given.categories)
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(calendar["NAME"]) == "Віче: заходи"
    assert "X-WR-CALNAME" in calendar
    assert str(calendar["SOURCE"]) == "https://viche.example/e.ics"


@pytest.mark.parametrize(
    ("moment", "offset"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 2),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 3),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), 3),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), 2),
    ],
)
def test_moments_stand_on_kyivs_clock_in_summer_and_winter(moment, offset):
    body = icalendar.calendar([happening(starts_at=moment, ends_at=moment + timedelta(hours=5))])
    _calendar, (event,) = read(body)
    start = event.decoded("DTSTART")
    assert start.astimezone(KYIV).utcoffset() == timedelta(hours=offset)
    assert event["DTSTART"].params["TZID"] == "Europe/Kyiv"
    assert f"TZID=Europe/Kyiv:{moment.astimezone(KYIV):%Y%m%dT%H%M%S}".encode() in body


@pytest.mark.parametrize("minute", range(0, 60, 15))
def test_the_hour_that_comes_twice_is_told_apart(minute):
    for hour in (0, 1):
        moment = datetime(2026, 10, 25, hour, minute, tzinfo=UTC)
        _calendar, (event,) = read(
            icalendar.calendar([happening(starts_at=moment, ends_at=moment + timedelta(hours=1))])
        )
        assert event.decoded("DTSTART").astimezone(UTC) == moment
        assert event.decoded("DTEND").astimezone(UTC) == moment + timedelta(hours=1)


def test_the_zone_that_is_told_is_kyivs():
    """Who does not know the zone by its name reckons with the rules beside it."""
    calendar, _events = read(icalendar.calendar([happening()]))
    zone = calendar.walk("VTIMEZONE")[0].to_tz()
    for month in range(1, 13):
        noon = datetime(2026, month, 15, 12, tzinfo=KYIV)
        assert noon.replace(tzinfo=zone).utcoffset() == noon.utcoffset()


def test_in_utc_there_is_no_zone():
    body = icalendar.calendar([happening()], utc=True)
    assert b"VTIMEZONE" not in body
    assert b"DTSTART:20260328T163000Z\r\n" in body
    assert read(body)[1][0].decoded("DTSTART") == AT


def test_what_is_called_off_takes_no_time():
    _calendar, (event,) = read(icalendar.calendar([happening(status=icalendar.CANCELLED)]))
    assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CANCELLED", "TRANSPARENT")


def test_the_same_events_give_the_same_bytes():
    assert icalendar.calendar([happening()]) == icalendar.calendar([happening()])


def test_a_planted_line_end_begins_no_property():
    planted = "x\r\nATTENDEE:evil\rSTATUS:CANCELLED\u2028X\x0bY\x00\x1b"
    body = icalendar.calendar([happening(title=planted, url="https://a/\r\nX:y")])
    _calendar, (event,) = read(body)
    assert "ATTENDEE" not in event
    assert str(event["STATUS"]) == "CONFIRMED"
    assert b"\x00" not in body
    assert str(event["SUMMARY"]) == "x\nATTENDEE:evil\nSTATUS:CANCELLED\nX\nY"


TEXTS = some.text(some.characters(exclude_categories=("Cs", "Cc")), max_size=300)


@given(TEXTS)
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(text):
    text = "".join(text.splitlines())
    body = icalendar.calendar([happening(title=text, about=text)])
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    unfolded = body.replace(b"\r\n ", b"").decode().split("\r\n")
    assert f"SUMMARY:{icalendar.text(text)}" in unfolded


def test_a_line_of_exactly_75_octets_stays_whole():
    assert icalendar.folded("x" * 75) == "x" * 75
    assert icalendar.folded("x" * 76) == "x" * 75 + "\r\n x"
    assert icalendar.folded("ї" * 38) == "ї" * 37 + "\r\n ї"
    assert [len(piece.encode()) for piece in icalendar.folded("x" * 200).split("\r\n")] == [75, 75, 52]


def test_half_of_a_pair_breaks_nothing():
    assert icalendar.calendar([happening(title="a\ud83d")]).count(b"SUMMARY:a?") == 1
