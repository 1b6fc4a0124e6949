"""Programmes and awards as activities of IATI 2.03: programmes are of hierarchy 1, their awards of hierarchy 2."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from viche.awards.choices import AwardState
from viche.awards.models import Award
from viche.formats.iati import records as iati
from viche.people.choices import OrganisationKind
from viche.people.models import Organisation
from viche.places.models import Hromada
from viche.programmes.choices import PartnerRole
from viche.programmes.models import Partner, Programme
from viche.site.queries import told
from viche.site.queries.told_results import results_of, results_of_awards

KINDS = {
    OrganisationKind.COUNCIL: "11",
    OrganisationKind.LIBRARY: "15",
    OrganisationKind.NGO: "24",
    OrganisationKind.HOST: "11",
    OrganisationKind.IMPLEMENTER: "24",
}
"""Kinds of organisations by the list OrganisationType; of the others IATI has no more to say than "other"."""
OTHER_KIND = "90"

ROLES = {PartnerRole.DONOR: iati.FUNDING, PartnerRole.IMPLEMENTER: iati.IMPLEMENTING}
"""What a partner does. Who merely helps has no role in IATI."""

PIPELINE, UNDER_WAY, OVER, CANCELLED = "1", "2", "4", "5"
STATUSES = {AwardState.ACTIVE: UNDER_WAY, AwardState.CLOSED: OVER, AwardState.ENDED: CANCELLED}
WEB_PAGE, OUTCOMES = "A12", "A08"
UKRAINE = (iati.Share("UA"),)
NATIONAL = "4"
YEAR = timedelta(days=365)


class Told(NamedTuple):
    """An activity and the record that it tells of."""

    activity: iati.Activity
    of: Programme | Award


def activities(on: date) -> Iterator[Told]:
    """Everything that is told, each programme before its awards. A few queries a programme, two a chunk of awards.

    Without an identifier of the publisher nothing can be told to IATI.
    """
    by = told.publisher()
    if not by.id:
        return
    for programme in told.programmes():
        frame = _Frame(programme, by)
        yield Told(frame.of_programme(on), programme)
        for chunk in told.awards(programme):
            results = results_of_awards(chunk)
            for award in chunk:
                yield Told(frame.of_award(award, on, results.get(award.pk, ())), award)


class _Frame:
    """What all activities of a programme have in common."""

    def __init__(self, programme: Programme, by: told.Publisher) -> None:
        self.programme, self.by, self.terms = programme, by, told.terms(programme)
        self.identifier = self.terms.identifier or f"{by.id}-{programme.code}"
        self.reporting = iati.Organisation(told.both(by.name, by.name_en), by.id, by.kind)
        self.partners = [one for one in programme.partners.all() if one.role in ROLES]
        terms = self.terms
        self.classes = {
            "countries": UKRAINE,
            "sectors": (iati.Share(terms.sector),),
            "collaboration": terms.collaboration,
            "flow": terms.flow,
            "finance": terms.finance,
            "aid": terms.aid,
            "tied": terms.tied,
        }

    def _publisher(self, role: str) -> iati.Organisation:
        return iati.Organisation(self.reporting.name, self.by.id, self.by.kind, role)

    def _partner(self, one: Partner) -> iati.Organisation:
        donor = self.terms.donor_activity if one.role == PartnerRole.DONOR else ""
        return iati.Organisation({"uk": one.name}, one.org_id, role=ROLES[one.role], activity=donor)

    def of_programme(self, on: date) -> iati.Activity:
        """The programme itself: who stands behind it, where it works, what came of it; its money is told by its awards."""
        one = self.programme
        dates = {iati.PLANNED_START: one.starts_on, iati.PLANNED_END: one.ends_on}
        status = UNDER_WAY
        if one.starts_on <= on:
            dates[iati.ACTUAL_START] = one.starts_on
        else:
            status = PIPELINE
        if one.ends_on < on:
            dates[iati.ACTUAL_END], status = one.ends_on, OVER
        contact = iati.Contact(self.reporting.name, email=one.contact_email, website=told.page(one))
        return iati.Activity(
            identifier=self.identifier,
            reporting=self.reporting,
            title=told.named(one),
            description=told.remarked(told.both(one.lead, one.lead_en), one),
            participating=[self._publisher(iati.ACCOUNTABLE), *map(self._partner, self.partners)],
            status=status,
            dates=dates,
            hierarchy=1,
            contacts=[contact],
            scope=NATIONAL,
            locations=[_location(hromada) for hromada in _reached(one)],
            documents=[_page(told.page(one), told.named(one), WEB_PAGE)],
            results=results_of(one),
            **self.classes,
        )

    def of_award(self, award: Award, on: date, results: Iterable[iati.Result]) -> iati.Activity:
        """An award: who got it, what was promised, paid and returned, what was done."""
        organisation = award.organisation
        receiver = _organisation(organisation, iati.IMPLEMENTING)
        donors = [self._partner(one) for one in self.partners if one.role == PartnerRole.DONOR]
        description = {"uk": award.promised or award.title}
        categories = (WEB_PAGE, OUTCOMES) if award.done else (WEB_PAGE,)
        return iati.Activity(
            identifier=f"{self.by.id}-{award.code}",
            reporting=self.reporting,
            title={"uk": award.title},
            description=told.remarked(description, self.programme, organisation),
            participating=[*donors, self._publisher(iati.EXTENDING), receiver],
            status=STATUSES.get(AwardState(award.state), PIPELINE),
            dates=_dates(award, on),
            currency=award.currency,
            hierarchy=2,
            locations=[_location(organisation.hromada)],
            budgets=_budgets(award),
            transactions=tuple(_transactions(award, self.reporting, receiver)),
            documents=[_page(told.page(award), {"uk": award.title}, *categories)],
            related=[iati.Related(self.identifier, iati.PARENT)],
            results=tuple(results),
            **self.classes,
        )


def _reached(programme: Programme) -> list[Hromada]:
    """Where a programme has participants or public awards. One query."""
    awarded = Q(organisations__awards__programme=programme, organisations__awards__agreed_on__isnull=False)
    found = Hromada.objects.filter(awarded | Q(organisations__participations__programme=programme))
    return list(found.select_related("oblast", "raion").distinct().order_by("code"))


def _organisation(one: Organisation, role: str) -> iati.Organisation:
    return iati.Organisation(told.named(one), told.org_id(one), KINDS.get(OrganisationKind(one.kind), OTHER_KIND), role)


def _location(hromada: Hromada) -> iati.Location:
    """A hromada by its KATOTTH code, which is no gazetteer of IATI's and therefore our own reference; its centre is coarse."""
    point = None if hromada.latitude is None else (hromada.latitude, hromada.longitude)
    return iati.Location(hromada.code, told.placed(hromada), point=point)


