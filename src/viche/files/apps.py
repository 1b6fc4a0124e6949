"""Registers the package with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Uploaded files."""

    name = "viche.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
