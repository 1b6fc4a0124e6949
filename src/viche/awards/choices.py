"""The words of awards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AwardKind(TextChoices):
    """What is given."""

    GRANT = "grant", _("грант")
    SUPPORT = "support", _("експертна підтримка")
    PLACEMENT = "placement", _("стажування")
    HUB = "hub", _("статус хабу")
    TRAINING = "training", _("місце в навчанні")


class AwardState(TextChoices):
    """How far an award is."""

    PREPARED = "prepared", _("готують угоду")
    ACTIVE = "active", _("триває")
    CLOSED = "closed", _("завершено")
    ENDED = "ended", _("припинено")


class TrancheState(TextChoices):
    """How far a payment is."""

    LOCKED = "locked", _("чекає на звіт")
    UNLOCKED = "unlocked", _("можна платити")
    PAID = "paid", _("сплачено")


class ReportState(TextChoices):
    """How far a report is."""

    WAITING = "waiting", _("ще не час")
    DRAFT = "draft", _("пишуть")
    SUBMITTED = "submitted", _("подано, перевіряють")
    RETURNED = "returned", _("повернуто з питаннями")
    ACCEPTED = "accepted", _("прийнято")
