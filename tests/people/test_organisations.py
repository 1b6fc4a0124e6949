"""Registering an organisation: the code, the parent, the one that is here already."""

import pytest

from tests.factories import people, places
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.people import operations, queries
from viche.people.choices import MembershipRole, OrganisationKind
from viche.people.models import Membership, Organisation

pytestmark = pytest.mark.django_db
AT = people.MOMENT


def register(by=None, **changes):
    values = {"name": "ГО «Спільний двір»", "kind": OrganisationKind.NGO, "at": AT, **changes}
    values.setdefault("hromada", None)
    values["hromada"] = values["hromada"] or places.hromada()
    return operations.register(by=by or people.user(), **values)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("14360570", ""),
        ("1436057", "Бракує однієї цифри: код має вісім. Якщо він починається з нуля, нуль теж треба писати."),
        ("14360", "Бракує 3 цифр: код має вісім. Якщо він починається з нуля, нуль теж треба писати."),
        ("143605700", "Одна цифра зайва: код має вісім."),
        ("14360570012", "Зайвих цифр 3: код має вісім."),
        ("1436057001", "Десять цифр – це номер людини. Потрібен код організації: у ньому вісім."),
        ("1436O570", "У коді ЄДРПОУ самі цифри, а тут є «O»."),
        ("14360571", "Цифри коду не сходяться. Перевірте, чи немає описки."),
        ("00000000", "Код із самих нулів нікому не належить."),
    ],
)
def test_each_fault_of_a_code_has_its_sentence(typed, sentence):
    assert operations.code_fault(typed) == sentence


def test_whoever_registers_becomes_the_head():
    person, code = people.user(), people.edrpou()
    made = register(by=person, edrpou=code, website="https://dvir.example")
    assert (made.edrpou, made.org_id) == (code, f"UA-EDR-{code}")
    assert Membership.objects.get(organisation=made).role == MembershipRole.HEAD
    assert list(queries.heads_of(made)) == [person]
    entry = Entry.objects.get(verb="people.organisation_registered")
    assert (entry.actor_id, entry.values.after["edrpou"]) == (person.pk, code)


def test_a_group_without_a_code_names_its_parent():
    parent = people.organisation()
    made = register(parent=parent, kind=OrganisationKind.REFORM_GROUP)
    assert (made.edrpou, made.parent, made.org_id) == ("", parent, "")


def test_a_branch_is_one_when_its_parent_says_so():
    parent, boss = people.organisation(name="Калинопільська міська рада"), people.administrator()
    head, stranger = people.head(parent), people.user(name="Хтось")
    made = register(by=stranger, parent=parent, name="Наша філія")
    assert (made.awaits_parent, list(queries.branches_of(parent))) == (True, [])
    assert list(queries.branches_waiting_at(parent)) == list(queries.branches_waiting_for(head)) == [made]
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (head.email, "Чи це ваша філія: «Наша філія»?")
    assert "Хтось" in letter.text
    for nobody in (stranger, people.preparer(parent), people.head()):
        with pytest.raises(NotAllowed):
            operations.confirm_branch(made, by=nobody, at=AT)
    assert operations.confirm_branch(made, by=head, at=AT).awaits_parent is False
    operations.confirm_branch(queries.branch(parent.pk, made.pk), by=boss, at=AT)
    assert list(queries.branches_of(parent)) == [made]
    assert Entry.objects.filter(verb="people.branch_confirmed").count() == 1
    with pytest.raises(NotAllowed):
        operations.confirm_branch(parent, by=boss, at=AT)


def test_whose_parent_has_no_head_is_asked_of_administrators_and_a_head_needs_not_ask():
    parent, boss = people.organisation(), people.administrator()
    register(parent=parent, name="Перша")
    assert Letter.objects.get().to == boss.email
    own = register(by=people.head(parent), parent=parent, name="Друга")
    assert list(queries.branches_of(parent)) == [own]
    assert Letter.objects.count() == 1


def correct(organisation, by=None, **changes):
    values = {"name": organisation.name, "name_en": "", "kind": organisation.kind, "edrpou": organisation.edrpou}
    values = {**values, "parent": organisation.parent, "at": AT, **changes}
    return operations.correct_organisation(organisation, by=by or people.administrator(), **values)


def test_administrators_correct_what_was_registered():
    made, code, parent = people.organisation(name="Рада"), people.edrpou(), people.organisation()
    before = made.edrpou
    correct(made, edrpou=code, kind=OrganisationKind.LIBRARY, name="Бібліотека")
    made.refresh_from_db()
    assert (made.edrpou, made.kind, made.name) == (code, OrganisationKind.LIBRARY, "Бібліотека")
    entry = Entry.objects.get(verb="people.organisation_corrected")
    assert (entry.values.before["edrpou"], entry.values.after["edrpou"]) == (before, code)
    assert correct(made, edrpou="", parent=parent).awaits_parent is False
    assert list(queries.branches_of(parent)) == [made]


