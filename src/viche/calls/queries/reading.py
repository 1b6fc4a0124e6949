"""What stands in an application: as it is being written, as it was submitted, and its files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from viche.calls.models import Application, Call, Receipt
from viche.files import queries as files
from viche.files.models import Stored
from viche.questionnaires import queries as sheets
from viche.questionnaires.choices import Meaning
from viche.questionnaires.models import Answers

# The files of a sheet of answers, as `questionnaires` marks them.
FILE_OWNER = "questionnaires.sheet"


def limits(call: Call) -> sheets.Limits:
    """The smallest and largest sum that may be asked, for the question that means the amount."""
    return {Meaning.AMOUNT: (call.award_least, call.award_most)}


def filled(application: Application) -> sheets.Filled:
    """What is written so far, judged by the call's limits. Two queries."""
    return sheets.filled(application.sheet, limits=limits(application.call))


def as_submitted(application: Application) -> list[sheets.ShownSection]:
    """The frozen answers of the latest receipt, for display; nothing before the first submission."""
    receipt = application.receipts.first()
    return sheets.read_frozen(receipt.frozen) if receipt else []


def shown(of: sheets.Filled) -> list[sheets.ShownSection]:
    """The answers as they stand, for display."""
    return sheets.shown(of)


def compared(of: sheets.Filled, section: int, typed: Mapping[str, Any]) -> list[tuple[sheets.Shown, sheets.Shown]]:
    """The answers of a section that differ: as they are stored, and as somebody typed them meanwhile."""
    mine = replace(of, answers={**of.answers, section: Answers(section_id=section, values=dict(typed))})
    at = [place.pk for place in of.outline].index(section)
    pairs = zip(sheets.shown(of)[at].answers, sheets.shown(mine)[at].answers, strict=True)
    return [(stored, other) for stored, other in pairs if stored != other]


def frozen(receipt: Receipt) -> list[sheets.ShownSection]:
    """The answers of one receipt, for display."""
    return sheets.read_frozen(receipt.frozen)


def own_file_of(application: Application, key: str) -> Stored:
    """A file of this application and of no other, for those who write it. Raises `Stored.DoesNotExist`."""
    return files.of(FILE_OWNER, application.sheet_id).get(key=key)


def file_of(application: Application, key: str) -> Stored:
    """A file that a receipt of this application names, for those who read what was submitted: what was added since is
    the applicant's alone. Raises `Stored.DoesNotExist`.
    """
    if str(key) not in sheets.named_files(*application.receipts.values_list("frozen", flat=True)):
        raise Stored.DoesNotExist
    return own_file_of(application, key)
