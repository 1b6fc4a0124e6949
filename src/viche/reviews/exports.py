"""Lists of reviewing as rows for files. What the viewer may not see is not in them: they read the same projections as pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.reviews.queries.ranking import Row
from viche.reviews.queries.states import Described

RANKING_COLUMNS = [
    ("place", gettext_lazy("Місце")),
    ("code", gettext_lazy("Номер")),
    ("organisation", gettext_lazy("Організація")),
    ("hromada", gettext_lazy("Громада")),
    ("oblast", gettext_lazy("Область")),
    ("title", gettext_lazy("Назва проєкту")),
    ("score", gettext_lazy("Оцінка")),
    ("spread", gettext_lazy("Розбіжність")),
    ("reviews", gettext_lazy("Скільки оцінок")),
    ("asked", gettext_lazy("Просить")),
    ("asked_up_to_here", gettext_lazy("Просять разом")),
    ("recommended", gettext_lazy("Вміщується")),
    ("outcome", gettext_lazy("Рішення")),
    ("amount", gettext_lazy("Сума підтримки")),
    ("note", gettext_lazy("Примітка")),
]
MINE_COLUMNS = ["call", "code", "organisation", "hromada", "title", "due_on", "state", "total"]


def ranking_rows(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """A row per application, in the order of `RANKING_COLUMNS`; of a conflict only that it is one."""
    for row in rows:
        if row.hidden:
            yield [*[None] * (len(RANKING_COLUMNS) - 1), _("конфлікт інтересів")]
            continue
        application = row.application
        organisation = application.organisation
        yield [
            row.place,
            application.code,
            organisation.name,
            organisation.hromada.name,
            organisation.hromada.oblast.name,
            application.title,
            row.score,
            row.spread,
            None if row.owed else row.reviews,
            application.amount,
            row.upto,
            row.fits,
            row.decision.outcome if row.decision else "",
            row.amount,
            _note(row),
        ]


def _note(row: Row) -> str:
    if row.owed:
        return _("спершу здайте свою оцінку")
    return _("рецензенти розходяться") if row.disagree else ""


def mine_rows(rows: Iterable[Described]) -> Iterator[list[Any]]:
    """A row per review of mine, in the order of `MINE_COLUMNS`."""
    for row in rows:
        application = row.place.application
        yield [
            application.call.code,
            application.code,
            application.organisation.name,
            application.organisation.hromada.name,
            application.title,
            row.place.due_on,
            row.words,
            row.place.total,
        ]
