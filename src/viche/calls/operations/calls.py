"""What an officer does with a call: prepare, change, announce, extend, cancel; and the stages that reviewing brings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.choices import CallState, Stage, Who
from viche.calls.models import Call, Criterion
from viche.journal import operations as journal
from viche.methods import words
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes.models import Programme
from viche.questionnaires import operations as questionnaires
from viche.work import operations as work

# What may still change after the opening: words that explain, never what is asked or how it is judged.
ALWAYS_CHANGEABLE = {"lead", "title_en", "decision_by", "review_by"}
WHOLE = 100  # percent
CIRCLES = ("who_oblasts", "who_hromadas", "who_organisations")


@transaction.atomic
def prepare(programme: Programme, *, by: User, at: datetime, **values: Any) -> Call:
    """Start a call as a draft that only the office sees."""
    if not access.may_prepare(by, programme):
        raise NotAllowed
    circles = {name: values.pop(name) for name in CIRCLES if name in values}
    _require_sound(values)
    call = Call(programme=programme, created_at=at, **values)
    call.haystack = _haystack(call)
    call.save()
    for name, chosen in circles.items():
        getattr(call, name).set(chosen)
    journal.record(verb="calls.prepared", subject=call, by=by, at=at, after=_journalled(call))
    return call


@transaction.atomic
def change(call: Call, *, by: User, at: datetime, **values: Any) -> Call:
    """Change a call; from its opening on only what `ALWAYS_CHANGEABLE` names."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update().get(pk=call.pk)
    before = _journalled(call)
    changed = {name for name, value in values.items() if name in CIRCLES or getattr(call, name) != value}
    if call.is_frozen(at) and not changed <= ALWAYS_CHANGEABLE:
        raise Refused(_("Конкурс уже відкрито: умови, форма і критерії більше не змінюються."), status=409)
    circles = {name: values.pop(name) for name in CIRCLES if name in values}
    for name, value in values.items():
        setattr(call, name, value)
    _require_sound(vars(call))
    if call.stage == Stage.SCHEDULED and call.opens_at <= at and "opens_at" in changed:
        raise Refused(_("Відкриття має бути в майбутньому."), field="opens_at")
    call.haystack = _haystack(call)
    call.save()
    for name, chosen in circles.items():
        getattr(call, name).set(chosen)
    journal.record(verb="calls.changed", subject=call, by=by, at=at, before=before, after=_journalled(call))
    return call


