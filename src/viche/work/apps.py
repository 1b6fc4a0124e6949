"""Registers the package with Django."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "viche.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
