"""How an event stands for the office: a rhomb and a word."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.events.choices import ReportState, State
from viche.events.models import Event
from viche.events.queries.desk import Now
from viche.ui import wording


class Said(NamedTuple):
    """The kind of a rhomb, and its word."""

    kind: str
    words: str


def of(event: Event, now: Now) -> Said:
    """How it stands at this moment; the event has been read with its report."""
    if event.state == State.SUBMITTED:
        return due(event, now)
    if event.state == State.DECLINED:
        return Said("closed", _("Відхилено: %(why)s") % {"why": event.get_decline_reason_display()})
    if event.is_shown and event.mended_at is not None:
        return Said("soon", _("Змінено після оголошення"))
    if event.state == State.PUBLISHED:
        return _of_published(event, now)
    plain = {
        State.DRAFT: ("draft", _("Чернетка")),
        State.RETURNED: ("soon", _("Повернуто з питаннями")),
        State.POSTPONED: ("soon", _("Відкладено")),
        State.CANCELLED: ("closed", _("Скасовано")),
    }
    return Said(*plain[State(event.state)])


def due(event: Event, now: Now) -> Said:
    """By when somebody answers it."""
    on = event.answer_due_on
    if on is None:
        return Said("told", _("Чекає на відповідь"))
    days = (on - now.today).days
    if days < 0:
        words = ngettext("Відповідь запізнилася на %(n)s день", "Відповідь запізнилася на %(n)s днів", -days)
        return Said("late", words % {"n": -days})
    if days == 0:
        return Said("soon", _("Відповісти сьогодні"))
    return Said("told", _("Відповісти до %(day)s") % {"day": wording.day(on, year=False)})


def _of_published(event: Event, now: Now) -> Said:
    if not event.has_ended(now.at):
        return Said("open", _("Триває") if event.starts_at <= now.at else _("Оголошено"))
    report = getattr(event, "report", None)
    state = report.state if report else ""
    if state == ReportState.ACCEPTED:
        return Said("verified", _("Відбувся, звіт прийнято"))
    if state == ReportState.SUBMITTED:
        return Said("soon", _("Звіт чекає на перевірку"))
    again = report.decided_at if state == ReportState.RETURNED else None
    if event.ends_at < now.report_due and not (again and again >= now.report_due):
        return Said("late", _("Звіт прострочено"))
    return Said("held", _("Відбувся, звіту ще немає"))
