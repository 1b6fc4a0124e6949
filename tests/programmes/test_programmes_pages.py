"""Pages of programmes: what they show, to whom, and what a POST does."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from tests.factories import people, places, programmes
from viche.programmes import queries
from viche.programmes.forms import BasicsForm, ComponentForm, PartnerForm, TeamForm
from viche.programmes.models import Participant, Programme, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return programmes.programme(code="FUND", name="Фонд малих проєктів")


@pytest.fixture
def officer(programme, client):
    """An officer who has signed in."""
    person = programmes.officer(programme)
    client.force_login(person)
    return person


def at(name, *args):
    return reverse(f"programmes:{name}", args=args)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def picture():
    out = BytesIO()
    Image.new("RGB", (600, 300), "white").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


def test_the_list_shows_public_programmes_and_ones_own(client, programme):
    hidden = programmes.programme(name="Ще таємна", is_public=False)
    page = client.get(at("list")).content.decode()
    assert programme.name in page
    assert hidden.name not in page
    client.force_login(programmes.reviewer(hidden))
    assert hidden.name in client.get(at("list")).content.decode()
    assert hidden.code not in [one["code"] for one in client.get(at("list_file", "json")).json()]
    assert client.get(at("list_file", "csv")).status_code == 200
    assert client.get(at("list_file", "exe")).status_code == 404


def test_without_programmes_the_list_says_so(client):
    assert "Програм поки немає" in client.get(at("list")).content.decode()


NEW = {
    "code": "hub",
    "name": "Хаби",
    "lead": "Бібліотеки як хаби",
    "starts_on": "01.02.2024",
    "ends_on": "01.02.2025",
}


def test_an_administrator_begins_a_programme(client):
    client.force_login(people.administrator())
    assert client.get(at("new")).status_code == 200
    assert client.post(at("new"), NEW)["Location"] == at("office", "HUB")
    again = client.post(at("new"), NEW)
    assert again.status_code == 422
    assert "Програма з таким кодом уже є." in again.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "хаб"}, "Код починається з латинської літери"),
        ({"ends_on": "01.02.2023"}, "Програма не може закінчитися раніше, ніж почалася."),
        ({"ends_on": "31.02.2025"}, "Перевірте, чи є такий день."),
        ({"lead": ""}, "Заповніть це поле."),
        ({"contact_email": "не пошта"}, "Це не схоже на пошту."),
    ],
)
def test_what_is_wrong_with_a_programme_is_told(client, changes, sentence):
    client.force_login(people.administrator())
    answer = client.post(at("new"), {**NEW, **changes})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Programme.objects.exists()


def test_only_administrators_begin_programmes(client, officer):
    assert client.get(at("new")).status_code == 404


def test_the_overview_leads_to_every_part(client, programme, officer):
    page = client.get(at("office", "FUND")).content.decode()
    for name, *args in (("basics",), ("goals",), ("parts", "components"), ("parts", "team"), ("roles",)):
        assert at(name, "FUND", *args) in page
    client.force_login(programmes.observer(programme))
    page = client.get(at("office", "FUND")).content.decode()
    assert at("roles", "FUND") not in page
    assert at("parts", "FUND", "team") in page
    client.force_login(programmes.officer())
    assert client.get(at("office", "FUND")).status_code == 404
    client.logout()
    assert client.get(at("office", "FUND"))["Location"].startswith(reverse("account_login"))


def test_basics_are_changed(client, programme, officer):
    assert programme.lead in client.get(at("basics", "FUND")).content.decode()
    values = {**NEW, "name": "Нова назва", "is_public": "on"}
    assert client.post(at("basics", "FUND"), values)["Location"] == at("office", "FUND")
    programme.refresh_from_db()
    assert (programme.name, programme.code) == ("Нова назва", "FUND")
    assert client.post(at("basics", "FUND"), {**values, "ends_on": "01.01.2000"}).status_code == 422


def rows(programme):
    """The goals' form as a browser sends it back."""
    data = {}
    for number, branch in enumerate(queries.goals(programme)):
        data |= {
            f"text-{number}": branch.goal.text,
            f"text_en-{number}": branch.goal.text_en,
            f"depth-{number}": branch.depth,
            f"pk-{number}": branch.goal.pk,
        }
    return {**data, "rows": len(queries.goals(programme))}


def outline(programme):
    return [f"{branch.number} {branch.goal.text}" for branch in queries.goals(programme)]


def press(client, programme, do):
    return client.post(at("goals", "FUND"), {**rows(programme), "do": do}, follow=True)


@pytest.mark.parametrize("form", [ComponentForm, TeamForm, PartnerForm, BasicsForm])
def test_a_name_is_one_line(form):
    filled = form({"name": "Гранти\r\nгромадам"})
    filled.is_valid()
    assert filled.cleaned_data["name"] == "Гранти громадам"


