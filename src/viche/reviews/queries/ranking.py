"""The ranked list of a call: one projection for pages, exports and the protocol, made for the one who looks.

Of an application with which the viewer has a conflict nothing is in it but that it exists, and no sum counts it, so that
nothing can be worked out by subtraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from viche.calls.choices import CallKind, Outcome
from viche.calls.models import Application, Call
from viche.calls.queries import applications
from viche.methods import ranking, words
from viche.people.models import User
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Decision
from viche.reviews.queries import conflicts, reasons


@dataclass(frozen=True)
class Row:
    """One application in the ranking. `hidden`: the viewer has a conflict, so everything else is empty.

    `upto`: what all applications from the top down to this one ask together; `beyond`: the first one that no longer fits.
    """

    hidden: bool
    application: Application | None = None
    place: int | None = None
    score: Decimal | None = None
    spread: Decimal | None = None
    reviews: int = 0
    decision: Decision | None = None
    fits: bool = False
    upto: Decimal | None = None
    beyond: bool = False
    tied: bool = False

    @property
    def disagree(self) -> bool:
        """Whether the reviewers differ so much that the panel should look."""
        return reasons.disagree(self.spread)

    @property
    def amount(self) -> Decimal | None:
        """What the panel gives."""
        return self.decision.amount if self.decision else None


@dataclass(frozen=True)
class Ranking:
    """The whole list with its sums, all of them over the visible rows."""

    call: Call
    rows: list[Row]

    @property
    def visible(self) -> list[Row]:
        """Rows that the viewer may know."""
        return [row for row in self.rows if not row.hidden]

    @property
    def hidden(self) -> int:
        """How many rows the viewer may not know."""
        return sum(row.hidden for row in self.rows)

    @property
    def asked(self) -> Decimal:
        """What all ask together."""
        return sum((row.application.amount or Decimal(0) for row in self.visible), Decimal(0))

    @property
    def given(self) -> Decimal:
        """What the panel has given so far."""
        return sum((row.amount or Decimal(0) for row in self.visible), Decimal(0))

    @property
    def left(self) -> Decimal | None:
        """What is left of the budget after what was given."""
        return None if self.call.budget is None else self.call.budget - self.given

    @property
    def undecided(self) -> int:
        """How many have no decision yet."""
        return sum(row.decision is None for row in self.visible)

    @property
    def supported(self) -> int:
        """How many are to be supported."""
        return sum(row.decision is not None and row.decision.outcome == Outcome.SUPPORTED for row in self.visible)

    def shows(self, application: int) -> bool:
        """Whether the viewer may know of the application with this key."""
        return any(row.application.pk == application for row in self.visible)

    def row_of(self, application: Application) -> Row:
        """The row of one application. Raises `KeyError` where the viewer may not know it."""
        return {row.application.pk: row for row in self.visible}[application.pk]

    def chosen(self, *, q: str = "", show: str = "") -> list[Row]:
        """Rows by words of the organisation, title or number, and by what the office looks for."""
        wanted = words.fold(q).split()
        rules = {
            "fits": lambda row: row.fits,
            "disagree": lambda row: row.disagree,
            "undecided": lambda row: row.decision is None,
        }
        rule = rules.get(show)
        if not wanted and rule is None:
            return self.rows
        return [
            row
            for row in self.visible
            if all(word in row.application.haystack for word in wanted) and (rule is None or rule(row))
        ]


def ranked(call: Call, viewer: User) -> Ranking:
    """All submitted applications, best first, unreviewed after them, conflicts last. Five queries however many there are."""
    submitted = list(applications.submitted(call))
    totals = _totals(call, submitted)
    order = ranking.rank(totals.items())
    eyes = conflicts.eyes(viewer, call)
    secret = {application.pk for application in submitted if eyes.are_shut_to(application)}
    asked = {one.pk: one.amount for one in submitted if one.amount is not None}
    decisions = {decision.application_id: decision for decision in Decision.objects.filter(application__call=call)}
    fitting = _recommended(call, order, asked)
    tied = set(ranking.cut_between_equals(order, fitting))
    by_key = {application.pk: application for application in submitted}
    rows, total, crossed = [], Decimal(0), False
    for item in order:
        if item.key in secret:
            continue
        wish = asked.get(item.key, Decimal(0))
        total += wish if call.award_most is None else min(wish, call.award_most)
        beyond = call.budget is not None and not crossed and total > call.budget
        crossed = crossed or beyond
        rows.append(
            Row(
                hidden=False,
                application=by_key[item.key],
                place=item.place,
                score=item.score,
                spread=item.spread,
                reviews=item.reviews,
                decision=decisions.get(item.key),
                fits=item.key in fitting,
                upto=total,
                beyond=beyond,
                tied=item.key in tied,
            )
        )
    return Ranking(call, [*rows, *(Row(hidden=True) for _key in secret)])


def _totals(call: Call, submitted: Iterable[Application]) -> dict[int, list[Decimal]]:
    """The scores of every application, also of those without any."""
    totals: dict[int, list[Decimal]] = {application.pk: [] for application in submitted}
    done = Assignment.objects.filter(application__call=call, state=AssignmentState.DONE)
    for key, total in done.order_by("application", "slot").values_list("application_id", "total"):
        if key in totals:
            totals[key].append(total)
    return totals


def _recommended(call: Call, order: list[ranking.Ranked[int]], asked: dict[int, Decimal]) -> set[int]:
    """Whom the money, or else the number of places, reaches from the top. A proposal: the panel decides."""
    if call.kind == CallKind.GRANT and call.budget is not None:
        found = ranking.within_budget(order, asked, call.budget, call.award_least, call.award_most)
    else:
        found = [item.key for item in order if item.score is not None]
    return set(found[: call.places] if call.places is not None else found)
