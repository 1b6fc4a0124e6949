"""After a person has been forgotten no table tells who they were, whatever they did and whoever wrote about them."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.urls import reverse

from tests.factories import people, programmes
from viche.journal import queries as journal
from viche.mail import operations as mail
from viche.mail.choices import State
from viche.mail.models import Letter, Preference
from viche.people import operations
from viche.people.models import Invitation, User
from viche.programmes import operations as work
from viche.programmes.operations import leaving

pytestmark = pytest.mark.django_db
AT = people.MOMENT
SECRETS = ("соломія", "пам’ятна", "solomiia", "шановна соломіє", "секретарка лісова")


def told():
    """Every place of the database that tells one of the secrets: table, column, what stands there."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 — the name comes from the database itself
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if any(secret in str(value).casefold() for secret in SECRETS):
                        found.append((table, name, str(value)[:200]))
    return found


@pytest.fixture
def person(client):
    """Somebody who has been invited, signed up, asked to be let in, changed the mailbox, invited others, wrote and got letters."""
    organisation = people.organisation()
    head = people.head(organisation)
    for email in ("solomiia@example.org", "solomiia.nova@example.org"):
        operations.invite(organisation, email=email, name="Соломія Пам’ятна", role="head", by=head, at=AT)
    data = {"name": "Соломія Пам’ятна", "vocative": "Шановна Соломіє", "email": "solomiia@example.org"}
    client.post(reverse("account_signup"), {**data, "password1": people.PASSWORD, "consent": "on"})
    person = User.objects.get(email="solomiia@example.org")
    operations.ask_to_join(organisation, note="Секретарка Лісова", by=person, at=AT)
    values = {"name": person.name, "vocative": person.vocative, "language": "uk"}
    operations.change_profile(person, **values, by=person, at=AT)
    EmailAddress.objects.create(user=person, email="solomiia.nova@example.org", verified=True)
    User.objects.filter(pk=person.pk).update(email="solomiia.nova@example.org")
    operations.note_new_mailbox(person, before="solomiia@example.org", at=AT)
    led = people.organisation()
    people.member(led, user=person, role="head")
    operations.invite(led, email="petro@example.org", name="Петро", role="preparer", by=person, at=AT)
    return User.objects.get(pk=person.pk)


def test_no_table_tells_who_it_was(person):
    bounced = Letter.objects.filter(to="solomiia@example.org").first()
    Letter.objects.filter(pk=bounced.pk).update(state=State.BOUNCED, fault="solomiia@example.org не приймає листів")
    mail.resend(bounced, by=people.administrator(), to="solomiia@example.org", at=AT)
    assert {table for table, _column, _value in told()} >= {
        "people_user",
        "people_invitation",
        "people_joinrequest",
        "account_emailaddress",
        "mail_letter",
        "journal_values",
    }
    operations.forget(person, by=person, at=AT)
    assert told() == []
    assert Invitation.objects.filter(email="petro@example.org").exists()
    assert journal.verify().fault is None


def test_letters_of_others_are_kept_but_call_the_person_otherwise(person):
    letter = Letter.objects.get(to="petro@example.org")
    assert "Соломія Пам’ятна" in letter.text
    operations.forget(person, by=person, at=AT)
    letter.refresh_from_db()
    assert "Людина, яка пішла" in letter.text
    assert letter.state == State.WAITING


def test_an_address_that_is_anothers_now_is_left_to_them(person):
    other = people.user(email="solomiia@example.org", name="Інша")
    operations.write_account_letter(
        other.email, subject="Тема", template="people/letters/account/password_changed", context={}, at=AT
    )
    operations.forget(person, by=person, at=AT)
    assert Letter.objects.filter(to=other.email, user_id=other.pk).exists()


def test_the_journal_keeps_nobodys_contacts():
    programme = programmes.programme()
    officer = programmes.officer(programme)
    values = {"name": "Соломія Пам’ятна", "email": "solomiia@example.org", "phone": "+380 44 000 00 00"}
    member = work.put_team_member(programme, None, duty="Відповідає", **values, by=officer, at=AT)
    work.put_team_member(programme, member, duty="Пише", **values, by=officer, at=AT)
    work.remove_part(member, by=officer, at=AT)
    assert told() == []
    first = journal.of(programme).earliest("number").values
    assert first.after["duty"] == "Відповідає"
    assert not {"name", "email", "phone"} & first.after.keys()


