"""Registers the package with Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "viche.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
