"""What posters and pictures to share say, in words of the page's language. Of events they know what `showing` shows alone."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import State
from viche.events.models import Campaign, Event
from viche.events.queries.showing import Shown
from viche.ui import paper, wording

ENOUGH = 220  # characters of a list of names on a poster


def poster(shown: Shown, *, contact: str) -> paper.Sheet:
    """The poster of an event, to print on A4."""
    address = f"{settings.SITE_ADDRESS}{shown.href}"
    said = {
        "title": paper.breakable(shown.title),
        "host": shown.host or shown.organisers,
        "programme": paper.breakable(shown.programme),
        "campaign": paper.breakable(shown.campaign),
        "status": _status(shown),
        "leaf": _leaf(shown),
        "when": f"{shown.weekday}, {wording.day(shown.starts_at)}",
        "hours": shown.hours,
        "clock": _("за київським часом"),
        "place": paper.breakable(_place(shown)),
        "private": _("Точне місце й посилання отримають зареєстровані.") if shown.is_place_private else "",
        "facts": [(label, paper.breakable(words)) for label, words in _facts(shown) if words],
        "scan": _("Наведіть телефон: подробиці й реєстрація") if shown.registers else _("Наведіть телефон: подробиці"),
        "address": address,
        "address_said": paper.breakable(address.partition("://")[2].rstrip("/")),
        "foot": [paper.breakable(_("Запитати: %(contact)s") % {"contact": contact})] if contact else [],
        "hashtags": paper.breakable(_tags(shown.hashtags)),
        "qr": paper.qr(address),
        "qr_said": _("QR-код сторінки заходу"),
    }
    return paper.Sheet("events/paper/poster.typ", said)


def picture(shown: Shown) -> paper.Sheet:
    """The picture that other sites show where somebody shares an event."""
    said = {
        "title": paper.breakable(shown.title),
        "lead": "",
        "status": _status(shown),
        "leaf": _leaf(shown),
        "when": f"{wording.day(shown.starts_at, year=False)}, {shown.hours}",
        "place": paper.breakable(_short_place(shown)),
    }
    return paper.Sheet("events/paper/share.typ", said, paper.PNG)


def campaign_picture(campaign: Campaign) -> paper.Sheet:
    """The same of a campaign that has no picture of its own."""
    said = {
        "title": paper.breakable(campaign.called),
        "lead": paper.breakable(campaign.told),
        "status": "",
        "leaf": None,
        "when": wording.period(campaign.starts_on, campaign.ends_on),
        "place": paper.breakable(_tags(campaign.hashtags)),
    }
    return paper.Sheet("events/paper/share.typ", said, paper.PNG)


def campaign_with_picture(code: str) -> Campaign:
    """One campaign that has a picture of its own. Raises `Campaign.DoesNotExist`."""
    having = Campaign.objects.filter(picture__isnull=False, picture__removed_at=None)
    return having.select_related("programme", "picture").get(code=code)


def contact(event: Event) -> str:
    """Whom to ask about an event: its campaign where that is public and says so, or its programme."""
    if event.campaign and event.campaign.is_public and event.campaign.contact_email:
        return event.campaign.contact_email
    return ", ".join(one for one in (event.programme.contact_email, event.programme.contact_phone) if one)


def card(shown: Shown) -> dict[str, str]:
    """How other sites show a link to an event."""
    when = f"{wording.day(shown.starts_at)}, {shown.hours}. {_short_place(shown)}"
    return {
        "title": shown.title,
        "told": f"{when}. {shown.about}".strip(". "),
        "address": f"{settings.SITE_ADDRESS}{shown.href}",
        "picture": _versioned("events:share_picture", shown.code, picture(shown).stamp),
        "picture_said": f"{shown.title}. {when}",
    }


def campaign_card(campaign: Campaign) -> dict[str, str]:
    """How other sites show a link to a campaign: with its own picture where it has one. Reads the picture's row."""
    own = campaign.picture
    if own is not None and own.removed_at is None:
        shared = _versioned("events:campaign_picture", campaign.code, own.sha256)
    else:
        shared = _versioned("events:campaign_share_picture", campaign.code, campaign_picture(campaign).stamp)
    return {
        "title": campaign.called,
        "told": campaign.told,
        "address": f"{settings.SITE_ADDRESS}{campaign.get_absolute_url()}",
        "picture": shared,
        "picture_said": f"{campaign.called}. {wording.period(campaign.starts_on, campaign.ends_on)}",
    }


def _versioned(name: str, code: str, stamp: str) -> str:
    """The whole address of a picture; other sites keep pictures by their addresses, so a changed one gets another."""
    return f"{settings.SITE_ADDRESS}{reverse(name, args=[code])}?v={stamp[:8]}"


def _facts(shown: Shown) -> list[tuple[str, str]]:
    """What a poster says below time and place, each with its name."""
    entry = f"{shown.entry_words}, {_('безплатно')}"
    if shown.capacity:
        seats = ngettext("усього %(n)s місце", "усього %(n)s місць", shown.capacity)
        entry = f"{entry}; {seats % {'n': wording.number(shown.capacity)}}"
    return [
        (_("Що це"), ", ".join((shown.format_words, shown.mode_words, *shown.language_words))),
        (_("Як потрапити"), entry),
        (_("Доступність"), ", ".join(shown.access_words)),
        (_("Найближче укриття"), shown.shelter),
        (_("Запрошує"), shown.host),
        (_("Разом із"), _some(shown.organisers.split(", "))),
        (_("Партнери"), _some(shown.partners)),
    ]


def _some(names: list[str] | tuple[str, ...]) -> str:
    """As many names as a poster has room for, and how many there are besides."""
    taken = names
    while len(taken) > 1 and len(", ".join(taken)) > ENOUGH:
        taken = taken[:-1]
    more = len(names) - len(taken)
    said = ", ".join(taken)
    return _("%(names)s і ще %(n)s") % {"names": said, "n": more} if more else said


def _place(shown: Shown) -> str:
    return shown.place if shown.locality or shown.country else _("онлайн")


def _short_place(shown: Shown) -> str:
    """Where, no more exactly than the hromada."""
    parts = (shown.locality, shown.hromada, shown.oblast, shown.country)
    return ", ".join(dict.fromkeys(part for part in parts if part)) or _("онлайн")


def _status(shown: Shown) -> str:
    """What who reads it must know first."""
    if shown.state == State.CANCELLED:
        return _("Захід скасовано")
    return _("Захід відкладено") if shown.state == State.POSTPONED else ""


def _leaf(shown: Shown) -> dict[str, Any]:
    on, language = shown.day, wording.language()
    return {
        "month": wording.SHORT_MONTHS[language][on.month - 1],
        "day": on.day,
        "weekday": wording.SHORT_WEEKDAYS[language][on.weekday()],
    }


def _tags(hashtags: list[str] | tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in hashtags)
