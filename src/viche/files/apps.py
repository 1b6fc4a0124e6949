"""Registers the package with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "viche.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