def test_whoever_adds_a_strangers_mailbox_forgets_nothing_of_theirs(client):
    organisation, victim = people.organisation(), "head@viche.example"
    operations.invite(organisation, email=victim, name="Голова", role="head", by=people.head(organisation), at=AT)
    programme = programmes.programme()
    role = {"email": victim, "name": "Голова", "kind": "reviewer", "oblast": None}
    work.invite(programme, **role, by=programmes.officer(programme), at=AT)
    mail.choose(victim, kind="people.membership", delivery="never", at=AT)
    values = {"template": "people/letters/account/password_changed", "context": {}, "at": AT}
    operations.write_account_letter(victim, subject="У підвалі листа адреса", **values)
    # A mailbox of the attacker's own whose address is a part of the victim's.
    attacker = people.user(email="ead@viche.example")
    client.force_login(attacker)
    client.post(reverse("account_email"), {"email": victim, "action_add": ""})
    Letter.objects.filter(subject="Підтвердьте свою пошту").delete()
    assert EmailAddress.objects.filter(user=attacker, email=victim, verified=False).exists()
    before = list(Letter.objects.order_by("pk").values())
    operations.forget(attacker, by=attacker, at=AT)
    assert list(Letter.objects.order_by("pk").values()) == before
    assert [one.state for one in Letter.objects.all()] == [State.WAITING] * 3
    assert [(one.email, one.withdrawn_at) for one in Invitation.objects.all()] == [(victim, None)] * 2
    assert Preference.objects.get().address == victim
    assert not EmailAddress.objects.filter(user=attacker).exists()


@pytest.mark.parametrize(
    "name",
    ["на платформі", "Такі листи надсилаємо завжди.", "просить долучитися", "запрошує вас", "Чи це ваша", "Про себе"],
)
def test_a_name_that_stands_in_every_letter_rewrites_none(name):
    organisation = people.organisation()
    email = "person@example.org"
    head, person = people.head(organisation), people.user(name=name, email=email)
    operations.invite(organisation, email="petro@example.org", name="", role="preparer", by=head, at=AT)
    operations.ask_to_join(organisation, note="", by=people.user(), at=AT)
    before = list(Letter.objects.order_by("pk").values())
    led = people.organisation()
    people.member(led, user=person, role="head")
    operations.invite(led, email="ivan@example.org", name="", role="preparer", by=person, at=AT)
    operations.ask_to_join(organisation, note="на платформі", by=person, at=AT)
    told = list(Letter.objects.order_by("pk"))[len(before) :]
    operations.forget(person, by=person, at=AT)
    assert list(Letter.objects.order_by("pk").values())[: len(before)] == before
    for letter in told:
        was = letter.text
        letter.refresh_from_db()
        assert letter.state == State.WAITING
        written = was.replace(f"{name} ({email})", "Людина, яка пішла (…)").replace("Про себе: на платформі", "")
        assert letter.text == written.replace(f"{name} запрошує вас до", "Людина, яка пішла запрошує вас до")
        assert name not in letter.text or "Людина, яка пішла" in letter.text


def test_a_namesakes_letters_keep_the_name(person):
    namesake, organisation = people.user(name=person.name), people.organisation()
    people.member(organisation, user=namesake, role="head")
    operations.invite(organisation, email="ivan@example.org", name="", role="preparer", by=namesake, at=AT)
    operations.forget(person, by=person, at=AT)
    assert f"{person.name} запрошує вас" in Letter.objects.get(to="ivan@example.org").text


def test_an_earlier_name_is_forgotten_as_well(person):
    values = {"name": "Інша Людина", "vocative": "", "language": "uk"}
    operations.change_profile(person, **values, by=person, at=AT)
    operations.forget(User.objects.get(pk=person.pk), by=person, at=AT)
    assert told() == []


def test_an_invitation_into_a_programme_calls_the_inviter_otherwise():
    programme = programmes.programme()
    officer, _other = programmes.officer(programme, name="Соломія Пам’ятна"), programmes.officer(programme)
    role = {"email": "ivan@example.org", "name": "", "kind": "reviewer", "oblast": None}
    work.invite(programme, **role, by=officer, at=AT)
    leaving.forget(officer, by=officer, at=AT)
    letter = Letter.objects.get(to="ivan@example.org")
    assert "Людина, яка пішла запрошує вас до програми" in letter.text
    assert told() == []


def test_letters_in_english_are_treated_the_same():
    organisation = people.organisation()
    people.head(organisation, language="en")
    person = people.user(name="Соломія Пам’ятна", email="solomiia@example.org")
    operations.ask_to_join(organisation, note="Секретарка Лісова", by=person, at=AT)
    values = {"name": "Філія", "kind": "library", "hromada": organisation.hromada, "parent": organisation}
    operations.register(**values, by=person, at=AT)
    operations.forget(person, by=person, at=AT)
    assert told() == []
    assert Letter.objects.filter(state=State.WAITING, text__contains="(…)").count() == 2