def test_a_correction_may_be_wrong_too():
    made, other = people.organisation(), people.organisation(name="Рада")
    for changes, field, status in (
        ({"edrpou": other.edrpou}, "edrpou", 409),
        ({"edrpou": "1"}, "edrpou", 422),
        ({"edrpou": "", "parent": None}, "parent", 422),
        ({"parent": made}, "parent", 422),
    ):
        with pytest.raises(Refused) as refused:
            correct(made, **changes)
        assert (refused.value.field, refused.value.status) == (field, status)
    with pytest.raises(NotAllowed):
        correct(made, by=people.head(made))
    assert not Entry.objects.exists()


def test_neither_code_nor_parent_is_refused():
    with pytest.raises(Refused, match="Назвіть головну організацію") as refused:
        register()
    assert refused.value.field == "parent"


def test_a_wrong_code_is_refused_and_nothing_is_written():
    with pytest.raises(Refused, match="Бракує однієї цифри") as refused:
        register(edrpou="1436057")
    assert refused.value.field == "edrpou"
    assert not Organisation.objects.exists()


def test_a_code_that_is_here_is_never_joined_silently():
    here, person = people.organisation(name="Калинопільська міська рада"), people.user()
    with pytest.raises(operations.AlreadyHere, match="«Калинопільська міська рада» уже є у Віче") as refused:
        register(by=person, edrpou=here.edrpou)
    assert (refused.value.organisation, refused.value.status) == (here, 409)
    assert not Membership.objects.filter(user=person).exists()


def test_a_group_of_the_same_name_under_the_same_parent_is_here_already():
    group = people.organisation(name="Група «Наш парк»", parent=people.organisation(), edrpou="")
    with pytest.raises(operations.AlreadyHere):
        register(name="ГРУПА  «наш парк»", parent=group.parent)
    assert register(name="Група «Інший парк»", parent=group.parent).pk


def test_a_visitor_and_a_deactivated_person_register_nothing():
    with pytest.raises(NotAllowed):
        register(by=people.user(is_active=False), edrpou=people.edrpou())


def test_a_head_changes_name_place_and_site():
    organisation = people.organisation()
    head, place = people.head(organisation), places.hromada()
    changed = operations.change_organisation(
        organisation, name="Нова назва", name_en="New name", website="", hromada=place, by=head, at=AT
    )
    changed.refresh_from_db()
    assert (changed.name, changed.hromada) == ("Нова назва", place)
    assert list(queries.organisations("нова")) == [changed]
    entry = Entry.objects.get(verb="people.organisation_changed")
    assert (entry.values.before["name"], entry.values.after["name"]) == (organisation.name, "Нова назва")


def test_a_preparer_does_not():
    organisation = people.organisation()
    with pytest.raises(NotAllowed):
        operations.change_organisation(
            organisation,
            name="Інша",
            name_en="",
            website="",
            hromada=organisation.hromada,
            by=people.preparer(organisation),
            at=AT,
        )


def test_organisations_are_found_by_words_code_and_latin_letters():
    found = people.organisation(name="Бібліотека «Тарнавиця»")
    people.organisation(name="Інша установа")
    for typed in ("тарнавиця", "tarnavytsia", "бібліотека тарнав", found.edrpou[:6]):
        assert found in queries.organisations(typed), typed
    assert list(queries.organisations("немає такої")) == []
    assert queries.organisation_by_code("") is None
    assert queries.organisation_by_code(found.edrpou) == found
    assert queries.by_pks([found.pk, 0]) == {found.pk: found}
    assert queries.organisation(found.pk) == found


def test_an_organisation_and_its_people_are_called_by_name():
    from django.utils.translation import override

    organisation = people.organisation(name="Рада", name_en="Council")
    assert organisation.called == "Рада"
    with override("en"):
        assert organisation.called == "Council"
    assert str(people.head(organisation, name="Люда").memberships.get()) == "Люда – Рада (голова)"
    assert str(people.invitation(email="a@example.org")) == "a@example.org"


def test_the_picker_shows_an_organisation_by_its_key():
    from viche.people.fields import OrganisationField

    organisation, field = people.organisation(), OrganisationField()
    key = f"o{organisation.pk}"
    assert [field.prepare_value(value) for value in (organisation, organisation.pk, "Рада")] == [key, key, "Рада"]
    assert organisation.edrpou in field.widget.describe(key)
    assert field.widget.describe("щось") == ""
