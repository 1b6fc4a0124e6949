"""Registers the package with Django, and its kinds of letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds


class CallsConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the letters that people may, or may not, opt out of."""
        kinds.register("calls.receipt", _("Квитанції про заявки"), always=True)
        kinds.register("calls.outcome", _("Рішення щодо заявок"), always=True)
        kinds.register("calls.reminder", _("Нагадування про закриття конкурсів"))
