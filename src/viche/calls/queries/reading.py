"""What stands in an application: as it is being written, as it was submitted, and its files."""

from viche.calls.models import Application, Call, Receipt
from viche.files import queries as files
from viche.files.models import Stored
from viche.questionnaires import queries as sheets
from viche.questionnaires.choices import Meaning

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


def frozen(receipt: Receipt) -> list[sheets.ShownSection]:
    """The answers of one receipt, for display."""
    return sheets.read_frozen(receipt.frozen)


def file_of(application: Application, key: str) -> Stored:
    """A file of this application and of no other. Raises `Stored.DoesNotExist`."""
    return files.of(FILE_OWNER, application.sheet_id).get(key=key)
