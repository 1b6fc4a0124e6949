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
