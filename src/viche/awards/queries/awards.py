"""Which awards there are, for whom; how many, how much, where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils.translation import get_language

from viche.awards.choices import AwardState
from viche.awards.models import Award, Report, Tranche
from viche.awards.queries import waiting
from viche.calls.choices import Outcome, Stage
from viche.calls.models import Call
from viche.methods import words
from viche.people.choices import MembershipRole
from viche.people.models import User
from viche.programmes.models import Programme

WHOLE = ("programme", "organisation__hromada__oblast", "organisation__hromada__raion")
WRITERS = (MembershipRole.HEAD, MembershipRole.PREPARER)
OBLAST = "organisation__hromada__oblast"
YEARS = range(1991, 2100)


@dataclass(frozen=True)
class Sums:
    """How many awards, how much in each currency, and how many in each oblast (by its code)."""

    count: int
    amounts: list[tuple[str, Decimal]]
    oblasts: dict[str, int]


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
    return Award.objects.select_related(*WHOLE, "application__call").get(code=code, programme__code=programme)


def tranche_in_office(programme: str, code: str, position: int) -> Tranche:
    """One tranche as the office addresses it. Raises `Tranche.DoesNotExist`."""
    found = Tranche.objects.select_related("award__programme", "award__organisation", "after")
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


def sums(awards: QuerySet[Award], *, oblast: str = "") -> Sums:
    """Count and sums of these awards, and how they spread over oblasts. One query.

    With `oblast` (a slug) count and sums are of that oblast alone, while the spread is still of all: so the map stays whole.
    """
    rows = (
        awards.order_by()
        .values_list(f"{OBLAST}__code", f"{OBLAST}__slug", "currency")
        .annotate(number=Count("pk"), total=Sum("amount"))
    )
    count, amounts, oblasts = 0, {}, {}
    for code, slug, currency, number, total in rows:
        oblasts[code] = oblasts.get(code, 0) + number
        if oblast in {"", slug}:
            count += number
            if total:
                amounts[currency] = amounts.get(currency, Decimal(0)) + total
    return Sums(count, sorted(amounts.items(), key=lambda pair: -pair[1]), oblasts)


def facets(awards: QuerySet[Award]) -> Facets:
    """The programmes, oblasts and years that occur among these awards. One query."""
    english = get_language() == "en"
    names = ("programme__code", "programme__name", "programme__name_en")
    places = (f"{OBLAST}__sort_key", f"{OBLAST}__slug", f"{OBLAST}__name", f"{OBLAST}__name_en")
    rows = list(
        awards.order_by().values_list(*names, *places).annotate(first=Min("awarded_on"), last=Max("awarded_on"))
    )
    programmes = {row[0]: (english and row[2]) or row[1] for row in rows}
    oblasts = {(row[3], row[4]): row[6] if english else row[5] for row in rows}
    years = range(max((row[8].year for row in rows), default=0), min((row[7].year for row in rows), default=1) - 1, -1)
    return Facets(
        programmes=sorted(programmes.items(), key=lambda pair: words.collation_key(pair[1])),
        oblasts=[(slug, name) for (_key, slug), name in sorted(oblasts.items())],
        years=[(str(year), str(year)) for year in years],
    )


def latest(limit: int = 6) -> list[Award]:
    """The awards agreed last, for the home page. One query."""
    return list(public().select_related(*WHOLE).order_by("-agreed_on", "-pk")[:limit])


def of_hromada(hromada: int) -> QuerySet[Award]:
    """The public awards of a hromada's organisations, the newest first; for its page."""
    return public().filter(organisation__hromada=hromada).select_related("programme", "organisation")


def of_user(user: User) -> QuerySet[Award]:
    """The awards of all organisations this person writes for, those under way first, with reports and tranches."""
    theirs = Q(organisation__memberships__user=user, organisation__memberships__role__in=WRITERS)
    return (
        Award.objects.filter(theirs)
        .select_related("programme", "organisation")
        .prefetch_related("reports", "tranches")
        .order_by("closed_at", "ended_at", "-awarded_on", "pk")
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
    without = Q(applications__outcome=Outcome.SUPPORTED, applications__award__isnull=True)
    return (
        Call.objects.filter(programme=programme, stage=Stage.DECIDED)
        .annotate(lacking=Count("applications", filter=without))
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
