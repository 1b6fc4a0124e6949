"""A person is taken out of the outbox by whole addresses: letters of others stay whole, and go."""

import pytest

from tests.factories import mail as made
from viche.mail import operations
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter, Preference

pytestmark = pytest.mark.django_db
MOMENT = made.MOMENT
OLENA, PETRO = "olena@example.org", "petro@example.org"


def again(letter):
    letter.refresh_from_db()
    return letter


def test_letters_to_the_person_are_emptied_and_not_sent():
    first, second = made.letter(to=OLENA), made.letter(to="old@example.org", user_id=7)
    operations.choose(OLENA, kind="tried.reminder", delivery=Delivery.DAILY, at=MOMENT)
    assert operations.forget("Olena@example.org", user_id=7) == 2
    for letter in (first, second):
        assert (again(letter).to, letter.text, letter.html, letter.subject, letter.words) == ("", "", "", "", "")
        assert letter.state == State.OPTED_OUT
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "lena@example.org",
        "petro.olena@example.org",
        "o'lena@example.org",
        "x+olena@example.org",
        "olena@example.org.ua",
        "olena@example.organisation",
        "olena@example.org-ua.example",
        "ёolena@example.org",
    ],
)
def test_a_part_of_an_address_says_nothing(address):
    letter = made.letter(to=PETRO, subject=f"Від {address}", news=f"Пише {address} і <{address}>.")
    before = (letter.subject, letter.text, letter.html, letter.words)
    known = "lena@example.org" if "'" in address else OLENA
    assert operations.forget("ena@example.org", "example.org", *([] if address == known else [known])) == 0
    assert (again(letter).subject, letter.text, letter.html, letter.words) == before
    assert letter.state == State.WAITING


@pytest.mark.parametrize(
    "news", ["Пише olena@example.org.", "<OLENA@example.org>", "«olena@example.org»,", "a:olena@example.org;"]
)
def test_a_letter_to_somebody_else_loses_the_address_and_nothing_more(server, news):
    letter = made.letter(to=PETRO, subject="Пише olena@example.org", news=news, reply_to=OLENA)
    Letter.objects.filter(pk=letter.pk).update(fault="Адреса olena@example.org не приймає листів.", brief=news)
    operations.forget(OLENA)
    assert again(letter).state == State.WAITING
    assert (
        "olena" not in f"{letter.subject}{letter.text}{letter.html}{letter.words}{letter.fault}{letter.brief}".lower()
    )
    assert (letter.subject, letter.fault, letter.reply_to) == ("Пише …", "Адреса … не приймає листів.", "")
    assert letter.brief == news.replace("olena@example.org", "…").replace("OLENA@example.org", "…")
    assert "Ви отримали цього листа, бо вказали адресу petro@example.org на платформі" in letter.text
    assert operations.send_due(MOMENT) == 1
    assert [message["To"] for message in server.got] == [PETRO]


def test_an_address_that_html_writes_otherwise_is_found_there_too():
    letter = made.letter(to=PETRO, news="Пише o'neil&co@example.org нам")
    operations.forget("o'neil&co@example.org")
    assert "Пише … нам" in again(letter).text
    assert "Пише … нам" in letter.html


def test_sayings_are_replaced_whole_and_only_where_the_person_is_known_to_be_told_of():
    subject = made.letter(to="sofia@example.org")
    known = made.letter(to=PETRO, news="Лев & Ко кличе вас. ЛЛев & Ко кличе вас. Лев кличе.", about=subject)
    telling = made.letter(to=PETRO, news="Лев  &\nКо кличе вас: olena@example.org")
    other = made.letter(to=PETRO, news="Лев & Ко кличе вас.")
    operations.forget(OLENA, about=[subject], sayings={"Лев & Ко кличе": "Хтось <тут> кличе"})
    assert "Хтось <тут> кличе вас. ЛЛев & Ко кличе вас. Лев кличе." in again(known).text
    assert "Хтось &lt;тут&gt; кличе вас. ЛЛев &amp; Ко кличе вас." in known.html
    assert "Хтось <тут> кличе вас: …" in again(telling).text
    assert "Лев & Ко кличе вас." in again(other).text
    assert again(subject).text


def test_a_digest_is_treated_as_what_it_carries():
    made.letter(kind="tried.news", to=PETRO, news="Пише olena@example.org")
    operations.send_digest(MOMENT)
    operations.forget(OLENA)
    digest = Letter.objects.get(kind="mail.digest")
    assert (digest.state, OLENA in digest.text, OLENA in digest.html) == (State.WAITING, False, False)
    assert "Пише …" in digest.text
