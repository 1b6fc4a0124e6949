"""Pages of people and organisations: what they show, to whom, and what a POST does."""

import pytest
from django.urls import reverse

from tests.factories import people, places
from viche.mail.choices import Delivery
from viche.mail.models import Letter
from viche.mail.queries import delivery
from viche.people.models import Invitation, JoinRequest, Membership, Organisation, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return people.organisation(name="Калинопільська міська рада")


@pytest.fixture
def head(organisation):
    return people.head(organisation, name="Голова громади", email="head@example.org")


def at(name, *args):
    # The public page tells of events too, so it lies where packages are put together.
    return reverse(f"{'site' if name == 'organisation' else 'people'}:{name}", args=args)


def act_at(*args):
    return reverse("programmes:person_act", args=args)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_public_page_names_the_organisation_and_no_person(client, organisation, head):
    branch = people.organisation(
        parent=organisation, edrpou="", name="Бібліотека-філія", parent_confirmed_at=people.MOMENT
    )
    page = client.get(at("organisation", organisation.pk)).content.decode()
    assert "Калинопільська міська рада" in page
    assert organisation.edrpou in page
    assert branch.name in page
    assert head.name not in page
    assert head.email not in page
    assert organisation.name in client.get(at("organisation", branch.pk)).content.decode()
    assert client.get(at("organisation", 0)).status_code == 404


def test_who_calls_itself_a_branch_is_shown_as_one_when_the_parent_has_said_so(client, organisation, head):
    branch = people.organisation(parent=organisation, edrpou="", name="Група сусідів")
    member = people.head(branch)
    public = at("organisation", organisation.pk)
    assert branch.name not in client.get(public).content.decode()
    assert organisation.name not in client.get(at("organisation", branch.pk)).content.decode()
    client.force_login(member)
    for page in (at("organisation", branch.pk), at("members", branch.pk), at("organisations")):
        assert "Очікує підтвердження" in client.get(page).content.decode(), page
    client.force_login(head)
    for page in (at("members", organisation.pk), at("organisations")):
        assert "Називають себе вашою філією" in client.get(page).content.decode(), page
    answer = client.post(at("confirm", organisation.pk, branch.pk), follow=True)
    assert said(answer) == ["Підтверджено: «Група сусідів» – ваша філія."]
    assert "Називають себе" not in answer.content.decode()
    client.logout()
    assert branch.name in client.get(public).content.decode()
    assert organisation.name in client.get(at("organisation", branch.pk)).content.decode()


def test_an_administrator_corrects_a_code(client, organisation):
    client.force_login(people.administrator())
    here, code = at("correct", organisation.pk), people.edrpou()
    assert here in client.get(at("members", organisation.pk)).content.decode()
    values = {"name": organisation.name, "kind": "ngo", "edrpou": code, "name_en": "", "parent": ""}
    assert client.post(here, {**values, "edrpou": people.organisation().edrpou}).status_code == 409
    wrong = client.post(here, {**values, "edrpou": "12"})
    assert (wrong.status_code, "Бракує" in wrong.content.decode()) == (422, True)
    assert client.post(here, values)["Location"] == at("members", organisation.pk)
    organisation.refresh_from_db()
    assert (organisation.edrpou, organisation.kind) == (code, "ngo")


def test_the_picker_finds_organisations(client, organisation):
    found = client.get(at("find"), {"q": "калиноп"}).json()
    assert found == [
        {
            "code": f"o{organisation.pk}",
            "name": organisation.name,
            "note": f"{organisation.edrpou}, {organisation.hromada.label}",
        }
    ]
    assert client.get(at("find"), {"q": "к"}).json() == []


FORM = {"name": "ГО «Спільний двір»", "kind": "ngo", "name_en": "", "website": "", "parent": "", "edrpou": ""}


def registering(**changes):
    return {**FORM, "hromada": places.hromada().code, **changes}


def test_an_organisation_is_registered(client):
    person, code = people.user(), people.edrpou()
    client.force_login(person)
    assert client.get(at("register")).status_code == 200
    spaced = f" {code[:4]} {code[4:]} "
    answer = client.post(at("register"), registering(edrpou=spaced, website="dvir.example"))
    made = Organisation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, at("members", made.pk))
    assert (made.edrpou, made.website) == (code, "https://dvir.example")


def test_an_organisation_seated_in_kyiv_is_registered(client):
    client.force_login(people.user())
    typed = {**registering(edrpou=people.edrpou()), "hromada": places.whole_city().code}
    assert client.post(at("register"), typed).status_code == 302
    made = Organisation.objects.get()
    assert made.hromada.label == "місто Київ"
    assert "місто Київ" in client.get(at("organisation", made.pk)).content.decode()