def test_goals_are_written_and_moved_by_buttons(client, programme, officer):
    assert client.get(at("goals", "FUND")).status_code == 200
    typed = {"rows": "4", "text-0": "А", "text-1": " Б  і ще ", "text-2": "", "text-3": "В", "do": "save"}
    assert said(client.post(at("goals", "FUND"), typed, follow=True)) == ["Збережено."]
    assert outline(programme) == ["1 А", "2 Б і ще", "3 В"]
    press(client, programme, "in-1")
    assert outline(programme) == ["1 А", "1.1 Б і ще", "2 В"]
    press(client, programme, "up-2")
    assert outline(programme) == ["1 В", "2 А", "2.1 Б і ще"]
    press(client, programme, "down-0")
    assert outline(programme) == ["1 А", "1.1 Б і ще", "2 В"]
    for nothing in ("up-0", "down-2", "in-0", "out-0", "up-1", "down-1", "in-1", "fly-1", "up-99", "up-x"):
        press(client, programme, nothing)
        assert outline(programme) == ["1 А", "1.1 Б і ще", "2 В"], nothing
    press(client, programme, "out-1")
    press(client, programme, "in-2")
    press(client, programme, "remove-1")
    assert outline(programme) == ["1 А", "2 В"]


def test_a_goal_is_written_in_english_too_and_keeps_it_as_it_moves(client, programme, officer):
    typed = {"rows": "2", "text-0": "А", "text_en-0": " The  first ", "text-1": "Б", "text_en-1": "y" * 401}
    answer = client.post(at("goals", "FUND"), typed)
    assert (answer.status_code, "Скоротіть на 1 зн." in answer.content.decode()) == (422, True)
    client.post(at("goals", "FUND"), typed | {"text_en-1": ""})
    press(client, programme, "down-0")
    assert [branch.goal.text_en for branch in queries.goals(programme)] == ["", "The first"]
    assert 'value="The first"' in client.get(at("goals", "FUND")).content.decode()
    orphan = client.post(at("goals", "FUND"), {**rows(programme), "rows": "3", "text_en-2": "Alone"})
    assert "Напишіть ціль або приберіть рядок." in orphan.content.decode()


