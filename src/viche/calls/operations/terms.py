"""What the terms of a call must hold: days and sums that go together, and nothing lacking once it is announced."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.calls.choices import ROLLING, CallKind, Stage, Who
from viche.calls.models import Call
from viche.methods.refusals import Refused
from viche.questionnaires import queries as sheets
from viche.questionnaires.choices import Meaning

LONGEST = timedelta(days=2 * 366)  # how far ahead a close may be moved: what lies beyond is a slip of the finger


class Lacking(Refused):
    """A call that is announced, or to be, lacks something, or does not go together. `faults`: single refusals with fields."""

    def __init__(self, faults: Sequence[Refused]) -> None:
        """Join the sentences; a single one keeps its field."""
        super().__init__(
            " ".join(fault.sentence for fault in faults), field=faults[0].field if len(faults) == 1 else None
        )
        self.faults = faults


def _day(value: Any) -> Any:
    """The day by Kyiv's clock on which a moment falls; anything else as it is."""
    return localdate(value) if isinstance(value, datetime) else value


def _earlier(values: Mapping[str, Any], later: str, first: str) -> bool:
    """Whether what must not come before the other does; on the same day it does not."""
    one, other = _day(values.get(later)), _day(values.get(first))
    return one is not None and other is not None and one < other


def _closes_early(values: Mapping[str, Any]) -> bool:
    opens_at, closes_at = values.get("opens_at"), values.get("closes_at")
    return bool(opens_at and closes_at and closes_at <= opens_at)


def _decides_early(values: Mapping[str, Any]) -> bool:
    return _earlier(values, "decision_by", "review_by") or _earlier(values, "decision_by", "closes_at")


def _starts_early(values: Mapping[str, Any]) -> bool:
    closes, starts = _day(values.get("closes_at")), values.get("work_starts_on")
    return bool(closes and starts and starts <= closes)


def _more(values: Mapping[str, Any], less: str, more: str) -> bool:
    one, other = values.get(less), values.get(more)
    return one is not None and other is not None and one > other


@dataclass(frozen=True)
class Rule:
    """Fields that must go together: what is said, at which of them, when they do not."""

    field: str
    fields: set[str]
    wrong: Callable[[Mapping[str, Any]], bool]
    sentence: str | Promise


RULES = [
    Rule(
        "closes_at",
        {"opens_at", "closes_at"},
        _closes_early,
        gettext_lazy("Конкурс закривається раніше, ніж відкривається. Поставте закриття пізніше."),
    ),
    Rule(
        "review_by",
        {"closes_at", "review_by"},
        lambda values: _earlier(values, "review_by", "closes_at"),
        gettext_lazy("Оцінювати ще нічого: цей день раніший за закриття прийому. Поставте пізніший."),
    ),
    Rule(
        "decision_by",
        {"closes_at", "review_by", "decision_by"},
        _decides_early,
        gettext_lazy("Рішення не буває раніше, ніж закінчаться прийом і оцінювання. Поставте пізніший день."),
    ),
    Rule(
        "work_starts_on",
        {"closes_at", "work_starts_on"},
        _starts_early,
        gettext_lazy("Робота починається після закриття прийому. Поставте пізніший день."),
    ),
    Rule(
        "work_ends_on",
        {"work_starts_on", "work_ends_on"},
        lambda values: _earlier(values, "work_ends_on", "work_starts_on"),
        gettext_lazy("Робота закінчується раніше, ніж починається."),
    ),
    Rule(
        "award_most",
        {"award_least", "award_most"},
        lambda values: _more(values, "award_least", "award_most"),
        gettext_lazy("Найбільша сума менша за найменшу."),
    ),
    Rule(
        "award_most",
        {"award_most", "budget"},
        lambda values: _more(values, "award_most", "budget"),
        gettext_lazy("Найбільша сума більша за весь бюджет конкурсу."),
    ),
]


def unsound(values: Mapping[str, Any], *, changed: set[str] | None = None) -> list[Refused]:
    """Every day and sum that does not go with another, each at its field; of rules that look at none of `changed` nothing."""
    return [
        Refused(str(rule.sentence), field=rule.field)
        for rule in RULES
        if (changed is None or rule.fields & changed) and rule.wrong(values)
    ]


