"""Registers the package with Django."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.facts"
    label = "facts"
    default_auto_field = "django.db.models.BigAutoField"
