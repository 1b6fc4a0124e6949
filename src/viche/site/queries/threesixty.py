"""Grants as 360Giving 1.4 is told of them: what is given as money, to organisations alone."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardKind
from viche.awards.models import Award
from viche.calls.choices import Who
from viche.formats.threesixty import records as threesixty
from viche.people.models import Organisation
from viche.programmes.models import Programme
from viche.site.queries import told

GRANTS, ITS_PAGE = _("Гранти"), _("Сторінка підтримки")
WHAT = _("Гранти публічних програм з дня, коли підписано угоду.")
GAZETTEER = "KATOTTG"
PAGE = "/open/360giving.json"


class Told(NamedTuple):
    """A grant and the record that it tells of."""

    grant: threesixty.Grant
    of: Award


def package(changed_at: datetime) -> threesixty.Package:
    """What is said of the file itself."""
    by = told.publisher()
    is_invented = any(one.is_invented for one in told.programmes())
    said = [told.INVENTED, WHAT] if is_invented else [WHAT]
    return threesixty.Package(
        title=f"{told.spoken(GRANTS)['uk']}: {by.name}",
        publisher=by.name,
        publisher_id=by.id,
        website=told.address("/"),
        licence=by.licence,
        url=told.address(PAGE),
        description=" ".join(told.spoken(one)["uk"] for one in said),
        modified_at=changed_at,
    )


def grants(on: date) -> Iterator[Told]:
    """Every public award of money. Two queries a chunk."""
    by = told.publisher()
    for programme in told.programmes():
        for chunk in told.awards(programme):
            for award in chunk:
                if award.kind == AwardKind.GRANT and award.amount is not None:
                    yield Told(_grant(award, programme, by, on), award)


def _grant(award: Award, programme: Programme, by: told.Publisher, on: date) -> threesixty.Grant:
    organisation, call = award.organisation, award.application.call
    money = told.money(award)
    returned = award.returned if money.returned_on else Decimal(0)
    description = told.remarked({"uk": award.promised or award.title}, programme, organisation)["uk"]
    begun, ended = told.begun_on(award, on), told.ended_on(award)
    url = told.page(award)
    return threesixty.Grant(
        id=f"360G-{by.prefix}-{award.code}",
        title=award.title,
        description=description,
        currency=award.currency,
        asked=award.application.amount,
        awarded=award.amount,
        awarded_on=award.awarded_on,
        disbursed=sum((one.amount for one in money.paid), Decimal(0)) - returned,
        funders=[threesixty.Organisation(by.id or f"360G-{by.prefix}", by.name)],
        recipients=[_recipient(organisation, by)],
        url=url,
        planned=threesixty.Span(award.starts_on, award.ends_on),
        actual=threesixty.Span(begun, ended) if begun else None,
        places=[_place(organisation)],
        programmes=[threesixty.Programme(programme.code, programme.name, programme.lead, told.page(programme))],
        open_call=call.who == Who.ANYONE,
        documents=[threesixty.Document(f"{award.code}-page", told.spoken(ITS_PAGE)["uk"], url, kind="text/html")],
        commitments=[threesixty.Payment(f"{award.code}-0", award.agreed_on, award.amount, award.currency)],
        disbursements=_payments(award, money),
        activities=[f"{by.id}-{award.code}"] if by.id else [],
        source=url,
    )


def _payments(award: Award, money: told.Money) -> list[threesixty.Payment]:
    """What was paid; what came back is below nothing."""
    paid = [
        threesixty.Payment(f"{award.code}-{one.position}", one.paid_on, one.amount, award.currency)
        for one in money.paid
    ]
    if money.returned_on:
        said = told.spoken(told.RETURNED)["uk"]
        paid.append(threesixty.Payment(f"{award.code}-R", money.returned_on, -award.returned, award.currency, said))
    return paid


def _recipient(one: Organisation, by: told.Publisher) -> threesixty.Organisation:
    """Who got it; a branch and an informal group, which have no code in the state register, by a number of ours."""
    identifier = told.org_id(one) or f"360G-{by.prefix}-ORG-{one.pk}"
    return threesixty.Organisation(identifier, one.name, one.name_en, url=one.website, places=[_place(one)])


def _place(one: Organisation) -> threesixty.Place:
    hromada = one.hromada
    point = None if hromada.latitude is None else (hromada.latitude, hromada.longitude)
    return threesixty.Place(told.placed(hromada)["uk"], "UA", hromada.code, GAZETTEER, point)
