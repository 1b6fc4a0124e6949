"""What the programmes of the demonstration promised, and what they prove: indicators, targets, periods, reported values, stories."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from viche.awards.models import Award
from viche.demo import stage
from viche.events.models import Report
from viche.events.operations import reporting
from viche.people.models import User
from viche.places.models import Oblast
from viche.programmes.models import Goal, Programme
from viche.results.models import Indicator, Period
from viche.results.operations import deciding, evidence, indicators, periods, stories, targets, telling, values
from viche.results.queries import aims, board

CLOSED = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
CORRECTED = datetime(2026, 7, 20, 9, 0, tzinfo=UTC)
QUARTERS = (
    ("IV квартал 2025", "Q4 2025", date(2025, 10, 1), date(2025, 12, 31)),
    ("I квартал 2026", "Q1 2026", date(2026, 1, 1), date(2026, 3, 31)),
    ("II квартал 2026", "Q2 2026", date(2026, 4, 1), date(2026, 6, 30)),
    ("III квартал 2026", "Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
)
CLOSING = 3  # of the quarters are closed
# What the programme aimed at in each quarter.
BY_QUARTER = {"EVENTS": (100, 100, 100), "PEOPLE": (1_800, 2_100, 2_100), "WOMEN": (900, 1_050, 1_050)}
TRAINED = ((date(2025, 11, 14), 121, 59), (date(2026, 3, 20), 107, 61))  # women and men at two trainings
GROUPS, OBLASTS_OF_GROUPS = 4, 15  # groups in an oblast, and in how many oblasts
EACH = 4  # hours from one reported value to the next
MISCOUNTED = 2  # people who stood on a second sheet of paper


def aim(programme: Programme, told: Sequence[Mapping[str, Any]], *, at: datetime) -> None:
    """Define the indicators of a programme, each with its sheet and its target."""
    by = stage.player("officer")
    made: dict[str, Indicator] = {}
    for one in sorted(told, key=lambda one: one.get("kind") == "ratio"):
        made[one["code"]] = _define(programme, one, made, by, at)
        if "target" in one:
            _aim_at(made[one["code"]], {(None, ""): Decimal(one["target"])}, by, at)


def _define(
    programme: Programme, told: Mapping[str, Any], made: Mapping[str, Indicator], by: User, at: datetime
) -> Indicator:
    given = {name: told[name] for name in ("measure", "split", "how", "times", "are_people") if name in told}
    given |= {name: made[told[name]] for name in ("over", "under") if name in told}
    return indicators.define(
        programme,
        kind=told.get("kind", "counted"),
        code=told["code"],
        name=told["name"],
        name_en=told["name_en"],
        unit=told["unit"],
        unit_en=told["unit_en"],
        goal=Goal.objects.filter(programme=programme, text=told.get("goal", "")).first(),
        what_counts=told.get("what", ""),
        who_counts="Керівниця програми",
        doubles=told["doubles"],
        source=told["source"],
        goals=told["sdg"],
        donor_codes=[{"donor": donor, "code": code} for donor, code in told.get("donor_codes", [])],
        parts=[{"name": name} for name in told.get("parts", [])],
        is_headline=told.get("headline", False),
        by=by,
        at=at,
        **given,
    )


def _aim_at(one: Indicator, cells: Mapping[aims.Cell, Decimal], by: User, at: datetime) -> None:
    targets.write(one, cells, mark=aims.mark(aims.stored(one)), by=by, at=at)


def set_quarters(programme: Programme, *, at: datetime) -> list[Period]:
    """Make the quarters of the year of hubs, with what was aimed at in each."""
    by = stage.player("officer")
    made = [
        periods.make(programme, name=name, name_en=name_en, starts_on=first, ends_on=last, by=by, at=at)
        for name, name_en, first, last in QUARTERS
    ]
    for code, aimed in BY_QUARTER.items():
        cells = {(period.pk, ""): Decimal(value) for period, value in zip(made, aimed, strict=False)}
        _aim_at(board.indicator(programme.code, code), cells, by, at)
    return made


def prove(programme: Programme) -> None:
    """What happened after the year: people were trained, groups met, quarters closed, one count was corrected, stories chosen."""
    made = board.periods(programme)
    press, groups = (board.indicator(programme.code, code) for code in ("PRESS", "GROUPS"))
    women, men = (part["code"] for part in press.parts)
    moments = (CLOSED - timedelta(days=5) + timedelta(hours=EACH * turn) for turn in count())
    for on, of_women, of_men in TRAINED:
        parts = {women: Decimal(of_women), men: Decimal(of_men)}
        link = f"https://lists.example/press-officers-{on:%Y-%m}"
        _report(
            press,
            made,
            on,
            at=next(moments),
            number=sum(parts.values(), Decimal(0)),
            parts=parts,
            caption="Список учасників",
            link=link,
        )
    for number, oblast in enumerate(_oblasts(programme)[:OBLASTS_OF_GROUPS], start=1):
        link = f"https://lists.example/reform-groups-{number}"
        on = date(2025, 10, 15) + timedelta(days=15 * number)
        told = {"number": Decimal(GROUPS), "oblast": oblast, "caption": "Протоколи засідань", "link": link}
        _report(groups, made, on, at=next(moments), **told)
    for period in made[:CLOSING]:
        periods.close(period, by=stage.player("officer"), at=CLOSED)
    _correct(programme, made[0])
    choose_stories(programme)
    tell_donor(programme, at=CORRECTED + timedelta(days=2))


def _oblasts(programme: Programme) -> list[Oblast]:
    here = Oblast.objects.filter(hromadas__organisations__participations__programme=programme)
    return list(here.distinct().order_by("sort_key"))


def _report(
    one: Indicator,
    made: Sequence[Period],
    on: date,
    *,
    at: datetime,
    number: Decimal,
    caption: str,
    link: str,
    **told: Any,
) -> None:
    """One reports a value and proves it, another approves it."""
    by = stage.player("officer")
    period = next(period for period in made if period.starts_on <= on <= period.ends_on)
    value = values.begin(one, period=period, by=by, at=at)
    value = values.save(value, revision=value.revision, number=number, on=on, by=by, at=at, **told)
    evidence.attach(value, kind="link", caption=caption, link=link, by=by, at=at)
    value = values.submit(value, by=by, at=at)
    deciding.approve(value, by=stage.player("finance"), at=at + timedelta(hours=3))


def _correct(programme: Programme, period: Period) -> None:
    """After the quarter was closed a second sheet of people turned up: the report is opened again and corrected."""
    found = Report.objects.filter(event__programme=programme, event__starts_at__date__lte=period.ends_on)
    report = found.select_related("event__organisation").order_by("event__starts_at", "pk").first()
    event, officer = report.event, stage.player("officer")
    reporting.reopen(
        report, remark="У бібліотеці знайшли другий аркуш списку: додайте цих людей.", by=officer, at=CORRECTED
    )
    report = Report.objects.get(pk=report.pk)
    cells = {**report.cells, "f:adult": report.cells.get("f:adult", 0) + MISCOUNTED}
    told = {name: getattr(report, name) for name in ("happened", "groups", "media", "questions", "followups", "ideas")}
    told |= {"cells": cells, "total": report.total + MISCOUNTED}
    by, at = event.author, CORRECTED + timedelta(hours=4)
    reporting.save(event, values=told, revision=report.revision, by=by, at=at)
    report = reporting.submit(event, by=by, at=at)
    reporting.accept(report, revision=report.revision, remark="Дякуємо!", by=officer, at=at + timedelta(hours=2))


def choose_stories(programme: Programme) -> None:
    """Choose what is worth telling: three events with most people."""
    found = Report.objects.filter(event__programme=programme, state="accepted", event__photos__isnull=True)
    for report in found.order_by("-total", "pk")[:3]:
        _choose(programme, "event", report.event_id, CORRECTED + timedelta(days=1))


def tell_donor(programme: Programme, *, at: datetime) -> None:
    """Write the report to the donor about the quarters that are closed, and a copy of it in English."""
    told, by = stage.texts("results")["telling"], stage.player("officer")
    months = {"since": QUARTERS[0][2], "until": QUARTERS[CLOSING - 1][3]}
    report = telling.begin(programme, title=told["title"], donor=told["donor"], language="uk", **months, by=by, at=at)
    written = at + timedelta(hours=2)
    report = telling.save(report, values={"sections": told["sections"]}, revision=report.revision, by=by, at=written)
    copied = telling.copy(report, by=by, at=written + timedelta(hours=1))
    english = [one | {"title": one["title_en"], "body": one["body_en"]} for one in told["sections"]]
    values = {"title": told["title_en"], "language": "en", "sections": english}
    telling.save(copied, values=values, revision=copied.revision, by=by, at=written + timedelta(hours=3))


def tell_of_grants(programme: Programme, *, at: datetime) -> None:
    """Choose the projects of the fund that are closed."""
    for award in Award.objects.filter(programme=programme, closed_at__isnull=False).order_by("code")[:3]:
        _choose(programme, "award", award.pk, at)


def _choose(programme: Programme, kind: str, record: int, at: datetime) -> None:
    stories.choose(programme, kind=kind, record=record, by=stage.player("officer"), at=at)
