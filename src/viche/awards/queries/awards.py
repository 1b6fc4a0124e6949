"""Which awards there are, for whom; how many, how much, where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import get_language

from viche.awards.choices import AwardState, TrancheState
from viche.awards.models import Award, Report, Tranche
from viche.awards.queries import waiting
from viche.calls.choices import ApplicationState, Outcome, Stage
from viche.calls.models import Application, Call
from viche.journal import queries as journal
from viche.methods import words
from viche.people.choices import MembershipRole
from viche.people.models import User
from viche.places.models import Oblast
from viche.programmes.models import Programme

WHOLE = ("programme", "organisation__hromada__oblast", "organisation__hromada__raion")
WRITERS = (MembershipRole.HEAD, MembershipRole.PREPARER)
OBLAST = "organisation__hromada__oblast"
YEARS = range(1991, 2100)


@dataclass(frozen=True)
class Sums:
    """How many awards, how much in each currency, and how many in each oblast (by its key)."""

    count: int
    amounts: list[tuple[str, Decimal]]
    oblasts: dict[int, int]


@dataclass(frozen=True)
class Facets:
    """By what the public register can be filtered: pairs of a value and its words."""

    programmes: list[tuple[str, str]]
    oblasts: list[tuple[str, str]]
    years: list[tuple[str, str]]


def by_code(code: str) -> Award:
    """One award with all that its pages show. Raises `Award.DoesNotExist`."""
    return Award.objects.select_related(*WHOLE, "application__call").get(code=code)


def in_programme(programme: str, code: str) -> Award:
    """One award of this programme. Raises `Award.DoesNotExist`."""
    return Award.objects.select_related(*WHOLE, "application__call__programme").get(
        code=code, programme__code=programme
    )


def tranche_in_office(programme: str, code: str, position: int) -> Tranche:
    """One tranche as the office addresses it. Raises `Tranche.DoesNotExist`."""
    related = ("award__programme", "award__organisation", "award__application__organisation", "after")
    found = Tranche.objects.select_related(*related)
    return found.get(position=position, award__code=code, award__programme__code=programme)


def public() -> QuerySet[Award]:
    """Everything that everybody may see: agreed, in public programmes."""
    return Award.objects.filter(agreed_on__isnull=False, programme__is_public=True)


def register(
    *, q: str = "", programme: str = "", state: str = "", oblast: str = "", kind: str = "", year: str = ""
) -> QuerySet[Award]:
    """The public register by what a visitor asks; what makes no sense is taken as nothing asked."""
    found = chosen(public(), q=q, state=state, oblast=oblast, kind=kind, year=year)
    return (found.filter(programme__code=programme) if programme else found).select_related(*WHOLE)


def chosen(
    found: QuerySet[Award], *, q: str = "", state: str = "", oblast: str = "", kind: str = "", year: str = ""
) -> QuerySet[Award]:
    """Awards narrowed by words of title, code, organisation, hromada, and by filters; `oblast` is a slug."""
    for word in words.fold(q).split():
        found = found.filter(Q(haystack__contains=word) | Q(organisation__haystack__contains=word))
    if state:
        found = found.filter(state=state)
    if oblast:
        found = found.filter(organisation__hromada__oblast__slug=oblast)
    if kind:
        found = found.filter(kind=kind)
    if year.isdecimal() and int(year) in YEARS:
        found = found.filter(awarded_on__range=(date(int(year), 1, 1), date(int(year), 12, 31)))
    return found


class Group(NamedTuple):
    """The awards of one programme in one oblast and currency: how many, how much, from when to when."""

    programme: str
    name: str
    name_en: str
    oblast: int
    currency: str
    count: int
    total: Decimal | None
    first: date
    last: date


GROUPED_BY = ("programme__code", "programme__name", "programme__name_en", f"{OBLAST}_id", "currency")


def groups(awards: QuerySet[Award]) -> list[Group]:
    """These awards by programme, oblast and currency. One query."""
    rows = awards.order_by().values_list(*GROUPED_BY)
    counted = rows.annotate(count=Count("pk"), total=Sum("amount"), first=Min("awarded_on"), last=Max("awarded_on"))
    return [Group(*row) for row in counted]


class Reach(NamedTuple):
    """One hromada that a programme's awards in one currency have reached, and what was paid there."""

    programme: str
    oblast: int
    hromada: int
    currency: str
    paid: Decimal | None


def reaches(awards: QuerySet[Award]) -> list[Reach]:
    """Whom these awards have reached. One query."""
    rows = awards.order_by().values_list("programme__code", f"{OBLAST}_id", "organisation__hromada_id", "currency")
    paid = Sum("tranches__amount", filter=Q(tranches__state=TrancheState.PAID))
    return [Reach(*row) for row in rows.annotate(paid=paid)]


@dataclass(frozen=True)
class Register:
    """The whole register, counted."""

    groups: list[Group]
    reaches: list[Reach]

    def reached(self, *, programme: str, oblast: int | None) -> tuple[int, list[tuple[str, Decimal]]]:
        """How many hromadas the awards of a programme (or all) have reached in an oblast (or all), and what was paid there."""
        found = [one for one in self.reaches if programme in {"", one.programme} and oblast in {None, one.oblast}]
        paid: dict[str, Decimal] = {}
        for one in found:
            if one.paid:
                paid[one.currency] = paid.get(one.currency, Decimal(0)) + one.paid
        return len({one.hromada for one in found}), sorted(paid.items(), key=lambda pair: -pair[1])


