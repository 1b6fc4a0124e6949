"""The tree of goals, written whole as an indented list."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed
from viche.people.models import User
from viche.programmes import access, queries
from viche.programmes.models import Goal, Programme

DEEPEST = 3


class Line(NamedTuple):
    """One goal as it stands in the list: `depth` counts the steps to the right, `pk` is its key where it is not new."""

    text: str
    depth: int = 0
    pk: int | None = None
    english: str | None = None
    """None leaves what is there."""


@transaction.atomic
def write_goals(
    programme: Programme, lines: Sequence[Line], *, removed: Collection[int] = (), by: User, at: datetime
) -> None:
    """Write the tree as the lines say. Goals neither listed nor `removed` (a colleague's, added meanwhile) stay, last."""
    if not access.may_manage(by, programme):
        raise NotAllowed
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    known = {goal.pk: goal for goal in programme.goals.all()}
    before = _outline(programme)
    lines = _straight([line for line in lines if line.pk is None or line.pk in known])
    listed = {line.pk for line in lines}
    gone = [pk for pk in removed if pk in known and pk not in listed]
    meanwhile = [goal for goal in known.values() if goal.pk not in listed and goal.pk not in gone]
    _write(programme, lines, known)
    for position, goal in enumerate(meanwhile, start=len(lines)):
        goal.parent = None if goal.parent_id in gone else goal.parent
        goal.position = position
        goal.save(update_fields=["parent", "position"])
    _delete(gone)
    after = _outline(programme)
    if before != after:
        journal.record(
            verb="programmes.goals_written",
            subject=programme,
            by=by,
            at=at,
            before={"goals": before},
            after={"goals": after},
        )


def _straight(lines: Sequence[Line]) -> list[Line]:
    """Bring depths in order: the first line stands at the edge, no line more than one step right of the one above."""
    straight: list[Line] = []
    above = -1
    for line in lines:
        above = max(0, min(line.depth, above + 1, DEEPEST))
        straight.append(line._replace(depth=above))
    return straight


def _write(programme: Programme, lines: Sequence[Line], known: dict[int, Goal]) -> None:
    path: list[Goal] = []
    for position, line in enumerate(lines):
        goal = known[line.pk] if line.pk is not None else Goal(programme=programme)
        goal.text, goal.position = line.text, position
        if line.english is not None:
            goal.text_en = line.english
        goal.parent = path[line.depth - 1] if line.depth else None
        goal.save()
        path[line.depth :] = [goal]


def _delete(gone: Collection[int]) -> None:
    """Delete goals; parents among them let go of their children first."""
    Goal.objects.filter(pk__in=gone).update(parent=None)
    Goal.objects.filter(pk__in=gone).delete()


def _outline(programme: Programme) -> list[str]:
    """The tree as the journal keeps it."""
    return [
        "  " * branch.depth + " · ".join(filter(None, (branch.goal.text, branch.goal.text_en)))
        for branch in queries.goals(programme)
    ]
