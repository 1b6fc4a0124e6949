"""What applicants do: begin, save, submit, withdraw; and the outcome that the panel's decision writes."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from viche.calls import access
from viche.calls.choices import ApplicationState, CallState, Outcome
from viche.calls.models import Application, Call, Receipt
from viche.calls.operations import ties
from viche.calls.queries import eligibility, figures, reading
from viche.facts import operations as facts
from viche.files.models import Stored
from viche.journal import operations as journal
from viche.methods import words
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import Organisation, User
from viche.questionnaires import operations as questionnaires
from viche.questionnaires import queries as sheets
from viche.questionnaires.choices import Meaning
from viche.questionnaires.models import Answers, Question, Section
from viche.work import operations as work

Clock = Callable[[], datetime]


@transaction.atomic
def begin(call: Call, *, organisation: Organisation, by: User, at: datetime) -> Application:
    """Start a draft of this organisation, or give back the one that exists: an organisation has one per call."""
    if not access.may_apply_for(by, organisation):
        raise NotAllowed
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # colleagues begin one after the other
    existing = Application.objects.filter(call=call, organisation=organisation).first()
    if existing:
        return existing
    if call.state(at) != CallState.OPEN:
        raise Refused(_("Прийом заявок на цей конкурс зараз закрито."), status=409)
    obstacles = eligibility.obstacles(call, organisation)
    if obstacles:
        raise Refused(" ".join(obstacles), field="organisation")
    application = Application.objects.create(
        call=call,
        organisation=organisation,
        sheet=questionnaires.begin(call.form, at=at),
        begun_by=by,
        begun_at=at,
        haystack=words.haystack(organisation.name, organisation.edrpou),
    )
    journal.record(verb="calls.begun", subject=application, by=by, at=at)
    return application


def save(application: Application, *, section: Section, values: dict, revision: int, by: User, at: datetime) -> Answers:
    """Keep what is typed in one section, also after the close: nothing typed is lost. Raises `questionnaires.Stale`."""
    if not access.may_write(by, application):
        raise NotAllowed
    with questionnaires.keeping():
        _require_editable(application)
        return questionnaires.save(application.sheet, section, values, revision=revision, by_id=by.pk, at=at)


def attach(application: Application, *, question: Question, upload: UploadedFile, by: User, at: datetime) -> Stored:
    """Keep a file as an answer. Raises `Refused` with the sentence for the field."""
    if not access.may_write(by, application):
        raise NotAllowed
    with questionnaires.taking_in(application.sheet, question, upload) as taken, transaction.atomic():
        _require_editable(application)
        return questionnaires.attach(application.sheet, question, taken, by_id=by.pk, at=at)


@transaction.atomic
def detach(application: Application, *, question: Question, key: str, by: User, at: datetime) -> None:
    """Take a file out of an answer."""
    if not access.may_write(by, application):
        raise NotAllowed
    _require_editable(application)
    proofs = application.receipts.values_list("frozen", flat=True)
    questionnaires.detach(application.sheet, question, key, by_id=by.pk, at=at, proofs=proofs)


def _require_editable(application: Application) -> None:
    """Lock the application and see that it is not submitted."""
    state = Application.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=application.pk)
    if state == ApplicationState.SUBMITTED:
        raise Refused(
            _("Заявку вже подано. Щоб змінити її, спершу відкличте: до закриття її можна подати знову."), status=409
        )


@transaction.atomic
def submit(application: Application, *, by: User, clock: Clock = timezone.now) -> Receipt:
    """Freeze the answers and give a receipt, if the clock, read while the call is locked, says that it is open.

    A second click gives back the receipt of the first. Raises `Refused`: closed, incomplete, not eligible.
    """
    if not access.may_write(by, application):
        raise NotAllowed
    call, application = _locked(application)
    at = clock()
    if application.state == ApplicationState.SUBMITTED:
        return application.receipts.first()
    _require_open(call, at)
    obstacles = eligibility.obstacles(call, application.organisation)
    if obstacles:
        raise Refused(" ".join(obstacles))
    filled = reading.filled(application)
    if sheets.faults(filled):
        raise Refused(_("Заявка ще не повна. Виправте позначене й подайте знову, усе набране збережено."))
    application.code = application.code or _next_code(call)
    application.state = ApplicationState.SUBMITTED
    application.submitted_at, application.withdrawn_at = at, None
    application.hromada = application.organisation.hromada
    _copy_meanings(application, filled)
    application.save()
    ties.keep_submitted(application, by_id=by.pk)
    facts.keep(figures.SOURCE.of([application.pk], programme=call.programme_id))
    receipt = _receipt(application, filled, by=by, at=at)
    work.enqueue("viche.calls.tasks.receipt", receipt.pk)
    after = {"code": application.code, "sha256": receipt.sha256}
    journal.record(verb="calls.submitted", subject=application, by=by, at=at, after=after)
    return receipt


def _locked(application: Application) -> tuple[Call, Application]:
    """Lock the call, then the application: the order that every operation here keeps."""
    calls = Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme", "who_call")
    call = calls.get(pk=application.call_id)
    applications = Application.objects.select_for_update(of=("self",), no_key=True)
    application = applications.select_related("organisation__hromada", "sheet__version").get(pk=application.pk)
    application.call = call
    return call, application


def _receipt(application: Application, filled: sheets.Filled, *, by: User, at: datetime) -> Receipt:
    """Freeze the answers into the next receipt of this application."""
    frozen, digest = sheets.freeze_answers(filled)
    number = application.receipts.count() + 1
    return Receipt.objects.create(
        application=application, number=number, submitted_at=at, submitted_by=by, frozen=frozen, sha256=digest
    )


def _require_open(call: Call, at: datetime) -> None:
    state = call.state(at)
    if state == CallState.OPEN:
        return
    if state == CallState.SCHEDULED:
        raise Refused(_("Прийом заявок ще не почався."), status=409)
    if state == CallState.CANCELLED:
        raise Refused(_("Конкурс скасовано. Ваш текст збережено."), status=409)
    raise Refused(
        _("Прийом закрився, тож заявку подати вже не можна. Усе, що ви набрали, збережено в чернетці."),
        status=409,
    )


def _next_code(call: Call) -> str:
    """Take the next number; the caller holds the call's lock."""
    number = call.next_number
    Call.objects.filter(pk=call.pk).update(next_number=number + 1)
    return f"{call.code}-{number:03d}"


