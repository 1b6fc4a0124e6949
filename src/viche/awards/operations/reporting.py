"""Reports: written by the organisation, accepted or returned by somebody else, unlocking tranches."""

from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.choices import AwardState, ReportState, TrancheState
from viche.awards.models import Photograph, Report, Submission
from viche.awards.operations import granting
from viche.files.models import Stored
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.questionnaires import operations as questionnaires
from viche.questionnaires import queries as sheets
from viche.questionnaires.choices import Meaning
from viche.questionnaires.models import Answers, Question, Section
from viche.work import operations as work

# How long there is, at the least, to complete a report that came back.
TIME_TO_COMPLETE = timedelta(days=7)


def _locked(report: Report) -> Report:
    """Lock the award, then the report."""
    award = granting.locked(report.award_id)
    related = ("sheet__version__questionnaire", "submitted_by")
    found = Report.objects.select_for_update(of=("self",), no_key=True).select_related(*related).get(pk=report.pk)
    found.award = award
    return found


def _require_writing(report: Report, by: User) -> None:
    if not access.may_report(by, report.award):
        raise NotAllowed
    if report.award.state != AwardState.ACTIVE:
        raise Refused(_("Ця підтримка зараз не діє, звіт писати не можна."), status=409)
    if not report.is_ours_to_write:
        raise Refused(_("Звіт уже подано: змінити його можна, якщо програма поверне його з питаннями."), status=409)


def _begun(report: Report, by: User) -> Report:
    """Lock the report for writing; from the first word on it is a draft."""
    report = _locked(report)
    _require_writing(report, by)
    if report.state == ReportState.WAITING:
        report.state = ReportState.DRAFT
        report.save(update_fields=["state"])
    return report


def save(report: Report, *, section: Section, values: dict, revision: int, by: User, at: datetime) -> Answers:
    """Keep what is typed in one section of a report. Raises `questionnaires.Stale`."""
    with questionnaires.keeping():
        report = _begun(report, by)
        return questionnaires.save(report.sheet, section, values, revision=revision, by_id=by.pk, at=at)


def attach(report: Report, *, question: Question, upload: UploadedFile, by: User, at: datetime) -> Stored:
    """Keep a file or a photograph as an answer."""
    _require_writing(report, by)
    with questionnaires.taking_in(report.sheet, question, upload) as taken, transaction.atomic():
        return questionnaires.attach(_begun(report, by).sheet, question, taken, by_id=by.pk, at=at)


@transaction.atomic
def detach(report: Report, *, question: Question, key: str, by: User, at: datetime) -> None:
    """Take a file out of an answer; a photograph that everybody saw is not shown any more."""
    report = _begun(report, by)
    if str(key) in sheets.keys_of_files(sheets.filled(report.sheet)):
        Photograph.objects.filter(award=report.award, stored=key).update(public_from=None)
    proofs = report.submissions.values_list("frozen", flat=True)
    questionnaires.detach(report.sheet, question, key, by_id=by.pk, at=at, proofs=proofs)


@transaction.atomic
def submit(report: Report, *, by: User, at: datetime) -> Submission:
    """Freeze the answers and give a proof; a second click gives back the first. Late reports are taken: only late, not lost."""
    report = _locked(report)
    if not access.may_report(by, report.award):
        raise NotAllowed
    if report.state in {ReportState.SUBMITTED, ReportState.ACCEPTED}:
        return report.submissions.first()
    _require_writing(report, by)
    filled = sheets.filled(report.sheet)
    if sheets.faults(filled):
        raise Refused(_("Звіт ще не повний. Виправте позначене й подайте знову, усе набране збережено."))
    frozen, sha256 = sheets.freeze_answers(filled)
    report.spent = sheets.meaning(filled, Meaning.SPENT)
    report.returned = sheets.meaning(filled, Meaning.RETURNED)
    report.done = sheets.meaning(filled, Meaning.DONE) or ""
    report.state, report.submitted_at, report.submitted_by = ReportState.SUBMITTED, at, by
    report.save(update_fields=["spent", "returned", "done", "state", "submitted_at", "submitted_by"])
    submission = Submission.objects.create(
        report=report,
        number=report.submissions.count() + 1,
        submitted_at=at,
        submitted_by=by,
        frozen=frozen,
        sha256=sha256,
    )
    work.enqueue("viche.awards.tasks.report_submitted", submission.pk)
    told = {"report": report.position, "number": submission.number, "sha256": sha256}
    journal.record(verb="awards.report_submitted", subject=report.award, by=by, at=at, after=told)
    return submission


def _require_checking(report: Report, by: User) -> None:
    if not access.may_manage(by, report.award):
        raise NotAllowed
    if access.has_part(by, report):
        raise Refused(
            _("Звіт перевіряє інша людина: не з тих, хто його писав чи подав, і не з тієї самої громади."), status=403
        )
    if report.award.state != AwardState.ACTIVE:
        raise Refused(_("Цю підтримку вже завершено."), status=409)
    if report.state != ReportState.SUBMITTED:
        raise Refused(_("Цей звіт зараз не чекає на перевірку: його вже перевірив хтось інший."), status=409)


def _checked(report: Report, state: ReportState, remark: str, by: User, at: datetime) -> None:
    """Write the verdict on the report and on the submission it is about."""
    report.state, report.checked_at, report.checked_by, report.remark = state, at, by, remark.strip()
    report.save(update_fields=["state", "checked_at", "checked_by", "remark", "again_by"])
    submission = report.submissions.first()
    submission.is_accepted = state == ReportState.ACCEPTED
    submission.checked_at, submission.checked_by, submission.remark = at, by, remark.strip()
    submission.save(update_fields=["is_accepted", "checked_at", "checked_by", "remark"])
    work.enqueue("viche.awards.tasks.report_checked", submission.pk)


@transaction.atomic
def accept(report: Report, *, remark: str, by: User, at: datetime) -> Report:
    """Accept a report: the tranches that wait for it are unlocked in the same moment."""
    report = _locked(report)
    _require_checking(report, by)
    _checked(report, ReportState.ACCEPTED, remark, by, at)
    report.unlocks.filter(state=TrancheState.LOCKED).update(state=TrancheState.UNLOCKED)
    told = {"report": report.position, "remark": report.remark}
    journal.record(verb="awards.report_accepted", subject=report.award, by=by, at=at, after=told)
    return report


@transaction.atomic
def send_back(report: Report, *, remark: str, by: User, at: datetime, again_by: date | None = None) -> Report:
    """Return a report with questions; its organisation writes on where it stopped, with a week to do so at the least."""
    report = _locked(report)
    _require_checking(report, by)
    if not remark.strip():
        raise Refused(_("Напишіть, що саме треба доповнити."), field="remark")
    if again_by and again_by <= localdate(at):
        raise Refused(_("Дайте на доповнення хоча б один день."), field="again_by")
    report.again_by = again_by or max(report.expected_on, localdate(at) + TIME_TO_COMPLETE)
    _checked(report, ReportState.RETURNED, remark, by, at)
    told = {"report": report.position, "remark": report.remark, "again_by": report.again_by}
    journal.record(verb="awards.report_returned", subject=report.award, by=by, at=at, after=told)
    return report