def public_register() -> Register:
    """The whole register, counted. One query, three when anything was written."""
    return journal.until_written("awards.register", lambda: Register(groups(public()), reaches(public())))


def paid_of(awards: Iterable[Award]) -> dict[int, Decimal]:
    """What has been paid of each of these awards. One query."""
    paid = Tranche.objects.filter(award__in=list(awards), state=TrancheState.PAID).order_by()
    return dict(paid.values_list("award").annotate(total=Sum("amount")))


def sums(groups: Iterable[Group], *, oblast: int | None = None) -> Sums:
    """Count and sums, and how they spread over oblasts. No queries.

    With `oblast` (a key) count and sums are of that oblast alone, while the spread is still of all: so the map stays whole.
    """
    count, amounts, oblasts = 0, {}, {}
    for group in groups:
        oblasts[group.oblast] = oblasts.get(group.oblast, 0) + group.count
        if oblast in {None, group.oblast}:
            count += group.count
            if group.total:
                amounts[group.currency] = amounts.get(group.currency, Decimal(0)) + group.total
    return Sums(count, sorted(amounts.items(), key=lambda pair: -pair[1]), oblasts)


def facets(groups: Iterable[Group], oblasts: Iterable[Oblast]) -> Facets:
    """The programmes, oblasts (of these, in their order) and years that occur. No queries."""
    groups, english = list(groups), get_language() == "en"
    programmes = {group.programme: (english and group.name_en) or group.name for group in groups}
    there = {group.oblast for group in groups}
    years = range(
        max((group.last.year for group in groups), default=0),
        min((group.first.year for group in groups), default=1) - 1,
        -1,
    )
    return Facets(
        programmes=sorted(programmes.items(), key=lambda pair: words.collation_key(pair[1])),
        oblasts=[(oblast.slug, oblast.label) for oblast in oblasts if oblast.pk in there],
        years=[(str(year), str(year)) for year in years],
    )


def latest(limit: int = 6) -> list[Award]:
    """The awards agreed last, for the home page. One query."""
    return list(public().select_related(*WHOLE).order_by("-agreed_on", "-pk")[:limit])


def of_user(user: User) -> QuerySet[Award]:
    """The awards of all organisations this person writes for, those under way first, with reports and tranches."""
    theirs = Q(organisation__memberships__user=user, organisation__memberships__role__in=WRITERS)
    return (
        Award.objects.filter(theirs)
        .select_related("programme", "organisation")
        .prefetch_related("reports", "tranches")
        .order_by(F("closed_at").asc(nulls_first=True), F("ended_at").asc(nulls_first=True), "-awarded_on", "pk")
    )


def of_office(
    programme: Programme,
    on: date,
    *,
    q: str = "",
    state: str = "",
    oblast: str = "",
    kind: str = "",
    year: str = "",
    needs: str = "",
) -> QuerySet[Award]:
    """The office's list, prepared ones too, narrowed as asked; `needs` is a key of `waiting.NEEDS`."""
    found = chosen(Award.objects.filter(programme=programme), q=q, state=state, oblast=oblast, kind=kind, year=year)
    if needs in waiting.NEEDS:
        found = found.filter(waiting.NEEDS[needs](on))
    return found.select_related(*WHOLE).prefetch_related("reports", "tranches")


def undecided_calls(programme: Programme) -> QuerySet[Call]:
    """Decided calls with supported applications that have no award yet; `lacking` says how many."""
    without = Application.objects.filter(
        call=OuterRef("pk"), state=ApplicationState.SUBMITTED, outcome=Outcome.SUPPORTED, award__isnull=True
    )
    return (
        Call.objects.filter(programme=programme, stage=Stage.DECIDED)
        .annotate(lacking=Subquery(without.order_by().values("call").annotate(n=Count("pk")).values("n")))
        .filter(lacking__gt=0)
        .order_by("code")
    )


def call_of(programme: str, call: str) -> Call:
    """The call whose decisions become awards. Raises `Call.DoesNotExist`."""
    return Call.objects.select_related("programme").get(code=call, programme__code=programme)


def parts(award: Award) -> tuple[list[Report], list[Tranche]]:
    """Reports and tranches of an award, in their order; each tranche knows the report it waits for. Two queries."""
    reports = list(award.reports.select_related("submitted_by", "checked_by"))
    known = {report.pk: report for report in reports}
    tranches = list(award.tranches.all())
    for one in (*reports, *tranches):
        one.award = award
    for tranche in tranches:
        tranche.after = known.get(tranche.after_id)
    return reports, tranches


def paid(tranches: Iterable[Tranche]) -> Decimal:
    """How much of these tranches was paid."""
    return sum((tranche.amount for tranche in tranches if tranche.paid_on), Decimal(0))


def is_ready_to_close(award: Award, reports: Iterable[Report], tranches: Iterable[Tranche]) -> bool:
    """Whether nothing is left but to say what was done."""
    return (
        award.state == AwardState.ACTIVE
        and all(report.state == "accepted" for report in reports)
        and all(tranche.state == "paid" for tranche in tranches)
    )
