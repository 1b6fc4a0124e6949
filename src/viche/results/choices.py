"""The words of results."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IndicatorKind(TextChoices):
    """Where the values of an indicator come from."""

    COUNTED = "counted", _("рахує Віче за записами")
    REPORTED = "reported", _("подають люди з підтвердженням")
    RATIO = "ratio", _("обчислюється з двох інших")


class How(TextChoices):
    """How the facts of a counted indicator become its value."""

    SUM = "sum", _("скільки всього")
    HROMADAS = "hromadas", _("у скількох громадах")
    OBLASTS = "oblasts", _("у скількох областях")
    ONCE = "once", _("скільки різних людей")


class Direction(TextChoices):
    """Which way is better."""

    UP = "up", _("більше – краще")
    DOWN = "down", _("менше – краще")


class ValueState(TextChoices):
    """How far a reported value is; only an approved one is a fact."""

    DRAFT = "draft", _("чернетка")
    SUBMITTED = "submitted", _("на перевірці")
    RETURNED = "returned", _("повернуто з питаннями")
    APPROVED = "approved", _("підтверджено")


class EvidenceKind(TextChoices):
    """What proves a reported value."""

    DOCUMENT = "document", _("документ")
    PROTOCOL = "protocol", _("протокол чи рішення")
    REGISTER = "register", _("витяг із реєстру чи список")
    PHOTO = "photo", _("світлина")
    LINK = "link", _("посилання")


class SectionKind(TextChoices):
    """What a part of a donor's report shows."""

    TEXT = "text", _("текст")
    FIGURES = "figures", _("показники")
    MONEY = "money", _("гроші")
    PLACES = "places", _("карта й громади")
    STORIES = "stories", _("історії")
