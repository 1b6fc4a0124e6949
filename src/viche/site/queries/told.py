"""What IATI and 360Giving are told of alike: by whom, which programmes, which awards, where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Prefetch
from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardState, TrancheState
from viche.awards.models import Award, Tranche
from viche.awards.queries import awards as every
from viche.people.models import Organisation
from viche.places.models import Hromada
from viche.programmes.models import Partner, Programme, Publishing

CHUNK = 250
"""Awards that lie in memory together. Two queries a chunk, and those of their results."""

NOBODY = "UA-EDR-00000000"
"""By whom the demonstration is published: eight zeros are nobody's code."""

LOCAL_NGO = "24"
"""What a publisher is where nothing else is said, by the list OrganisationType of IATI."""

INVENTED = _("Вигадано для показу.")
RETURNED = _("Повернуто")
Words = Mapping[str, str]


@dataclass(frozen=True)
class Publisher:
    """The organisation that this installation serves, as registers of open data know it."""

    id: str
    name: str
    name_en: str
    kind: str
    """By the list OrganisationType of IATI."""
    licence: str
    prefix: str
    """What identifiers of 360Giving begin with."""


class Money(NamedTuple):
    """What was paid, and what of it came back."""

    paid: list[Tranche]
    returned_on: date | None


def publisher() -> Publisher:
    """Who publishes, by the environment; the demonstration has a publisher of its own."""
    said = settings.PUBLISHER
    told = Publisher(
        id=said["id"],
        name=said["name"] or settings.SITE_NAME,
        name_en=said["name_en"],
        kind=said["kind"] or LOCAL_NGO,
        licence=settings.OPEN_LICENCE_URL,
        prefix=said["prefix"] or "viche",
    )
    if settings.DEMO and not told.id:
        name = spoken(_("Показова установка Віче"))
        return replace(told, id=NOBODY, name=name["uk"], name_en=name["en"])
    return told


def programmes() -> list[Programme]:
    """The programmes that are told: public, not held back by their office, invented ones in the demonstration alone. Two queries."""
    found = Programme.objects.filter(is_public=True).exclude(publishing__is_told=False)
    if not settings.DEMO:
        found = found.filter(is_invented=False)
    partners = Prefetch("partners", Partner.objects.order_by("position", "pk"))
    return list(found.select_related("publishing").prefetch_related(partners).order_by("code"))


def terms(programme: Programme) -> Publishing:
    """What its office says of it, at hand already; else the defaults."""
    return getattr(programme, "publishing", None) or Publishing(programme=programme)


def awards(programme: Programme) -> Iterator[list[Award]]:
    """Its public awards, in chunks in which programme, organisation with its place, call and tranches are at hand."""
    related = ("organisation__hromada__oblast", "organisation__hromada__raion", "application__call")
    found = every.public().filter(programme=programme).select_related(*related).order_by("pk").defer("haystack")
    last = 0
    while chunk := list(found.filter(pk__gt=last).prefetch_related("tranches")[:CHUNK]):
        for award in chunk:
            award.programme = programme
        yield chunk
        last = chunk[-1].pk


def address(path: str) -> str:
    """The whole address of a page."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def page(thing: Award | Programme) -> str:
    """The Ukrainian page of a thing, whoever asks."""
    with translation.override("uk"):
        return address(thing.get_absolute_url())


def both(uk: str, en: str = "") -> Words:
    """Words in the languages in which there are any."""
    return {language: words for language, words in (("uk", uk), ("en", en)) if words}


def spoken(words: Promise) -> Words:
    """Words of ours in both languages, whoever asks."""
    told = {}
    for language in ("uk", "en"):
        with translation.override(language):
            told[language] = str(words)
    return told


def named(thing: Programme | Organisation) -> Words:
    """What it is called."""
    return both(thing.name, thing.name_en)


def org_id(one: Organisation) -> str:
    """Its identifier by its code in the state register; none where it has no code, or a mistyped one from old times."""
    try:
        return one.org_id
    except ValueError:
        return ""


def placed(hromada: Hromada) -> Words:
    """Its full name with the oblast."""
    return spoken(lazy(lambda: hromada.placed, str)())


def remarked(words: Words, *things: Programme | Organisation) -> Words:
    """Words that say so where something of it is invented."""
    if not any(thing.is_invented for thing in things):
        return words
    remark = spoken(INVENTED)
    return {language: f"{remark[language]} {told}" for language, told in words.items()}


def money(award: Award) -> Money:
    """What was paid of an award and when the rest came back; from what is at hand, without queries."""
    paid = [one for one in award.tranches.all() if one.state == TrancheState.PAID]
    return Money(paid, localdate(award.closed_at) if award.returned and award.closed_at else None)


def ended_on(award: Award) -> date | None:
    """The day on which it was over: closed or ended early."""
    moment: datetime | None = award.closed_at if award.state == AwardState.CLOSED else award.ended_at
    return localdate(moment) if moment and award.state != AwardState.ACTIVE else None


def begun_on(award: Award, on: date) -> date | None:
    """The day on which work could begin: not before its term, not before the agreement; None while that is ahead."""
    begun = max(award.starts_on, award.agreed_on)
    return begun if begun <= min(on, ended_on(award) or on) else None