def require(faults: Sequence[Refused]) -> None:
    """Refuse all at once what is wrong, if anything is."""
    if faults:
        raise Lacking(faults)


def lacking(call: Call) -> list[Refused]:
    """Why the call cannot be announced yet, each thing with its field; empty when it is ready."""
    return missing(call) + unsound(vars(call))


def missing(call: Call) -> list[Refused]:
    """What the call still lacks, each thing with its field."""
    is_grant = call.kind == CallKind.GRANT
    nobody = call.who == Who.LISTED and not call.who_organisations.exists()
    hidden = call.stage == Stage.DRAFT and not call.programme.is_public
    rules = [
        (not call.opens_at, "opens_at", _("Вкажіть, коли конкурс відкривається.")),
        (not call.closes_at and call.kind not in ROLLING, "closes_at", _("Вкажіть, коли конкурс закривається.")),
        (call.form_id is None, "form", _("Виберіть форму заявки.")),
        *((True, "form", sentence) for sentence in _unasked(call)),
        (not call.criteria.exists(), "criteria", _("Додайте критерії оцінювання.")),
        (is_grant and call.budget is None, "budget", _("Вкажіть бюджет конкурсу.")),
        (is_grant and call.award_most is None, "award_most", _("Вкажіть найбільшу суму одного гранту.")),
        (not call.lead, "lead", _("Скажіть одним реченням, про що конкурс.")),
        (nobody, "organisations", _("Назвіть запрошені організації.")),
        (
            call.who == Who.OUTCOME and call.who_call_id is None,
            "who_call",
            _("Виберіть конкурс, переможці якого запрошені."),
        ),
        (hidden, "", _("Програма ще не публічна: спершу покажіть її всім.")),
    ]
    return [Refused(sentence, field=field) for wrong, field, sentence in rules if wrong]


def _unasked(call: Call) -> list[str]:
    """What the form of the call does not ask although lists, sums and the public page are written from it."""
    if call.form_id is None:
        return []
    outline = sheets.outline(call.form)
    if not outline.questions:
        return [_("У формі заявки ще немає запитань.")]
    needed = {
        Meaning.TITLE: _("У формі немає запитання, відповідь на яке – назва проєкту. Позначте таке запитання."),
        Meaning.SUMMARY: _("У формі немає запитання, відповідь на яке – короткий зміст для всіх. Позначте таке."),
    }
    if call.kind == CallKind.GRANT:
        needed[Meaning.AMOUNT] = _("У формі немає запитання, відповідь на яке – сума, яку просять. Позначте таке.")
    return [sentence for meaning, sentence in needed.items() if outline.meaning(meaning) is None]


def extended(call: Call, *, closes_at: datetime, days: Mapping[str, date | None], at: datetime) -> dict[str, Any]:
    """What an extension writes: the later close, and those of the days that were named anew. Raises `Lacking`."""
    new = {"closes_at": closes_at, **{name: day for name, day in days.items() if day is not None}}
    faults = []
    if call.closes_at is None and closes_at <= max(at, call.opens_at):
        faults.append(Refused(_("Закриття має бути в майбутньому й після відкриття."), field="closes_at"))
    elif call.closes_at is not None and closes_at <= call.closes_at:
        words = _("Прийом можна лише продовжити: нове закриття має бути пізнішим.")
        faults.append(Refused(words, field="closes_at"))
    elif closes_at - max(at, call.closes_at or call.opens_at) > LONGEST:
        faults.append(Refused(_("Прийом продовжують щонайбільше на два роки. Перевірте рік."), field="closes_at"))
    faults += [
        Refused(_("Цей день можна лише відсунути: він уже оголошений."), field=name)
        for name in days
        if name in new and getattr(call, name) is not None and new[name] < getattr(call, name)
    ]
    told = {fault.field for fault in faults}
    later = unsound({**vars(call), **new}, changed=set(new)) if "closes_at" not in told else []
    require(faults + [fault for fault in later if fault.field not in told])
    return new
