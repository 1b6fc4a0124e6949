"""Registers the package with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
