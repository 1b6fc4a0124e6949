"""Organisations come in, say to whom they belong, and change what they are called."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from viche.formats import edrpou as codes
from viche.journal import operations as journal
from viche.methods import words
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access, queries
from viche.people.choices import MembershipRole
from viche.people.models import Membership, Organisation, User
from viche.people.operations import accounts, letters, naming, patience
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
        # Not which digit would be right: that would help to invent a code.
        return _("Цифри коду не сходяться. Перевірте, чи немає описки.")
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

    It has an EDRPOU or names the organisation it belongs to, whose heads are asked whether it does. `Refused` for a wrong
    code or too many in a day, `AlreadyHere` for one that is here: nobody ever joins silently.
    """
    if not access.may_register(by):
        raise NotAllowed
    _require_code(edrpou, parent)
    sentence = _("За добу можна зареєструвати до %(most)s організацій. Решту зареєструйте завтра.")
    most = settings.REGISTRATIONS_A_DAY
    patience.require(by=by, verb="people.organisation_registered", most=most, sentence=sentence, at=at)
    if parent is not None and not edrpou:
        _refuse_namesake(name, parent)
    values = {"name": name, "name_en": name_en, "kind": kind, "website": website, "hromada": hromada, "parent": parent}
    confirmed = at if parent is not None and access.may_manage_members(by, parent) else None
    try:
        with transaction.atomic():
            made = Organisation.objects.create(edrpou=edrpou, parent_confirmed_at=confirmed, created_at=at, **values)
    except IntegrityError:  # the constraint speaks: nobody can be quicker than it
        raise AlreadyHere(Organisation.objects.get(edrpou=edrpou), field="edrpou") from None
    Membership.objects.create(user=by, organisation=made, role=MembershipRole.HEAD, since=at)
    if made.awaits_parent:
        _ask_parent(made, by=by, at=at)
    journal.record(verb="people.organisation_registered", subject=made, by=by, at=at, after=_values(made))
    return made


@transaction.atomic
def confirm_branch(branch: Organisation, *, by: User, at: datetime) -> Organisation:
    """Say that an organisation is the branch it calls itself: from now on it is shown as one."""
    if not access.may_confirm(by, branch):
        raise NotAllowed
    if Organisation.objects.filter(pk=branch.pk, parent_confirmed_at=None).update(parent_confirmed_at=at):
        after = {"parent": branch.parent_id}
        journal.record(verb="people.branch_confirmed", subject=branch, by=by, at=at, after=after)
    branch.parent_confirmed_at = branch.parent_confirmed_at or at
    return branch


def _ask_parent(branch: Organisation, *, by: User, at: datetime) -> None:
    """Write to the heads of the parent, or to administrators where it has none."""
    parent = branch.parent
    letter = letters.Wording(
        kind="people.membership",
        subject=gettext_lazy("Чи це ваша філія: «%(branch)s»?"),
        words={"branch": branch.name, "organisation": parent.name},
        template="people/letters/branch",
        page="people:members",
        action=gettext_lazy("Відповісти"),
        context={"person": str(by), "person_email": by.email},
        why=gettext_lazy("Ви отримали цей лист, бо відповідаєте за цю організацію у Віче."),
    )
    for reader in queries.heads_of(parent) or queries.administrators():
        letters.to_user(reader, letter, args=[parent.pk], at=at)


def _require_code(edrpou: str, parent: Organisation | None) -> None:
    fault = code_fault(edrpou) if edrpou else ""
    if fault:
        raise Refused(fault, field="edrpou")
    if not edrpou and parent is None:
        raise Refused(_("Назвіть головну організацію: без власного коду вона відповідає за вас."), field="parent")


def _refuse_namesake(name: str, parent: Organisation) -> None:
    """See that the parent has no branch of that name; the parent is locked, so that none comes meanwhile."""
    Organisation.objects.select_for_update(no_key=True).get(pk=parent.pk)
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
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    before = _values(organisation)
    organisation.name, organisation.name_en, organisation.website = name, name_en, website
    organisation.hromada = hromada
    organisation.save()
    after = _values(organisation)
    naming.tell(organisation, before=before, at=at)
    journal.record(verb="people.organisation_changed", subject=organisation, by=by, at=at, before=before, after=after)
    return organisation


@transaction.atomic
def correct_organisation(
    organisation: Organisation,
    *,
    name: str,
    name_en: str,
    kind: str,
    edrpou: str,
    parent: Organisation | None,
    by: User,
    at: datetime,
) -> Organisation:
    """Correct with what an organisation was registered; a parent that an administrator names is confirmed by that."""
    if not access.may_correct(by, organisation):
        raise NotAllowed
    _require_code(edrpou, parent)
    if parent == organisation:
        raise Refused(_("Організація не може бути філією самої себе."), field="parent")
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    before = _values(organisation)
    if organisation.parent_id != (parent and parent.pk):
        _refuse_circle(organisation, parent)
        organisation.parent, organisation.parent_confirmed_at = parent, at if parent else None
    organisation.name, organisation.name_en, organisation.kind, organisation.edrpou = name, name_en, kind, edrpou
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        other = Organisation.objects.get(edrpou=edrpou)
        raise Refused(_("Цей код уже має «%(name)s».") % {"name": other.name}, field="edrpou", status=409) from None
    after = _values(organisation)
    naming.tell(organisation, before=before, at=at)
    journal.record(verb="people.organisation_corrected", subject=organisation, by=by, at=at, before=before, after=after)
    return organisation


def _refuse_circle(organisation: Organisation, parent: Organisation | None) -> None:
    """See that nothing above the parent belongs to the organisation; one parent is changed after the other."""
    accounts.lock_administrators()
    above, seen = parent and parent.pk, set()
    while above is not None and above not in seen:
        if above == organisation.pk:
            sentence = _("Вийшло б коло: «%(parent)s» сама належить до «%(name)s».")
            names = {"parent": parent.name, "name": organisation.name}
            raise Refused(sentence % names, field="parent", status=409)
        seen.add(above)
        above = Organisation.objects.values_list("parent", flat=True).get(pk=above)


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
