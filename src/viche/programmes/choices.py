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


class Collaboration(TextChoices):
    """How the money comes, by the list CollaborationType of IATI; as far as programmes of ours need it."""

    BILATERAL = "1", _("двостороння")
    INFLOW = "2", _("внески до багатосторонньої організації")
    CORE = "3", _("двостороння, загальна підтримка громадських організацій")
    OUTFLOW = "4", _("від багатосторонньої організації")
    PRIVATE = "6", _("від приватних жертводавців")
    TRIANGULAR = "8", _("тристороння")


class Flow(TextChoices):
    """What kind of flow it is, by the list FlowType of IATI."""

    ODA = "10", _("офіційна допомога розвитку (ОДР)")
    PRIVATE = "30", _("приватне фінансування розвитку")
    NONE = "40", _("гроші не рухаються")
    OTHER = "50", _("інше")


class Finance(TextChoices):
    """How what is given is financed, by the list FinanceType of IATI."""

    GRANT = "110", _("звичайний грант")
    REIMBURSABLE = "422", _("поворотний грант")


class Aid(TextChoices):
    """How the aid is given, by the list AidType of IATI."""

    CORE = "B01", _("загальна підтримка організацій")
    MANAGED = "B03", _("внесок до програми, якою керує виконавець")
    BASKET = "B04", _("спільний фонд кількох донорів")
    PROJECT = "C01", _("проєктна допомога")
    EXPERTS = "D01", _("фахівці країни-донора")
    TECHNICAL = "D02", _("інша технічна допомога")
    TRAINING = "E01", _("навчання в країні-донорі")


class Tied(TextChoices):
    """Whether what is bought must come from the donor's country, by the list TiedStatus of IATI."""

    PARTLY = "3", _("частково пов’язана")
    TIED = "4", _("пов’язана")
    UNTIED = "5", _("не пов’язана")


class ParticipantKind(TextChoices):
    """As what an organisation takes part."""

    PILOT = "pilot", _("пілотна громада")
    HUB = "hub", _("хаб")
    PRESS_CLUB = "press_club", _("пресклуб")
    REFORM_GROUP = "reform_group", _("реформаторська група")
    INTERN = "intern", _("учасниця стажування")
