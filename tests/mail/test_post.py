"""A letter is written with its cause or not at all, in two forms that say the same, in the language of its reader."""

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from tests.factories import mail as made
from viche.mail import operations, queries, rendering
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter

pytestmark = pytest.mark.django_db
MOMENT = made.MOMENT


def test_plain_text_and_html_say_the_same():
    letter = made.letter(news="Бюджет O'Brien & діти < 5 ₴")
    assert letter.text.startswith("Шановна Олено!\n\nОсь що сталося за день. Бюджет O'Brien & діти < 5 ₴\n\n")
    assert "Відкрити заявку:\nhttps://viche.example/me/applications/7/\n" in letter.text
    assert "\n\nФонд малих проєктів\n\n-- \nВи отримали цього листа, бо вказали адресу olena@example.org" in letter.text
    assert "\n\n\n" not in letter.text
    assert "Бюджет O&#x27;Brien &amp; діти &lt; 5 ₴" in letter.html
    for words in ("Шановна Олено!", "Лишилося 3 дні", "Відкрити заявку", "Фонд малих проєктів", ">Віче<"):
        assert words in letter.html
    assert letter.html.count('href="https://viche.example/me/applications/7/"') == 2
    assert 'lang="uk"' in letter.html
    assert "max-width:600px" in letter.html
    assert letter.sender == "Фонд малих проєктів"
    assert letter.brief == ""


def test_a_letter_that_says_little_is_still_whole():
    letter = made.letter(context={"news": "Новина."}, kind="tried.decision")
    assert letter.text.startswith("Добрий день!\n\n")
    assert "\n\nВіче\n\n-- \n" in letter.text
    assert "Такі листи надсилаємо завжди." in letter.text
    assert "letters/stop" not in letter.text + letter.html
    assert "Відкрити" not in letter.html
    assert letter.sender == "Віче"


def test_why_and_button_can_be_said_by_the_sender():
    letter = made.letter(
        context={"news": "x", "why": "Ви оцінюєте заявки.", "action_address": "https://other.example/a"}
    )
    assert "-- \nВи оцінюєте заявки.\n" in letter.text
    assert "Ви оцінюєте заявки." in letter.html
    assert "https://other.example/a" in letter.text


def test_the_language_is_the_readers():
    letter = made.letter(language="en", subject=gettext_lazy("Одразу"))
    assert 'lang="en"' in letter.html
    assert "https://viche.example/en/letters/stop/" in letter.text


def test_a_subject_is_one_line():
    letter = made.letter(subject="Рішення\r\nBcc: all@example.org " + "й" * 300)
    assert letter.subject.startswith("Рішення Bcc: all@example.org")
    assert len(letter.subject) == 250


def test_a_letter_remembers_what_it_is_about():
    subject = made.letter()
    letter = made.letter(about=subject, programme_code="FUND", user_id=4, reply_to="fund@example.org")
    assert (letter.about_kind, letter.about_id) == ("mail.letter", str(subject.pk))
    assert (letter.programme_code, letter.user_id, letter.reply_to) == ("FUND", 4, "fund@example.org")
    assert list(queries.about(subject)) == [letter]
    assert str(letter) == letter.kind_label == "Нагадування"
    assert Letter(kind="gone.kind").kind_label == "gone.kind"


def test_a_letter_is_rolled_back_with_its_cause():
    with transaction.atomic():
        made.letter()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()
    made.letter()
    assert DBTaskResult.objects.get().args_kwargs["args"] == ["viche.mail.tasks.send_due", []]


def test_an_address_that_is_none_is_told_of_and_harms_nobody():
    letter = made.letter(to="олена at example.org")
    assert letter.state == State.FAILED
    assert letter.fault.startswith("«олена at example.org» не схоже на адресу пошти.")
    assert not DBTaskResult.objects.exists()


def test_in_the_demonstration_a_letter_counts_as_sent_when_it_is_written(settings):
    settings.DEMO = True
    letter = made.letter(to="  Olena@Example.ORG ")
    assert (letter.to, letter.state, letter.sent_at) == ("olena@example.org", State.SENT, MOMENT)
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    ("kind", "choices", "state"),
    [
        ("tried.decision", {}, State.WAITING),
        ("tried.reminder", {}, State.WAITING),
        ("tried.reminder", {"tried.reminder": Delivery.NEVER}, State.OPTED_OUT),
        ("tried.reminder", {"tried.reminder": Delivery.DAILY}, State.HELD),
        ("tried.reminder", {"tried.reminder": Delivery.DAILY, "mail.digest": Delivery.NEVER}, State.OPTED_OUT),
        ("tried.reminder", {"mail.digest": Delivery.NEVER}, State.WAITING),
        ("tried.news", {}, State.HELD),
        ("tried.news", {"tried.news": Delivery.AT_ONCE}, State.WAITING),
        ("tried.news", {"tried.news": Delivery.AT_ONCE, "mail.digest": Delivery.NEVER}, State.WAITING),
        ("tried.news", {"tried.news": Delivery.NEVER}, State.OPTED_OUT),
        ("tried.news", {"mail.digest": Delivery.NEVER}, State.OPTED_OUT),
    ],
)
def test_what_people_chose_is_kept_to(kind, choices, state):
    for code, delivery in choices.items():
        operations.choose("Olena@example.org", kind=code, delivery=delivery, at=MOMENT)
    operations.choose("petro@example.org", kind="tried.reminder", delivery=Delivery.NEVER, at=MOMENT)
    letter = made.letter(kind=kind, to="olena@Example.org")
    assert letter.state == state
    assert bool(letter.brief) == (state == State.HELD)


