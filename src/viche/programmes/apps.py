"""Registers the package with Django."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes."""

    name = "viche.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
