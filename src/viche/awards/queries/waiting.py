"""What waits for whom: reports due from organisations, checks and payments due from the office, letters due to be sent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from viche.awards.choices import AwardState, ReportState, TrancheState
from viche.awards.models import Award, Report, Tranche
from viche.people.choices import MembershipRole
from viche.people.models import User
from viche.programmes.models import Programme

OUTSTANDING = (ReportState.WAITING, ReportState.DRAFT, ReportState.RETURNED)
WRITERS = (MembershipRole.HEAD, MembershipRole.PREPARER)
# Days around the day on which a report is expected, on which a letter goes out: before it, and after it.
DAYS = (-14, -3, 1, 7, 21)


def expected(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Give each report `expected`: the day by which it is awaited now."""
    return reports.annotate(expected=Coalesce("again_by", "due_on"))


def outstanding() -> QuerySet[Report]:
    """Reports of active awards that wait for their organisations."""
    return expected(Report.objects.filter(award__state=AwardState.ACTIVE, state__in=OUTSTANDING))


def _its(reports: QuerySet[Report]) -> Exists:
    return Exists(reports.filter(award=OuterRef("pk")))


def _prepared(_on: date) -> Q:
    return Q(state=AwardState.PREPARED)


def _to_check(_on: date) -> Q:
    return Q(_its(Report.objects.filter(state=ReportState.SUBMITTED)), state=AwardState.ACTIVE)


def _to_pay(_on: date) -> Q:
    unlocked = Tranche.objects.filter(award=OuterRef("pk"), state=TrancheState.UNLOCKED)
    return Q(Exists(unlocked), state=AwardState.ACTIVE)


def _late(on: date) -> Q:
    return Q(_its(outstanding().filter(expected__lt=on)), state=AwardState.ACTIVE)


def _to_close(_on: date) -> Q:
    unpaid = Tranche.objects.filter(award=OuterRef("pk")).exclude(state=TrancheState.PAID)
    open_reports = Report.objects.exclude(state=ReportState.ACCEPTED)
    return Q(~_its(open_reports), ~Exists(unpaid), state=AwardState.ACTIVE)


# What the office may have to do, and which awards wait for it.
NEEDS: dict[str, Callable[[date], Q]] = {
    "check": _to_check,
    "pay": _to_pay,
    "late": _late,
    "prepared": _prepared,
    "close": _to_close,
}


def for_office(programme: Programme, on: date) -> dict[str, int]:
    """How many awards of the programme wait for each act of the office. One query."""
    return for_offices([programme.pk], on).get(programme.pk, dict.fromkeys(NEEDS, 0))


def for_offices(programmes: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """The same by programme; one in which nothing is under way has no entry. One query."""
    counts = {name: Count("pk", filter=awards(on)) for name, awards in NEEDS.items()}
    # Whatever waits for the office is prepared or under way: what is over is not looked through.
    under_way = Award.objects.filter(programme__in=programmes, state__in=[AwardState.PREPARED, AwardState.ACTIVE])
    rows = under_way.order_by().values("programme").annotate(**counts)
    return {row.pop("programme"): row for row in rows}


def for_organisations_of(user: User) -> QuerySet[Report]:
    """Reports that the organisations of this person owe, the nearest day first; for the cabinet."""
    theirs = Q(award__organisation__memberships__user=user, award__organisation__memberships__role__in=WRITERS)
    return (
        outstanding()
        .filter(theirs)
        .select_related("award__programme", "award__organisation")
        .order_by("expected", "pk")
    )


def next_of(reports: list[Report]) -> Report | None:
    """Of an award's reports, the first that waits for the organisation."""
    return next((report for report in reports if report.is_ours_to_write), None)


@dataclass(frozen=True)
class Due:
    """A letter to be sent about a report: `day` of `DAYS`."""

    report: Report
    day: int


def letters_due(on: date) -> list[Due]:
    """About which reports a letter goes out today. Only the latest day that has come counts; what was sent is left out.

    Of several reports of one award only the first is spoken of. Two queries.
    """
    found = (
        outstanding()
        .filter(expected__lte=on + timedelta(days=-DAYS[0]))
        .select_related("award__programme", "award__organisation")
        .prefetch_related("reminders")
        .order_by("award", "position")
    )
    due, spoken_of = [], set()
    for report in found:
        if report.award_id in spoken_of:
            continue
        spoken_of.add(report.award_id)
        after = (on - report.expected).days
        day = max(day for day in DAYS if day <= after)
        sent = [one.day for one in report.reminders.all() if one.expected_on == report.expected]
        if max(sent, default=DAYS[0] - 1) < day:
            due.append(Due(report, day))
    return due
