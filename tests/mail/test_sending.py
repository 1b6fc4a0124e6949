"""What is due is sent once, tried again after a while, given up with a sentence, and never lost."""

import re
import smtplib
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection

from tests.factories import mail as made
from viche.journal.models import Entry
from viche.mail import operations, sending, tasks
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter
from viche.mail.operations import delivery, digests
from viche.methods.refusals import Refused

pytestmark = pytest.mark.django_db
MOMENT = made.MOMENT
OFFICER = SimpleNamespace(pk=5)


def again(letter):
    letter.refresh_from_db()
    return letter


def test_a_letter_goes_with_all_its_headers(server):
    letter = made.letter(reply_to="fund@example.org")
    assert operations.send_due(MOMENT) == 1
    (got,) = server.got
    assert got["Subject"] == "Лишилося 3 дні"
    assert got["From"] == "Фонд малих проєктів <viche@localhost>"
    assert got["To"] == "olena@example.org"
    assert got["Reply-To"] == "fund@example.org"
    assert got["Message-ID"] == f"<{letter.key}@viche.example>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Content-Language"] == "uk"
    assert re.fullmatch(r"<https://viche\.example/letters/stop/\S+/>", got["List-Unsubscribe"].strip())
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got.get_body(("plain",)).get_content().replace("\r\n", "\n").strip() == letter.text.strip()
    assert "Шановна Олено!" in got.get_body(("html",)).get_content()
    assert again(letter).state == State.SENT
    assert MOMENT <= letter.sent_at < MOMENT + timedelta(minutes=1)
    assert operations.send_due(MOMENT + timedelta(days=1)) == 0
    assert len(server.got) == 1


def test_what_always_goes_has_no_header_to_stop_it(server):
    made.letter(kind="tried.decision")
    operations.send_due(MOMENT)
    assert "List-Unsubscribe" not in server.got[0]


def test_a_batch_is_one_talk_with_the_server(server):
    for number in range(5):
        made.letter(to=f"person{number}@example.org")
    assert operations.send_due(MOMENT) == 5
    assert server.talks == 1
    assert [message["To"] for message in server.got] == [f"person{number}@example.org" for number in range(5)]


def test_nothing_goes_before_its_time(server):
    made.letter(at=MOMENT + timedelta(minutes=1))
    assert operations.send_due(MOMENT) == 0
    assert server.talks == 0


def test_a_letter_that_bounces_is_told_of_and_can_be_sent_to_the_right_address(server):
    server.replies["olenna@example.org"] = "550 5.1.1 No such user here."
    letter, other = made.letter(to="olenna@example.org"), made.letter(to="petro@example.org")
    assert operations.send_due(MOMENT) == 1
    assert again(other).state == State.SENT
    assert again(letter).state == State.BOUNCED
    assert letter.fault == (
        "Адреса olenna@example.org не приймає листів. Її поштовий сервер відповів: 550 5.1.1 No such user here. "
        "Перевірте, чи немає в адресі помилки, і надішліть ще раз."
    )
    assert operations.send_due(MOMENT + timedelta(days=2)) == 0
    with pytest.raises(Refused) as no:
        operations.resend(letter, by=OFFICER, at=MOMENT, to="olena at example")
    assert no.value.field == "to"
    operations.resend(letter, by=OFFICER, at=MOMENT + timedelta(hours=1), to="Olena@example.org")
    assert operations.send_due(MOMENT + timedelta(hours=1)) == 1
    assert again(letter).state == State.SENT
    assert (letter.to, letter.fault, letter.attempts) == ("olena@example.org", "", 1)
    assert server.got[-1]["To"] == "olena@example.org"
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor_id) == ("mail.resent", 5)
    with pytest.raises(Refused) as no:
        operations.resend(letter, by=OFFICER, at=MOMENT)
    assert no.value.status == 409


def test_what_lets_somebody_in_is_never_sent_to_another_address(server):
    server.replies["olenna@example.org"] = "550 5.1.1 No such user here."
    letter = made.letter(kind="tried.sign_in", to="olenna@example.org")
    operations.send_due(MOMENT)
    assert again(letter).state == State.BOUNCED
    with pytest.raises(Refused) as no:
        operations.resend(letter, by=OFFICER, at=MOMENT, to="attacker@example.org")
    assert (no.value.field, no.value.status) == ("to", 409)
    assert (again(letter).to, letter.state) == ("olenna@example.org", State.BOUNCED)
    server.replies.clear()
    operations.resend(letter, by=OFFICER, at=MOMENT + timedelta(hours=1), to=" Olenna@example.org ")
    assert operations.send_due(MOMENT + timedelta(hours=1)) == 1
    assert [message["To"] for message in server.got] == ["olenna@example.org"]


