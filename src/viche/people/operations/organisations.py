"""Organisations come in and change what they are called."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.formats import edrpou as codes
from viche.journal import operations as journal
from viche.methods import words
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access
from viche.people.choices import MembershipRole
from viche.people.models import Membership, Organisation, User
from viche.places.models import Hromada

PERSONAL_NUMBER = 10


class AlreadyHere(Refused):
    """The organisation somebody wants to register is here already; `organisation` says which."""

    def __init__(self, organisation: Organisation, *, field: str) -> None:
        """Say that it is here and what to do."""
        sentence = _("«%(name)s» уже є у Віче. Попросіть її голову запросити вас.") % {"name": organisation.name}
        super().__init__(sentence, field=field, status=409)
        self.organisation = organisation


def code_fault(code: str) -> str:
    """Say in a sentence what is wrong with an EDRPOU as typed (blanks taken out); empty when nothing is."""
    fault = codes.fault(code)
    if fault == "digits":
        odd = "".join(dict.fromkeys(sign for sign in code if sign not in "0123456789"))
        return _("У коді ЄДРПОУ самі цифри, а тут є «%(odd)s».") % {"odd": odd[:10]}
    if fault == "length":
        return _length_fault(len(code))
    if fault == "check":
        if not code.strip("0"):
            return _("Код із самих нулів нікому не належить.")
        return _("Цифри не сходяться: після %(stem)s мала б стояти %(digit)s. Перевірте, чи немає описки.") % {
            "stem": code[:-1],
            "digit": codes.check_digit(code[:-1]),
        }
    return ""


def _length_fault(length: int) -> str:
    missing = codes.LENGTH - length
    if length == PERSONAL_NUMBER:
        return _("Десять цифр – це номер людини. Потрібен код організації: у ньому вісім.")
    if missing > 0:
        said = ngettext("Бракує однієї цифри: код має вісім.", "Бракує %(n)s цифр: код має вісім.", missing)
        said %= {"n": missing}
        zero = _("Якщо він починається з нуля, нуль теж треба писати.")
        return f"{said} {zero}"
    if missing == -1:
        return _("Одна цифра зайва: код має вісім.")
    return _("Зайвих цифр %(n)s: код має вісім.") % {"n": -missing}


@transaction.atomic
def register(
    *,
    name: str,
    kind: str,
    hromada: Hromada,
    by: User,
    at: datetime,
    edrpou: str = "",
    parent: Organisation | None = None,
    name_en: str = "",
    website: str = "",
) -> Organisation:
    """Register an organisation; whoever does becomes its head.

    It has an EDRPOU or names the organisation it belongs to. `Refused` for a wrong code, `AlreadyHere` for one that is
    here: nobody ever joins silently.
    """
    if not access.may_register(by):
        raise NotAllowed
    fault = code_fault(edrpou) if edrpou else ""
    if fault:
        raise Refused(fault, field="edrpou")
    if not edrpou and parent is None:
        raise Refused(_("Назвіть головну організацію: без власного коду вона відповідає за вас."), field="parent")
    if parent is not None and not edrpou:
        _refuse_namesake(name, parent)
    values = {"name": name, "name_en": name_en, "kind": kind, "website": website}
    try:
        with transaction.atomic():
            made = Organisation.objects.create(edrpou=edrpou, parent=parent, hromada=hromada, created_at=at, **values)
    except IntegrityError:  # the constraint speaks: nobody can be quicker than it
        raise AlreadyHere(Organisation.objects.get(edrpou=edrpou), field="edrpou") from None
    Membership.objects.create(user=by, organisation=made, role=MembershipRole.HEAD, since=at)
    journal.record(verb="people.organisation_registered", subject=made, by=by, at=at, after=_values(made))
    return made


def _refuse_namesake(name: str, parent: Organisation) -> None:
    """See that the parent has no branch of that name; the parent is locked, so that none comes meanwhile."""
    Organisation.objects.select_for_update().get(pk=parent.pk)
    for branch in parent.branches.all():
        if words.fold(branch.name) == words.fold(name):
            raise AlreadyHere(branch, field="name")


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, name: str, name_en: str, website: str, hromada: Hromada, by: User, at: datetime
) -> Organisation:
    """Change what an organisation is called and where it is; its kind and code stay."""
    if not access.may_edit_organisation(by, organisation):
        raise NotAllowed
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = _values(organisation)
    organisation.name, organisation.name_en, organisation.website = name, name_en, website
    organisation.hromada = hromada
    organisation.save()
    after = _values(organisation)
    journal.record(verb="people.organisation_changed", subject=organisation, by=by, at=at, before=before, after=after)
    return organisation


def _values(organisation: Organisation) -> dict[str, str | int | None]:
    return {
        "name": organisation.name,
        "name_en": organisation.name_en,
        "kind": organisation.kind,
        "edrpou": organisation.edrpou,
        "parent": organisation.parent_id,
        "hromada": organisation.hromada_id,
        "website": organisation.website,
    }
