"""Registers the package with Django."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters."""

    name = "viche.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"
