"""Registers the package with Django, and its kinds of letters."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds


class EventsConfig(AppConfig):
    """The package as Django knows it."""

    name = "viche.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Name the letters that people may, or may not, opt out of; have registrations erased with the person, words renewed."""
        from viche.events.operations import forgetting as registrations
        from viche.events.operations import naming as words
        from viche.people.operations import forgetting, naming

        forgetting.also(registrations.forget)
        naming.also(words.organisation_renamed)
        kinds.register("events.decision", _("Рішення щодо ваших заходів"), always=True)
        kinds.register("events.submitted", _("Заходи, подані вам на розгляд"), digest=True)
        kinds.register("events.overdue", _("Заходи, що надто довго чекають на вашу відповідь"))
        # Both hold the link by which a seat is seen and given up, and the exact place.
        kinds.register("events.seat", _("Реєстрація на захід: квиток, черга, зміни"), always=True, secret=True)
        kinds.register("events.reminder", _("Нагадування про захід, на який ви зареєструвалися"), secret=True)
        kinds.register("events.plea", _("Прохання прибрати світлину"), always=True)
        kinds.register("events.report", _("Нагадування про звіт щодо заходу"))
