"""Registering an organisation: the code, the parent, the one that is here already."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import people, places
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.people import operations, queries
from viche.people.choices import MembershipRole, OrganisationKind
from viche.people.fields import OrganisationField
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
    organisation, field = people.organisation(), OrganisationField()
    key = f"o{organisation.pk}"
    assert [field.prepare_value(value) for value in (organisation, organisation.pk, "Рада")] == [key, key, "Рада"]
    assert organisation.edrpou in field.widget.describe(key)
    assert field.widget.describe("щось") == ""


def test_nobody_registers_without_end(settings):
    settings.REGISTRATIONS_A_DAY = 3
    person, parent = people.user(), people.organisation()
    people.head(parent)
    for number in range(3):
        register(by=person, parent=parent, name=f"Філія {number}")
    with pytest.raises(Refused, match="За добу можна зареєструвати до 3 організацій") as refused:
        register(by=person, parent=parent, name="Філія 4")
    assert (refused.value.status, Organisation.objects.count(), Letter.objects.count()) == (429, 4, 3)
    assert register(by=people.user(), parent=parent, name="Філія 5").pk
    assert register(by=person, parent=parent, name="Філія 6", at=AT + timedelta(days=1)).pk


def test_one_that_waits_for_its_parent_is_found_by_its_own_and_by_administrators_alone():
    parent = people.organisation(name="Міська рада")
    head, own = people.head(parent), people.user()
    waiting = register(by=own, parent=parent, name="Рада дворів")
    for nobody in (None, AnonymousUser(), head, people.user(), people.user(is_active=False, is_administrator=True)):
        assert list(queries.organisations("рада", seen_by=nobody)) == [parent], nobody
    for somebody in (own, people.preparer(waiting), people.administrator()):
        assert list(queries.organisations("рада", seen_by=somebody)) == [parent, waiting]
    operations.confirm_branch(waiting, by=head, at=AT)
    assert list(queries.organisations("рада")) == [parent, waiting]


def test_the_public_finder_shows_no_branch_that_waits(client):
    parent, own = people.organisation(name="Міська рада"), people.user()
    waiting = register(by=own, parent=parent, name="Рада дворів")
    find = reverse("people:find")

    def names():
        return [offer["name"] for offer in client.get(find, {"q": "рада"}).json()]

    assert names() == ["Міська рада"]
    client.force_login(own)
    assert names() == ["Міська рада", "Рада дворів"]
    assert "private" in client.get(find, {"q": "рада"})["Cache-Control"]
    field = OrganisationField()
    assert field.clean("рада") == parent
    assert field.clean(f"o{waiting.pk}") == waiting
    with pytest.raises(ValidationError, match="у Віче немає"):
        field.clean("Рада дворів")
    assert OrganisationField(all_seen=True).clean("Рада дворів") == waiting
    assert list(queries.written_for(own)) == [waiting]


@pytest.mark.parametrize("length", [2, 3, 5])
def test_parents_never_stand_in_a_circle(length):
    boss, ring = people.administrator(), [people.organisation(name=f"Рада {number}") for number in range(length)]
    for one, parent in pairwise(ring):
        correct(one, by=boss, parent=parent)
    with pytest.raises(Refused, match=f"Вийшло б коло: «Рада 0» сама належить до «Рада {length - 1}»") as refused:
        correct(ring[-1], by=boss, parent=ring[0])
    assert (refused.value.field, refused.value.status) == ("parent", 409)
    ring[-1].refresh_from_db()
    assert ring[-1].parent is None
    # Where an older version let a circle come, it is still left.
    Organisation.objects.filter(pk=ring[-1].pk).update(parent=ring[0])
    outside = people.organisation()
    assert correct(outside, by=boss, parent=ring[0]).parent == ring[0]
    assert correct(Organisation.objects.get(pk=ring[-1].pk), by=boss, parent=None).parent is None
