"""The words of reviewing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AssignmentState(TextChoices):
    """How far a review is."""

    WAITING = "waiting", _("чекає")
    BEGUN = "begun", _("почато")
    DONE = "done", _("оцінено")
    RELEASED = "released", _("знято")