def test_a_server_that_asks_to_wait_is_tried_again_until_patience_ends(server):
    server.replies["olena@example.org"] = "451 greylisted"
    letter = made.letter()
    now = MOMENT
    for number, wait in enumerate([*delivery.WAITS, None], start=1):
        assert operations.send_due(now) == 0
        assert again(letter).attempts == number
        assert letter.fault == "Поштовий сервер попросив надіслати пізніше: 451 greylisted."
        if wait:
            assert letter.state == State.WAITING
            assert now + wait <= letter.next_attempt_at < now + wait + timedelta(seconds=30)
            assert operations.send_due(now + wait - timedelta(seconds=1)) == 0
            assert again(letter).attempts == number
            now = letter.next_attempt_at
    assert letter.state == State.FAILED
    operations.resend(letter, by=OFFICER, at=now)
    server.replies.clear()
    assert operations.send_due(now) == 1


def away(server):
    server.shutdown()
    server.server_close()


def test_a_server_that_is_away_costs_no_letter_an_attempt_however_long(server):
    away(server)
    letters = [made.letter(to=f"person{number}@example.org") for number in range(3)]
    for minute in range(20 * 60):
        assert operations.send_due(MOMENT + timedelta(minutes=minute)) == 0
    assert {(again(letter).state, letter.attempts) for letter in letters} == {(State.WAITING, 0)}
    told = [letter.fault for letter in letters if letter.fault]
    assert told
    assert all(
        fault.startswith("Поштовий сервер недоступний: ") and fault.endswith(". Спробуємо ще раз самі.")
        for fault in told
    )


def test_when_the_server_is_back_everything_goes(server):
    server.replies["HELLO"] = "421 closed for the night"
    letters = [made.letter(to=f"person{number}@example.org") for number in range(3)]
    assert operations.send_due(MOMENT) == 0
    server.replies.clear()
    assert operations.send_due(MOMENT + timedelta(minutes=1)) == 3
    assert {(again(letter).state, letter.attempts, letter.fault) for letter in letters} == {(State.SENT, 1, "")}


def test_a_server_that_is_away_is_asked_ever_more_seldom_and_every_ten_minutes_at_last(server):
    server.replies["HELLO"] = made.HANG_UP
    asked = []
    for minute in range(60):
        made.letter(to=f"person{minute}@example.org")
        operations.send_due(MOMENT + timedelta(minutes=minute))
        if server.talks > len(asked):
            asked.append(minute)
    assert asked == [0, 1, 3, 8, 18, 28, 38, 48, 58]
    server.replies.clear()
    assert operations.send_due(MOMENT + timedelta(minutes=67)) == 0
    assert operations.send_due(MOMENT + timedelta(minutes=68)) == 60
    server.replies["HELLO"] = made.HANG_UP
    late = made.letter(at=MOMENT + timedelta(minutes=69))
    for minute in (69, 70):
        operations.send_due(MOMENT + timedelta(minutes=minute))
    assert server.talks == len(asked) + 3
    assert again(late).state == State.WAITING


def test_a_clock_that_was_set_back_does_not_keep_letters(server):
    server.replies["HELLO"] = made.HANG_UP
    made.letter()
    assert operations.send_due(MOMENT + timedelta(days=2)) == 0
    server.replies.clear()
    assert operations.send_due(MOMENT) == 1


def test_our_own_address_refused_is_a_matter_of_the_server(server):
    server.replies["MAIL"] = "553 sender not allowed"
    first, second = made.letter(), made.letter()
    operations.send_due(MOMENT)
    assert again(first).fault == "Поштовий сервер недоступний: 553 sender not allowed. Спробуємо ще раз самі."
    assert (again(first).attempts, again(second).attempts) == (0, 0)


