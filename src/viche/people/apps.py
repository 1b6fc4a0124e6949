"""Registers the package with Django, and its kinds of letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds


class PeopleConfig(AppConfig):
    """People."""

    name = "viche.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell which letters this package writes."""
        kinds.register("people.account", _("Вхід і обліковий запис"), always=True, secret=True)
        kinds.register("people.invitation", _("Запрошення до організації"), always=True, secret=True)
        kinds.register("people.membership", _("Хто просить долучитися до організації"))
