"""The outbox: who reads it, how it is searched, one letter, sending it again."""

import inspect

import pytest
from django.urls import reverse

from tests.factories import mail, people, programmes, reviews
from tests.site.pages import queries_of, text_of
from viche.mail.choices import State
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed
from viche.programmes.operations import roles
from viche.reviews import tasks as review_tasks
from viche.reviews.models import Conflict
from viche.reviews.operations import assigning
from viche.site import operations
from viche.site.views import office

pytestmark = pytest.mark.django_db
ALL = "site:letters"
TESTED = ("site:letters", "site:office_letters")


@pytest.fixture
def programme():
    return programmes.programme(code="OPORA")


@pytest.fixture
def letter(programme):
    return mail.letter(programme_code=programme.code)


def bounced(letter):
    Letter.objects.filter(pk=letter.pk).update(state=State.BOUNCED, fault="Такої скриньки немає.")
    return Letter.objects.get(pk=letter.pk)


def addresses(letter):
    return {
        "all": reverse(ALL),
        "all file": reverse("site:letters_file", args=["json"]),
        "of programme": reverse("site:office_letters", args=["OPORA"]),
        "of programme file": reverse("site:office_letters_file", args=["OPORA", "csv"]),
        "one": reverse("site:letter", args=[letter.key]),
        "html": reverse("site:letter_html", args=[letter.key]),
    }


def seen(client, user, letter):
    client.force_login(user)
    return {name for name, address in addresses(letter).items() if client.get(address).status_code == 200}


EVERYTHING = {"all", "all file", "of programme", "of programme file", "one", "html"}
OF_PROGRAMME = EVERYTHING - {"all", "all file"}


def test_who_reads_letters(client, programme, letter):
    assert {client.get(address).status_code for address in addresses(letter).values()} == {302}
    assert seen(client, people.administrator(), letter) == EVERYTHING
    assert seen(client, programmes.officer(programme), letter) == OF_PROGRAMME
    for user in (programmes.observer(programme), programmes.officer(), programmes.reviewer(programme), people.head()):
        assert seen(client, user, letter) == set()


def test_in_the_demonstration_every_office_reads_all_letters(client, programme, letter, settings):
    settings.DEMO = True
    for user in (programmes.observer(programme), programmes.panellist(programme)):
        assert seen(client, user, letter) == EVERYTHING
    assert seen(client, programmes.officer(), letter) == EVERYTHING - {"of programme", "of programme file"}
    for user in (programmes.reviewer(programme), people.head()):
        assert seen(client, user, letter) == set()


def test_whoever_is_tied_with_an_application_sees_no_letter_about_it(client):
    made = reviews.decided(applications=2)
    programme, (secret, other) = made.programme, made.applications
    for one in made.applications:
        review_tasks.outcome(one.decision.pk)
    assigning.recuse(secret, note="Таємна примітка.", by=made.members[0], at=reviews.LATER)
    review_tasks.conflict_declared(Conflict.objects.get().pk)
    hidden = Letter.objects.filter(about_kind="calls.application", about_id=str(secret.pk))
    assert set(hidden.values_list("kind", flat=True)) == {"calls.outcome", "reviews.conflict"}
    shown = Letter.objects.get(about_kind="calls.application", about_id=str(other.pk))
    digest = mail.letter(programme_code=programme.code, kind="mail.digest")
    hidden.filter(kind="reviews.conflict").update(carried_by=digest, state=State.BOUNCED)
    list_of = reverse("site:office_letters", args=[programme.code])
    tied = programmes.officer(programme)
    reviews.tie(tied, secret)
    for officer, status in ((made.officer, 200), (tied, 404)):
        client.force_login(officer)
        for letter in (*hidden, digest):
            for name in ("site:letter", "site:letter_html"):
                assert client.get(reverse(name, args=[letter.key])).status_code == status
        assert client.get(reverse("site:letter", args=[shown.key])).status_code == 200
        for address in (list_of, reverse("site:office_letters_file", args=[programme.code, "csv"])):
            page = client.get(address).content.decode()
            assert shown.subject in page
            assert (f"Заявку {secret.code} підтримано" in page) == (status == 200)
    with pytest.raises(NotAllowed):
        operations.resend(hidden.get(kind="reviews.conflict"), by=tied, at=reviews.LATER, to="other@example.org")


def test_a_letter_of_no_programme_is_the_administrators(client):
    assert seen(client, programmes.officer(programmes.programme(code="OPORA")), mail.letter()) == {
        "of programme",
        "of programme file",
    }


def test_the_list_is_searched_and_filtered(client, programme):
    client.force_login(people.administrator())
    first = mail.letter(programme_code=programme.code)
    other = mail.letter(to="ivan@example.org", subject="Рішення комісії", kind="tried.decision")
    lost = bounced(mail.letter(to="lost@example.org"))

    def listed(**asked):
        return {letter for letter, _rhomb in client.get(reverse(ALL), asked).context["rows"]}

    assert listed() == {first, other, lost}
    assert listed(q="РІШЕННЯ ivan") == {other}
    assert listed(kind="tried.decision") == {other}
    assert listed(state="bounced") == listed(state="lost") == {lost}
    assert listed(state="nonsense") == {first, other, lost}
    rows = client.get(reverse("site:office_letters", args=[programme.code])).context["rows"]
    assert [letter for letter, _rhomb in rows] == [first]
    assert "Таких листів немає" in text_of(client.get(reverse(ALL), {"q": "нічого такого"}))


