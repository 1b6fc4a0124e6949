"""Registers the package with Django."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