def _copy_meanings(application: Application, filled: sheets.Filled) -> None:
    """Copy what lists show from the answers, so that nobody retypes it."""
    application.title = (sheets.meaning(filled, Meaning.TITLE) or "")[:300]
    application.summary = sheets.meaning(filled, Meaning.SUMMARY) or ""
    application.amount = sheets.meaning(filled, Meaning.AMOUNT)
    organisation = application.organisation
    application.haystack = words.haystack(
        application.title,
        application.code or "",
        organisation.name,
        organisation.edrpou,
        organisation.hromada.name,
    )


@transaction.atomic
def withdraw(application: Application, *, by: User, clock: Clock = timezone.now) -> Application:
    """Take a submitted application back while nothing has been decided. Until the close it can be submitted again."""
    if not access.may_write(by, application):
        raise NotAllowed
    call = Call.objects.select_for_update(no_key=True).get(pk=application.call_id)
    application = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    at = clock()
    if application.state != ApplicationState.SUBMITTED:
        return application
    if call.state(at) not in {CallState.OPEN, CallState.CLOSED} or application.outcome:
        raise Refused(_("Заявку вже оцінено, тож відкликати її не можна. Напишіть у програму."), status=409)
    application.state = ApplicationState.WITHDRAWN
    application.withdrawn_at = at
    application.save(update_fields=["state", "withdrawn_at"])
    facts.keep(figures.SOURCE.of([application.pk], programme=call.programme_id))
    work.enqueue("viche.calls.tasks.withdrawn", application.pk)
    journal.record(verb="calls.withdrawn", subject=application, by=by, at=at)
    return application


def tell_once(application: Application, *, at: datetime) -> bool:
    """Take it upon oneself to tell how an application ended, decided or cancelled: False where somebody did already.

    Called inside the transaction that writes the letters, so that each goes once however often a task is repeated.
    """
    return bool(Application.objects.filter(pk=application.pk, told_at=None).update(told_at=at))


def settle(application: Application, *, outcome: Outcome, reason: str, amount: Decimal | None = None) -> None:
    """Write the outcome that a panel decided; called by `reviews.operations` inside its own transaction."""
    granted = amount if outcome == Outcome.SUPPORTED and amount else None
    Application.objects.filter(pk=application.pk, state=ApplicationState.SUBMITTED).update(
        outcome=outcome, outcome_reason=reason, granted=granted
    )
    application.outcome, application.outcome_reason, application.granted = outcome, reason, granted
