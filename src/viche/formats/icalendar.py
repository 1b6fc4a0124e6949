"""Events for calendars: iCalendar (RFC 5545) with the properties of RFC 7986.

A body says nothing but what it was given, so the same events give the same bytes: DTSTAMP is the moment at which the event
was last changed, never the moment of asking. Moments are written on Kyiv's clock with the zone beside, or in UTC where asked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
CONFIRMED: Final = "CONFIRMED"
TENTATIVE: Final = "TENTATIVE"
CANCELLED: Final = "CANCELLED"
KYIV: Final = ZoneInfo("Europe/Kyiv")
OCTETS: Final = 75
"""How long a line may be, without its end (RFC 5545, 3.1)."""

PRODUCT: Final = "-//Viche//Viche//UK"
END: Final = b"END:VCALENDAR\r\n"
# Ukraine keeps the rule of the European Union since 1996: the last Sundays of March and October, at 1:00 UTC.
ZONE: Final = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Kyiv",
    "BEGIN:DAYLIGHT",
    "DTSTART:19970330T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZNAME:EEST",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0300",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19971026T040000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZNAME:EET",
    "TZOFFSETFROM:+0300",
    "TZOFFSETTO:+0200",
    "END:STANDARD",
    "END:VTIMEZONE",
)

_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}  # the backslash first
# Line ends become one kind; other control signs no calendar takes (RFC 5545, 3.1: only a tab is text).
_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
# As many octets as a line holds, and the next not inside a letter; further lines begin with a blank.
_FIRST = re.compile(rb".{1,75}(?![\x80-\xbf])", re.DOTALL)
_FURTHER = re.compile(rb".{1,74}(?![\x80-\xbf])", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as calendars take it. Moments are aware; empty texts are left out."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    status: str = CONFIRMED
    about: str = ""
    place: str = ""
    url: str = ""
    conference: str = ""
    """Where one takes part from afar, an address (RFC 7986, 5.11)."""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    categories: tuple[str, ...] = ()


def calendar(
    happenings: Iterable[Happening], *, name: str = "", source: str = "", utc: bool = False, language: str = "uk"
) -> bytes:
    """A whole calendar. `name` is what subscribers see, `source` where it can be read anew, `utc` leaves the zone out."""
    pieces = (piece for one in happenings for piece in (hours(one, utc=utc), words(one)))
    return b"".join((head(name=name, source=source, utc=utc, language=language), *pieces, END))


def head(*, name: str = "", source: str = "", utc: bool = False, language: str = "uk") -> bytes:
    """What stands in a calendar before its events; after them stands `END`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        said = text(name)
        # The second is what calendars read that do not know RFC 7986.
        lines += [f"NAME;LANGUAGE={language}:{said}", f"X-WR-CALNAME:{said}", "X-WR-TIMEZONE:Europe/Kyiv"]
    if source:
        lines += [f"SOURCE;VALUE=URI:{address(source)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    if not utc:
        lines += ZONE
    return _octets("".join(f"{folded(line)}\r\n" for line in lines))


def hours(one: Happening, *, utc: bool = False) -> bytes:
    """The first part of an event: when it is, in one of two ways. No line of it is long."""
    return _octets(
        f"BEGIN:VEVENT\r\nDTSTART{moment(one.starts_at, utc=utc)}\r\nDTEND{moment(one.ends_at, utc=utc)}\r\n"
    )


def words(one: Happening) -> bytes:
    """The other part: all that is the same in both ways of telling time."""
    changed = instant(one.changed_at)
    # No line of these is long; the others may have to be folded.
    stands = f"DTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\nSEQUENCE:{one.sequence}\r\nSTATUS:{one.status}\r\n"
    told = "\r\n".join([folded(line) for line in _told(one)])
    ends = "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n" if one.status == CANCELLED else "END:VEVENT\r\n"
    return _octets(f"{folded(f'UID:{text(one.uid)}')}\r\n{stands}{told}\r\n{ends}")


def _octets(written: str) -> bytes:
    """Half of a pair of signs, which no program reads, becomes a question mark."""
    return written.encode("utf-8", "replace")


def _told(one: Happening) -> Iterator[str]:
    yield f"SUMMARY:{text(one.title)}"
    if one.about:
        yield f"DESCRIPTION:{text(one.about)}"
    if one.place:
        yield f"LOCATION:{text(one.place)}"
    if one.point:
        yield f"GEO:{one.point[0]:.6f};{one.point[1]:.6f}"
    if one.url:
        yield f"URL:{address(one.url)}"
    if one.conference:
        yield f"CONFERENCE;VALUE=URI:{address(one.conference)}"
    if one.categories:
        yield f"CATEGORIES:{','.join(map(text, one.categories))}"


def moment(value: datetime, *, utc: bool) -> str:
    """A moment with what stands between its property's name and itself.

    The hour that comes twice in autumn means its first time (RFC 5545, 3.3.5); its second is written in UTC.
    """
    local = value.astimezone(KYIV)
    return f":{instant(value)}" if utc or local.fold else f";TZID=Europe/Kyiv:{_digits(local)}"


def instant(value: datetime) -> str:
    """A moment in UTC."""
    return f"{_digits(value.astimezone(UTC))}Z"


def _digits(value: datetime) -> str:
    """A day and an hour: 20261121T180000. ISO's text without its signs; `strftime` takes five times as long."""
    return value.isoformat()[:19].replace("-", "").replace(":", "")


def text(value: str) -> str:
    """A text with its commas, semicolons, backslashes and line ends told apart from the calendar's own."""
    if not value.replace("\n", "").isprintable():  # most texts have nothing to be looked for
        value = _CONTROL.sub("", _ENDS.sub("\n", value))
    for sign, escaped in _ESCAPED.items():  # one after another: translating a long text takes ten times as long
        value = value.replace(sign, escaped)
    return value


def address(value: str) -> str:
    """An address: it is not escaped, so nothing in it may end the line."""
    return "".join(value.split())


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which cuts a letter; each further one begins with a blank."""
    if len(line) * 4 <= OCTETS or (len(line) <= OCTETS and line.isascii()):
        return line
    octets = line.encode("utf-8", "replace")
    first = _FIRST.match(octets)
    end = first.end() if first else 0
    return b"\r\n ".join([octets[:end], *_FURTHER.findall(octets, end)]).decode()