def test_the_list_leaves_as_files(client, letter):
    client.force_login(people.administrator())
    (row,) = client.get(reverse("site:letters_file", args=["json"])).json()
    assert (row["to"], row["kind"], row["programme"]) == ("olena@example.org", "tried.reminder", "OPORA")
    assert "Кому".encode() in client.get(reverse("site:letters_file", args=["csv"])).content
    assert client.get(reverse("site:letters_file", args=["exe"])).status_code == 404


def test_one_letter_is_shown_in_words_and_as_in_a_mailbox(client, letter):
    client.force_login(people.administrator())
    answer = client.get(reverse("site:letter", args=[letter.key]))
    assert "Прийом заявок закінчується." in text_of(answer)
    assert "style=" not in answer.content.decode()
    html = client.get(reverse("site:letter_html", args=[letter.key]))
    assert "Прийом заявок закінчується." in html.content.decode()
    policy = html.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_a_letter_that_lets_in_is_never_shown(client):
    client.force_login(people.administrator())
    secret = mail.letter(kind="tried.sign_in", news="Таємне посилання.")
    assert "Таємне" not in text_of(client.get(reverse("site:letter", args=[secret.key])))
    assert "Таємне" not in client.get(reverse("site:letter_html", args=[secret.key])).content.decode()
    Letter.objects.update(text="", html="", kind="tried.reminder")
    assert "вже немає" in text_of(client.get(reverse("site:letter", args=[secret.key])))


def test_a_letter_that_did_not_arrive_is_sent_again_to_a_corrected_address(client, programme, letter):
    bounced(letter)
    client.force_login(programmes.officer(programme))
    address = reverse("site:letter", args=[letter.key])
    assert "Такої скриньки немає." in text_of(client.get(address))
    wrong = client.post(address, {"to": "не пошта"})
    assert (wrong.status_code, "Це не схоже на пошту" in text_of(wrong)) == (422, True)
    assert client.post(address, {"to": "nova@example.org"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.to, letter.state, letter.fault) == ("nova@example.org", State.WAITING, "")
    assert "Надіслати ще раз" not in text_of(client.get(address))
    assert client.post(address, {"to": "tretia@example.org"}).status_code == 200
    letter.refresh_from_db()
    assert letter.to == "nova@example.org"


def test_an_invitation_is_sent_again_to_nobody_else(client, programme):
    officer = programmes.officer(programme)
    roles.invite(programme, email="director@example.org", name="", kind="observer", by=officer, at=mail.MOMENT)
    letter = bounced(Letter.objects.get(to="director@example.org"))
    client.force_login(officer)
    address = reverse("site:letter", args=[letter.key])
    page = client.get(address)
    assert "на ту саму адресу: director@example.org" in text_of(page)
    assert 'name="to"' not in page.content.decode()
    assert client.post(address, {"to": "attacker@example.org"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.to, letter.state) == ("director@example.org", State.WAITING)


def test_a_letter_that_went_meanwhile_is_not_sent_twice(rf, letter):
    stale = bounced(letter)
    Letter.objects.update(state=State.SENT, sent_at=mail.MOMENT)
    request = rf.post(reverse("site:letter", args=[letter.key]), {"to": "nova@example.org"})
    request.user = people.administrator()
    answer = inspect.unwrap(office.letter)(request, stale)
    assert answer.status_code == 422
    assert "який не дійшов" in text_of(answer)
    letter.refresh_from_db()
    assert letter.to == "olena@example.org"


def test_in_the_demonstration_observers_read_but_do_not_send(client, programme, letter, settings):
    settings.DEMO = True
    bounced(letter)
    observer = programmes.observer(programme)
    client.force_login(observer)
    assert "Надіслати ще раз" not in text_of(client.get(reverse("site:letter", args=[letter.key])))
    for user in (observer, people.user()):
        with pytest.raises(NotAllowed):
            operations.resend(letter, by=user, at=mail.MOMENT)
    with pytest.raises(NotAllowed):
        operations.resend(mail.letter(), by=programmes.officer(programme), at=mail.MOMENT)


def test_a_letter_in_a_digest_names_the_digest(client):
    client.force_login(people.administrator())
    held = mail.letter(kind="tried.news")
    digest = mail.letter(kind="mail.digest", subject="Огляд дня: 1 лист", template="tried/note")
    Letter.objects.filter(pk=held.pk).update(carried_by=digest)
    assert "Огляд дня: 1 лист" in text_of(client.get(reverse("site:letter", args=[held.key])))


@pytest.mark.parametrize("name", TESTED)
def test_queries_do_not_grow(client, programme, name):
    client.force_login(people.administrator())
    address = reverse(name, args=[programme.code] if name == "site:office_letters" else [])
    mail.letter(programme_code=programme.code)
    one = queries_of(client, address)
    for _ in range(2):
        mail.letter(programme_code=programme.code)
    assert queries_of(client, address) == one <= 8
