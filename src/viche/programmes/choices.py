"""The words of programmes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoleKind(TextChoices):
    """What a person does in a programme. The descriptions on screen stand in `DESCRIPTIONS`."""

    OFFICER = "officer", _("керує програмою")
    REVIEWER = "reviewer", _("оцінює заявки")
    PANEL = "panel", _("член комісії")
    CONSULTANT = "consultant", _("регіональний консультант")
    EDITOR = "editor", _("редактор")
    OBSERVER = "observer", _("спостерігач донора")


DESCRIPTIONS = {
    RoleKind.OFFICER: _("Оголошує конкурси, призначає тих, хто оцінює, записує рішення комісії, приймає звіти."),
    RoleKind.REVIEWER: _("Читає призначені заявки, заявляє про конфлікт інтересів, ставить бали з поясненнями."),
    RoleKind.PANEL: _(
        "Читає заявки й оцінки, бере участь у засіданні комісії. Рішення записує той, хто керує програмою."
    ),
    RoleKind.CONSULTANT: _("Супроводжує громади однієї області; не бачить особистих даних інших областей."),
    RoleKind.EDITOR: _("Готує тексти програми."),
    RoleKind.OBSERVER: _("Читає все в одній програмі, нічого не змінює."),
}


class PartnerRole(TextChoices):
    """What a partner does for the programme."""

    DONOR = "donor", _("донор")
    IMPLEMENTER = "implementer", _("виконавець")
    PARTNER = "partner", _("партнер")


class ParticipantKind(TextChoices):
    """As what an organisation takes part."""

    PILOT = "pilot", _("пілотна громада")
    HUB = "hub", _("хаб")
    PRESS_CLUB = "press_club", _("пресклуб")
    REFORM_GROUP = "reform_group", _("реформаторська група")
    INTERN = "intern", _("учасниця стажування")
