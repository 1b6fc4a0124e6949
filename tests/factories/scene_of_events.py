"""The events of the scene: one of every state, of the applicant's organisation, with all that belongs to them."""

from datetime import UTC, date, datetime, timedelta

from tests.factories import events, files, seats
from viche.events.choices import Entry, SeriesKind
from viche.events.models import Series
from viche.events.operations import own_calendars, plans
from viche.events.operations import routes as route_feeds
from viche.events.queries import coming, own_calendar, routes
from viche.events.queries.writing import Frame


def add(scene):
    """Put events into the scene: `scene.event` is shown and open for registration, the others say their state."""
    today = datetime.now(UTC)
    own = {"organisation": scene.organisation, "by": scene.applicant}
    soon = {"starts_at": today + timedelta(days=5), "ends_at": today + timedelta(days=5, hours=2)}
    share = files.stored(files.picture("PNG"), "share.png", owner_kind="events.campaign", owner_id=1)
    rules = {"speakers": {"share": 40, "blocks": True}, "voices": {"least": 3, "blocks": False}}
    scene.campaign = events.campaign(scene.programme, code="OGW-24", picture=share, rules=rules)
    scene.event = events.published(
        scene.programme, campaign=scene.campaign, entry=Entry.SEATS, capacity=10, **own, **soon
    )
    scene.event_draft = events.draft(scene.programme, title="Захід, який ще пишуть", **own, **soon)
    scene.event_submitted = events.submitted(scene.programme, title="Захід, який чекає на відповідь", **own, **soon)
    scene.event_held = events.published(scene.programme, title="Захід, який уже відбувся", **own)
    events.tally(scene.event_held)
    scene.event_told = events.published(scene.programme, title="Захід, про який уже є звіт", **own)
    events.tally(scene.event_told)
    agreed = {"has_consent": True, "public_from": date(2024, 5, 21)}
    scene.event_photo = events.photo(scene.event_told, **agreed)
    scene.event_list = events.photo(scene.event_told, is_list=True)
    events.reported(scene.event_told)
    taken = seats.registered(scene.event, by=scene.applicant, at=today)
    scene.seat, scene.seat_token = taken, coming.word_of(taken)
    feed = own_calendars.make(scene.applicant, by=scene.applicant, at=today)
    scene.calendar_token = own_calendar.word_of(feed)
    scene.route_token = routes.word_of(route_feeds.make(scene.programme, by=scene.consultant, at=today))
    _add_delegation_and_plan(scene, today, soon)
    scene.series = Series.objects.create(
        programme=scene.programme,
        kind=SeriesKind.PRESS_CLUB,
        name="Пресклуб області",
        oblast=scene.organisation.hromada.oblast,
        organisation=scene.organisation,
        created_at=today,
    )


def _add_delegation_and_plan(scene, today, soon):
    """Invite the applicant's organisation, which comes with two people, and let it have a plan of one draft."""
    invited = events.published(scene.programme, title="Захід для запрошених", entry=Entry.INVITED, capacity=9, **soon)
    invited.invited.add(scene.organisation)
    scene.delegation = seats.registered(
        invited, by=scene.applicant, organisation=scene.organisation, people=2, at=today
    )
    row = {"title": "Захід із плану", **soon}
    frame = Frame(scene.programme)
    made = plans.take_over(frame, organisation=scene.organisation, rows=[row], by=scene.applicant, at=today)
    scene.plan = made.plan
