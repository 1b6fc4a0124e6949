"""How a call stands at a moment, for the eye: which rhomb, which words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from viche.calls.choices import CallState
from viche.calls.models import Call
from viche.calls.queries.calls import SOON
from viche.ui import wording


@dataclass(frozen=True)
class Described:
    """A call with its state at a moment: `kind` of the rhomb, `words` beside it."""

    call: Call
    state: CallState
    kind: str
    words: str
    is_open: bool


def described(call: Call, at: datetime) -> Described:
    """Say how the call stands. No queries."""
    state = call.state(at)
    kind, words = _said(call, state, at)
    return Described(call, state, kind, words, state == CallState.OPEN)


def award(call: Call) -> str:
    """How much one applicant may ask for: "від 40 000 до 180 000 ₴"; empty where no bound is set."""
    least, most = call.award_least, call.award_most
    if least and most:
        # In Ukrainian the sign stands behind and serves both sums.
        first = wording.number(least) if wording.language() == "uk" else wording.money(least, call.currency)
        return _("від %(least)s до %(most)s") % {"least": first, "most": wording.money(most, call.currency)}
    if most:
        return _("до %(most)s") % {"most": wording.money(most, call.currency)}
    return _("від %(least)s") % {"least": wording.money(least, call.currency)} if least else ""


def late(call: Call, at: datetime) -> str:
    """What whoever goes on writing after the end is told, once their words are saved; empty while the call is open."""
    state = call.state(at)
    if state == CallState.OPEN:
        return ""
    if state == CallState.CANCELLED:
        return _("Конкурс скасовано. Написане збережено на сервері, але подати заявку вже не можна.")
    return _("Прийом закрито %(moment)s. Написане збережено на сервері, але подати заявку вже не можна.") % {
        "moment": wording.moment(call.closes_at)
    }


def _said(call: Call, state: CallState, at: datetime) -> tuple[str, str]:
    if state == CallState.OPEN:
        return _said_open(call, at)
    if state == CallState.SCHEDULED:
        return "draft", _("Відкриється %(moment)s") % {"moment": wording.moment(call.opens_at)}
    if state == CallState.CLOSED:
        return "told", _("Прийом закрито %(day)s, оцінюють") % {"day": wording.day(call.closes_at, year=False)}
    return {
        CallState.DRAFT: ("draft", _("Чернетка")),
        CallState.ASSESSED: ("told", _("Оцінено, рішення за комісією")),
        CallState.DECIDED: ("held", _("Вирішено")),
        CallState.CANCELLED: ("closed", _("Скасовано")),
    }[state]


def _said_open(call: Call, at: datetime) -> tuple[str, str]:
    if call.closes_at is None:
        return "open", _("Приймаємо постійно")
    if wording.as_date(call.closes_at) == wording.as_date(at):
        return "soon", _("Закривається сьогодні о %(time)s") % {"time": f"{wording.in_kyiv(call.closes_at):%H:%M}"}
    if call.closes_at - at <= SOON:
        return "soon", _("Закривається %(moment)s") % {"moment": wording.moment(call.closes_at)}
    return "open", _("Відкрито до %(day)s") % {"day": wording.day(call.closes_at, year=call.closes_at.year != at.year)}
