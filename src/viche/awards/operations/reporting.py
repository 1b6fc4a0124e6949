"""Reports: written by the organisation, accepted or returned by somebody else, unlocking tranches."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from viche.awards import access
from viche.awards.choices import AwardState, ReportState, TrancheState
from viche.awards.models import Award, Photograph, Report
from viche.files.models import Stored
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.questionnaires import operations as questionnaires
from viche.questionnaires import queries as sheets
from viche.questionnaires.choices import Meaning
from viche.questionnaires.models import Answers, Question, Section
from viche.work import operations as work

SUBMITTED = {ReportState.SUBMITTED, ReportState.ACCEPTED}


def _locked(report: Report) -> Report:
    """Lock the award, then the report: the order that every operation here keeps."""
    Award.objects.select_for_update().get(pk=report.award_id)
    return Report.objects.select_for_update(of=("self",)).select_related("award__programme", "award__organisation", "sheet__version").get(pk=report.pk)


def _require_writing(report: Report, by: User) -> None:
    if not access.may_report(by, report.award):
        raise NotAllowed
    if report.state in SUBMITTED:
        raise Refused(_("Звіт уже подано: змінити його можна, якщо програма поверне його з питаннями."), status=409)
    if report.award.state != AwardState.ACTIVE:
        raise Refused(_("Ця підтримка зараз не діє, звіт подати не можна."), status=409)


@transaction.atomic
def save(report: Report, *, section: Section, values: dict, revision: int, by: User, at: datetime) -> Answers:
    """Keep what is typed in one section of a report. Raises `questionnaires.Stale`."""
    report = _locked(report)
    _require_writing(report, by)
    Report.objects.filter(pk=report.pk, state=ReportState.WAITING).update(state=ReportState.DRAFT)
    return questionnaires.save(report.sheet, section, values, revision=revision, by_id=by.pk, at=at)


@transaction.atomic
def attach(report: Report, *, question: Question, upload: UploadedFile, by: User, at: datetime) -> Stored:
    """Keep a file or a photograph as an answer."""
    report = _locked(report)
    _require_writing(report, by)
    return questionnaires.attach(report.sheet, question, upload, by_id=by.pk, at=at)


@transaction.atomic
def detach(report: Report, *, question: Question, key: str, by: User, at: datetime) -> None:
    """Take a file out of an answer."""
    report = _locked(report)
    _require_writing(report, by)
    questionnaires.detach(report.sheet, question, key, by_id=by.pk, at=at)


@transaction.atomic
def submit(report: Report, *, by: User, at: datetime) -> Report:
    """Hand in a report; a second click changes nothing. Late reports are taken: only late, not lost."""
    report = _locked(report)
    if report.state in SUBMITTED and access.may_report(by, report.award):
        return report
    _require_writing(report, by)
    filled = sheets.filled(report.sheet)
    if sheets.faults(filled):
        raise Refused(_("Звіт ще не повний. Виправте позначене й подайте знову, усе набране збережено."))
    report.frozen, report.sha256 = sheets.freeze_answers(filled)
    report.spent = sheets.meaning(filled, Meaning.SPENT)
    report.state, report.submitted_at, report.submitted_by = ReportState.SUBMITTED, at, by
    report.save(update_fields=["frozen", "sha256", "spent", "state", "submitted_at", "submitted_by"])
    work.enqueue("viche.awards.tasks.report_submitted", report.pk)
    journal.record(verb="awards.report_submitted", subject=report.award, by=by, at=at, after={"report": report.position, "sha256": report.sha256})
    return report


def _require_checking(report: Report, by: User) -> None:
    if not access.may_manage(by, report.award):
        raise NotAllowed
    if not access.may_check(by, report):
        raise Refused(_("Звіт приймає інша людина, не та, що його подала."), status=403)
    if report.state != ReportState.SUBMITTED:
        raise Refused(_("Цей звіт зараз не чекає на перевірку."), status=409)


@transaction.atomic
def accept(report: Report, *, remark: str, by: User, at: datetime) -> Report:
    """Accept a report: the tranches that wait for it are unlocked in the same moment."""
    report = _locked(report)
    _require_checking(report, by)
    report.state, report.checked_at, report.checked_by, report.remark = ReportState.ACCEPTED, at, by, remark.strip()
    report.save(update_fields=["state", "checked_at", "checked_by", "remark"])
    report.unlocks.filter(state=TrancheState.LOCKED).update(state=TrancheState.UNLOCKED)
    work.enqueue("viche.awards.tasks.report_checked", report.pk)
    journal.record(verb="awards.report_accepted", subject=report.award, by=by, at=at, after={"report": report.position})
    return report


@transaction.atomic
def send_back(report: Report, *, remark: str, by: User, at: datetime) -> Report:
    """Return a report with questions; its organisation writes on where it stopped."""
    report = _locked(report)
    _require_checking(report, by)
    if not remark.strip():
        raise Refused(_("Напишіть, що саме треба доповнити."), field="remark")
    report.state, report.checked_at, report.checked_by, report.remark = ReportState.RETURNED, at, by, remark.strip()
    report.save(update_fields=["state", "checked_at", "checked_by", "remark"])
    work.enqueue("viche.awards.tasks.report_checked", report.pk)
    journal.record(verb="awards.report_returned", subject=report.award, by=by, at=at, after={"report": report.position, "remark": report.remark})
    return report


@transaction.atomic
def show(award: Award, *, stored: Stored, caption: str, credit: str, consent: bool, public_from: date | None, by: User, at: datetime) -> Photograph:
    """Choose a report's photograph for the public page; people on it have agreed, or it stays private."""
    if not access.may_manage(by, award):
        raise NotAllowed
    sheets_of_award = set(award.reports.values_list("sheet_id", flat=True))
    if stored.owner_kind != "questionnaires.sheet" or stored.owner_id not in sheets_of_award or not stored.is_image:
        raise Refused(_("Це фото не зі звітів цієї підтримки."), field="stored")
    if not caption.strip():
        raise Refused(_("Опишіть, що на фото: це прочитають ті, хто його не бачить."), field="caption")
    if public_from and not consent:
        raise Refused(_("Без згоди людей фото не показують."), field="consent")
    photograph, __ = Photograph.objects.update_or_create(
        stored=stored,
        defaults={"award": award, "caption": caption.strip(), "credit": credit.strip(), "consent": consent, "public_from": public_from},
    )
    journal.record(verb="awards.photograph_shown", subject=award, by=by, at=at, after={"stored": str(stored.pk), "consent": consent})
    return photograph


@transaction.atomic
def hide(photograph: Photograph, *, by: User, at: datetime) -> None:
    """Take a photograph off the public page, as anybody may ask."""
    if not access.may_manage(by, photograph.award):
        raise NotAllowed
    Photograph.objects.filter(pk=photograph.pk).update(public_from=None)
    journal.record(verb="awards.photograph_hidden", subject=photograph.award, by=by, at=at)
