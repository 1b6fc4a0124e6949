"""The words of calls and applications."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CallKind(TextChoices):
    """What a chosen applicant gets."""

    GRANT = "grant", _("грант")
    HUB = "hub", _("статус хабу")
    SUPPORT = "support", _("експертна підтримка")
    PLACEMENT = "placement", _("стажування")
    TRAINING = "training", _("місце в навчанні")


# What may be applied for at any time: such a call may have no close until the office names one.
ROLLING = (CallKind.SUPPORT,)


class Stage(TextChoices):
    """How far the office has brought a call. Open and closed are not stored: the clock says them (docs/decisions/0005)."""

    DRAFT = "draft", _("чернетка")
    SCHEDULED = "scheduled", _("оголошено")
    ASSESSED = "assessed", _("оцінено")
    DECIDED = "decided", _("вирішено")
    CANCELLED = "cancelled", _("скасовано")


class CallState(TextChoices):
    """What a call is at a moment, for people."""

    DRAFT = "draft", _("чернетка")
    SCHEDULED = "scheduled", _("скоро відкриється")
    OPEN = "open", _("відкрито")
    CLOSED = "closed", _("закрито, оцінюють")
    ASSESSED = "assessed", _("оцінено")
    DECIDED = "decided", _("вирішено")
    CANCELLED = "cancelled", _("скасовано")


class Who(TextChoices):
    """How the circle of applicants is drawn."""

    ANYONE = "anyone", _("усі, хто відповідає умовам")
    LISTED = "listed", _("лише запрошені організації")
    OUTCOME = "outcome", _("ті, кого підтримали в іншому конкурсі")


class ApplicationState(TextChoices):
    """Where an application is."""

    DRAFT = "draft", _("чернетка")
    SUBMITTED = "submitted", _("подано")
    WITHDRAWN = "withdrawn", _("відкликано")


class TieWhy(TextChoices):
    """What ties a person to an application, so that they may not judge it."""

    AUTHOR = "author", _("писали цю заявку")
    ORGANISATION = "organisation", _("та сама організація")
    HROMADA = "hromada", _("та сама громада")
    DECLARED = "declared", _("заявлено самостійно")


class Outcome(TextChoices):
    """What the panel decided."""

    NONE = "", _("ще не вирішено")
    SUPPORTED = "supported", _("підтримано")
    RESERVE = "reserve", _("у резерві")
    DECLINED = "declined", _("не підтримано")