@pytest.mark.parametrize("ending", [made.HANG_UP, "421 going home"])
def test_a_talk_that_breaks_off_costs_the_letter_it_was_about_and_no_other(server, ending):
    """Whether it went is not known: tried without end, it might be taken every time."""
    server.replies["DATA"] = ending
    letters = [made.letter(to=f"person{number}@example.org") for number in range(3)]
    assert operations.send_due(MOMENT) == 0
    assert [again(letter).attempts for letter in letters] == [1, 0, 0]
    now = MOMENT
    while again(letters[0]).state == State.WAITING:
        now += timedelta(minutes=1)
        operations.send_due(now)
        Letter.objects.exclude(pk=letters[0].pk).update(next_attempt_at=now + timedelta(days=3))
    assert again(letters[0]).attempts == len(delivery.WAITS) + 1
    assert letters[0].state == State.FAILED
    assert "самі" not in letters[0].fault
    server.replies.clear()
    assert operations.send_due(now + timedelta(days=4)) == 2


def test_a_letter_too_large_for_the_server_does_not_hold_up_the_others(server):
    server.replies["MAIL"] = "552 message too large"
    letter = made.letter()
    operations.send_due(MOMENT)
    assert again(letter).state == State.FAILED
    assert letter.fault == "Поштовий сервер не взяв цього листа: 552 message too large."


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (smtplib.SMTPRecipientsRefused({}), State.WAITING),
        (smtplib.SMTPNotSupportedError("SMTPUTF8 is not supported"), State.FAILED),
    ],
)
def test_every_fault_of_a_letter_has_a_meaning(fault, state):
    outcome = sending._meaning(made.letter(), fault)
    assert (outcome.state, outcome.server_gone) == (state, False)
    assert outcome.fault


def test_a_letter_whose_reader_was_forgotten_meanwhile_is_not_tried_again(server):
    letter = made.letter()
    taken = delivery._claimed(letter.pk, MOMENT)
    operations.forget("olena@example.org")
    for gone in (True, False):
        delivery._settle(taken, sending.Outcome(State.WAITING, "olena@example.org", server_gone=gone), MOMENT)
        assert (again(letter).state, letter.fault) == (State.OPTED_OUT, "")


@pytest.mark.parametrize(
    ("reply", "state", "beginning"),
    [
        ("554 looks like spam", State.FAILED, "Поштовий сервер не взяв цього листа: 554 looks like spam."),
        ("452 disk is full", State.WAITING, "Поштовий сервер попросив надіслати пізніше: 452 disk is full."),
    ],
)
def test_a_server_that_does_not_take_the_words(server, reply, state, beginning):
    server.replies["DATA"] = reply
    letter = made.letter()
    operations.send_due(MOMENT)
    assert again(letter).state == state
    assert letter.fault == beginning


def test_a_letter_that_cannot_be_put_together_does_not_stop_the_others(server):
    letter, other = made.letter(), made.letter()
    Letter.objects.filter(pk=letter.pk).update(reply_to="a@example.org\nBcc: b@example.org")
    assert operations.send_due(MOMENT) == 1
    assert again(letter).state == State.FAILED
    assert letter.fault.startswith("Лист не вдалося скласти: ")
    assert again(other).state == State.SENT


def test_a_name_of_two_lines_stops_no_letter(server):
    broken = "Фонд\nмалих\r\nпроєктів"
    letter = made.letter(subject=f"Рішення: {broken}", context={"news": "Є рішення.", "signed_by": broken})
    assert (letter.subject, letter.sender) == ("Рішення: Фонд малих проєктів", "Фонд малих проєктів")
    # Kept by an earlier version as it was typed.
    Letter.objects.update(sender=broken, subject=f"Рішення: {broken}", state=State.WAITING)
    assert operations.send_due(MOMENT) == 1
    assert server.got[0]["Subject"].strip() == "Рішення: Фонд малих проєктів"
    assert server.got[0]["From"].addresses[0].display_name == "Фонд малих проєктів"


def test_a_worker_that_died_leaves_the_letter_to_another_after_a_while(server):
    letter = made.letter()
    assert delivery._claimed(letter.pk, MOMENT).attempts == 1
    assert operations.send_due(MOMENT + timedelta(minutes=14)) == 0
    assert operations.send_due(MOMENT + timedelta(minutes=16)) == 1
    stuck = made.letter()
    Letter.objects.filter(pk=stuck.pk).update(attempts=len(delivery.WAITS) + 1)
    assert operations.send_due(MOMENT) == 0
    assert again(stuck).state == State.FAILED
    assert stuck.fault.startswith("Останню спробу перервано.")


