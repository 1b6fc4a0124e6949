"""Registers the package with Django."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """The package `questionnaires`."""

    name = "viche.questionnaires"
    label = "questionnaires"
    default_auto_field = "django.db.models.BigAutoField"
