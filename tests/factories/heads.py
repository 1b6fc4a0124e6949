"""Heads for the crowd of events: every event that is over gets an accepted report, so that the ledger holds twenty facts of each."""

import random

from tests.factories.crowd import BATCH
from viche.events.choices import Group, ReportState, State
from viche.events.models import Event, Report
from viche.methods import headcounts
from viche.programmes.models import Goal, Programme
from viche.results.models import Indicator, Period, Target

CELLS = [cell for cell in headcounts.CELLS if "x" not in cell]
AIMS = (
    ("EVENTS", "Заходів проведено", "заходів", {"measure": "events"}),
    ("PEOPLE", "Людей прийшло на заходи", "людей", {"measure": "heads"}),
    ("WOMEN", "Жінок прийшло на заходи", "жінок", {"measure": "heads", "split": "sex:f"}),
    ("HROMADAS", "Громад, у яких відбулися заходи", "громад", {"measure": "events", "how": "hromadas"}),
    ("OBLASTS", "Областей, у яких відбулися заходи", "областей", {"measure": "events", "how": "oblasts"}),
    ("IDEAS", "Ідей прозвучало", "ідей", {"measure": "ideas"}),
)


def count(*, at, seed=11):
    """Write a report of every event of the crowd that was held, and accept it."""
    chance = random.Random(seed)  # noqa: S311 — nothing secret
    Report.objects.filter(event__programme__code="CROWD").delete()
    held = Event.objects.filter(programme__code="CROWD", state=State.PUBLISHED, ends_at__lt=at)
    keys = list(held.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows = [_report(key, chance, at) for key in keys[start : start + BATCH]]
        Report.objects.bulk_create(rows, batch_size=BATCH)
        events = [Event(pk=row.event_id, heads=row.total) for row in rows]
        Event.objects.bulk_update(events, ["heads"], batch_size=500)


def _report(event, chance, at):
    cells = {cell: chance.randint(1, 12) for cell in chance.sample(CELLS, 5)}
    total = sum(cells.values())
    return Report(
        event_id=event, state=ReportState.ACCEPTED, happened="Поговорили.", total=total, cells=cells,
        groups={chance.choice(Group.values): chance.randint(1, total)}, questions=["?"], ideas=["!"],
        begun_at=at, submitted_at=at, decided_at=at,
    )  # fmt: skip


def aims(*, at):
    """Indicators of the crowd's programme with targets, and eight quarters."""
    programme = Programme.objects.get(code="CROWD")
    programme.starts_on, programme.ends_on = at.date().replace(year=at.year - 1, month=1, day=1), at.date()
    programme.save()
    goal = Goal.objects.create(programme=programme, text="Громади разом вирішують", position=1)
    quarters = [(year, first) for year in (at.year - 1, at.year) for first in (1, 4, 7, 10)]
    for year, first in quarters:
        last = {1: (3, 31), 4: (6, 30), 7: (9, 30), 10: (12, 31)}[first]
        Period.objects.create(
            programme=programme, name=f"{first // 3 + 1} квартал {year}",
            starts_on=at.date().replace(year=year, month=first, day=1),
            ends_on=at.date().replace(year=year, month=last[0], day=last[1]),
        )  # fmt: skip
    for position, (code, name, unit, values) in enumerate(AIMS):
        indicator = Indicator.objects.create(
            programme=programme, goal=goal, code=code, name=name, unit=unit, position=position, kind="counted",
            is_headline=position < 4, **values,
        )  # fmt: skip
        Target.objects.create(indicator=indicator, value=10_000)