def test_who_comes_second_takes_nothing():
    letter = made.letter()
    Letter.objects.filter(pk=letter.pk).update(state=State.OPTED_OUT)
    assert delivery._claimed(letter.pk, MOMENT) is None


def test_in_the_demonstration_nothing_leaves(server, settings):
    letter = made.letter()
    settings.DEMO = True
    assert operations.send_due(MOMENT) == 1
    assert again(letter).state == State.SENT
    assert server.talks == 0
    assert letter.text


def test_links_that_let_in_are_not_kept_once_sent(server):
    letter = made.letter(kind="tried.sign_in", news="https://viche.example/secret")
    operations.send_due(MOMENT)
    assert "https://viche.example/secret" in server.got[0].get_body(("plain",)).get_content()
    assert (again(letter).text, letter.html) == ("", "")


def test_the_task_sends_by_the_clock():
    made.letter()
    tasks.send_due()
    assert [message.to for message in mail.outbox] == [["olena@example.org"]]


def test_a_host_without_a_name_still_gives_an_identity(settings):
    letter = made.letter()
    settings.SITE_ADDRESS = ""
    assert sending.message(letter).extra_headers["Message-ID"] == f"<{letter.key}@localhost>"


def test_the_digest_carries_what_waited_and_shares_its_fate(server):
    for news in ("Перша новина.", "Друга новина & третя."):
        made.letter(kind="tried.news", news=news, subject=news[:5])
    made.letter(kind="tried.news", to="petro@example.org", language="en")
    operations.choose("olena@example.org", kind="tried.reminder", delivery=Delivery.DAILY, at=MOMENT)
    reminder = made.letter()
    late = made.letter(kind="tried.news", at=MOMENT + timedelta(hours=2))
    assert operations.send_due(MOMENT) == 0
    assert operations.send_digest(MOMENT + timedelta(hours=1)) == 2
    assert operations.send_digest(MOMENT + timedelta(hours=1)) == 0
    digest = Letter.objects.get(kind="mail.digest", to="olena@example.org")
    assert digest.subject == "Огляд дня: 3 листи"
    assert "1. Перша\n\nОсь що сталося за день. Перша новина." in digest.text
    assert "Друга новина & третя." in digest.text
    assert "Друга новина &amp; третя." in digest.html
    assert "Шановна Олено!" not in digest.text
    assert 'href="https://viche.example/me/applications/7/"' in digest.html
    assert digest.text.count("Не хочете листів «Новини програм»?") == 1
    assert digest.text.count("letters/stop/") == 3
    assert again(reminder).carried_by == digest
    assert reminder.state == State.HELD
    assert operations.send_due(MOMENT + timedelta(hours=1)) == 2
    assert again(reminder).state == State.SENT
    assert reminder.sent_at == again(digest).sent_at
    assert again(late).state == State.HELD


def test_letters_of_a_digest_that_bounced_bounced(server):
    letter = made.letter(kind="tried.news")
    operations.send_digest(MOMENT)
    server.replies["olena@example.org"] = "550 no"
    operations.send_due(MOMENT)
    assert again(letter).state == State.BOUNCED
    assert "550 no" in letter.fault
    server.replies.clear()
    operations.resend(letter.carried_by, by=OFFICER, at=MOMENT)
    operations.send_due(MOMENT)
    assert again(letter).state == State.SENT


def test_a_digest_in_the_demonstration_is_sent_at_once(settings):
    settings.DEMO = True
    letter = made.letter(kind="tried.news")
    tasks.send_digest()
    assert again(letter).state == State.SENT
    assert letter.carried_by.state == State.SENT


def test_a_digest_that_another_worker_gathered_is_not_gathered_again():
    assert not digests._gather(Letter.objects.none(), "olena@example.org", "uk", MOMENT)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_one_letter_twice(server):
    for number in range(30):
        made.letter(to=f"person{number}@example.org")
    gate = threading.Barrier(4, timeout=60)

    def work():
        gate.wait()
        operations.send_due(MOMENT)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(message["To"] for message in server.got) == sorted(
        f"person{number}@example.org" for number in range(30)
    )
    assert set(Letter.objects.values_list("state", "attempts")) == {(State.SENT, 1)}
