"""The words of reviewing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConflictWhy(TextChoices):
    """Where a conflict of interest comes from."""

    ORGANISATION = "organisation", _("та сама організація")
    HROMADA = "hromada", _("та сама громада")
    DECLARED = "declared", _("заявлено самостійно")


class AssignmentState(TextChoices):
    """How far a review is."""

    WAITING = "waiting", _("чекає")
    BEGUN = "begun", _("почато")
    DONE = "done", _("оцінено")
    RELEASED = "released", _("знято")
