"""Reports of events: which are due, which are late, what was accepted."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.events.choices import Age, Group, ReportState, Sex, State
from viche.events.models import Event, Policy, Report
from viche.events.queries import counting
from viche.events.queries.events import TOLD_WITH
from viche.methods import headcounts
from viche.programmes.models import Programme

OURS_TO_WRITE = (ReportState.DRAFT, ReportState.RETURNED)
# How often an event is spoken of, and for how long; later only the office's list of the overdue does.
PAUSE, PATIENCE = timedelta(days=3), timedelta(days=60)


@dataclass(frozen=True)
class Heads:
    """How many came, as a report tells it, beside what was counted on the spot."""

    total: int | None
    cells: dict[str, int]
    groups: dict[str, int]
    counted: counting.Counted

    @property
    def more(self) -> int:
        """By how many people the report differs from the count on the spot."""
        return (self.total or 0) - self.counted.total

    @property
    def changed(self) -> dict[str, int]:
        """By how much each cell and group differs."""
        cells = headcounts.difference(self.counted.cells, self.cells)
        return cells | headcounts.difference(self.counted.groups, self.groups)


def of(event: Event) -> Report:
    """The report of an event; where nobody has written in it, with what was counted on the spot, not saved."""
    found = Report.objects.select_related("submitted_by", "decided_by").filter(event=event).first() or Report()
    if found.revision == 0:
        counted = counting.counted(event)
        found.cells, found.groups = counted.cells, counted.groups
        found.total = counted.total or counted.checked_in or None
    found.event = event
    return found


def begun(code: str) -> Report:
    """The report of that event, whose state the caller judges. Raises `Report.DoesNotExist`."""
    return Report.objects.select_related(*(f"event__{name}" for name in TOLD_WITH), "submitted_by").get(
        event__code=code
    )


def in_office(programme: str, code: str) -> Report:
    """A report that was once handed in, for the programme that reads it. Raises `Report.DoesNotExist`."""
    related = (*(f"event__{name}" for name in TOLD_WITH), "submitted_by", "decided_by")
    found = Report.objects.select_related(*related).filter(submitted_at__isnull=False)
    return found.get(event__code=code, event__programme__code=programme)


def unread_words(name: str, typed: str) -> str:
    """What in a report could not be read, in a sentence that names its field."""
    kind, _dash, key = name.partition("-")
    if kind == "media":
        number = int(key.partition("-")[0]) + 1
        field = _("Згадка в медіа %(number)s") % {"number": number}
    elif kind == "cell":
        sex, age = key.split("-")
        field = f"{Sex(sex).label}, {Age(age).label}"
    else:
        field = str(Group(key).label if kind == "group" else Report._meta.get_field(name).verbose_name)  # noqa: SLF001 — Django documents it
    return _("%(field)s: виправте «%(typed)s».") % {"field": field[:1].upper() + field[1:], "typed": typed[:80]}


def heads(report: Report) -> Heads:
    """The heads of a report beside what was counted."""
    return Heads(report.total, report.cells, report.groups, counting.counted(report.event))


def masked(report: Report) -> headcounts.Shown:
    """The heads of a report as everybody may see them, small groups masked."""
    return headcounts.shown(headcounts.completed(report.cells, report.total or 0), report.groups)


def report_days(programme: Programme) -> int:
    """In how many days after an event its report is due."""
    found = Policy.objects.filter(programme=programme).values_list("report_days", flat=True).first()
    return found or Policy._meta.get_field("report_days").default  # noqa: SLF001 — Django's public name


def is_handed_in(event: Event) -> bool:
    """Whether its report waits for an answer or was accepted: what it tells of stays as it is then."""
    return Report.objects.filter(event=event).exclude(state__in=OURS_TO_WRITE).exists()


def due_on(event: Event, report: Report | None, *, days: int) -> date:
    """By which day the report is awaited: so many days after the event, or after it was returned."""
    due = localdate(event.ends_at) + timedelta(days=days)
    if report is not None and report.state == ReportState.RETURNED and report.decided_at:
        due = max(due, localdate(report.decided_at) + timedelta(days=days))
    return due


def _days_ago(at: datetime, days: int) -> datetime:
    """The start of the day, by Kyiv's clock, so many days before."""
    return timezone.make_aware(datetime.combine(localdate(at) - timedelta(days=days), time.min))


def overdue(programme: Programme, at: datetime) -> QuerySet[Event]:
    """Events of the programme that were held and whose report is late, the longest waiting first."""
    before = _days_ago(at, report_days(programme))
    there = Report.objects.filter(event=OuterRef("pk"))
    in_time = Q(state__in=[ReportState.SUBMITTED, ReportState.ACCEPTED])
    in_time |= Q(state=ReportState.RETURNED, decided_at__gte=before)
    found = Event.objects.filter(programme=programme, state=State.PUBLISHED, ends_at__lt=before)
    return found.filter(~Exists(there.filter(in_time))).select_related(*TOLD_WITH, "report").order_by("ends_at", "pk")


def to_chase(programme: Programme, at: datetime) -> QuerySet[Event]:
    """Of the overdue, those whose writers have not been reminded for some days, unless all patience is over."""
    recently = Report.objects.filter(event=OuterRef("pk"), chased_at__gt=at - PAUSE)
    found = overdue(programme, at).filter(~Exists(recently))
    return found.filter(ends_at__gte=at - PATIENCE - timedelta(days=report_days(programme)))


def to_read(programme: Programme) -> QuerySet[Report]:
    """Reports that wait for the programme's answer, the first handed in first."""
    found = Report.objects.filter(event__programme=programme, state=ReportState.SUBMITTED)
    return found.select_related(*(f"event__{name}" for name in TOLD_WITH)).order_by("submitted_at", "pk")


def programmes_with_events() -> QuerySet[Programme]:
    """Programmes that hold events."""
    return Programme.objects.filter(Exists(Event.objects.filter(programme=OuterRef("pk")))).order_by("pk")
