"""Registers the package with Django, and its kinds of letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds


class ProgrammesConfig(AppConfig):
    """Programmes."""

    name = "viche.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell which letters this package writes; have participants counted where their organisations stand."""
        from viche.people.operations import naming
        from viche.programmes.operations import participants

        naming.also_moved(participants.organisation_moved)
        kinds.register("programmes.invitation", _("Запрошення до програми"), always=True, secret=True)
        kinds.register("programmes.role", _("Ролі в програмах"), always=True)
