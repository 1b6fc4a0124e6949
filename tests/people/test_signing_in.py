"""Making an account, coming in, a new password, another mailbox: over HTTP, with the letters read from the outbox."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from tests.factories import calls, people, places
from viche.mail.models import Letter
from viche.people.forms import SignupForm
from viche.people.models import User

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Ганна Вигадана",
    "vocative": "Шановна Ганно",
    "email": "Hanna@Example.org",
    "password1": people.PASSWORD,
    "consent": "on",
}


def address_in(letter):
    """The path of the button in a letter."""
    line = next(line for line in letter.text.splitlines() if line.startswith("http"))
    parts = urlsplit(line)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), {**NEW, **changes})


def sign_in(client, email, password=people.PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_an_account_is_made_confirmed_and_leads_where_one_was_going(client):
    assert "Створити обліковий запис" in client.get(reverse("account_signup")).content.decode()
    answer = sign_up(client, next="/calls/FUND/")
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "Перевірте пошту" in client.get(answer["Location"]).content.decode()
    person = User.objects.get()
    assert (person.email, person.name, person.vocative) == ("hanna@example.org", "Ганна Вигадана", "Шановна Ганно")
    assert {consent.what for consent in person.consents.all()} == {"terms", "privacy"}
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.subject) == ("people.account", "hanna@example.org", "Підтвердьте свою пошту")
    assert "Шановна Ганно" in letter.text
    link = address_in(letter)
    assert link.endswith("?next=%2Fcalls%2FFUND%2F")
    page = client.get(link).content.decode()
    assert "hanna@example.org" in page
    assert not EmailAddress.objects.get().verified
    answer = client.post(link)
    assert answer["Location"] == "/calls/FUND/"
    assert EmailAddress.objects.get().verified
    assert client.get(reverse("people:profile")).status_code == 200


def test_somebody_on_the_way_to_a_call_is_told_why_and_brought_back(client):
    call = calls.announced()
    apply = reverse("calls:apply", args=[call.code])
    door = client.get(apply)["Location"]
    page = client.get(door).content.decode()
    assert "Щоб подати заявку, увійдіть" in page
    assert "Щоб подати заявку" not in client.get(reverse("account_login"), {"next": "/me/"}).content.decode()
    assert "Щоб подати заявку" not in client.get(reverse("account_login"), {"next": "/nowhere/"}).content.decode()
    signup = unescape(re.search(r'href="([^"]*signup[^"]*)"', page)[1])
    assert "Щоб подати заявку, увійдіть" in client.get(signup).content.decode()
    sign_up(client, next=apply)
    assert client.post(address_in(Letter.objects.get()))["Location"] == apply
    page = client.get(apply).content.decode()
    register = unescape(re.search(r'href="([^"]*/organisations/new/[^"]*)"', page)[1])
    assert f'href="{apply}"' in client.get(register).content.decode()
    values = {"name": "Рада", "kind": "council", "edrpou": people.edrpou(), "parent": "", "website": "", "name_en": ""}
    answer = client.post(register, {**values, "hromada": places.hromada().code})
    assert answer["Location"] == apply


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example/", "javascript:1", "account_login"])
def test_after_registering_one_goes_nowhere_else(client, then):
    client.force_login(people.user())
    page = client.get(reverse("people:register"), {"next": then}).content.decode()
    assert f'href="{reverse("people:organisations")}">Не треба' in page


def test_in_the_demonstration_the_link_of_the_letter_is_at_hand(client, settings):
    settings.DEMO = True
    page = client.get(sign_up(client)["Location"]).content.decode()
    assert "листи нікуди не йдуть" in page
    assert re.search(f'href="[^"]*{re.escape(address_in(Letter.objects.get()))}"', page)
    client.post(reverse("account_reset_password"), {"email": people.user().email})
    assert "листи нікуди" not in client.get(reverse("account_reset_password_done")).content.decode()


def test_confirming_in_another_browser_comes_back_after_signing_in(client):
    sign_up(client, next="/me/organisations/new/")
    link = address_in(Letter.objects.get())
    client.cookies.clear()
    answer = client.post(link)
    assert answer["Location"] == "/me/organisations/new/"
    answer = client.get(answer["Location"])
    assert answer["Location"].startswith(reverse("account_login"))


def test_without_confirmation_nobody_comes_in(client):
    sign_up(client)
    client.cookies.clear()
    assert sign_in(client, "hanna@example.org")["Location"] == reverse("account_email_verification_sent")
    assert client.get(reverse("people:profile")).status_code == 302


class Counted(MD5PasswordHasher):
    """Counts how often a password was hashed: what a stranger with a watch sees."""

    algorithm = "counted"
    times = 0

    def encode(self, *given):
        type(self).times += 1
        return super().encode(*given)


def test_a_known_mailbox_takes_as_long_as_a_new_one(client, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    sign_up(client)
    once, Counted.times = Counted.times, 0
    client.cookies.clear()
    sign_up(client)
    assert Counted.times == once == 1
    assert User.objects.count() == 1


def test_an_address_elsewhere_is_no_place_to_go(client):
    sign_up(client, next="https://evil.example/")
    assert "next" not in address_in(Letter.objects.get())


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "hanna"}, "Це не схоже на пошту. Приклад: olena@hromada.ua"),
        ({"email": ""}, "Напишіть свою пошту."),
        ({"name": ""}, "Заповніть це поле."),
        ({"consent": ""}, "Без цієї позначки далі не можна."),
        ({"password1": "коротко"}, "Пароль"),
        ({"password1": ""}, "Заповніть це поле."),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_the_rest_stays(client, changes, sentence):
    page = sign_up(client, **changes).content.decode()
    assert sentence in page
    assert "Шановна Ганно" in page
    assert people.PASSWORD not in page
    assert not User.objects.exists()


def test_a_mailbox_that_has_an_account_hears_of_it_by_letter_alone(client):
    person = people.user(email="hanna@example.org", name="Перша")
    answer = sign_up(client)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert User.objects.get() == person
    letter = Letter.objects.get()
    assert letter.subject == "Обліковий запис у вас уже є"
    assert reverse("account_reset_password") in letter.text


def test_the_second_click_on_the_button_makes_no_second_account(client, rf):
    form = SignupForm({**NEW, "email": "hanna@example.org"})
    assert form.is_valid()
    sign_up(client)
    assert not form.account_already_exists
    from allauth.core import context

    request = rf.post("/")
    request.session = client.session
    request.user = people.user(is_active=False)
    with context.request_context(request):
        person, _answer = form.try_save(request)
    assert person is None
    assert User.objects.filter(email="hanna@example.org").count() == 1


def test_one_comes_in_and_goes_out(client):
    person = people.user(password=people.PASSWORD)
    assert "Забули пароль?" in client.get(reverse("account_login")).content.decode()
    assert sign_in(client, person.email.upper(), next="/me/profile/")["Location"] == "/me/profile/"
    assert client.get(reverse("people:profile")).status_code == 200
    assert "Вийти?" in client.get(reverse("account_logout")).content.decode()
    assert client.post(reverse("account_logout"))["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("people:profile")).status_code == 302


def test_a_wrong_password_gets_a_sentence_and_too_many_a_pause(client):
    person = people.user(password=people.PASSWORD)
    for _ in range(5):
        page = sign_in(client, person.email, "не той пароль").content.decode()
        assert "Пошта або пароль не ті." in page
        assert person.email in page
    assert "Забагато спроб поспіль" in sign_in(client, person.email, people.PASSWORD).content.decode()


def test_a_forged_address_does_not_lift_the_pause(client):
    """Without trusted proxies X-Forwarded-For says nothing: twenty-one resets from one machine are too many."""
    for number in range(20):
        client.post(
            reverse("account_reset_password"),
            {"email": f"p{number}@example.org"},
            headers={"x-forwarded-for": f"10.0.0.{number}"},
        )
    answer = client.post(
        reverse("account_reset_password"), {"email": "p@example.org"}, headers={"x-forwarded-for": "10.9.9.9"}
    )
    assert answer.status_code == 429
    assert "Забагато спроб поспіль" in answer.content.decode()


def test_a_deactivated_person_is_told_so(client):
    person = people.user(password=people.PASSWORD, is_active=False)
    answer = sign_in(client, person.email)
    assert reverse("account_inactive") in answer["Location"]
    assert "Вхід закрито" in client.get(answer["Location"]).content.decode()


def test_a_new_password_by_letter(client):
    person = people.user(password=people.PASSWORD)
    assert client.get(reverse("account_reset_password")).status_code == 200
    answer = client.post(reverse("account_reset_password"), {"email": person.email}, follow=True)
    assert "Перевірте пошту" in answer.content.decode()
    link = address_in(Letter.objects.get())
    page = client.get(link, follow=True)
    assert "Зберегти пароль" in page.content.decode()
    form = page.redirect_chain[-1][0]
    wrong = client.post(form, {"password1": "нова-сопілка-77", "password2": "інша-сопілка-77"})
    assert "Два паролі різні" in wrong.content.decode()
    done = client.post(form, {"password1": "нова-сопілка-77", "password2": "нова-сопілка-77"}, follow=True)
    assert "Пароль змінено" in done.content.decode()
    assert Letter.objects.latest("pk").subject == "Ваш пароль змінено"
    assert sign_in(client, person.email, "нова-сопілка-77").status_code == 302
    client.post(reverse("account_logout"))
    assert "Посилання вже не діє" in client.get(link, follow=True).content.decode()


def test_a_reset_for_nobody_says_so_by_letter_alone(client):
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert Letter.objects.get().subject == "Облікового запису з цією поштою немає"


def test_the_password_is_changed_by_who_knows_it(client):
    person = people.user(password=people.PASSWORD)
    sign_in(client, person.email)
    assert client.get(reverse("account_change_password")).status_code == 200
    new = {"password1": "нова-сопілка-77", "password2": "нова-сопілка-77"}
    page = client.post(reverse("account_change_password"), {"oldpassword": "не той", **new}).content.decode()
    assert "Теперішній пароль не той." in page
    assert client.post(reverse("account_change_password"), {"oldpassword": people.PASSWORD, **new}).status_code == 302
    assert User.objects.get().check_password("нова-сопілка-77")


def test_the_mailbox_is_changed_once_the_new_one_answers(client):
    person = people.user(email="old@example.org", password=people.PASSWORD)
    sign_in(client, person.email)
    page = reverse("account_email")
    assert "old@example.org" in client.get(page).content.decode()
    client.post(page, {"email": "new@example.org", "action_add": ""})
    assert "Чекаємо на підтвердження" in client.get(page).content.decode()
    assert User.objects.get().email == "old@example.org"
    client.post(address_in(Letter.objects.get(to="new@example.org")))
    assert User.objects.get().email == "new@example.org"
    told = Letter.objects.get(to="old@example.org")
    assert told.subject == "Вашу пошту змінено"
    assert "new@example.org" in told.text


def test_a_mailbox_taken_since_is_not_taken_away(client):
    person = people.user(email="old@example.org", password=people.PASSWORD)
    sign_in(client, person.email)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    link = address_in(Letter.objects.get(to="new@example.org"))
    User.objects.create_user("new@example.org")
    client.post(link)
    assert User.objects.get(pk=person.pk).email == "old@example.org"


def test_the_change_of_a_mailbox_is_called_off(client):
    person = people.user(email="old@example.org", password=people.PASSWORD)
    sign_in(client, person.email)
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    client.post(reverse("account_email"), {"email": "new@example.org", "action_remove": ""})
    assert [one.email for one in EmailAddress.objects.all()] == ["old@example.org"]
    assert Letter.objects.latest("pk").subject == "Зміну пошти скасовано"


def test_an_old_link_says_so(client):
    assert "Посилання вже не діє" in client.get(reverse("account_confirm_email", args=["nonsense"])).content.decode()


def test_whoever_holds_an_invitation_signs_up_without_a_second_letter(client):
    organisation = people.organisation()
    people.invitation("letter", organisation=organisation, email="hanna@example.org", expires_at=people.LATER)
    page = reverse("people:invitation", args=["letter"])
    client.get(page)
    answer = sign_up(client, next=page)
    assert answer["Location"] == page
    assert not Letter.objects.exists()
    assert client.post(page)["Location"] == reverse("people:members", args=[organisation.pk])


def test_letters_speak_english_to_who_came_by_the_english_page(client):
    client.post("/en/account/signup/", {**NEW})
    assert User.objects.get().language == "en"
    assert Letter.objects.get().language == "en"


@pytest.mark.parametrize("name", ["account_reauthenticate", "account_set_password", "account_change_password"])
def test_pages_behind_the_door_are_drawn_in_our_frame(client, name):
    client.force_login(people.user(password=None if name == "account_set_password" else people.PASSWORD))
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert 'class="skip"' in answer.content.decode()


def test_whoever_has_no_password_yet_is_sent_to_set_one(client):
    client.force_login(people.user())
    answer = client.get(reverse("account_reauthenticate"), {"next": "/me/profile/"})
    assert answer["Location"] == f"{reverse('account_set_password')}?next=%2Fme%2Fprofile%2F"
    assert client.get(answer["Location"]).status_code == 200


def test_links_in_letters_lead_to_us_whatever_host_was_asked(client, settings):
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = ["*"], "https://viche.example"
    evil = {"HTTP_HOST": "evil.example"}
    person = people.user(password=people.PASSWORD)
    client.post(reverse("account_signup"), {**NEW, "next": "https://evil.example/me/"}, **evil)
    client.post(reverse("account_signup"), {**NEW, "email": person.email}, **evil)
    for email in (person.email, "nobody@example.org"):
        client.post(reverse("account_reset_password"), {"email": email}, **evil)
    letters = Letter.objects.order_by("pk")
    assert [letter.subject for letter in letters] == [
        "Підтвердьте свою пошту",
        "Обліковий запис у вас уже є",
        "Новий пароль",
        "Облікового запису з цією поштою немає",
    ]
    for letter in letters:
        assert "evil.example" not in letter.text + letter.html
        assert re.search(r"^https://viche\.example/account/\S+$", letter.text, re.MULTILINE)
    assert "next" not in address_in(letters[0])


def test_answers_at_the_door_say_by_their_code_how_it_went(client):
    person = people.user(password=people.PASSWORD)
    for _ in range(5):
        assert sign_in(client, person.email, "не той пароль").status_code == 422
    answer = sign_in(client, person.email, people.PASSWORD)
    assert (answer.status_code, person.email in answer.content.decode()) == (429, True)
    assert sign_up(client, email="hanna").status_code == 422
    assert client.post(reverse("account_reset_password"), {"email": "hanna"}).status_code == 422
    assert client.get(reverse("account_login")).status_code == 200


@pytest.mark.parametrize("weak", ["коротко", "password123"])
def test_a_weak_new_password_by_letter_is_refused_by_code(client, weak):
    person = people.user(password=people.PASSWORD)
    client.post(reverse("account_reset_password"), {"email": person.email})
    form = client.get(address_in(Letter.objects.get()), follow=True).redirect_chain[-1][0]
    answer = client.post(form, {"password1": weak, "password2": weak})
    assert answer.status_code == 422
    assert "Зберегти пароль" in answer.content.decode()
    assert User.objects.get().check_password(people.PASSWORD)


def test_pages_of_the_account_refuse_by_code_too(client):
    person = people.user(password=people.PASSWORD)
    sign_in(client, person.email)
    wrong = {"oldpassword": "не той", "password1": "нова-сопілка-77", "password2": "нова-сопілка-77"}
    assert client.post(reverse("account_change_password"), wrong).status_code == 422
    assert client.post(reverse("account_email"), {"email": "ні", "action_add": ""}).status_code == 422
    assert client.post(reverse("account_reauthenticate"), {"password": "не той"}).status_code == 422
