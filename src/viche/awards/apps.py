"""Registers the package with Django, and its kinds of letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds


class AwardsConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the letters that people may, or may not, opt out of."""
        kinds.register("awards.agreement", _("Угоди й завершення підтримки"), always=True)
        kinds.register("awards.payment", _("Виплати траншів"), always=True)
        kinds.register("awards.report", _("Рішення щодо звітів"), always=True)
        kinds.register("awards.reminder", _("Нагадування про звіти"))
        kinds.register("awards.office", _("Звіти, що чекають на перевірку"), digest=True)
