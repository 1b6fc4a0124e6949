"""Which calls there are, for whom."""

from datetime import datetime, timedelta

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from viche.calls.choices import ApplicationState, Outcome, Stage
from viche.calls.models import Application, Call
from viche.methods import words
from viche.people import queries as people
from viche.people.models import Organisation, User
from viche.programmes import queries as programmes
from viche.programmes.access import OFFICE
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


def is_taken(code: str, *, besides: Call) -> bool:
    """Whether another call has this code."""
    return Call.objects.filter(code=code).exclude(pk=besides.pk).exists()


def others(call: Call, user: User) -> QuerySet[Call]:
    """The other calls that this person may see, of any programme: those of its own programme first, then by title."""
    own = Q(programme__in=programmes.worked_in(user, *OFFICE)) | Q(programme=call.programme_id)
    announced = Q(programme__in=programmes.visible_to(user)) & ~Q(stage=Stage.DRAFT)
    near = Case(When(programme=call.programme_id, then=0), default=1)
    found = Call.objects.filter(own | announced).exclude(pk=call.pk)
    return found.select_related("programme").order_by(near, "title", "code")


def public() -> QuerySet[Call]:
    """Everything announced in public programmes."""
    return Call.objects.filter(programme__is_public=True).exclude(stage=Stage.DRAFT).select_related("programme")


def announced(code: str) -> Call:
    """One of them. Raises `Call.DoesNotExist`."""
    return public().get(code=code)


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
    later = Case(When(by_state["open"], then=0), default=1)
    return found.order_by(later, F("opens_at").desc(nulls_last=True), "code")


def of_office(programme: Programme) -> QuerySet[Call]:
    """All calls of a programme with how many applications were begun and submitted."""
    found = Call.objects.filter(programme=programme).select_related("programme").order_by("-created_at")
    begun = Application.objects.filter(call=OuterRef("pk")).order_by()
    return with_counts(found).annotate(begun=_number(begun))


def with_counts(calls: QuerySet[Call]) -> QuerySet[Call]:
    """Give each call `submitted` and `supported`: how many applications are. Counted in an index, one call after another."""
    handed_in = Application.objects.filter(call=OuterRef("pk"), state=ApplicationState.SUBMITTED).order_by()
    return calls.annotate(submitted=_number(handed_in), supported=_number(handed_in.filter(outcome=Outcome.SUPPORTED)))


def _number(applications: QuerySet[Application]) -> Coalesce:
    return Coalesce(Subquery(applications.values("call").annotate(n=Count("pk")).values("n")), 0)


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
