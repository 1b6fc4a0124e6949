"""What may become of a letter, and the ways a person may choose to get letters of one kind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a letter is."""

    WAITING = "waiting", _("Чекає на надсилання")
    HELD = "held", _("Чекає на огляд дня")
    SENT = "sent", _("Надіслано")
    FAILED = "failed", _("Не надіслано")
    BOUNCED = "bounced", _("Повернулося")
    OPTED_OUT = "opted_out", _("Людина не хоче таких листів")


class Delivery(models.TextChoices):
    """How a person gets letters of one kind."""

    AT_ONCE = "at_once", _("Одразу")
    DAILY = "daily", _("Раз на день, в огляді")
    NEVER = "never", _("Не надсилати")
