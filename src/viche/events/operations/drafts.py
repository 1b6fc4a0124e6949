"""What organisers do with their events: begin, save, mend, submit, copy, repeat, remove."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import WRITTEN, SeriesKind, State
from viche.events.models import Campaign, Event, Series
from viche.events.operations import photos, publishing
from viche.events.queries import events, inclusion, writing
from viche.journal import operations as journal
from viche.methods import deadlines, repeating
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access as people
from viche.people.models import Organisation, User
from viche.programmes.models import Programme
from viche.work import operations as work

# Within this time a second press of the same button is a double one.
DOUBLE = timedelta(seconds=10)
# What an event says for itself, and what a copy of it takes along.
TEXTS = (
    "title",
    "about",
    "format",
    "component_id",
    "series_id",
    "mode",
    "languages",
    "country",
    "hromada_id",
    "oblast_id",
    "venue",
    "address",
    "latitude",
    "longitude",
    "online_link",
    "is_place_private",
    "shelter",
    "access",
    "organisers",
    "partners",
    "speakers_women",
    "speakers_men",
    "speakers_unknown",
    "groups",
    "voices",
    "goals",
    "hashtags",
    "entry",
    "capacity",
)


class Stale(Exception):  # noqa: N818 — read aloud: "raise Stale"
    """Somebody saved since the text was read. `theirs` is the event as it stands; nothing of it was touched."""

    def __init__(self, theirs: Event) -> None:
        super().__init__(theirs.code)
        self.theirs = theirs


@transaction.atomic
def begin(
    programme: Programme,
    *,
    campaign: Campaign | None,
    organisation: Organisation | None,
    by: User,
    at: datetime,
    values: Mapping[str, Any] | None = None,
) -> Event:
    """Start a draft, in the name of an organisation or in one's own; the place is the organisation's until said otherwise."""
    require_beginning(programme, campaign=campaign, organisation=organisation, by=by)
    frame = Event(programme=programme, campaign=campaign, organisation=organisation, author=by)
    event = lay_out(frame, values=values or {}, at=at)
    journal.record(verb="events.begun", subject=event, by=by, at=at, after={"code": event.code})
    return event


def require_beginning(
    programme: Programme, *, campaign: Campaign | None, organisation: Organisation | None, by: User
) -> None:
    """See that the person may begin events there and in that name."""
    if not access.may_begin(by, programme):
        raise NotAllowed
    if organisation is not None and not people.may_write_for(by, organisation):
        raise NotAllowed
    if campaign is not None and campaign.programme_id != programme.pk:
        raise Refused(_("Ця кампанія належить іншій програмі."), field="frame")


def lay_out(event: Event, *, values: Mapping[str, Any], at: datetime) -> Event:
    """Number and keep a new draft with what its campaign and its organisation say already, and with `values`."""
    event.code = publishing.next_code(event.programme, at=at)
    event.created_at = event.changed_at = at
    event.is_invented = event.programme.is_invented
    event.hromada = event.organisation.hromada if event.organisation else None
    if event.campaign:
        event.goals, event.hashtags = list(event.campaign.goals), list(event.campaign.hashtags)
    for name, value in values.items():
        setattr(event, name, value)
    _settle(event)
    event.save()
    return event


def _settle(event: Event) -> None:
    """Write what follows from the rest: the oblast from the hromada, the words to be found by."""
    event.oblast = event.hromada.oblast if event.hromada and not event.country else None
    event.haystack = publishing.haystack(event)


def locked(event: Event, *, by: User) -> Event:
    """Give the event, locked, and see that the person writes it."""
    rows = Event.objects.select_for_update(of=("self",), no_key=True).select_related(*events.TOLD_WITH)
    found = rows.get(pk=event.pk)
    if not access.may_write(by, found):
        raise NotAllowed
    return found


@transaction.atomic
def save(
    event: Event, *, values: Mapping[str, Any], unread: Mapping[str, str], revision: int, by: User, at: datetime
) -> Event:
    """Keep what was typed into a draft, whatever it is. Raises `Stale` where somebody has saved something else since."""
    event = locked(event, by=by)
    if event.state not in WRITTEN:
        raise Refused(_("Захід уже подано. Оновіть сторінку, щоб побачити його таким, як він є."), status=409)
    if not differs(event, values, unread):
        return event
    if revision != event.revision:
        raise Stale(event)
    write_down(event, values)
    event.unread = dict(unread)
    event.revision += 1
    event.changed_at = at
    event.save()
    return event


def differs(event: Event, values: Mapping[str, Any], unread: Mapping[str, str]) -> bool:
    """Whether the words typed are others than those kept: the same again is no conflict."""
    plain = {name: value for name, value in values.items() if name != "invited"}
    if dict(unread) != event.unread or any(getattr(event, name) != value for name, value in plain.items()):
        return True
    return "invited" in values and set(values["invited"]) != set(event.invited.all())


def write_down(event: Event, values: Mapping[str, Any]) -> None:
    """Put what was typed into the event, and what follows from it; the caller saves."""
    for name, value in values.items():
        if name == "invited":
            event.invited.set(value)
        else:
            setattr(event, name, value)
    _settle(event)


def require_whole(event: Event) -> None:
    """Refuse what lacks something, at its first place."""
    for fault in writing.faults(event):
        raise Refused(fault.sentence, field=fault.field)
    refusals = inclusion.refusals(event)
    if refusals:
        raise Refused(" ".join(refusals))


@transaction.atomic
def submit(event: Event, *, by: User, at: datetime) -> Event:
    """Show an event of those whom the programme trusts; let anybody else's wait for an answer. Pressing twice does it once.

    Raises `Refused` where something is lacking or the campaign's conditions of inclusion are not met.
    """
    event = locked(event, by=by)
    if event.state not in WRITTEN:
        return event
    require_whole(event)
    policy = writing.policy_of(event.programme)
    event.submitted_at = at
    event.answer_due_on = None
    if writing.is_trusted(event, policy):
        publishing.publish(event, at=at)
    else:
        event.state = State.SUBMITTED
        event.answer_due_on = deadlines.add_working_days(localdate(at), policy.moderation_days)
        event.save()
        work.enqueue("viche.events.tasks.moderation.submitted", event.pk)
    verb = "events.published" if event.is_shown else "events.submitted"
    journal.record(verb=verb, subject=event, by=by, at=at, after={"state": event.state})
    return event


@transaction.atomic
def copy(event: Event, *, starts_at: datetime | None, by: User, at: datetime) -> Event:
    """A draft with the words of an earlier event; it lasts as long, where a new start is said. A double press makes one."""
    locked(event, by=by)
    if (again := _copied_just_now(event, starts_at, by=by, at=at)) is not None:
        return again
    made = _copied(event, starts_at, by=by, at=at)
    journal.record(verb="events.copied", subject=made, by=by, at=at, after={"code": made.code, "of": event.code})
    return made


def _copied_just_now(event: Event, starts_at: datetime | None, *, by: User, at: datetime) -> Event | None:
    """The copy that the first of two quick presses has made, while nobody has written on it."""
    made = Event.objects.filter(programme=event.programme, organisation=event.organisation, author=by)
    made = made.filter(
        state=State.DRAFT, revision=0, title=event.title, starts_at=starts_at, created_at__gt=at - DOUBLE
    )
    return made.exclude(pk=event.pk).order_by("pk").last()


def _copied(event: Event, starts_at: datetime | None, *, by: User, at: datetime) -> Event:
    lasts = event.ends_at - event.starts_at if event.ends_at and event.starts_at else timedelta(hours=1)
    texts = {name: getattr(event, name) for name in TEXTS}
    made = Event(
        programme=event.programme,
        campaign=event.campaign if event.campaign and event.campaign.ends_on >= localdate(starts_at or at) else None,
        organisation=event.organisation,
        author=by,
        code=publishing.next_code(event.programme, at=at),
        starts_at=starts_at,
        ends_at=starts_at + lasts if starts_at else None,
        created_at=at,
        changed_at=at,
        is_invented=event.is_invented,
        **texts,
    )
    made.haystack = publishing.haystack(made)
    made.save()
    made.invited.set(event.invited.all())
    return made


@transaction.atomic
def repeat(
    event: Event, *, every: str, until: date | None, count: int | None, by: User, at: datetime
) -> Sequence[Event]:
    """Drafts of the same meeting on further days, all in one series; days that the series has already are left out."""
    event = locked(event, by=by)
    if event.starts_at is None or event.ends_at is None:
        raise Refused(_("Спершу напишіть, коли захід починається й закінчується."), field="every")
    first = localtime(event.starts_at)
    days = repeating.days(first.date(), every, until=until, count=count)
    if not days:
        raise Refused(_("До цього дня захід більше не повториться. Виберіть пізніший."), field="until")
    if event.series is None:
        event.series = _series(event, by=by, at=at)
        event.save(update_fields=["series"])
    taken = set(Event.objects.filter(series=event.series).values_list("starts_at", flat=True))
    # By Kyiv's wall clock: a meeting at six stays at six when the clocks change.
    starts = [make_aware(datetime.combine(day, first.time())).astimezone(UTC) for day in days]
    made = [_copied(event, one, by=by, at=at) for one in starts if one not in taken]
    Event.objects.filter(pk__in=[one.pk for one in made]).update(series=event.series)
    journal.record(verb="events.repeated", subject=event.series, by=by, at=at, after={"codes": [e.code for e in made]})
    return made


def _series(event: Event, *, by: User, at: datetime) -> Series:
    return Series.objects.create(
        programme=event.programme,
        kind=SeriesKind.RECURRING,
        name=event.title or event.code,
        oblast=event.oblast,
        organisation=event.organisation,
        created_by=by,
        created_at=at,
    )


@transaction.atomic
def remove(event: Event, *, by: User, at: datetime) -> None:
    """Throw away a draft that nobody else has seen."""
    event = locked(event, by=by)
    if event.state != State.DRAFT:
        raise Refused(_("Прибрати можна лише чернетку. Поданий захід можна скасувати."), status=409)
    photos.remove_all(event, by=by, at=at)
    journal.record(verb="events.removed", subject=event, by=by, at=at, after={"code": event.code})
    event.delete()
