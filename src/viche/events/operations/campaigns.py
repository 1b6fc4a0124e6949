"""Campaigns: made and changed by the programme's officers; their code stays, for addresses are made of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from viche.events import access
from viche.events.choices import Goal
from viche.events.models import Campaign
from viche.files import checks
from viche.files import operations as files
from viche.files.operations import Taken
from viche.journal import operations as journal
from viche.methods import inclusion
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes import access as programmes
from viche.programmes.models import Programme

PICTURE_OWNER = "events.campaign"
CHANGEABLE = (
    "name",
    "name_en",
    "lead",
    "lead_en",
    "about",
    "about_en",
    "starts_on",
    "ends_on",
    "hashtags",
    "goals",
    "rules",
    "contact_email",
    "is_public",
)


@contextmanager
def _taking_in(picture: File | None) -> Iterator[Taken | None]:
    """Check and clean the picture before the transaction opens; nothing where there is none."""
    if picture is None:
        yield None
        return
    with files.taking_in(picture, accept=checks.PHOTOS, field="picture") as taken:
        yield taken


def make(
    programme: Programme, *, code: str, by: User, at: datetime, picture: File | None = None, **values: Any
) -> Campaign:
    """Make a campaign under a code that no other has; `values` names any of `CHANGEABLE`."""
    if not programmes.may_manage(by, programme):
        raise NotAllowed
    campaign = Campaign(programme=programme, code=code.upper(), created_at=at)
    with _taking_in(picture) as taken, transaction.atomic():
        _set(campaign, values)
        try:
            with transaction.atomic():
                campaign.save()
        except IntegrityError:
            raise Refused(_("Кампанія з таким кодом уже є. Виберіть інший."), field="code", status=409) from None
        _show(campaign, taken, drop=False, by=by, at=at)
        told = {"code": campaign.code, **_values(campaign)}
        journal.record(verb="events.campaign_made", subject=campaign, by=by, at=at, after=told)
    return campaign


def change(
    campaign: Campaign,
    *,
    by: User,
    at: datetime,
    picture: File | None = None,
    drop_picture: bool = False,
    **changes: Any,
) -> Campaign:
    """Change what is told of a campaign and its rules; a new picture takes the place of the old."""
    if not access.may_manage_campaign(by, campaign):
        raise NotAllowed
    with _taking_in(picture) as taken, transaction.atomic():
        campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
        before = _values(campaign)
        _set(campaign, changes)
        campaign.save(update_fields=list(changes))
        _show(campaign, taken, drop=drop_picture, by=by, at=at)
        journal.record(
            verb="events.campaign_changed", subject=campaign, by=by, at=at, before=before, after=_values(campaign)
        )
    return campaign


def _set(campaign: Campaign, values: dict[str, Any]) -> None:
    unknown = set(values) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"a campaign's {', '.join(sorted(unknown))} cannot be changed")
    for name, value in values.items():
        setattr(campaign, name, value)
    if campaign.ends_on < campaign.starts_on:
        raise Refused(_("Кампанія не може закінчитися раніше, ніж почалася."), field="ends_on")
    if set(campaign.goals) - set(Goal.values):
        raise Refused(_("Цілей сталого розвитку сімнадцять: виберіть з них."), field="goals")
    try:
        inclusion.read(campaign.rules)
    except inclusion.BadRules:
        raise Refused(_("Перевірте правила інклюзії: таких кампанія мати не може.")) from None


def _show(campaign: Campaign, taken: Taken | None, *, drop: bool, by: User, at: datetime) -> None:
    """Put the new picture in the place of the old one, or take the old one away."""
    old = campaign.picture if taken or drop else None
    if taken is None and old is None:
        return
    campaign.picture = (
        files.keep(taken, owner_kind=PICTURE_OWNER, owner_id=campaign.pk, by_id=by.pk, at=at) if taken else None
    )
    campaign.save(update_fields=["picture"])
    if old:
        files.remove(old, by=by, at=at)


def _values(campaign: Campaign) -> dict[str, Any]:
    return {name: getattr(campaign, name) for name in CHANGEABLE}
