"""Registers the package with Django."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.results"
    label = "results"
    default_auto_field = "django.db.models.BigAutoField"