def _require_sound(values: dict[str, Any]) -> None:
    """See that dates and sums go together. Raises `Refused` naming the field."""
    opens_at, closes_at = values.get("opens_at"), values.get("closes_at")
    if opens_at and closes_at and closes_at <= opens_at:
        raise Refused(
            _("Конкурс закривається раніше, ніж відкривається. Поставте закриття пізніше."), field="closes_at"
        )
    least, most, budget = values.get("award_least"), values.get("award_most"), values.get("budget")
    if least is not None and most is not None and most < least:
        raise Refused(_("Найбільша сума менша за найменшу."), field="award_most")
    if budget is not None and most is not None and most > budget:
        raise Refused(_("Найбільша сума більша за весь бюджет конкурсу."), field="award_most")
    starts_on, ends_on = values.get("work_starts_on"), values.get("work_ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused(_("Робота закінчується раніше, ніж починається."), field="work_ends_on")


@transaction.atomic
def set_criteria(call: Call, *, criteria: Sequence[dict[str, Any]], by: User, at: datetime) -> list[Criterion]:
    """Replace the criteria: dictionaries with name, help, weight (percent), scale. Weights are positive and make 100."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.is_frozen(at):
        raise Refused(_("Конкурс уже відкрито: умови, форма і критерії більше не змінюються."), status=409)
    _require_weights(criteria)
    before = list(call.criteria.values("name", "weight", "scale"))
    call.criteria.all().delete()
    made = Criterion.objects.bulk_create(
        Criterion(call=call, position=position, **criterion) for position, criterion in enumerate(criteria, start=1)
    )
    journal.record(
        verb="calls.criteria_set",
        subject=call,
        by=by,
        at=at,
        before={"criteria": before},
        after={"criteria": list(call.criteria.values("name", "weight", "scale"))},
    )
    return made


def _require_weights(criteria: Sequence[dict[str, Any]]) -> None:
    if not criteria:
        raise Refused(_("Додайте хоча б один критерій."), field="criteria")
    for criterion in criteria:
        if criterion["weight"] <= 0:
            raise Refused(
                _("Вага критерію «%(name)s» має бути більшою за нуль.") % {"name": criterion["name"]}, field="criteria"
            )
    total = sum(criterion["weight"] for criterion in criteria)
    if total != WHOLE:
        raise Refused(
            _("Ваги разом мають дати 100 %%, а зараз виходить %(total)s %%.") % {"total": total}, field="criteria"
        )


def lacking(call: Call) -> list[str]:
    """What the call still lacks before it can be announced, in sentences; empty when it is ready."""
    rules = [
        (not call.opens_at, _("Вкажіть, коли конкурс відкривається.")),
        (not call.closes_at, _("Вкажіть, коли конкурс закривається.")),
        (call.form_id is None, _("Виберіть форму заявки.")),
        (
            call.form_id is not None and not call.form.sections.filter(questions__isnull=False).exists(),
            _("У формі заявки ще немає запитань."),
        ),
        (not call.criteria.exists(), _("Додайте критерії оцінювання.")),
        (call.kind == "grant" and call.budget is None, _("Вкажіть бюджет конкурсу.")),
        (call.kind == "grant" and call.award_most is None, _("Вкажіть найбільшу суму одного гранту.")),
        (not call.lead, _("Скажіть одним реченням, про що конкурс.")),
        (call.who == Who.LISTED and not call.who_organisations.exists(), _("Назвіть запрошені організації.")),
        (call.who == Who.OUTCOME and call.who_call_id is None, _("Виберіть конкурс, переможці якого запрошені.")),
        (not call.programme.is_public, _("Програма ще не публічна: спершу покажіть її всім.")),
    ]
    return [sentence for missing, sentence in rules if missing]


@transaction.atomic
def announce(call: Call, *, by: User, at: datetime) -> Call:
    """Show the call to everybody; it opens and closes by the clock. Its form and criteria can no longer be lacking."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(of=("self",)).select_related("programme", "form").get(pk=call.pk)
    if call.stage != Stage.DRAFT:
        return call
    missing = lacking(call)
    if call.closes_at and call.closes_at <= at:
        missing.append(_("Дата закриття вже минула."))
    if missing:
        raise Refused(" ".join(missing))
    questionnaires.freeze(call.form, at=at)
    call.stage = Stage.SCHEDULED
    call.opens_at = max(call.opens_at, at)
    call.save(update_fields=["stage", "opens_at"])
    journal.record(verb="calls.announced", subject=call, by=by, at=at, after=_journalled(call))
    return call


@transaction.atomic
def extend(call: Call, *, closes_at: datetime, by: User, at: datetime) -> Call:
    """Move the close of an announced call later, never earlier, and only before it has come."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.state(at) not in {CallState.SCHEDULED, CallState.OPEN}:
        raise Refused(_("Прийом уже закрито, продовжити його не можна."), status=409)
    if closes_at <= call.closes_at:
        raise Refused(_("Прийом можна лише продовжити: нове закриття має бути пізнішим."), field="closes_at")
    before = _journalled(call)
    call.closes_at = closes_at
    call.save(update_fields=["closes_at"])
    journal.record(verb="calls.extended", subject=call, by=by, at=at, before=before, after=_journalled(call))
    return call


@transaction.atomic
def cancel(call: Call, *, why: str, by: User, at: datetime) -> Call:
    """End a call before it is decided; everybody who began an application gets a letter with the reason."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.stage in {Stage.DECIDED, Stage.CANCELLED}:
        raise Refused(_("Цей конкурс уже завершено."), status=409)
    if not why.strip():
        raise Refused(_("Поясніть, чому конкурс скасовано: це прочитають усі, хто подався."), field="why")
    call.stage, call.cancelled_why = Stage.CANCELLED, why.strip()
    call.save(update_fields=["stage", "cancelled_why"])
    work.enqueue("viche.calls.tasks.cancelled", call.pk)
    journal.record(verb="calls.cancelled", subject=call, by=by, at=at, after={"why": call.cancelled_why})
    return call


def bring_to(call: Call, *, stage: Stage, by: User, at: datetime) -> None:
    """Write the stage that reviewing brought the call to; called by `reviews.operations` inside its own transaction."""
    Call.objects.filter(pk=call.pk).update(stage=stage)
    call.stage = stage
    journal.record(verb=f"calls.{stage}", subject=call, by=by, at=at)


def _haystack(call: Call) -> str:
    return words.haystack(call.title, call.title_en, call.code, call.lead)


def _journalled(call: Call) -> dict[str, Any]:
    """What the journal remembers of a call."""
    names = (
        "title",
        "stage",
        "opens_at",
        "closes_at",
        "who",
        "who_kinds",
        "budget",
        "award_least",
        "award_most",
        "form_id",
        "reviewers_wanted",
    )
    return {name: getattr(call, name) for name in names}
