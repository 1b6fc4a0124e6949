"""Registers the package with Django."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Background work."""

    name = "viche.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
