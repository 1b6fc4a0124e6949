"""Registers the package with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Places, stored under the label `places`."""

    name = "viche.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
