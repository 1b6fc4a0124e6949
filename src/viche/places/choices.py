"""The kinds of place that the codifier tells apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OblastKind(TextChoices):
    """What stands on the first level: 24 oblasts, one autonomous republic, two cities with special status."""

    OBLAST = "oblast", _("область")
    REPUBLIC = "republic", _("автономна республіка")
    CITY = "city", _("місто зі спеціальним статусом")


class HromadaKind(TextChoices):
    """A hromada is called after the kind of settlement that is its centre."""

    CITY = "city", _("міська")
    SETTLEMENT = "settlement", _("селищна")
    VILLAGE = "village", _("сільська")


class SettlementKind(TextChoices):
    """Where people live, by size and status."""

    CITY = "city", _("місто")
    SETTLEMENT = "settlement", _("селище")
    VILLAGE = "village", _("село")
