"""The ranked list of a call: one projection for pages, exports and the protocol, made for the one who looks.

Of an application with which the viewer has a conflict nothing is in it but that it exists: the others are ranked as if
there were none, and no sum counts it, so that nothing can be worked out by subtraction or from a place that is missing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from viche.calls.choices import CallKind, Outcome
from viche.calls.models import Application, Call
from viche.calls.queries import applications, ties
from viche.methods import ranking, words
from viche.people.models import User
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Decision
from viche.reviews.queries import assignments, reasons


@dataclass(frozen=True)
class Row:
    """One application in the ranking, by its key. `hidden`: the viewer has a conflict, so everything else is empty.

    `asked`: what it asks, `outcome` and `amount`: what the panel has written so far. `upto`: what all applications from the
    top down to this one ask together; `beyond`: the first one that no longer fits. `owed`: the viewer has still to judge it
    too, so what others gave is not shown. `application` and `decision` are at hand only in the rows that `shown` gave.
    """

    hidden: bool
    key: int | None = None
    place: int | None = None
    score: Decimal | None = None
    spread: Decimal | None = None
    reviews: int = 0
    asked: Decimal | None = None
    outcome: str = ""
    amount: Decimal | None = None
    fits: bool = False
    upto: Decimal | None = None
    beyond: bool = False
    tied: bool = False
    owed: bool = False
    application: Application | None = None
    decision: Decision | None = None

    @property
    def disagree(self) -> bool:
        """Whether the reviewers differ so much that the panel should look."""
        return reasons.disagree(self.spread)


@dataclass(frozen=True)
class Ranking:
    """The whole list with its sums, all of them over the visible rows; `secret` are the keys that the viewer may not know."""

    call: Call
    rows: list[Row]
    secret: Collection[int] = ()

    @cached_property
    def visible(self) -> list[Row]:
        """Rows that the viewer may know."""
        return [row for row in self.rows if not row.hidden]

    @property
    def hidden(self) -> int:
        """How many rows the viewer may not know."""
        return len(self.rows) - len(self.visible)

    @property
    def asked(self) -> Decimal:
        """What all ask together."""
        return sum((row.asked or Decimal(0) for row in self.visible), Decimal(0))

    @property
    def of_money(self) -> bool:
        """Whether the call gives money: else no page speaks of sums."""
        return self.call.budget is not None

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
        return sum(not row.outcome for row in self.visible)

    @property
    def supported(self) -> int:
        """How many are to be supported."""
        return sum(row.outcome == Outcome.SUPPORTED for row in self.visible)

    def row_of(self, application: Application) -> Row:
        """The row of one application with its decision. Raises `KeyError` where the viewer may not know it. One query."""
        return shown([{row.key: row for row in self.visible}[application.pk]])[0]

    def chosen(self, *, q: str = "", show: str = "") -> list[Row]:
        """Rows by words of the organisation, title or number, and by what the office looks for. At most one query."""
        rules = {
            "fits": lambda row: row.fits,
            "disagree": lambda row: row.disagree,
            "undecided": lambda row: not row.outcome,
        }
        wanted, rule = words.fold(q).split(), rules.get(show)
        if not wanted and rule is None:
            return self.rows
        rows = self.visible if rule is None else [row for row in self.visible if rule(row)]
        if not wanted:
            return rows
        named = applications.submitted(self.call)
        for word in wanted:
            named = named.filter(haystack__contains=word)
        keys = set(named.order_by().values_list("pk", flat=True))
        return [row for row in rows if row.key in keys]


def shown(rows: Iterable[Row]) -> list[Row]:
    """These rows with their applications and decisions at hand, as a page or a file shows them. One query."""
    rows = list(rows)
    found = Application.objects.select_related("organisation__hromada__oblast", "decision")
    whole = found.in_bulk([row.key for row in rows if not row.hidden])
    return [row if row.hidden else _dressed(row, whole[row.key]) for row in rows]


def _dressed(row: Row, application: Application) -> Row:
    return replace(row, application=application, decision=getattr(application, "decision", None))


class Wish(NamedTuple):
    """One submitted application in a few words: what the ranking needs of each, read without the rest."""

    key: int
    asked: Decimal | None
    outcome: str | None
    amount: Decimal | None


WISH = ("pk", "amount", "decision__outcome", "decision__amount")


def ranked(call: Call, viewer: User) -> Ranking:
    """All submitted applications, best first, unreviewed after them, conflicts last. Four queries however many there are."""
    secret = ties.shut(viewer, [call])
    everything = [Wish(*row) for row in applications.submitted(call).values_list(*WISH)]
    wishes = {wish.key: wish for wish in everything if wish.key not in secret}
    owed = assignments.owed(viewer, call)
    order = ranking.rank(_totals(call, wishes, owed).items())
    asked = {key: wish.asked for key, wish in wishes.items() if wish.asked is not None}
    fitting = _recommended(call, order, asked)
    tied = set(ranking.cut_between_equals(order, fitting))
    rows, total, crossed = [], Decimal(0), False
    for item in order:
        wish = wishes[item.key]
        sum_asked = wish.asked or Decimal(0)
        total += sum_asked if call.award_most is None else min(sum_asked, call.award_most)
        beyond = call.budget is not None and not crossed and total > call.budget
        crossed = crossed or beyond
        rows.append(
            Row(
                hidden=False,
                key=item.key,
                place=item.place,
                score=item.score,
                spread=item.spread,
                reviews=item.reviews,
                asked=wish.asked,
                outcome=wish.outcome or "",
                amount=wish.amount,
                fits=item.key in fitting,
                upto=total,
                beyond=beyond,
                tied=item.key in tied,
                owed=item.key in owed,
            )
        )
    hidden = len(everything) - len(wishes)
    return Ranking(call, [*rows, *[Row(hidden=True)] * hidden], secret)


def _totals(call: Call, keys: Iterable[int], owed: Collection[int]) -> dict[int, list[Decimal]]:
    """The scores of every application, also of those without any; none of those `owed`."""
    totals: dict[int, list[Decimal]] = {key: [] for key in keys}
    done = Assignment.objects.filter(application__call=call, state=AssignmentState.DONE)
    for key, total in done.order_by("application", "slot").values_list("application_id", "total"):
        if key in totals and key not in owed:
            totals[key].append(total)
    return totals


def _recommended(call: Call, order: list[ranking.Ranked[int]], asked: dict[int, Decimal]) -> set[int]:
    """Whom the money, or else the number of places, reaches from the top. A proposal: the panel decides."""
    if call.kind == CallKind.GRANT and call.budget is not None:
        found = ranking.within_budget(order, asked, call.budget, call.award_least, call.award_most)
    else:
        found = [item.key for item in order if item.score is not None]
    return set(found[: call.places] if call.places is not None else found)
