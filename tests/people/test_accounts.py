"""Accounts: who runs the installation, who may come in, and how a person is forgotten."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session

from tests.factories import people
from viche.journal import queries as journal
from viche.journal.models import Entry
from viche.mail import operations as mail
from viche.mail import queries as letters
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.people import operations, queries, tasks
from viche.people.models import CacheRow, Consent, Invitation, User

pytestmark = pytest.mark.django_db
AT = people.MOMENT


@pytest.fixture
def administrator():
    return people.administrator()


def test_joining_records_the_consents_with_their_moment():
    person = people.user()
    operations.welcome(person, at=AT)
    assert {(one.what, one.given_at) for one in person.consents.all()} == {("terms", AT), ("privacy", AT)}
    assert str(Consent.objects.first()) == f"{person.pk} terms 2024-02-01"
    assert Entry.objects.get().verb == "people.joined"


def test_a_person_changes_their_own_profile_and_nobody_elses():
    person = people.user(name="Стара назва")
    operations.change_profile(person, name="Нова", vocative="Шановна Ганно", language="en", by=person, at=AT)
    person.refresh_from_db()
    assert (person.name, person.vocative, person.language) == ("Нова", "Шановна Ганно", "en")
    assert Entry.objects.get().values.before["name"] == "Стара назва"
    with pytest.raises(NotAllowed):
        operations.change_profile(person, name="", vocative="", language="uk", by=people.administrator(), at=AT)


def test_the_door_is_shut_and_opened_by_an_administrator(administrator):
    person = people.user()
    for _ in range(2):
        operations.deactivate(person, by=administrator, at=AT)
    assert not queries.person(person.pk).is_active
    for _ in range(2):
        operations.reactivate(person, by=administrator, at=AT)
    assert queries.person(person.pk).is_active
    assert [entry.verb for entry in Entry.objects.order_by("number")] == ["people.deactivated", "people.reactivated"]


def test_administrators_are_made_and_unmade_but_never_the_last(administrator):
    person = people.user()
    with pytest.raises(Refused, match="остання людина"):
        operations.unmake_administrator(administrator, by=administrator, at=AT)
    with pytest.raises(Refused, match="остання людина"):
        operations.deactivate(administrator, by=administrator, at=AT)
    with pytest.raises(Refused, match="остання людина"):
        operations.forget(administrator, by=administrator, at=AT)
    for _ in range(2):
        operations.make_administrator(person, by=administrator, at=AT)
    assert set(queries.administrators()) == {administrator, person}
    for _ in range(2):
        operations.unmake_administrator(administrator, by=person, at=AT)
    assert list(queries.administrators()) == [person]
    assert Entry.objects.count() == 2


def test_whoever_cannot_come_in_is_not_made_administrator(administrator):
    with pytest.raises(Refused, match="дозвольте цій людині входити"):
        operations.make_administrator(people.user(is_active=False), by=administrator, at=AT)


@pytest.mark.parametrize(
    "act",
    [
        operations.deactivate,
        operations.reactivate,
        operations.make_administrator,
        operations.unmake_administrator,
        operations.forget,
    ],
)
def test_others_do_nothing_about_people(act, administrator):
    with pytest.raises(NotAllowed):
        act(people.user(), by=people.user(), at=AT)


def test_a_forgotten_person_leaves_acts_without_a_name():
    organisation = people.organisation()
    person = people.preparer(organisation, name="Соломія Вигадана", email="solomiia@example.org", vocative="Соломіє")
    operations.change_profile(person, name="Соломія В.", vocative="", language="uk", by=person, at=AT)
    people.join_request(user=person, note="секретарка")
    people.invitation(email="solomiia@example.org", name="Соломія")
    mail.post(
        kind="people.membership",
        to=person.email,
        subject="Для Соломії",
        template="people/letters/answered",
        context={"organisation": "Рада"},
        at=AT,
        user_id=person.pk,
    )
    operations.forget(person, by=person, at=AT)
    operations.forget(User.objects.get(pk=person.pk), by=people.administrator(), at=AT)
    person = User.objects.get(pk=person.pk)
    assert (person.name, person.vocative, person.is_active) == ("", "", False)
    assert person.email == f"forgotten-{person.pk}@viche.invalid"
    assert str(person) == person.get_full_name() == "Людина, яка пішла"
    assert not person.has_usable_password()
    assert not person.memberships.exists()
    assert not EmailAddress.objects.filter(user=person).exists()
    letter = Letter.objects.get()
    assert (letter.to, letter.text, letter.state) == ("", "", State.OPTED_OUT)
    assert Invitation.objects.get().name == ""
    kept = "".join(entry.values.body for entry in Entry.objects.select_related("values"))
    for secret in ("Соломія", "solomiia", "секретарка"):
        assert secret not in kept
    assert Entry.objects.filter(actor_id=person.pk, verb="people.profile_changed").exists()
    assert journal.verify().fault is None
    with pytest.raises(User.DoesNotExist):
        queries.person(person.pk)


def test_a_forgotten_person_does_not_come_back(administrator):
    person = people.user()
    operations.forget(person, by=administrator, at=AT)
    with pytest.raises(Refused, match="забуто"):
        operations.reactivate(User.objects.get(pk=person.pk), by=administrator, at=AT)


def test_the_last_head_of_others_hands_over_before_being_forgotten():
    alone, organisation = people.head(), people.organisation(name="Рада")
    head = people.head(organisation)
    people.preparer(organisation)
    with pytest.raises(Refused, match="Спершу передайте роль голови в організації «Рада»"):
        operations.forget(head, by=head, at=AT)
    operations.forget(alone, by=alone, at=AT)
    people.head(organisation)
    operations.forget(head, by=head, at=AT)
    assert queries.heads_of(organisation).count() == 1


def test_letters_are_chosen_kind_by_kind_and_move_with_the_mailbox():
    person = people.user(email="old@example.org")
    operations.choose_letters(person, {"people.membership": Delivery.NEVER}, at=AT)
    User.objects.filter(pk=person.pk).update(email="new@example.org")
    operations.note_new_mailbox(person, before="old@example.org", at=AT)
    assert letters.delivery("new@example.org", "people.membership") == Delivery.NEVER
    assert letters.delivery("old@example.org", "people.membership") == Delivery.AT_ONCE
    entry = Entry.objects.get(verb="people.mailbox_changed")
    assert (entry.values.before, entry.values.after) == ({"email": "old@example.org"}, {"email": "new@example.org"})


def test_a_mailbox_may_be_anothers():
    person = people.user(email="mine@example.org")
    assert not operations.is_anothers("mine@example.org", person)
    assert operations.is_anothers("MINE@example.org", people.user())


def test_an_account_letter_speaks_the_readers_language():
    people.user(email="anna@example.org", language="en", vocative="Dear Anna")
    for to in ("anna@example.org", "nobody@example.org"):
        operations.write_account_letter(
            to, subject="Тема", template="people/letters/account/password_changed", context={}, language="uk", at=AT
        )
    known, unknown = Letter.objects.order_by("pk")
    assert (known.language, unknown.language) == ("en", "uk")
    assert "Dear Anna" in known.text
    assert unknown.user_id is None


def test_people_are_found_by_name_and_address():
    person = people.user(name="Іванна Вигадана", email="ivanna@example.org")
    boss = people.administrator(name="Керівниця", is_active=True)
    out = people.user(name="Тимчасовий", is_active=False)
    for typed in ("іванна", "Іван", "IVANNA@", "вигадана іванна"):
        assert list(queries.users(typed)) == [person], typed
    assert list(queries.users(only="administrators")) == [boss]
    assert list(queries.users(only="inactive")) == [out]
    assert queries.users().count() == 3


def test_a_user_is_made_with_a_small_address_and_perhaps_without_a_password():
    made = User.objects.create_user("Name@Example.org")
    assert (made.email, made.has_usable_password()) == ("name@example.org", False)
    assert str(made) == "name@example.org"


def test_sessions_and_counted_tries_are_thrown_away_when_they_are_over():
    Session.objects.create(session_key="over", session_data="", expire_date=AT - timedelta(seconds=1))
    Session.objects.create(session_key="held", session_data="", expire_date=AT + timedelta(days=1))
    CacheRow.objects.create(cache_key="over", value="", expires=AT - timedelta(seconds=1))
    CacheRow.objects.create(cache_key="held", value="", expires=AT + timedelta(minutes=5))
    operations.prune(at=AT)
    assert Session.objects.get().session_key == str(CacheRow.objects.get()) == "held"
    CacheRow.objects.all().update(expires=AT)
    tasks.prune()
    assert not CacheRow.objects.exists()
