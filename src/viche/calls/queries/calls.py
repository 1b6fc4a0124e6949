"""Which calls there are, for whom."""

from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from viche.calls.choices import ApplicationState, Outcome, Stage
from viche.calls.models import Application, Call
from viche.methods import words
from viche.people import queries as people
from viche.people.models import Organisation, User
from viche.programmes.models import Programme

SOON = timedelta(days=3)


def by_code(code: str) -> Call:
    """One call with its programme. Raises `Call.DoesNotExist`."""
    return Call.objects.select_related("programme", "form", "who_call").get(code=code)


def in_programme(programme: str, code: str) -> Call:
    """One call of this programme. Raises `Call.DoesNotExist`."""
    return Call.objects.select_related("programme", "form__questionnaire", "who_call").get(
        code=code, programme__code=programme
    )


def public() -> QuerySet[Call]:
    """Everything announced in public programmes."""
    return Call.objects.filter(programme__is_public=True).exclude(stage=Stage.DRAFT).select_related("programme")


def open_calls(at: datetime) -> QuerySet[Call]:
    """What can be applied for at this moment, the nearest close first."""
    return (
        public()
        .filter(Q(closes_at__gt=at) | Q(closes_at__isnull=True), stage=Stage.SCHEDULED, opens_at__lte=at)
        .order_by(F("closes_at").asc(nulls_last=True), "code")
    )


def chosen(at: datetime, *, q: str = "", state: str = "", kind: str = "", programme: str = "") -> QuerySet[Call]:
    """Public calls by what a visitor asks: open ones first, then those to come, then the past, newest first."""
    found = public()
    if q:
        found = found.filter(haystack__contains=words.fold(q))
    if kind:
        found = found.filter(kind=kind)
    if programme:
        found = found.filter(programme__code=programme)
    by_state = {
        "open": Q(Q(closes_at__gt=at) | Q(closes_at__isnull=True), stage=Stage.SCHEDULED, opens_at__lte=at),
        "scheduled": Q(stage=Stage.SCHEDULED, opens_at__gt=at),
        "closed": Q(stage__in=[Stage.ASSESSED]) | Q(stage=Stage.SCHEDULED, closes_at__lte=at),
        "decided": Q(stage=Stage.DECIDED),
        "cancelled": Q(stage=Stage.CANCELLED),
    }
    if state in by_state:
        found = found.filter(by_state[state])
    is_open = by_state["open"]
    return found.alias(is_open=Count("pk", filter=is_open)).order_by("-is_open", "-opens_at", "code")


def of_office(programme: Programme) -> QuerySet[Call]:
    """All calls of a programme with how many applications were begun and submitted."""
    return (
        Call.objects.filter(programme=programme)
        .select_related("programme")
        .annotate(
            begun=Count("applications"),
            submitted=Count("applications", filter=Q(applications__state=ApplicationState.SUBMITTED)),
        )
        .order_by("-created_at")
    )


def funnel(call: Call) -> dict[str, int]:
    """How many applications began, were submitted, were supported."""
    return Application.objects.filter(call=call).aggregate(
        begun=Count("pk"),
        submitted=Count("pk", filter=Q(state=ApplicationState.SUBMITTED)),
        supported=Count("pk", filter=Q(outcome=Outcome.SUPPORTED)),
    )


def may_apply_as(user: User) -> list[Organisation]:
    """The organisations in whose name this person writes."""
    return list(people.written_for(user))
