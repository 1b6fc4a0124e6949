"""The words of people and organisations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """The language of letters."""

    UK = "uk", _("Українська")
    EN = "en", _("English")


class OrganisationKind(TextChoices):
    """What an organisation is; who may apply is told in these words."""

    COUNCIL = "council", _("рада громади")
    LIBRARY = "library", _("бібліотека")
    NGO = "ngo", _("громадська організація")
    REFORM_GROUP = "reform_group", _("реформаторська група")
    PRESS_CLUB = "press_club", _("пресклуб")
    HOST = "host", _("муніципалітет, що приймає")
    DONOR = "donor", _("донор")
    IMPLEMENTER = "implementer", _("виконавець програми")
    OTHER = "other", _("інша установа")


class MembershipRole(TextChoices):
    """What a member does for the organisation."""

    HEAD = "head", _("голова")
    PREPARER = "preparer", _("готує заявки і звіти")


class Consented(TextChoices):
    """To what a person agrees when making an account."""

    TERMS = "terms", _("умови користування")
    PRIVACY = "privacy", _("обробка персональних даних")


class Answer(TextChoices):
    """What a head said to somebody who asked to be let in."""

    NONE = "", _("чекає на відповідь")
    ACCEPTED = "accepted", _("прийнято")
    DECLINED = "declined", _("відхилено")


class Scope(TextChoices):
    """What a key lets a program read, within what its owner may read."""

    PROGRAMMES = "programmes:read", _("програми, у яких ви працюєте")
    APPLICATIONS = "applications:read", _("подані заявки")
    AWARDS = "awards:read", _("підтримку, її гроші й терміни")
    EVENTS = "events:read", _("заходи, і не оголошені теж")


# What each member may do, said on the page of members.
ROLE_DESCRIPTIONS = {
    MembershipRole.HEAD: _("Подає й відкликає заявки, запрошує людей, змінює їхні ролі та дані організації."),
    MembershipRole.PREPARER: _("Готує, подає й відкликає заявки, пише звіти."),
}

# Such an organisation may have no code of its own and then names the one it belongs to.
WITHOUT_CODE = {
    OrganisationKind.LIBRARY,
    OrganisationKind.NGO,
    OrganisationKind.REFORM_GROUP,
    OrganisationKind.PRESS_CLUB,
    OrganisationKind.OTHER,
}
