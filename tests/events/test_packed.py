"""What is packed with each event for calendars: always what the event itself says, never a private place, never an old name."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from tests.factories import events, people
from tests.places import books
from viche.config.cli import places as command
from viche.events import exports
from viche.events.choices import SHOWN, State
from viche.events.models import Event, Packed
from viche.events.operations import moving, naming, packing, publishing
from viche.events.queries import entries, showing
from viche.formats import icalendar, pieces
from viche.places.models import Hromada, Oblast
from viche.work import worker

pytestmark = pytest.mark.django_db
STARTS = datetime(2027, 10, 30, 22, 30, tzinfo=UTC)
WORDS = some.text(some.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=120)
EVENTS = some.fixed_dictionaries(
    {
        "title": WORDS.filter(bool),
        "about": WORDS,
        "venue": WORDS,
        "address": WORDS,
        "shelter": WORDS,
        "country": some.sampled_from(["", "Польща"]),
        "online_link": some.sampled_from(["", "https://meet.example/кімната;1"]),
        "is_place_private": some.booleans(),
        "latitude": some.sampled_from([None, 49.123456]),
        "access": some.sampled_from([[], ["step_free"], ["captions", "sign_language"]]),
        "hashtags": some.lists(WORDS.filter(bool), max_size=3),
        "state": some.sampled_from(SHOWN),
        "starts_at": some.integers(0, 240).map(lambda minutes: STARTS + timedelta(minutes=minutes)),
    }
)


def bound(event, *, utc=False):
    """The calendar of one event, of what was packed with it."""
    file = exports.Subscription(name="Віче", source="https://viche.example/e.ics", utc=utc, keys=[event.pk])
    return gzip.decompress(file.packed())


def written(event, *, utc=False):
    """The same, written from the event itself."""
    return exports.feed(
        [showing.shown(Event.objects.get(pk=event.pk))], name="Віче", source="https://viche.example/e.ics", utc=utc
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_what_was_packed_is_what_the_event_says(values):
    event = Event.objects.first() or events.published()
    for name, value in values.items():
        setattr(event, name, value)
    event.longitude = None if event.latitude is None else 34.654321
    event.ends_at = event.starts_at + timedelta(hours=2)
    publishing.told(event, at=events.AFTER)
    assert Packed.objects.filter(frame=entries.frame()).count() == 1
    for language in ("uk", "en"):
        with translation.override(language):
            for utc in (False, True):
                assert bound(event, utc=utc) == written(event, utc=utc)
    (read,) = Calendar.from_ical(bound(event)).walk("VEVENT")
    assert read.decoded("DTSTART").astimezone(UTC) == event.starts_at
    assert read.decoded("DTEND").astimezone(UTC) == event.ends_at
    assert (str(read["UID"]), read["SEQUENCE"]) == (f"{event.uid}@viche", event.sequence)
    assert str(read["STATUS"]) == exports.happening(showing.shown(event)).status
    assert ("GEO" in read) == (event.latitude is not None and not event.is_place_private)
    assert str(read["SUMMARY"]) == str(Calendar.from_ical(written(event)).walk("VEVENT")[0]["SUMMARY"])


def test_no_line_of_it_is_longer_than_75_octets():
    event = events.published(title="ї" * 200, about="Ґанок, шлях; " * 90)
    assert max(map(len, bound(event).split(b"\r\n"))) == 75


def test_a_place_that_becomes_private_leaves_the_row_at_once():
    event = events.published(venue="Таємна зала", latitude=49.123456, longitude=34.654321)
    assert "Таємна зала" in packed_text(event)
    event.is_place_private = True
    publishing.told(event, at=events.AFTER)
    assert "Таємна" not in packed_text(event)
    assert "49.12" not in packed_text(event)


def packed_text(event):
    """All that lies packed of an event, unfolded."""
    row = Packed.objects.get(pk=event.pk)
    texts = (pieces.text(bytes(getattr(row, name))) for name in entries.TEXTS)
    return b"".join(texts).replace(b"\r\n ", b"").decode()


def test_a_draft_has_none_and_what_is_no_longer_shown_loses_it():
    assert not Packed.objects.filter(pk=events.draft().pk).exists()
    event = events.published()
    assert Packed.objects.filter(pk=event.pk).exists()
    event.state = State.DRAFT
    publishing.told(event, at=events.AFTER)
    assert not Packed.objects.exists()


def test_what_is_called_off_is_called_off_in_calendars():
    event = events.published(starts_at=STARTS, ends_at=STARTS + timedelta(hours=2))
    moving.cancel(event, why="Хвороба", by=event.author, at=events.AFTER)
    told = packed_text(event)
    assert "STATUS:CANCELLED" in told
    assert f"SEQUENCE:{event.sequence + 1}\r\n" in told


def test_an_organisation_called_otherwise_is_told_at_once_and_packed_by_the_worker(client):
    event = events.published(organisation=people.organisation(name="Стара назва"))
    address = "/events.ics?when=all"
    before = client.get(address)
    assert "Стара назва" in unfolded(before)
    Event.objects.update(haystack=publishing.haystack(event))
    event.organisation.name = "Нова назва"
    event.organisation.save()
    naming.organisation_renamed(event.organisation, at=timezone.now())
    for packed in (0, 1):
        assert Packed.objects.count() == packed
        answer = client.get(address, headers={"If-None-Match": before["ETag"]})
        assert answer.status_code == 200
        assert "Нова назва" in unfolded(answer)
        assert "Стара назва" not in unfolded(answer)
        worker.drain()


def test_an_oblast_called_otherwise_leaves_no_old_name(tmp_path, capsys):
    command.run(["--file", str(books.book(tmp_path))])
    hromada = Hromada.objects.exclude(code__startswith="UA8").select_related("oblast").first()
    Oblast.objects.filter(pk=hromada.oblast_id).update(name="Колишня область")
    event = events.published(hromada=hromada, oblast=hromada.oblast)
    assert "Колишня область" in packed_text(event)
    command.run(["--file", str(books.book(tmp_path))])
    assert not Packed.objects.exists()
    worker.drain()
    assert "Колишня" not in packed_text(event)


def unfolded(answer):
    return answer.content.replace(b"\r\n ", b"").decode()


def test_what_was_written_at_another_address_is_not_sent(client):
    event = events.published()
    before = client.get("/events.ics?when=all").content
    with override_settings(SITE_ADDRESS="https://elsewhere.example"):
        assert entries.frame() != Packed.objects.get().frame
        assert f"https://elsewhere.example/events/{event.code}/".encode() in client.get("/events.ics?when=all").content
    assert client.get("/events.ics?when=all").content == before


def test_a_change_of_any_sentence_is_another_frame(monkeypatch):
    before = entries.frame()
    entries._frame.cache_clear()
    monkeypatch.setattr(entries, "_sentences", lambda _language: ("приватно", "%(shelter)s", "%(access)s", "%(host)s"))
    changed = entries.frame()
    entries._frame.cache_clear()
    assert changed != before


def test_what_is_missing_is_made_anew_and_nothing_is_written_by_those_who_read(client):
    kept, lost = events.published(), events.published(title="Загублений захід")
    before = client.get("/events.ics?when=all")
    Packed.objects.filter(pk=lost.pk).delete()
    after = client.get("/events.ics?when=all")
    assert (after.content, after["ETag"], after["Last-Modified"]) == (
        before.content,
        before["ETag"],
        before["Last-Modified"],
    )
    assert client.get("/events.ics?when=all", headers={"If-None-Match": before["ETag"]}).status_code == 304
    assert list(Packed.objects.values_list("pk", flat=True)) == [kept.pk]


def test_the_worker_writes_what_is_missing_portion_by_portion(monkeypatch):
    monkeypatch.setattr(packing, "PORTION", 2)
    programme = events.published().programme
    for _number in range(4):
        events.published(programme)
    events.draft(programme)
    Packed.objects.filter(pk__gt=Event.objects.order_by("pk")[0].pk).delete()
    Packed.objects.update(frame=0)
    packing.fill()
    assert Packed.objects.filter(frame=entries.frame()).count() == 2
    worker.drain()
    assert Packed.objects.filter(frame=entries.frame()).count() == 5
    assert entries.compare() == entries.Verdict(5, 0)


def test_comparing_finds_a_wrong_row_counts_missing_ones_and_mending_writes_all():
    first, second = events.published(), events.published()
    assert entries.compare() == entries.Verdict(2, 0)
    Packed.objects.filter(pk=first.pk).delete()
    assert entries.compare() == entries.Verdict(1, 1)
    Packed.objects.filter(pk=second.pk).update(uk=pieces.pack(b"UID:x"))
    assert entries.compare() == entries.Verdict(0, 0, second.code)
    packing.mend()
    assert entries.compare() == entries.Verdict(2, 0)


def test_a_row_of_what_is_not_shown_is_found_and_mended():
    event = events.published()
    Event.objects.filter(pk=event.pk).update(state=State.DRAFT)
    assert entries.compare().difference == event.code
    packing.mend()
    assert not Packed.objects.exists()


def test_the_feed_reads_two_columns_of_who_may_have_it_already(client, django_assert_num_queries):
    events.published()
    first = client.get("/events.ics?when=all")
    with django_assert_num_queries(5) as asked:
        client.get("/events.ics?when=all", headers={"If-None-Match": first["ETag"]})
    (rows,) = [query["sql"] for query in asked if "events_packed" in query["sql"]]
    assert '"kyiv"' not in rows


def test_the_head_of_a_calendar_and_its_end_stand_around_its_events():
    one = exports.happening(showing.shown(events.published()))
    whole = icalendar.calendar([one], name="Віче")
    assert whole == icalendar.head(name="Віче") + icalendar.hours(one) + icalendar.words(one) + icalendar.END
