"""What stands in reports: as written, as submitted, their files and photographs; and what was promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from viche.awards import access
from viche.awards.choices import ReportState
from viche.awards.models import Award, Photograph, Report, Submission
from viche.calls.queries import reading as applications
from viche.files import queries as files
from viche.files.models import Consent, Stored
from viche.questionnaires import queries as sheets

# The files of a sheet of answers, as `questionnaires` marks them.
FILE_OWNER = "questionnaires.sheet"
WHOLE = ("award__programme", "award__organisation__hromada__oblast", "sheet__version__questionnaire")


def report(code: str, position: int) -> Report:
    """One report that can be written: its agreement is signed. Raises `Report.DoesNotExist`."""
    return Report.objects.select_related(*WHOLE).get(award__code=code, position=position, sheet__isnull=False)


def report_in_office(programme: str, code: str, position: int) -> Report:
    """One report as the office addresses it. Raises `Report.DoesNotExist`."""
    found = Report.objects.select_related(*WHOLE, "award__application__call__programme", "submitted_by", "checked_by")
    return found.get(award__code=code, award__programme__code=programme, position=position, sheet__isnull=False)


def submission(code: str, position: int, number: int) -> Submission:
    """One proof of a submission. Raises `Submission.DoesNotExist`."""
    related = ("report__award__programme", "report__award__organisation__hromada__oblast", "submitted_by")
    found = Submission.objects.select_related(*related)
    return found.get(report__award__code=code, report__position=position, number=number)


def filled(report: Report) -> sheets.Filled:
    """What is written so far."""
    return sheets.filled(report.sheet)


def shown(of: sheets.Filled) -> list[sheets.ShownSection]:
    """The answers as they stand, for display."""
    return sheets.shown(of)


def frozen(submission: Submission) -> list[sheets.ShownSection]:
    """The answers of one submission, for display."""
    return sheets.read_frozen(submission.frozen)


def submissions(report: Report) -> list[Submission]:
    """Every time the report was handed in, the latest first, with what was said of it."""
    return list(report.submissions.select_related("submitted_by", "checked_by"))


def promise(award: Award) -> list[sheets.ShownSection]:
    """The application's answers as they were submitted."""
    return applications.as_submitted(award.application)


def files_of(report: Report) -> QuerySet[Stored]:
    """The files of this report and of no other, for those who write it."""
    return files.of(FILE_OWNER, report.sheet_id)


def files_in_office(report: Report) -> QuerySet[Stored]:
    """The files that a submission of this report names: what was added since is not the office's yet."""
    named = sheets.named_files(*report.submissions.values_list("frozen", flat=True))
    return files_of(report).filter(key__in=named)


def photographs_of(report: Report, of: sheets.Filled | None = None) -> QuerySet[Stored]:
    """The photographs in the answers of this report as they stand, for those who write it."""
    return _photographs([report.sheet_id], sheets.keys_of_files(of or filled(report), access.PHOTOGRAPHS))


def photographs_in_office(award: Award) -> QuerySet[Stored]:
    """The photographs that the office may see: in the latest submission of each report, where photographs were asked for."""
    # In the order of their numbers, so that of each report the latest stays.
    found = Submission.objects.filter(report__award=award).order_by("number")
    latest = dict(found.values_list("report__sheet", "frozen"))
    return _photographs(latest, sheets.named_files(*latest.values(), kinds=access.PHOTOGRAPHS))


def _photographs(of_sheets: Iterable[int | None], keys: Iterable[str]) -> QuerySet[Stored]:
    owners = [str(sheet) for sheet in of_sheets]
    found = Stored.objects.filter(owner_kind=FILE_OWNER, owner_id__in=owners, key__in=keys, removed_at=None)
    return found.filter(is_image=True).select_related("photograph").order_by("uploaded_at", "key")


def photograph(code: str, pk: int) -> Photograph:
    """A photograph that was told in words, wherever it stands. Raises `Photograph.DoesNotExist`."""
    related = ("award__programme", "award__organisation", "stored")
    return Photograph.objects.select_related(*related).get(pk=pk, award__code=code)


def photograph_in_office(programme: str, code: str, pk: int) -> Photograph:
    """The same as the office addresses it. Raises `Photograph.DoesNotExist`."""
    related = ("award__programme", "award__organisation", "stored")
    found = Photograph.objects.select_related(*related)
    return found.get(pk=pk, award__code=code, award__programme__code=programme)


def public_photographs(award: Award, on: date) -> list[Photograph]:
    """What everybody may see: chosen, its day has come, people agreed, the file is there and was sent as a photograph."""
    found = (
        Photograph.objects.filter(award=award, public_from__lte=on)
        .filter(stored__consent=Consent.RECORDED, stored__removed_at=None)
        .select_related("stored")
    )
    sent = access.sent_as_photographs(award)
    return [photograph for photograph in found if str(photograph.stored.key) in sent]


@dataclass(frozen=True)
class Told:
    """The public part of an accepted report."""

    report: Report
    done: str


def told(reports: Iterable[Report]) -> list[Told]:
    """What accepted reports say was done; nothing else of them is public."""
    return [Told(report, report.done) for report in reports if report.state == ReportState.ACCEPTED]
