"""Components, partners and team: lists that an officer keeps, each in the order shown."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import models, transaction

from viche.files import checks
from viche.files import operations as files
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed
from viche.people.models import User
from viche.programmes import access
from viche.programmes.models import Component, Partner, Programme, TeamMember

Part = Component | Partner | TeamMember
LOGO_OWNER = "programmes.partner"
CONTACTS = {"name", "email", "phone"}


@transaction.atomic
def put_component(
    programme: Programme,
    component: Component | None,
    *,
    name: str,
    about: str,
    by: User,
    at: datetime,
    name_en: str = "",
) -> Component:
    """Add a component, or change one."""
    values = {"name": name, "name_en": name_en, "about": about}
    return _put(programme, component or Component(programme=programme), values, by=by, at=at)


@transaction.atomic
def put_team_member(
    programme: Programme,
    member: TeamMember | None,
    *,
    name: str,
    duty: str,
    email: str,
    phone: str,
    by: User,
    at: datetime,
) -> TeamMember:
    """Add somebody whom the public may write to, or change what is shown of them."""
    values = {"name": name, "duty": duty, "email": email, "phone": phone}
    return _put(programme, member or TeamMember(programme=programme), values, by=by, at=at)


@transaction.atomic
def put_partner(
    programme: Programme,
    partner: Partner | None,
    *,
    name: str,
    role: str,
    website: str,
    by: User,
    at: datetime,
    org_id: str = "",
    logo: File | None = None,
    drop_logo: bool = False,
) -> Partner:
    """Add a partner, or change one; a new logo takes the place of the old. `Refused` for what is no picture."""
    values = {"name": name, "role": role, "website": website, "org_id": org_id}
    partner = _put(programme, partner or Partner(programme=programme), values, by=by, at=at)
    old = partner.logo if logo or drop_logo else None
    if logo or drop_logo:
        partner.logo = None
        if logo:
            partner.logo = files.store(
                logo,
                owner_kind=LOGO_OWNER,
                owner_id=partner.pk,
                by_id=by.pk,
                at=at,
                accept=checks.PHOTOS,
                field="logo",
            )
        partner.save(update_fields=["logo"])
    if old:
        files.remove(old, by=by, at=at)
    return partner


@transaction.atomic
def remove_part(part: Part, *, by: User, at: datetime) -> None:
    """Take a component, a partner or somebody of the team off the programme's page."""
    if not access.may_manage(by, part.programme):
        raise NotAllowed
    before = _values(part)
    if isinstance(part, Partner) and part.logo:
        files.remove(part.logo, by=by, at=at)
    verb = f"programmes.{part._meta.model_name}_removed"  # noqa: SLF001 — Django's public name
    part.delete()
    journal.record(verb=verb, subject=part.programme, by=by, at=at, before=before)


@transaction.atomic
def move(part: Part, *, up: bool, by: User, at: datetime) -> None:
    """Let a part change places with its neighbour above or below; at the end of the list nothing happens."""
    if not access.may_manage(by, part.programme):
        raise NotAllowed
    Programme.objects.select_for_update(no_key=True).get(pk=part.programme_id)
    model = type(part)
    order = list(model.objects.filter(programme=part.programme_id).values_list("pk", flat=True))
    here = order.index(part.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, pk in enumerate(order):
        model.objects.filter(pk=pk).update(position=position)
    verb = f"programmes.{part._meta.model_name}_moved"  # noqa: SLF001
    journal.record(verb=verb, subject=part.programme, by=by, at=at, after={"order": order})


def _put(programme: Programme, part: Any, values: dict[str, Any], *, by: User, at: datetime) -> Any:
    """Save a part with these values: a new one goes to the end."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if part.pk:
        part = type(part).objects.get(pk=part.pk)
    before = _values(part) if part.pk else None
    if part.pk is None:
        last = type(part).objects.filter(programme=programme).aggregate(last=models.Max("position"))["last"]
        part.position = 0 if last is None else last + 1
    for name, value in values.items():
        setattr(part, name, value)
    part.save()
    verb = f"programmes.{part._meta.model_name}_{'changed' if before else 'added'}"  # noqa: SLF001
    journal.record(verb=verb, subject=programme, by=by, at=at, before=before, after=_values(part))
    return part


def _values(part: Part) -> dict[str, Any]:
    """What the journal keeps of a part; of somebody in the team neither name nor contacts, for it outlives them."""
    fields = {field.attname for field in part._meta.concrete_fields}  # noqa: SLF001
    kept = {
        name: getattr(part, name) for name in sorted(fields - (CONTACTS if isinstance(part, TeamMember) else set()))
    }
    return {name: str(value) if name == "logo_id" and value else value for name, value in kept.items()}
