"""An event in words: what its moderator reads, and its row in the office's file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Choices
from django.utils.translation import gettext as _

from viche.events.choices import Access, Entry, Goal, Group, Mode, Spoken, Voice
from viche.events.models import Event
from viche.events.queries import addresses, showing
from viche.events.queries.showing import Exact
from viche.ui import wording

COLUMNS = [
    "code",
    "title",
    "state",
    "format",
    "mode",
    "starts_at",
    "ends_at",
    "organisation",
    "edrpou",
    "hromada",
    "oblast",
    "campaign",
    "series",
    "submitted_at",
    "answer_due_on",
    "decided_at",
    "heads",
    "report",
    "url",
]


def labels(choices: type[Choices], values: Iterable[Any]) -> str:
    """The words of several values in one line; what is no value is left out."""
    known = dict(choices.choices)
    return ", ".join(str(known[value]) for value in values if value in known)


def when(event: Event) -> str:
    """From when to when, on Kyiv's clock."""
    if event.starts_at is None or event.ends_at is None:
        return ""
    begins, ends = wording.in_kyiv(event.starts_at), wording.in_kyiv(event.ends_at)
    if begins.date() == ends.date():
        return f"{wording.moment(begins)}–{ends:%H:%M}"
    return f"{wording.moment(begins)} – {wording.moment(ends)}"


def facts(event: Event, *, exact: bool) -> list[tuple[str, str]]:
    """What was told of the event, as pairs of what is asked and what is so.

    `exact`: with a place that is told to registered people alone, for its organiser and who moderates it.
    """
    told = Exact(event.venue, event.address, event.online_link, event.shelter) if exact else showing.exact_place(event)
    place = ", ".join(part for part in (told.venue, told.address) if part)
    if event.is_place_private:
        place = _("%(place)s (лише для зареєстрованих)") % {"place": place} if place else _("лише для зареєстрованих")
    return [
        (_("Коли"), when(event)),
        (_("Формат"), ", ".join(str(part) for part in (event.get_format_display(), Mode(event.mode).label) if part)),
        (_("Громада"), event.hromada.placed if event.hromada else event.country),
        (_("Місце"), place),
        (_("Посилання онлайн"), told.online_link),
        (_("Укриття"), told.shelter),
        (_("Доступність"), labels(Access, event.access)),
        (_("Мова"), labels(Spoken, event.languages)),
        (_("Як потрапити"), _entry(event)),
        (_("Хто ще організовує"), event.organisers),
        (_("Партнери"), ", ".join(event.partners)),
        (_("Хто виступає"), _speakers(event)),
        (_("Чиї голоси почують"), labels(Voice, event.voices)),
        (_("Цілі сталого розвитку"), labels(Goal, event.goals)),
        (_("Хештеги"), " ".join(f"#{tag}" for tag in event.hashtags)),
        (_("Кампанія"), event.campaign.called if event.campaign else ""),
        (_("Складова програми"), event.component.called if event.component else ""),
        (_("Цикл"), event.series.name if event.series else ""),
    ]


def _entry(event: Event) -> str:
    words = str(Entry(event.entry).label)
    return _("%(entry)s, місць: %(n)s") % {"entry": words, "n": event.capacity} if event.capacity else words


def _speakers(event: Event) -> str:
    parts = [
        (_("жінок: %(n)s"), event.speakers_women),
        (_("чоловіків: %(n)s"), event.speakers_men),
        (_("ще не відомо: %(n)s"), event.speakers_unknown),
    ]
    return ", ".join(words % {"n": count} for words, count in parts if count)


def groups(event: Event) -> list[tuple[str, str]]:
    """Which groups take part, and how they are brought in."""
    known = dict(Group.choices)
    return [(str(known[one["group"]]), one.get("how", "")) for one in event.groups if one.get("group") in known]


def rows(events: Iterable[Event]) -> Iterator[list[Any]]:
    """A row per event, in the order of `COLUMNS`. No person, no exact place."""
    for event in events:
        report = getattr(event, "report", None)
        organisation = event.organisation
        yield [
            event.code,
            event.title,
            event.state,
            event.format,
            event.mode,
            event.starts_at,
            event.ends_at,
            organisation.called if organisation else "",
            organisation.edrpou if organisation else "",
            event.hromada.label if event.hromada else "",
            event.oblast.label if event.oblast else "",
            event.campaign.code if event.campaign else "",
            event.series.name if event.series else "",
            event.submitted_at,
            event.answer_due_on,
            event.decided_at,
            event.heads,
            report.state if report else "",
            f"{settings.SITE_ADDRESS}{addresses.href('events:event', event.code)}",
        ]
