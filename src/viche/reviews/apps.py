"""Registers the package with Django."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "viche.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
