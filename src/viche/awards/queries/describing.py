"""Awards and payments, as lists of records tell of them."""

from collections.abc import Collection

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate

from viche.awards.choices import ReportState
from viche.awards.models import Award, Tranche
from viche.facts.queries.describing import Described
from viche.files.models import Consent


def awards(keys: Collection[int]) -> dict[int, Described]:
    """Agreed awards, by their keys. One query."""
    shown = Q(photographs__public_from__lte=localdate(), photographs__stored__consent=Consent.RECORDED)
    shown &= Q(photographs__stored__removed_at=None)
    rows = Award.objects.filter(pk__in=keys, agreed_on__isnull=False).order_by()
    rows = rows.select_related("organisation", "programme").annotate(
        accepted=Count("reports", filter=Q(reports__state=ReportState.ACCEPTED), distinct=True),
        shown=Count("photographs", filter=shown, distinct=True),
    )
    return {award.pk: _described(award) for award in rows}


def tranches(keys: Collection[int]) -> dict[int, Described]:
    """Payments, by their keys: the award that each belongs to. Two queries."""
    of = dict(Tranche.objects.filter(pk__in=keys).values_list("pk", "award"))
    found = awards(set(of.values()))
    return {tranche: found[award] for tranche, award in of.items() if award in found}


def _described(award: Award) -> Described:
    evidence = award.accepted + award.shown
    return Described(
        code=award.code,
        title=f"{award.title} · {award.organisation.called}",
        address=reverse("awards:award", args=[award.code]),
        office_address=reverse("awards:office", args=[award.programme.code, award.code]),
        evidence=evidence,
        office_evidence=evidence,
    )
