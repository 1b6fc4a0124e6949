"""Registers the package with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
