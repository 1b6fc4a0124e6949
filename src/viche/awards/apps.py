"""Registers the package with Django."""

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "viche.awards"
    label = "awards"
    default_auto_field = "django.db.models.BigAutoField"
