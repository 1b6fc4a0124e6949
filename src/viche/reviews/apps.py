"""Registers the package with Django, and its kinds of letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds


class ReviewsConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the letters that people may, or may not, opt out of. Decisions go as `calls.outcome`."""
        kinds.register("reviews.invited", _("Заявки, які вам призначено оцінити"))
        kinds.register("reviews.reminder", _("Нагадування про оцінки"))
        kinds.register("reviews.reopened", _("Оцінки, повернуті на доповнення"))
        kinds.register("reviews.conflict", _("Заявлені конфлікти інтересів"))
        kinds.register("reviews.panel", _("Засідання комісій"))
