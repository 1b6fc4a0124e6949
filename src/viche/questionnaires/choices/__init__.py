"""The words of questionnaires."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionKind(TextChoices):
    """What is typed in answer to a question."""

    SHORT = "short", _("короткий текст")
    LONG = "long", _("довгий текст")
    NUMBER = "number", _("число")
    MONEY = "money", _("сума")
    DATE = "date", _("дата")
    CHOICE = "choice", _("один варіант")
    SEVERAL = "several", _("кілька варіантів")
    FILE = "file", _("файли")
    PHOTOS = "photos", _("фотографії")
    HROMADA = "hromada", _("громада")
    BUDGET = "budget", _("таблиця бюджету")
    DECLARATION = "declaration", _("заява")


class Meaning(TextChoices):
    """What an answer means to the package that asks: it is copied into the record, never retyped."""

    NONE = "", _("нічого особливого")
    TITLE = "title", _("назва проєкту")
    SUMMARY = "summary", _("короткий зміст")
    AMOUNT = "amount", _("скільки просять")
    OWN_SHARE = "own_share", _("власний внесок")
    BUDGET = "budget", _("бюджет")
    DONE = "done", _("що зроблено")
    SPENT = "spent", _("скільки витрачено")
    RETURNED = "returned", _("скільки повертають")


class LostWhy(TextChoices):
    """Why a text could not be saved where it was typed."""

    STALE = "stale", _("хтось зберіг раніше")
    LATE = "late", _("після закриття")


TEXTS = frozenset({QuestionKind.SHORT, QuestionKind.LONG})
NUMBERS = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY})
OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})
FILES = frozenset({QuestionKind.FILE, QuestionKind.PHOTOS})

# Which kinds an answer of each meaning may have.
MEANING_KINDS = {
    Meaning.TITLE: {QuestionKind.SHORT},
    Meaning.SUMMARY: {QuestionKind.SHORT, QuestionKind.LONG},
    Meaning.AMOUNT: {QuestionKind.MONEY},
    Meaning.OWN_SHARE: {QuestionKind.MONEY},
    Meaning.BUDGET: {QuestionKind.BUDGET},
    Meaning.DONE: {QuestionKind.SHORT, QuestionKind.LONG},
    Meaning.SPENT: {QuestionKind.MONEY, QuestionKind.BUDGET},
    Meaning.RETURNED: {QuestionKind.MONEY},
}

# Names of buttons and hidden fields on the page of a section: no question may be called so.
RESERVED_KEYS = frozenset(
    {"add", "remove", "attach", "detach", "check", "next", "save", "later", "revision", "csrfmiddlewaretoken", "form"}
)

SHORT_LIMIT = 300
LONG_LIMIT = 3000
ITEM_LIMIT = 300
MOST_FILES = 5
MOST_ROWS = 40
# One section, written as JSON in UTF-8: ten full pages of a long text in the largest of them.
SECTION_BYTES = 256 * 1024