def test_links_that_let_in_are_shown_to_nobody(settings):
    assert made.letter().readable
    letter = made.letter(kind="tried.sign_in")
    assert not letter.readable
    settings.DEMO = True
    assert letter.readable


def test_the_outbox_is_filtered_and_searched(django_assert_num_queries):
    first = made.letter(programme_code="FUND", subject="Комп’ютери для бібліотеки")
    second = made.letter(programme_code="FUND", to="petro@example.org", kind="tried.decision")
    third = made.letter(programme_code="HUBS", to="not an address")
    with django_assert_num_queries(1):
        assert list(queries.letters()) == [third, second, first]
    assert list(queries.letters("FUND")) == [second, first]
    assert list(queries.letters("")) == []
    assert list(queries.letters(q="КОМП'ЮТЕРИ olena")) == [first]
    assert list(queries.letters(q="комп petro")) == []
    assert list(queries.letters(kind="tried.decision")) == [second]
    assert list(queries.letters(state=State.FAILED)) == [third]
    assert list(queries.undelivered()) == [third]
    assert list(queries.undelivered("FUND")) == []
    assert queries.letter(str(first.key)) == first


def test_the_page_of_choices_tells_how_each_kind_goes():
    operations.choose("olena@example.org", kind="tried.reminder", delivery=Delivery.NEVER, at=MOMENT)
    told = {kind.code: way for kind, way in queries.preferences("Olena@example.org")}
    assert told["tried.reminder"] == Delivery.NEVER
    assert told["tried.news"] == Delivery.DAILY
    assert "tried.decision" not in told


def test_paths_and_whole_addresses(settings):
    settings.SITE_ADDRESS = "https://viche.example/"
    assert rendering.absolute("/me/") == "https://viche.example/me/"
    assert rendering.absolute("https://x.example/y") == "https://x.example/y"


def test_an_english_reader_gets_english_words():
    letter = made.letter(language="en", context={"news": "x", "action_address": "/me/"})
    assert letter.text.startswith("Hello!\n\nHere is what happened during the day. x")
    assert "You received this letter because you gave the address olena@example.org" in letter.text
    assert ">Open</a>" in letter.html


def test_a_forgotten_person_leaves_no_word_in_the_outbox():
    waiting = made.letter(to="Olena@example.org")
    moved = made.letter(to="olena.old@example.org", user_id=4)
    bounced = made.letter()
    Letter.objects.filter(pk=bounced.pk).update(
        state=State.BOUNCED, fault="Адреса olena@example.org не приймає листів."
    )
    other = made.letter(to="petro@example.org", user_id=5)
    operations.choose("olena@example.org", kind="tried.news", delivery=Delivery.NEVER, at=MOMENT)
    assert operations.forget("Olena@example.org", user_id=4) == 3
    for letter in (waiting, moved, bounced):
        kept = Letter.objects.filter(pk=letter.pk).values().get()
        assert "olena" not in str(kept)
        assert "Лишилося" not in str(kept)
    waiting.refresh_from_db()
    assert waiting.state == State.OPTED_OUT
    assert queries.delivery("olena@example.org", "tried.news") == Delivery.DAILY
    assert queries.letter(other.key).to == "petro@example.org"
    assert operations.forget("nobody@example.org") == 0


def test_choices_go_along_when_an_address_changes():
    operations.choose("old@example.org", kind="tried.news", delivery=Delivery.NEVER, at=MOMENT)
    operations.choose("new@example.org", kind="tried.news", delivery=Delivery.AT_ONCE, at=MOMENT)
    operations.choose("new@example.org", kind="tried.reminder", delivery=Delivery.DAILY, at=MOMENT)
    operations.move_choices("Old@example.org", "new@example.org")
    told = {code: queries.delivery("new@example.org", code) for code in ("tried.news", "tried.reminder")}
    assert told == {"tried.news": Delivery.NEVER, "tried.reminder": Delivery.DAILY}
    assert queries.delivery("old@example.org", "tried.news") == Delivery.DAILY
