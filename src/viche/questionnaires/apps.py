"""Registers the package with Django."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "viche.questionnaires"
    label = "questionnaires"
    default_auto_field = "django.db.models.BigAutoField"
