"""Which applications there are, for whom."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When

from viche.calls.choices import ApplicationState, Outcome, Stage
from viche.calls.models import Application, Call, Receipt, Reminder
from viche.methods import words
from viche.people.models import Organisation, User
from viche.programmes.models import Programme

WHOLE = ("call__programme", "call__form", "organisation__hromada__oblast", "sheet__version")
SORTS = {
    "-submitted": ("-submitted_at", "-pk"),
    "submitted": ("submitted_at", "pk"),
    "-amount": (F("amount").desc(nulls_last=True), "pk"),
    "amount": (F("amount").asc(nulls_last=True), "pk"),
    "organisation": ("organisation__name", "pk"),
}


def by_pk(pk: int) -> Application:
    """One application with all that its pages show. Raises `Application.DoesNotExist`."""
    return Application.objects.select_related(*WHOLE).get(pk=pk)


def in_office(programme: str, call: str, code: str) -> Application:
    """One numbered application of a call as the office addresses it. Raises `Application.DoesNotExist`."""
    return Application.objects.select_related(*WHOLE).get(code=code, call__code=call, call__programme__code=programme)


def receipt(pk: int, number: int) -> Receipt:
    """One receipt with its application. Raises `Receipt.DoesNotExist`."""
    return Receipt.objects.select_related("submitted_by", *(f"application__{name}" for name in WHOLE)).get(
        application_id=pk, number=number
    )


def receipts(application: Application) -> list[Receipt]:
    """All receipts of one application with who submitted, the latest first."""
    return list(application.receipts.select_related("submitted_by"))


def later(receipt: Receipt) -> Receipt | None:
    """The latest receipt of the same application, where this one is not the latest."""
    return receipt.application.receipts.filter(number__gt=receipt.number).first()


def of_organisations(call: Call, organisations: Sequence[Organisation]) -> dict[int, Application]:
    """What these organisations have begun or submitted in a call, by the organisation's key."""
    found = Application.objects.filter(call=call, organisation__in=organisations)
    return {application.organisation_id: application for application in found}


def of_user(user: User) -> QuerySet[Application]:
    """The applications of all organisations this person writes for, what still waits for them first."""
    return (
        Application.objects.filter(organisation__memberships__user=user)
        .select_related("call__programme", "organisation")
        .order_by(F("call__closes_at").asc(nulls_last=True), "-pk")
        .distinct()
    )


def of_call(
    call: Call,
    *,
    q: str = "",
    state: str = "",
    oblast: str = "",
    outcome: str = "",
    sort: str = "-submitted",
    secret: Collection[int] = (),
) -> QuerySet[Application]:
    """The office's list: everything but drafts, which are the applicants' own.

    Those with `secret` keys the viewer may only count: they stand at the end, and a narrower list leaves them out, so that
    neither order nor search tells anything of them.
    """
    found = Application.objects.filter(call=call).exclude(state=ApplicationState.DRAFT)
    if q:
        found = found.filter(haystack__contains=words.fold(q))
    if state in {ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}:
        found = found.filter(state=state)
    if oblast:
        found = found.filter(organisation__hromada__oblast__slug=oblast)
    if outcome:
        found = found.filter(outcome="" if outcome == "none" else outcome)
    found = found.select_related("call", "organisation__hromada__oblast")
    order = SORTS.get(sort, SORTS["-submitted"])
    if not secret:
        return found.order_by(*order)
    if q or state or oblast or outcome:
        return found.exclude(pk__in=secret).order_by(*order)
    return found.order_by(Case(When(pk__in=secret, then=1), default=0), *order)


def of_programme(
    programme: Programme, *, call: str = "", state: str = "", secret: Collection[int] = ()
) -> QuerySet[Application]:
    """What was submitted in a programme, to one call or to all, without drafts and without those with `secret` keys."""
    found = Application.objects.filter(call__programme=programme).exclude(state=ApplicationState.DRAFT)
    if call:
        found = found.filter(call__code=call)
    if state:
        found = found.filter(state=state)
    return found.exclude(pk__in=secret).select_related("call", "organisation__hromada__oblast")


def submitted(call: Call) -> QuerySet[Application]:
    """What is judged: the submitted applications of a call."""
    return (
        Application.objects.filter(call=call, state=ApplicationState.SUBMITTED)
        .select_related("organisation__hromada__oblast")
        .order_by("pk")
    )


def supported(call: Call) -> QuerySet[Application]:
    """The public result: who was supported, with how much."""
    return submitted(call).filter(outcome=Outcome.SUPPORTED).order_by("organisation__name")


def sums(applications: QuerySet[Application], secret: Collection[int]) -> dict:
    """How many these are, and how much they ask for together, without those with `secret` keys."""
    return applications.exclude(pk__in=secret).order_by().aggregate(count=Count("pk"), asked=Sum("amount"))


def to_remind(at: datetime, days: int) -> QuerySet[Application]:
    """Unsubmitted applications of open calls that close within `days` days and were not yet reminded of this close."""
    told = Reminder.objects.filter(application=OuterRef("pk"), closes_at=OuterRef("call__closes_at"), days__lte=days)
    return (
        Application.objects.filter(
            ~Exists(told),
            Q(state=ApplicationState.DRAFT) | Q(state=ApplicationState.WITHDRAWN),
            call__stage=Stage.SCHEDULED,
            call__opens_at__lte=at,
            call__closes_at__gt=at,
            call__closes_at__lte=at + timedelta(days=days),
        )
        .select_related("call__programme", "organisation")
        .order_by("pk")
    )
