"""After a person has been forgotten no table tells who they were, whatever they did and whoever wrote about them."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.urls import reverse

from tests.factories import people, programmes
from viche.journal import queries as journal
from viche.mail import operations as mail
from viche.mail.choices import State
from viche.mail.models import Letter
from viche.people import operations
from viche.people.models import Invitation, User
from viche.programmes import operations as work

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