def test_a_group_is_registered_under_its_parent(client, organisation):
    client.force_login(people.user())
    for parent in (f"o{organisation.pk}", organisation.edrpou, "калинопільська міська"):
        name = f"Група {parent}"
        client.post(at("register"), registering(name=name, kind="reform_group", parent=parent))
        assert Organisation.objects.get(name=name).parent == organisation


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"edrpou": "1436057"}, "Бракує однієї цифри: код має вісім."),
        ({"edrpou": "14360571"}, "Цифри коду не сходяться"),
        ({}, "Напишіть код або назвіть головну організацію."),
        ({"kind": "council"}, "Така організація має власний код."),
        ({"parent": "немає такої"}, "Такої організації у Віче немає."),
        ({"parent": "o0"}, "Такої організації у Віче немає."),
        ({"parent": "однакова"}, "Знайшлося кілька."),
        ({"name": ""}, "Заповніть це поле."),
        ({"kind": ""}, "Виберіть відповідь."),
        ({"edrpou": "14360570", "website": "не сайт"}, "Сайт"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_place_and_stays(client, changes, sentence):
    people.organisation(name="Однакова перша")
    people.organisation(name="Однакова друга")
    client.force_login(people.user())
    answer = client.post(at("register"), registering(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert changes.get("name", "Спільний двір") in page
    assert Organisation.objects.count() == 2


def test_an_organisation_that_is_here_offers_to_ask_its_head(client, organisation, head):
    person = people.user()
    client.force_login(person)
    answer = client.post(at("register"), registering(edrpou=organisation.edrpou, kind="council"))
    assert answer.status_code == 409
    assert at("join", organisation.pk) in answer.content.decode()
    assert client.get(at("join", organisation.pk)).status_code == 200
    answer = client.post(at("join", organisation.pk), {"note": "секретарка"}, follow=True)
    assert said(answer) == ["Прохання надіслано. Щойно вам дадуть відповідь, ми напишемо."]
    assert "Чекаємо на відповідь" in answer.content.decode()
    assert client.post(at("join", organisation.pk), {"note": ""}).status_code == 409
    assert not Membership.objects.filter(user=person).exists()


def test_a_head_sees_requests_and_answers_them(client, organisation, head):
    first, second = people.join_request(organisation=organisation), people.join_request(organisation=organisation)
    client.force_login(head)
    assert "просить долучитися" in client.get(at("organisations")).content.decode()
    assert first.user.email in client.get(at("members", organisation.pk)).content.decode()
    client.post(at("answer", organisation.pk, first.pk), {"accept": ""})
    client.post(at("answer", organisation.pk, second.pk), {"decline": ""})
    assert set(JoinRequest.objects.values_list("answer", flat=True)) == {"accepted", "declined"}
    assert Membership.objects.filter(user=first.user).exists()
    answer = client.post(at("answer", organisation.pk, second.pk), {"accept": ""}, follow=True)
    assert said(answer)[-1] == "На це прохання вже відповіли."


def test_members_are_seen_by_members_and_managed_by_heads(client, organisation, head):
    preparer = people.preparer(organisation)
    client.force_login(preparer)
    page = client.get(at("members", organisation.pk)).content.decode()
    assert head.email in page
    assert at("invite", organisation.pk) not in page
    for name in ("invite", "edit"):
        assert client.get(at(name, organisation.pk)).status_code == 404
    client.force_login(people.user())
    assert client.get(at("members", organisation.pk)).status_code == 404


def test_a_head_changes_roles_and_removes_after_being_asked(client, organisation, head):
    membership = people.preparer(organisation).memberships.get()
    client.force_login(head)
    client.post(at("role", organisation.pk, membership.pk), {"role": "head"})
    assert Membership.objects.get(pk=membership.pk).role == "head"
    client.post(at("role", organisation.pk, membership.pk), {"role": "king"})
    assert Membership.objects.get(pk=membership.pk).role == "head"
    assert client.get(at("role", organisation.pk, membership.pk)).status_code == 405
    assert "Прибрати людину" in client.get(at("remove", organisation.pk, membership.pk)).content.decode()
    client.post(at("remove", organisation.pk, membership.pk))
    assert not Membership.objects.filter(pk=membership.pk).exists()
    own = head.memberships.get()
    assert "Вийти з організації?" in client.get(at("remove", organisation.pk, own.pk)).content.decode()
    answer = client.post(at("remove", organisation.pk, own.pk), follow=True)
    assert said(answer) == ["Організація не може лишитися без голови. Спершу дайте цю роль ще комусь."]


def test_a_member_leaves(client, organisation, head):
    preparer = people.preparer(organisation)
    client.force_login(preparer)
    answer = client.post(at("remove", organisation.pk, preparer.memberships.get().pk), follow=True)
    assert "Ви ще не в жодній організації" in answer.content.decode()


def test_a_head_changes_the_organisation(client, organisation, head):
    client.force_login(head)
    assert organisation.name in client.get(at("edit", organisation.pk)).content.decode()
    values = {"name": "Нова назва", "name_en": "", "website": "", "hromada": organisation.hromada.code}
    assert client.post(at("edit", organisation.pk), values).status_code == 302
    assert Organisation.objects.get().name == "Нова назва"
    assert client.post(at("edit", organisation.pk), {**values, "name": ""}).status_code == 422


def test_a_head_invites_repeats_and_withdraws(client, organisation, head):
    client.force_login(head)
    assert client.get(at("invite", organisation.pk)).status_code == 200
    values = {"email": "new@example.org", "name": "", "role": "preparer"}
    answer = client.post(at("invite", organisation.pk), values, follow=True)
    assert said(answer) == ["Лист із запрошенням надіслано на new@example.org."]
    assert "new@example.org" in answer.content.decode()
    assert "<" not in Letter.objects.get().text
    assert client.post(at("invite", organisation.pk), {**values, "email": head.email}).status_code == 409
    assert client.post(at("invite", organisation.pk), {**values, "email": "не пошта"}).status_code == 422
    invitation = Invitation.objects.get()
    client.post(at("repeat", organisation.pk, invitation.pk))
    client.post(at("withdraw", organisation.pk, invitation.pk))
    answer = client.post(at("repeat", organisation.pk, invitation.pk), follow=True)
    assert said(answer)[-1] == "Це запрошення відкликали. Спитайте тих, хто вас запрошував."


def test_opening_the_link_changes_nothing_the_button_spends_it(client, organisation):
    person = people.user()
    people.invitation("слово", organisation=organisation, email=person.email, expires_at=people.LATER)
    client.force_login(person)
    for _ in range(2):
        answer = client.get(at("invitation", "слово"))
        assert "Прийняти запрошення" in answer.content.decode()
        assert answer["Referrer-Policy"] == "same-origin"
    assert not Membership.objects.exists()
    answer = client.post(at("invitation", "слово"))
    assert answer["Location"] == at("members", organisation.pk)
    again = client.post(at("invitation", "слово"))
    assert (again.status_code, Membership.objects.count()) == (409, 1)
    assert "уже скористалися" in again.content.decode()
    assert client.get(at("invitation", "інше")).status_code == 404


def test_a_visitor_with_the_letter_is_shown_the_right_door(client, organisation):
    people.invitation("a", organisation=organisation, email="new@example.org", expires_at=people.LATER)
    people.invitation("b", organisation=organisation, email=people.user().email, expires_at=people.LATER)
    assert (
        f"{reverse('account_signup')}?next={at('invitation', 'a')}"
        in client.get(at("invitation", "a")).content.decode()
    )
    assert client.session["account_verified_email"] == "new@example.org"
    assert (
        f"{reverse('account_login')}?next={at('invitation', 'b')}" in client.get(at("invitation", "b")).content.decode()
    )
    assert client.post(at("invitation", "a")).status_code == 200
    assert not Membership.objects.exists()


def test_another_mailbox_and_an_old_letter_get_their_sentences(client, organisation):
    people.invitation("a", organisation=organisation, expires_at=people.LATER)
    people.invitation("old", organisation=organisation)
    client.force_login(people.user())
    assert "Це запрошення не на вашу пошту" in client.get(at("invitation", "a")).content.decode()
    answer = client.post(at("invitation", "a"))
    assert answer.status_code == 403
    assert "написано на іншу пошту" in answer.content.decode()
    answer = client.get(at("invitation", "old"))
    assert answer.status_code == 410
    assert "Термін запрошення минув" in answer.content.decode()


def test_the_profile_is_changed(client):
    person = people.user()
    client.force_login(person)
    assert person.email in client.get(at("profile")).content.decode()
    values = {"name": "Ганна Вигадана", "vocative": "Шановна Ганно", "language": "en"}
    assert client.post(at("profile"), values).status_code == 302
    assert User.objects.get(pk=person.pk).vocative == "Шановна Ганно"
    assert client.post(at("profile"), {**values, "language": "xx"}).status_code == 422


def test_letters_are_chosen(client):
    person = people.user()
    client.force_login(person)
    form = client.get(at("letters")).context["form"]
    chosen = {name: field.initial for name, field in form.fields.items()}
    assert "people-membership" in chosen
    assert client.post(at("letters"), {**chosen, "people-membership": "never"}).status_code == 302
    assert delivery(person.email, "people.membership") == Delivery.NEVER
    assert client.post(at("letters"), {**chosen, "people-membership": "sometimes"}).status_code == 422


def test_a_person_goes_for_good_and_is_signed_out(client, organisation):
    person = people.head(organisation)
    people.preparer(organisation)
    client.force_login(person)
    assert client.get(reverse("programmes:forget")).status_code == 200
    answer = client.post(reverse("programmes:forget"))
    assert answer.status_code == 409
    assert "Спершу передайте роль голови" in answer.content.decode()
    people.head(organisation)
    assert client.post(reverse("programmes:forget")).status_code == 302
    assert User.objects.get(pk=person.pk).forgotten_at
    assert client.get(at("profile")).status_code == 302


def test_administrators_look_after_people(client):
    boss, person = people.administrator(), people.user(name="Іванна")
    client.force_login(boss)
    page = client.get(at("people"), {"q": "іванна"}).content.decode()
    assert person.email in page
    assert boss.email not in page.partition("<main")[2]
    assert "Таких людей немає" in client.get(at("people"), {"q": "нікого"}).content.decode()
    assert person.email in client.get(at("person", person.pk)).content.decode()
    for act, changed in (
        ("appoint", {"is_administrator": True}),
        ("relieve", {"is_administrator": False}),
        ("deactivate", {"is_active": False}),
        ("reactivate", {"is_active": True}),
    ):
        assert client.get(act_at(person.pk, act)).status_code == 200
        assert client.post(act_at(person.pk, act)).status_code == 302
        assert User.objects.filter(pk=person.pk, **changed).exists(), act
    answer = client.post(act_at(boss.pk, "relieve"), follow=True)
    assert said(answer)[-1] == "Це остання людина, що керує установкою. Спершу дайте це право ще комусь."
    client.post(act_at(person.pk, "forget"))
    assert client.get(at("person", person.pk)).status_code == 404
    assert client.get(act_at(boss.pk, "promote")).status_code == 404


def test_the_list_of_people_is_for_administrators_also_as_a_file(client):
    boss = people.administrator()
    people.user(name="=1+1")
    client.force_login(people.user())
    assert client.get(at("people")).status_code == 404
    assert client.get(at("people_file", "csv")).status_code == 404
    client.force_login(boss)
    csv = b"".join(client.get(at("people_file", "csv"))).decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("Пошта,")
    assert "'=1+1" in csv
    listed = client.get(at("people_file", "json"), {"only": "administrators"}).json()
    assert [one["email"] for one in listed] == [boss.email]
    assert client.get(at("people_file", "xlsx")).status_code == 200
    assert client.get(at("people_file", "exe")).status_code == 404


def test_a_deactivated_person_is_out_at_once(client):
    person = people.user()
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(at("profile")).status_code == 302


def queries_of(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as done:
        assert client.get(address).status_code == 200
    return len(done)


def test_lists_ask_as_often_for_three_rows_as_for_one(client, organisation):
    boss = people.administrator()
    Membership.objects.create(user=boss, organisation=organisation, role="head", since=people.MOMENT)
    client.force_login(boss)
    addresses = [
        reverse("people:people"),
        reverse("people:organisations"),
        at("members", organisation.pk),
        at("organisation", organisation.pk),
        at("person", boss.pk),
    ]

    def one_more():
        people.preparer(organisation)
        people.join_request(organisation=organisation)
        people.join_request(user=boss)
        people.invitation(organisation=organisation)
        people.organisation(parent=organisation, edrpou="")
        people.organisation(parent=organisation, edrpou="", parent_confirmed_at=people.MOMENT)
        people.member(user=boss, role="head")

    one_more()
    few = [queries_of(client, address) for address in addresses]
    one_more()
    one_more()
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 12


def test_the_pages_say_when_a_day_had_enough(client, settings):
    settings.REGISTRATIONS_A_DAY = settings.REQUESTS_TO_JOIN_A_DAY = 0
    parent, person = people.organisation(), people.user()
    client.force_login(person)
    values = {"name": "Рада", "kind": "council", "edrpou": people.edrpou(), "parent": "", "website": "", "name_en": ""}
    answer = client.post(reverse("people:register"), {**values, "hromada": parent.hromada.code})
    assert (answer.status_code, "За добу можна зареєструвати" in answer.content.decode()) == (429, True)
    answer = client.post(reverse("people:join", args=[parent.pk]), {"note": "бухгалтерка"})
    assert (answer.status_code, "За добу можна попросити" in answer.content.decode()) == (429, True)
    assert "бухгалтерка" in answer.content.decode()
