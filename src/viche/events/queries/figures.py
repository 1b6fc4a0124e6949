"""What events give to the ledger: that they were held, how many came, what was asked. Only what was accepted counts."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Age, Format, Group, Mode, ReportState, SeatState, Sex, State
from viche.events.models import Registration, Report
from viche.facts.choices import Measure, Unit
from viche.facts.queries.sources import Source
from viche.methods import headcounts
from viche.methods.ledger import WHOLE, Given, Seen, Told, split

HELD, HEADS, ATTENDED = "events", "heads", "attended"
QUESTIONS, IDEAS, MENTIONS = "questions", "ideas", "mentions"
MEASURES = (
    Measure(
        HELD,
        _("заходів проведено"),
        Unit.COUNT,
        _("Захід, який відбувся і звіт про який прийнято, у день свого початку."),
        {"format": Format, "mode": Mode},
    ),
    Measure(
        HEADS,
        _("людей прийшло на заходи"),
        Unit.PEOPLE,
        _("Голови, пораховані на заході, за прийнятим звітом. Хто прийшов двічі, того пораховано двічі."),
        {"sex": Sex, "age": Age, "group": Group, "format": Format},
        frozenset({"group"}),
    ),
    Measure(
        ATTENDED,
        _("зареєстрованих людей прийшло"),
        Unit.PEOPLE,
        _(
            "Людина, яка зареєструвалася сама й позначена на вході, за прийнятим звітом. Впізнаємо її за обліковим записом або поштою; делегацій і тих, кого людина привела із собою, тут немає."
        ),
        knows_people=True,
    ),
    Measure(
        QUESTIONS,
        _("запитань поставлено на заходах"),
        Unit.COUNT,
        _("Запитання, записані в прийнятому звіті."),
    ),
    Measure(IDEAS, _("ідей прозвучало на заходах"), Unit.COUNT, _("Ідеї, записані в прийнятому звіті.")),
    Measure(MENTIONS, _("згадок у медіа"), Unit.COUNT, _("Публікації, названі в прийнятому звіті.")),
)
READ = ("pk", "programme", "oblast", "hromada", "starts_at", "format", "mode")
REPORTED = ("total", "cells", "groups", "questions", "ideas", "media")


def _told(row: tuple[Any, ...]) -> Told:
    pk, programme, oblast, hromada, starts_at, of_format, mode, *values, people = row
    on, reported = localdate(starts_at), dict(zip(REPORTED, values, strict=True))
    given = [*_given(on, of_format, mode, **reported), *_attended(on, len(people), total=reported["total"])]
    seen = tuple(Seen(ATTENDED, on, person) for person in sorted(people))
    return Told(SOURCE.kind, pk, programme, oblast, hromada, tuple(given), seen)


def _accepted() -> QuerySet[Report, tuple[Any, ...]]:
    found = Report.objects.filter(state=ReportState.ACCEPTED, event__state=State.PUBLISHED)
    return found.order_by("event_id").values_list(*(f"event__{name}" for name in READ), *REPORTED)


def _given(
    on: date,
    of_format: str,
    mode: str,
    *,
    total: int,
    cells: Mapping[str, int],
    groups: Mapping[str, int],
    questions: list[Any],
    ideas: list[Any],
    media: list[Any],
) -> Iterator[Given]:
    by_format = split(format=of_format)
    for part in (WHOLE, by_format, split(mode=mode)):
        yield Given(HELD, part, on, 1, 1)
    yield from _heads(on, total, cells, groups, by_format)
    for measure, told in ((QUESTIONS, questions), (IDEAS, ideas), (MENTIONS, media)):
        if told:
            yield Given(measure, WHOLE, on, len(told), len(told))


def _heads(
    on: date, total: int, cells: Mapping[str, int], groups: Mapping[str, int], by_format: str
) -> Iterator[Given]:
    """How many came, by sex, by age, by both, and of which groups; what everybody may know of it is what the event's page tells."""
    counted = headcounts.completed(cells, total)
    shown = headcounts.shown(counted, groups)
    for part in (WHOLE, by_format):
        yield Given(HEADS, part, on, total, shown.total)
    parts = [(split(sex=sex), number, shown.sexes[sex]) for sex, number in headcounts.by_sex(counted).items()]
    parts += [(split(age=age), number, shown.ages[age]) for age, number in headcounts.by_age(counted).items()]
    for cell, number in counted.items():
        sex, age = cell.split(":")
        parts.append((split(sex=sex, age=age), number, shown.cells[cell]))
    parts += [(split(group=group), number, shown.groups[group]) for group, number in groups.items()]
    for part, number, told in parts:
        if number:
            yield Given(HEADS, part, on, number, told)


def _attended(on: date, number: int, *, total: int) -> Iterator[Given]:
    """How many registered people came; everybody is told where neither they nor those who came besides are few."""
    if number:
        told, _total = headcounts.split({"registered": number, "rest": max(0, total - number)})
        yield Given(ATTENDED, WHOLE, on, number, told["registered"])


def _came(events: Collection[int]) -> dict[int, set[int]]:
    """Who came to each of these events by a registration of their own, as numbers; who came by two is one. One query."""
    rows = Registration.objects.filter(event__in=events, came_at__isnull=False, organisation=None)
    rows = rows.exclude(state=SeatState.CANCELLED).order_by()
    found: dict[int, set[int]] = {}
    for event, key, person in rows.values_list("event", "pk", "person"):
        found.setdefault(event, set()).add(person or key)
    return found


SOURCE = Source("event", MEASURES, _accepted, _told, key="event_id", people=_came)