def test_a_goal_emptied_or_too_long_is_told_and_the_rest_stays(client, programme, officer):
    programmes.goal(programme, text="Ціль")
    data = {**rows(programme), "text-0": "", "text-1": "я" * 410, "depth-1": "x", "pk-1": "", "rows": "2"}
    answer = client.post(at("goals", "FUND"), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Напишіть ціль або приберіть рядок." in page
    assert "Скоротіть на 10 зн." in page
    assert "я" * 410 in page
    assert outline(programme) == ["1 Ціль"]
    assert client.post(at("goals", "FUND"), {"rows": "багато"}).status_code == 302
    assert outline(programme) == ["1 Ціль"]


@pytest.mark.parametrize(
    ("kind", "values", "wrong"),
    [
        ("components", {"name": "Гранти", "about": "До 180 000 ₴"}, {"name": ""}),
        ("partners", {"name": "Фонд", "role": "donor", "website": "fond.example"}, {"role": "king"}),
        ("team", {"name": "Координаторка", "duty": "Відповідає", "email": "", "phone": ""}, {"email": "ні"}),
    ],
)
def test_parts_are_added_changed_moved_and_removed(client, programme, officer, kind, values, wrong):  # noqa: PLR0917
    assert "Тут ще порожньо" in client.get(at("parts", "FUND", kind)).content.decode()
    assert client.get(at("add", "FUND", kind)).status_code == 200
    assert client.post(at("add", "FUND", kind), {**values, **wrong}).status_code == 422
    for name in ("Перше", "Друге"):
        assert client.post(at("add", "FUND", kind), {**values, "name": name})["Location"] == at("parts", "FUND", kind)
    first, second = getattr(programme, kind).all()
    client.post(at("move", "FUND", kind, second.pk), {"up": ""})
    assert [one.name for one in getattr(programme, kind).all()] == ["Друге", "Перше"]
    client.post(at("move", "FUND", kind, second.pk), {"down": ""})
    assert "Перше" in client.get(at("change", "FUND", kind, first.pk)).content.decode()
    client.post(at("change", "FUND", kind, first.pk), {**values, "name": "Змінене"})
    page = client.get(at("parts", "FUND", kind)).content.decode()
    assert page.index("Змінене") < page.index("Друге")
    assert "Прибрати «Друге»?" in client.get(at("remove", "FUND", kind, second.pk)).content.decode()
    client.post(at("remove", "FUND", kind, second.pk))
    assert getattr(programme, kind).count() == 1
    assert client.get(at("change", "FUND", kind, second.pk)).status_code == 404
    client.force_login(programmes.observer(programme))
    assert at("add", "FUND", kind) not in client.get(at("parts", "FUND", kind)).content.decode()
    assert client.get(at("change", "FUND", kind, first.pk)).status_code == 404


def test_a_part_of_another_programme_is_not_here(client, programme, officer):
    elsewhere = programmes.component()
    assert client.get(at("change", "FUND", "components", elsewhere.pk)).status_code == 404


def test_a_logo_is_shown_to_whoever_sees_the_programme(client, programme, officer):
    values = {"name": "Фонд", "role": "donor", "website": "", "logo": picture()}
    client.post(at("add", "FUND", "partners"), values)
    partner = programme.partners.get()
    client.logout()
    answer = client.get(at("logo", partner.pk))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"].startswith("public")
    Programme.objects.update(is_public=False)
    assert client.get(at("logo", partner.pk)).status_code == 404
    client.force_login(officer)
    assert client.get(at("logo", partner.pk))["Cache-Control"].startswith("private")
    client.post(at("change", "FUND", "partners", partner.pk), {**values, "logo": "", "drop_logo": "on"})
    assert client.get(at("logo", partner.pk)).status_code == 404


def test_a_program_named_as_a_picture_is_refused_at_its_field(client, programme, officer):
    exe = SimpleUploadedFile("logo.png", b"MZ\x90\x00" + b"\x00" * 200, "image/png")
    answer = client.post(at("add", "FUND", "partners"), {"name": "Фонд", "role": "donor", "logo": exe})
    assert answer.status_code == 422
    assert "logo" in answer.context["form"].errors
    assert not programme.partners.exists()


def test_a_picture_over_the_limit_is_413_and_the_rest_stays(client, programme, officer, settings):
    settings.UPLOAD_LIMIT = 5000
    out = BytesIO()
    Image.effect_noise((100, 100), 60).save(out, "PNG")
    large = SimpleUploadedFile("logo.png", out.getvalue(), "image/png")
    answer = client.post(at("add", "FUND", "partners"), {"name": "Фонд", "role": "donor", "logo": large})
    assert answer.status_code == 413
    assert "завеликий" in answer.content.decode()
    assert "Фонд" in answer.content.decode()


def test_the_office_invites_and_the_letter_brings_the_role(client, programme, officer):
    assert client.get(at("invite", "FUND"), {"kind": "panel"}).status_code == 200
    person = people.user()
    values = {"email": person.email, "name": "", "kind": "reviewer"}
    answer = client.post(at("invite", "FUND"), values, follow=True)
    assert said(answer) == [f"Лист із запрошенням надіслано на {person.email}."]
    assert person.email in answer.content.decode()
    assert client.post(at("invite", "FUND"), {**values, "kind": "consultant"}).status_code == 422
    assert client.post(at("invite", "FUND"), {**values, "email": ""}).status_code == 422
    from viche.mail.models import Letter

    text = Letter.objects.get().text
    assert "<" not in text
    link = next(line for line in text.splitlines() if "/invitations/programmes/" in line).partition("8000")[2]
    client.logout()
    page = client.get(link).content.decode()
    assert "Фонд малих проєктів" in page
    assert reverse("account_login") in page
    client.force_login(people.user())
    assert "не на вашу пошту" in client.get(link).content.decode()
    assert client.post(link).status_code == 403
    client.force_login(person)
    assert "Прийняти запрошення" in client.get(link).content.decode()
    assert client.post(link).status_code == 302
    assert Role.objects.filter(user=person, kind="reviewer").exists()
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 409


def test_the_office_gives_a_role_at_once_to_who_has_an_account(client, programme, officer):
    here, person = at("give", "FUND"), people.user(email="hanna@example.org", name="Ганна Вигадана")
    assert here in client.get(at("roles", "FUND")).content.decode()
    values = {"email": "Hanna@example.org", "kind": "panel"}
    assert client.post(here, {**values, "email": "не пошта"}).status_code == 422
    answer = client.post(here, values, follow=True)
    assert said(answer) == ["Роль надано: Ганна Вигадана. Лист про це надіслано."]
    assert Role.objects.filter(user=person, kind="panel", given_by=officer).exists()
    assert client.post(here, values).status_code == 409


def test_who_has_no_account_is_offered_an_invitation(client, programme, officer):
    answer = client.post(at("give", "FUND"), {"email": "nova+1@example.org", "kind": "panel"})
    page = answer.content.decode()
    assert (answer.status_code, "ще ніхто не входить" in page) == (422, True)
    link = unescape(re.search(r'href="([^"]*/invite/[^"]*)"', page)[1])
    assert 'value="nova+1@example.org"' in client.get(link).content.decode()
    assert not Role.objects.filter(kind="panel").exists()


def test_invitations_are_repeated_and_withdrawn(client, programme, officer):
    client.post(at("invite", "FUND"), {"email": "a@example.org", "name": "", "kind": "editor"})
    invitation, _grant = queries.invitations_of(programme)[0]
    assert said(client.post(at("repeat", "FUND", invitation.pk), follow=True))[-1].startswith("Лист надіслано ще раз")
    assert said(client.post(at("withdraw", "FUND", invitation.pk), follow=True))[-1] == "Запрошення відкликано."
    assert said(client.post(at("repeat", "FUND", invitation.pk), follow=True))[-1].startswith(
        "Це запрошення відкликали"
    )
    assert said(client.post(at("repeat", "FUND", 0), follow=True))[-1] == "Такого запрошення в програмі немає."


def test_roles_are_described_and_taken_after_being_asked(client, programme, officer):
    role = programmes.role("editor", programme)
    page = client.get(at("roles", "FUND")).content.decode()
    assert "Читає призначені заявки" in page
    assert role.user.email in page
    assert "Забрати роль" in client.get(at("take", "FUND", role.pk)).content.decode()
    client.post(at("take", "FUND", role.pk))
    assert not Role.objects.filter(pk=role.pk).exists()
    own = Role.objects.get(user=officer)
    assert said(client.post(at("take", "FUND", own.pk), follow=True))[-1].startswith("Програма не може лишитися")
    programmes.officer(programme)
    assert client.post(at("take", "FUND", own.pk))["Location"] == "/me/"


def test_participants_are_admitted_found_and_dismissed(client, programme, officer):
    organisation = people.organisation(name="Бібліотека «На Греблі»")
    head = people.head(organisation)
    assert client.get(at("admit", "FUND")).status_code == 200
    assert client.post(at("admit", "FUND"), {"organisation": "немає", "kind": "hub"}).status_code == 422
    client.post(at("admit", "FUND"), {"organisation": organisation.edrpou, "kind": "hub"})
    page = client.get(at("participants", "FUND"), {"q": "греблі"}).content.decode()
    assert organisation.name in page
    assert head.email in page
    assert "Таких учасників немає" in client.get(at("participants", "FUND"), {"q": "немає"}).content.decode()
    participant = Participant.objects.get()
    assert client.get(at("dismiss", "FUND", participant.pk)).status_code == 200
    client.post(at("dismiss", "FUND", participant.pk))
    assert not Participant.objects.exists()


def test_a_consultant_sees_people_of_the_own_oblast_alone_also_in_files(client, programme):
    own, other = places.oblast(), places.oblast(name="Сумська")
    heads = {}
    for oblast in (own, other):
        organisation = people.organisation(hromada=places.hromada(oblast=oblast))
        heads[oblast.slug] = people.head(organisation)
        programmes.participant(programme, organisation=organisation)
    client.force_login(programmes.consultant(programme, oblast=own))
    bodies = [client.get(at("participants", "FUND")).content]
    bodies += [client.get(at("participants_file", "FUND", ending)).content for ending in ("csv", "json")]
    for body in bodies:
        assert heads[own.slug].email in body.decode()
        assert heads[other.slug].email not in body.decode()
    client.force_login(programmes.observer(programme))
    assert heads[own.slug].email not in client.get(at("participants", "FUND")).content.decode()
    client.force_login(programmes.reviewer(programme))
    assert client.get(at("participants", "FUND")).status_code == 404
    assert client.get(at("participants_file", "FUND", "csv")).status_code == 404


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as done:
        assert client.get(address).status_code == 200
    return len(done)


def test_lists_ask_as_often_for_three_rows_as_for_one(client, programme, officer):
    addresses = [
        reverse("programmes:list"),
        reverse("programmes:participants", args=["FUND"]),
        reverse("programmes:roles", args=["FUND"]),
        reverse("programmes:goals", args=["FUND"]),
        reverse("programmes:office", args=["FUND"]),
        *(reverse("programmes:parts", args=["FUND", kind]) for kind in ("components", "partners", "team")),
    ]

    def one_more():
        programmes.programme()
        participant = programmes.participant(programme)
        people.head(participant.organisation)
        programmes.consultant(programme, oblast=places.oblast(name=f"Область{programmes.goal(programme).pk}"))
        grant = {"programme": programme.pk, "kind": "consultant", "oblast": places.oblast().pk}
        people.invitation(about=queries.about(programme), grant=grant)
        for make in (programmes.component, programmes.partner, programmes.team_member):
            make(programme)

    one_more()
    few = [asked(client, address) for address in addresses]
    one_more()
    one_more()
    assert [asked(client, address) for address in addresses] == few
    assert max(few) <= 12