def _page(url: str, title: told.Words, *categories: str) -> iati.Document:
    return iati.Document(url, "text/html", title, categories, languages=["uk"])


def _dates(award: Award, on: date) -> dict[str, date]:
    dates = {iati.PLANNED_START: award.starts_on, iati.PLANNED_END: award.ends_on}
    begun, ended = told.begun_on(award, on), told.ended_on(award)
    if begun:
        dates[iati.ACTUAL_START] = begun
    if ended:
        dates[iati.ACTUAL_END] = ended
    return dates


def _budgets(award: Award) -> list[iati.Budget]:
    """What is planned to be paid, by years of the award: IATI lets no budget be longer."""
    planned = list(award.tranches.all())
    years: list[tuple[date, date]] = []
    starts_on = award.starts_on
    while planned and starts_on <= award.ends_on:
        years.append((starts_on, min(award.ends_on, starts_on + YEAR - timedelta(days=1))))
        starts_on = years[-1][1] + timedelta(days=1)
    sums = [Decimal(0)] * len(years)
    for tranche in planned:
        at = sum(tranche.planned_on > ends_on for _, ends_on in years[:-1])
        sums[at] += tranche.amount
    return [iati.Budget(*year, amount) for year, amount in zip(years, sums, strict=True) if amount]


def _transactions(award: Award, provider: iati.Organisation, receiver: iati.Organisation) -> Iterator[iati.Transaction]:
    """What was promised by the agreement, paid, and paid back: money that returns is a payment below nothing."""
    if award.amount is None:
        return
    sides = {"provider": provider, "receiver": receiver}
    yield iati.Transaction(iati.COMMITMENT, award.agreed_on, award.amount, ref=f"{award.code}-0", **sides)
    money = told.money(award)
    for one in money.paid:
        yield iati.Transaction(iati.DISBURSEMENT, one.paid_on, one.amount, ref=f"{award.code}-{one.position}", **sides)
    if money.returned_on:
        back = {"ref": f"{award.code}-R", "description": told.spoken(told.RETURNED), **sides}
        yield iati.Transaction(iati.DISBURSEMENT, money.returned_on, -award.returned, **back)
