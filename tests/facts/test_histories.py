"""Random histories of what is counted, driven through the operations and, beside them, through a count of its own.

After each history the ledger must agree with the records, its sums with its facts, and its figures with what the plain count says.
"""

import random
from collections import Counter
from datetime import timedelta

import pytest

from tests.factories import awards, events, people, places, programmes
from viche.awards.operations import granting
from viche.events.models import Registration
from viche.events.operations import registering, reporting
from viche.facts import operations
from viche.facts.queries import figures, recounting
from viche.facts.queries import people as different
from viche.methods import headcounts, ledger
from viche.people.operations import organisations
from viche.programmes.models import Participant
from viche.programmes.operations import participants
from viche.results.queries.sources import SOURCES

pytestmark = pytest.mark.django_db
STEPS = 30
CELLS = [cell for cell in headcounts.CELLS if cell != headcounts.NOBODY_KNOWS]


class History:
    """A programme to which things happen by chance, and a plain count of them."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311 — chance in a test, no secret
        self.programme = programmes.programme()
        self.officer = programmes.officer(self.programme)
        self.oblasts = [places.oblast(name=name) for name in ("Полтавська", "Сумська")]
        self.hromadas = [places.hromada(oblast=self.chance.choice(self.oblasts)) for _ in range(4)]
        self.reports, self.paid = [], []
        self.came = {}
        self.award = awards.active(self.programme)
        self.counted = Counter()
        self.counted["awards"] += 1
        operations.mend(SOURCES)  # the factory writes an application without its operation

    def step(self):
        acts = [
            self.hold,
            self.hold,
            self.take_back,
            self.accept_again,
            self.pay,
            self.revoke,
            self.admit,
            self.move,
            self.dismiss,
            self.come,
            self.come,
            self.leave,
        ]
        self.chance.choice(acts)()

    def organisation(self):
        return people.organisation(hromada=self.chance.choice(self.hromadas))

    def values(self):
        cells = {cell: self.chance.randint(1, 9) for cell in self.chance.sample(CELLS, self.chance.randint(0, 6))}
        total = sum(cells.values()) + self.chance.choice([0, 0, 3])
        groups = {"older": self.chance.randint(1, total)} if total else {}
        return {"total": total, "cells": cells, "groups": groups}

    def hold(self):
        starts = events.STARTS + timedelta(days=self.chance.randint(-200, 0))
        organisation = self.organisation()
        event = events.published(
            self.programme, organisation=organisation, starts_at=starts, ends_at=starts + timedelta(hours=2)
        )
        report = events.accepted(event, by=self.officer, **self.values())
        self.reports.append(report)
        self.add(report, 1)

    def add(self, report, sign):
        self.counted["events"] += sign
        self.counted["heads"] += sign * report.total
        for cell, number in headcounts.completed(report.cells, report.total).items():
            self.counted[f"sex:{cell[0]}"] += sign * number

    def come(self):
        """One of a few people is marked at the door of an event, before its report is accepted or after."""
        if self.reports:
            report = self.chance.choice(self.reports)
            person = self.chance.randint(1, 12)
            came = {
                "state": "seated",
                "registered_at": events.MOMENT,
                "token_digest": f"{len(self.came)} {self.chance.random()}",
            }
            if (report.event_id, person) not in self.came:
                one = Registration.objects.create(event=report.event, email=f"p{person}@example.org", **came)
                registering.come(one, came=True, by=report.event.author, at=events.AFTER)
                self.came[report.event_id, person] = one

    def leave(self):
        if self.came:
            (event, person), one = self.chance.choice(sorted(self.came.items(), key=lambda pair: pair[0]))
            registering.come(one, came=False, by=one.event.author, at=events.AFTER)
            one.delete()
            del self.came[event, person]

    def different(self, since=None, until=None):
        """How many different people, counted plainly."""
        kept = {report.event_id: report.event.starts_at.date() for report in self.reports if report.state == "accepted"}
        return len(
            {
                person
                for event, person in self.came
                if event in kept and (since is None or since <= kept[event] <= until)
            }
        )

    def accepted(self, *states):
        return [report for report in self.reports if report.state in states]

    def take_back(self):
        if found := self.accepted("accepted"):
            report = self.chance.choice(found)
            self.add(report, -1)
            self.reports.remove(report)
            self.reports.append(reporting.reopen(report, remark="Ще раз.", by=self.officer, at=events.AFTER))

    def accept_again(self):
        if found := self.accepted("returned"):
            report = self.chance.choice(found)
            self.reports.remove(report)
            values = events.report_values(**self.values())
            reporting.save(
                report.event, values=values, revision=report.revision, by=report.event.author, at=events.AFTER
            )
            report = reporting.submit(report.event, by=report.event.author, at=events.AFTER)
            report = reporting.accept(report, revision=report.revision, remark="", by=self.officer, at=events.AFTER)
            self.reports.append(report)
            self.add(report, 1)

    def pay(self):
        if not self.counted["paid.UAH"]:
            awards.pay(self.award, 1, self.officer)
            self.counted["paid.UAH"] = int(self.award.tranches.get(position=1).amount * 100)

    def revoke(self):
        if self.counted["paid.UAH"]:
            tranche = self.award.tranches.get(position=1)
            granting.revoke_payment(tranche, why="Помилка.", by=self.officer, at=awards.LATER)
            self.counted["paid.UAH"] = 0

    def admit(self):
        kind = self.chance.choice(["hub", "press_club"])
        participants.admit(self.programme, self.organisation(), kind=kind, by=self.officer, at=awards.LATER)
        self.counted["participants"] += 1

    def somebody(self):
        return list(Participant.objects.filter(programme=self.programme).order_by("pk"))

    def move(self):
        for participant in self.somebody()[:1]:
            one = participant.organisation
            there = self.chance.choice(self.hromadas)
            by = people.head(one)
            organisations.change_organisation(
                one, name=one.name, name_en="", website="", hromada=there, by=by, at=awards.LATER
            )

    def dismiss(self):
        if found := self.somebody():
            participants.dismiss(self.chance.choice(found), by=self.officer, at=awards.LATER)
            self.counted["participants"] -= 1


@pytest.mark.parametrize("seed", [1, 7, 42])
def test_ledger_and_records_agree_after_any_history(seed):
    history = History(seed)
    for _ in range(STEPS):
        history.step()
    verdict = recounting.compare(SOURCES)
    assert verdict.difference is None
    assert verdict.facts
    asked = figures.Asked(
        history.programme.pk, awards.MOMENT.date() - timedelta(days=400), awards.LATER.date() + timedelta(days=400)
    )
    parts = [("heads", name) for name in ("", "sex:f", "sex:m", "sex:x")]
    parts += [(measure, "") for measure in ("events", "participants", "paid.UAH", "awards")]
    found = {part or measure: one.value for (measure, part), one in figures.of(asked, parts).items()}
    assert found == {name: history.counted[name] for name in found}
    assert different.once(asked, ["attended"]) == {"attended": history.different()}
    months = {month: (month, month) for month in ledger.months(asked.since, asked.until)}
    by_month = different.by_months(asked, "attended", months)
    assert by_month == {month: history.different(month, ledger.after(month, 1) - timedelta(days=1)) for month in months}
    assert sum(number for _month, number in different.first_seen(asked, "attended")) == history.different()
    assert sum(by_month.values()) >= history.different()
