"""The list of people as rows for other programs; for administrators alone."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from viche.people.models import User

# The word for programs (JSON) and the header for people (CSV, XLSX).
PEOPLE = (
    ("email", _("Пошта")),
    ("name", _("Ім’я та прізвище")),
    ("is_active", _("Може входити")),
    ("is_administrator", _("Адміністратор")),
    ("organisations", _("Організацій")),
    ("joined_at", _("З нами від")),
)


def people(users: Iterable[User]) -> Iterator[tuple[Any, ...]]:
    """Cells under those headers."""
    for user in users:
        yield user.email, user.name, user.is_active, user.is_administrator, user.organisations, user.joined_at
