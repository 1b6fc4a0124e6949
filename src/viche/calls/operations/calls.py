"""What an officer does with a call: prepare, change, announce, extend, cancel; and the stages that reviewing brings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.choices import CallState, Stage
from viche.calls.models import Call, Criterion
from viche.calls.operations import terms
from viche.journal import operations as journal
from viche.methods import words
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes.models import Programme
from viche.questionnaires import operations as questionnaires
from viche.work import operations as work

# What may still change after the opening: words that explain, never what is asked or how it is judged.
ALWAYS_CHANGEABLE = {"lead", "title_en", "lead_en", "about_en", "decision_by", "review_by"}
# What everybody has learnt with the announcement, by letters and links.
NAMED = {"code", "kind"}
WHOLE = 100  # percent
CIRCLES = ("who_oblasts", "who_hromadas", "who_organisations")


@transaction.atomic
def prepare(programme: Programme, *, by: User, at: datetime, **values: Any) -> Call:
    """Start a call as a draft that only the office sees."""
    if not access.may_prepare(by, programme):
        raise NotAllowed
    circles = {name: values.pop(name) for name in CIRCLES if name in values}
    _require_free(values["code"])
    terms.require(terms.unsound(values))
    call = Call(programme=programme, created_at=at, **values)
    call.haystack = _haystack(call)
    call.save()
    for name, chosen in circles.items():
        getattr(call, name).set(chosen)
    journal.record(verb="calls.prepared", subject=call, by=by, at=at, after=_journalled(call))
    return call


def _require_free(code: str) -> None:
    if Call.objects.filter(code=code).exists():
        raise Refused(_("Код %(code)s уже має інший конкурс.") % {"code": code}, field="code")


@transaction.atomic
def change(call: Call, *, by: User, at: datetime, **values: Any) -> Call:
    """Change a call; from its opening on only what `ALWAYS_CHANGEABLE` names. Once announced it may never lack anything."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    before = _journalled(call)
    changed = {name for name, value in values.items() if name in CIRCLES or getattr(call, name) != value}
    frozen = call.is_frozen(at)
    if frozen and not changed <= ALWAYS_CHANGEABLE:
        raise Refused(_("Конкурс уже відкрито: умови, форма і критерії більше не змінюються."), status=409)
    for name in sorted(changed & NAMED) if call.stage != Stage.DRAFT else ():
        raise Refused(_("Конкурс оголошено під цим кодом і видом, тож вони вже не змінюються."), field=name, status=409)
    if "code" in changed:
        _require_free(values["code"])
    circles = {name: values.pop(name) for name in CIRCLES if name in values}
    for name, value in values.items():
        setattr(call, name, value)
    for name, chosen in circles.items():
        getattr(call, name).set(chosen)
    terms.require(_faults(call, changed, frozen=frozen, at=at))
    if call.stage == Stage.SCHEDULED:
        questionnaires.freeze(call.form, at=at)  # another form may have been chosen
    call.haystack = _haystack(call)
    call.save()
    journal.record(verb="calls.changed", subject=call, by=by, at=at, before=before, after=_journalled(call))
    return call


def _faults(call: Call, changed: set[str], *, frozen: bool, at: datetime) -> list[Refused]:
    """Everything that is wrong with a changed call. What was wrong before it opened does not lock its words."""
    wrong = terms.unsound(vars(call), changed=changed)
    if call.stage != Stage.SCHEDULED:
        return wrong
    lacking = [fault for fault in terms.missing(call) if not frozen or fault.field in changed]
    if "opens_at" in changed and call.opens_at and call.opens_at <= at:
        lacking.append(Refused(_("Відкриття має бути в майбутньому."), field="opens_at"))
    return lacking + wrong


@transaction.atomic
def set_criteria(call: Call, *, criteria: Sequence[dict[str, Any]], by: User, at: datetime) -> list[Criterion]:
    """Replace the criteria: dictionaries with name, help, weight (percent), scale. Weights are positive and make 100."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
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


@transaction.atomic
def announce(call: Call, *, by: User, at: datetime) -> Call:
    """Show the call to everybody; it opens and closes by the clock. Its form and criteria can no longer be lacking."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "form").get(pk=call.pk)
    if call.stage != Stage.DRAFT:
        return call
    missing = terms.lacking(call)
    if call.closes_at and call.closes_at <= at:
        missing.append(Refused(_("Дата закриття вже минула."), field="closes_at"))
    terms.require(missing)
    questionnaires.freeze(call.form, at=at)
    call.stage = Stage.SCHEDULED
    call.opens_at = max(call.opens_at, at)
    call.save(update_fields=["stage", "opens_at"])
    journal.record(verb="calls.announced", subject=call, by=by, at=at, after=_journalled(call))
    return call


@transaction.atomic
def take_back(call: Call, *, by: User, at: datetime) -> Call:
    """Make an announced call a draft again while it has not opened: nobody can have begun anything. Its form stays frozen."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if call.stage == Stage.DRAFT:
        return call
    if call.state(at) != CallState.SCHEDULED:
        raise Refused(_("Конкурс уже відкрився, тож чернеткою він більше не буде. Його можна скасувати."), status=409)
    call.stage = Stage.DRAFT
    call.save(update_fields=["stage"])
    journal.record(verb="calls.taken_back", subject=call, by=by, at=at, after={"stage": call.stage})
    return call


@transaction.atomic
def extend(call: Call, *, closes_at: datetime, by: User, at: datetime, **days: date | None) -> Call:
    """Move the close of an announced call later, never earlier, and only before it has come; a rolling one gets its first.

    `days` that come after the close move along where they are named; raises `terms.Lacking` where one must and is not.
    """
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if call.state(at) not in {CallState.SCHEDULED, CallState.OPEN}:
        raise Refused(_("Прийом уже закрито, продовжити його не можна."), status=409)
    new = terms.extended(call, closes_at=closes_at, days=days, at=at)
    before = _journalled(call)
    for name, value in new.items():
        setattr(call, name, value)
    call.save(update_fields=list(new))
    journal.record(verb="calls.extended", subject=call, by=by, at=at, before=before, after=_journalled(call))
    return call


@transaction.atomic
def cancel(call: Call, *, why: str, by: User, at: datetime) -> Call:
    """End a call before it is decided; everybody who began an application gets a letter with the reason."""
    if not access.may_manage(by, call):
        raise NotAllowed
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
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
    return words.haystack(call.title, call.title_en, call.code, call.lead, call.lead_en)


def _journalled(call: Call) -> dict[str, Any]:
    """What the journal remembers of a call."""
    names = (
        "title",
        "stage",
        "opens_at",
        "closes_at",
        "review_by",
        "decision_by",
        "work_starts_on",
        "work_ends_on",
        "who",
        "who_kinds",
        "budget",
        "award_least",
        "award_most",
        "form_id",
        "reviewers_wanted",
    )
    return {name: getattr(call, name) for name in names}
