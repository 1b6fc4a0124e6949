"""The way back from a page: from the cabinet down to it."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from viche.ui import menu


def cabinet(*steps):
    """The cabinet, then (address, words) of each step; the last has no address."""
    return [(menu.door(get_language() or "uk")["cabinet"], _("Кабінет")), *steps]


def profile(here):
    """From the cabinet through the profile."""
    return cabinet((reverse("people:profile"), _("Профіль")), ("", here))


def organisations(here):
    """From the cabinet through one's organisations."""
    return cabinet((reverse("people:organisations"), _("Мої організації")), ("", here))


def members(organisation, here):
    """From the cabinet through one organisation."""
    return cabinet(
        (reverse("people:organisations"), _("Мої організації")),
        (reverse("people:members", args=[organisation.pk]), organisation.called),
        ("", here),
    )


def people(here):
    """From the list of people."""
    return [(reverse("people:people"), _("Люди")), ("", here)]
