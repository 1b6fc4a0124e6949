"""Keeping what people chose about letters."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viche.mail import kinds, queries
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter, Preference
from viche.methods.refusals import Refused


@transaction.atomic
def choose(address: str, *, kind: str, delivery: Delivery, at: datetime) -> None:
    """Keep how the owner of an address wants letters of one kind; what waits already is treated the same way."""
    if kinds.known(kind).always:
        raise Refused(_("Такі листи надсилаємо завжди: у них рішення, квитанції або вхід."))
    address = queries.plain(address)
    Preference.objects.update_or_create(address=address, kind=kind, defaults={"delivery": delivery, "chosen_at": at})
    if delivery == Delivery.NEVER:
        waiting = Letter.objects.filter(to=address, carried_by=None, state__in=[State.WAITING, State.HELD])
        _decline(waiting.filter(kind=kind))
        if kind == kinds.DIGEST:
            _decline(waiting.filter(state=State.HELD))


def stop(address: str, *, kind: str, at: datetime) -> None:
    """Send this address no more letters of that kind."""
    choose(address, kind=kind, delivery=Delivery.NEVER, at=at)


def resume(address: str, *, kind: str, at: datetime) -> None:
    """Send letters of that kind again, in the way in which they go by themselves."""
    rules = kinds.known(kind)
    choose(address, kind=kind, delivery=Delivery.DAILY if rules.digest else Delivery.AT_ONCE, at=at)


@transaction.atomic
def move_choices(before: str, after: str) -> None:
    """Keep what a person chose about letters when their address changes."""
    before, after = queries.plain(before), queries.plain(after)
    moved = Preference.objects.filter(address=before)
    Preference.objects.filter(address=after, kind__in=moved.values("kind")).delete()
    moved.update(address=after)


def _decline(letters: QuerySet[Letter]) -> None:
    letters.update(state=State.OPTED_OUT, fault="", brief="")
