"""Registers the package with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Pages that put packages together."""

    name = "viche.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
