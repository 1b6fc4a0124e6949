"""Registers the package with Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The journal."""

    name = "viche.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
