"""Every page of awards opens for whom it is meant, and says what it must."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.factories import awards as factory
from tests.factories import people, programmes
from viche.awards.choices import AwardState, ReportState, TrancheState
from viche.awards.models import Award
from viche.calls.choices import CallKind
from viche.files.models import Stored

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"awards:{name}", args=args)


def page(client, user, address, *, status=200, **data):
    if user is not None:
        client.force_login(user)
    answer = client.get(address, data)
    assert answer.status_code == status, address
    return answer.content.decode()


def plain(text):
    return text.replace("\u00a0", " ")


def test_the_register_shows_agreed_awards_of_public_programmes_alone(client):
    shown = factory.active()
    hidden = [factory.prepared(), factory.planned(), factory.active(programmes.programme(is_public=False))]
    text = page(client, None, at("list"))
    assert shown.title in text
    assert [one.title for one in hidden if one.title in text] == []


def test_an_award_ended_before_its_agreement_never_becomes_public(client):
    award = factory.prepared()
    factory.granting.end(award, why="Відмовилися.", by=programmes.officer(award.programme), at=factory.MOMENT)
    assert award.title not in page(client, None, at("list"))
    assert client.get(at("award", award.code)).status_code == 404


def test_the_register_is_searched_and_filtered_by_the_address(client):
    one = factory.active()
    other = factory.closed(factory.active(amount=factory.Decimal(50_000)))
    places = {
        "q": one.code,
        "programme": one.programme.code,
        "state": "active",
    }
    for name, value in places.items():
        text = page(client, None, at("list"), **{name: value})
        assert one.title in text, name
        assert other.title not in text, name
    assert other.title in page(client, None, at("list"), state="closed")
    assert other.title in page(client, None, at("list"), year="2024", kind="grant", oblast="poltavska", q="chytalnia")
    assert one.title in page(client, None, at("list"), state="nonsense", year="x", programme="NONE")
    assert "Такої підтримки ще немає" in page(client, None, at("list"), q="немає такого")


def test_count_and_sum_are_stitched_and_the_map_leads_on(client):
    factory.active()
    factory.active(amount=factory.Decimal("20000.50"))
    text = plain(page(client, None, at("list"), kind="grant"))
    assert '<a class="figure" href="?kind=grant&amp;#list">2</a>' in text
    assert '<a class="figure" href="?kind=grant&amp;#list">200 000,50 ₴</a>' in text
    with_oblast = page(client, None, at("list"), oblast="poltavska", state="active")
    assert "200" in plain(with_oblast)


def test_the_award_page_puts_the_promise_beside_what_was_done(client):
    award = factory.closed()
    text = plain(page(client, None, at("award", award.code)))
    for said in ("Обіцяно", award.promised, "Зроблено", award.done, "412" and factory.ANSWERS[0]["done"]):
        assert said in text
    assert '<a class="figure" href="#money">180 000 ₴</a>' in text
    assert "Прийнято звіт: Проміжний звіт" in text
    assert "№ 17" not in text


def test_an_award_under_way_says_what_is_accepted_so_far(client):
    award = factory.active()
    assert "робота попереду" in page(client, None, at("award", award.code))
    factory.submitted(factory.report(award))
    assert factory.ANSWERS[0]["done"] not in page(client, None, at("award", award.code))


def test_an_ended_award_says_why(client):
    award = factory.active()
    factory.granting.end(award, why="Громаду евакуювали.", by=programmes.officer(award.programme), at=factory.LATER)
    assert "Громаду евакуювали." in page(client, None, at("award", award.code))


def test_support_without_money_has_its_page(client):
    award = factory.active(kind=CallKind.HUB, amount=None)
    text = page(client, None, at("award", award.code))
    assert "статус хабу" in text
    assert 'id="money"' not in text
    assert "статус хабу" in page(client, None, at("list"))


def test_the_cabinet_says_what_is_next(client):
    world = factory.world()
    text = page(client, world.preparer, at("cabinet_list"))
    assert world.award.title in text
    assert "Проміжний звіт" in text
    assert "15\u00a0квітня" in page(client, world.preparer, at("cabinet", world.award.code))
    assert world.award.title not in page(client, world.stranger, at("cabinet_list"))


def test_the_cabinet_while_the_agreement_is_prepared_and_when_nothing_waits(client):
    award = factory.planned()
    preparer = people.preparer(award.organisation)
    assert "готує угоду" in page(client, preparer, at("cabinet", award.code))
    assert "готує угоду" in page(client, preparer, at("cabinet_list"))
    factory.granting.agree(
        award, number="1", agreed_on=date(2024, 2, 1), by=programmes.officer(award.programme), at=factory.MOMENT
    )
    for position in (1, 2):
        factory.submitted(factory.report(award, position), by=preparer)
    assert "черга за програмою" in page(client, preparer, at("cabinet", award.code))
    assert "черга за програмою" in page(client, preparer, at("cabinet_list"))


def test_the_agreement_prints_with_parties_and_plan(client):
    world = factory.world()
    programmes.partner(world.programme, role="implementer", name="Агенція розвитку")
    programmes.partner(world.programme, role="donor", name="Донор миру")
    for user in (world.preparer, world.officer):
        text = plain(page(client, user, at("agreement", world.award.code)))
        for said in ("Агенція розвитку", "Донор миру", world.award.organisation.edrpou, "126 000 ₴", "54 000 ₴"):
            assert said in text
    draft = factory.prepared()
    assert "Угода № ____" in page(client, people.head(draft.organisation), at("agreement", draft.code))


def test_a_branch_signs_under_its_parent(client):
    parent = people.organisation(name="Обласна бібліотека")
    branch = people.organisation(parent=parent, edrpou="")
    award = factory.active(organisation=branch)
    assert parent.edrpou in page(client, people.head(branch), at("agreement", award.code))


def test_the_report_goes_from_sections_to_its_proof(client):
    world = factory.world()
    code = world.award.code
    assert "Готово 0 із 2" in page(client, world.preparer, at("report", code, 1))
    first = at("section", code, 1, 1)
    assert "Розділ 1 із 2" in page(client, world.preparer, first)
    answer = client.post(first, {"done": "Працює.", "people": "40", "revision": "0"})
    assert (answer.status_code, answer["Location"]) == (302, at("section", code, 1, 2))
    assert world.award.reports.get(position=1).state == ReportState.DRAFT
    assert "Лишилося виправити 1 місце" in page(client, world.preparer, at("check", code, 1))
    refused = client.post(at("submit", code, 1))
    assert refused.status_code == 422
    assert "ще не повний" in refused.content.decode()
    answer = client.post(at("section", code, 1, 2), {"spent": "9 000", "revision": "0"})
    assert answer["Location"] == at("check", code, 1)
    assert client.get(at("submit", code, 1)).status_code == 302
    answer = client.post(at("submit", code, 1))
    assert answer["Location"] == at("receipt", code, 1, 1)
    again = client.post(at("submit", code, 1))
    assert again["Location"] == at("receipt", code, 1, 1)
    proof = world.award.reports.get(position=1).submissions.get()
    assert proof.sha256[:8] in page(client, world.preparer, at("receipt", code, 1, 1))
    assert client.get(first).status_code == 302
    assert "Звіт у програми" in page(client, world.preparer, at("report", code, 1))
    assert "Працює." in page(client, world.preparer, at("check", code, 1))


def test_a_section_is_saved_as_one_types_and_tells_of_a_colleagues_text(client):
    world = factory.world()
    address = at("section", world.award.code, 1, 1)
    client.force_login(world.preparer)
    json = {"headers": {"Accept": "application/json"}}
    answer = client.post(address, {"done": "Перше", "revision": "0"}, **json)
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    answer = client.post(address, {"done": "Друге", "revision": "0"}, **json)
    assert (answer.status_code, answer.json()["revision"]) == (409, 1)
    answer = client.post(address, {"done": "Друге", "revision": "0"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Друге" in text
    assert "Перше" in text
    assert client.post(address, {"done": "Друге", "revision": "1"}).status_code == 302
    assert page(client, world.preparer, address, check="1")
    page(client, world.preparer, at("section", world.award.code, 1, 9), status=404)


def test_files_come_and_go_with_a_section(client):
    world = factory.world()
    address = at("section", world.award.code, 1, 2)
    client.force_login(world.preparer)
    sent = {"spent": "5", "revision": "0", "papers": factory.files.upload(name="платіжка.pdf"), "attach": "papers"}
    answer = client.post(address, sent)
    assert answer["Location"] == f"{address}#id_papers"
    key = factory.report(world.award).sheet.answers.get().values["papers"][0]
    assert client.get(at("upload", world.award.code, 1, key)).status_code == 200
    wrong = {"spent": "5", "revision": "1", "papers": factory.files.upload(factory.files.EXE, "x.pdf")}
    answer = client.post(address, wrong)
    assert answer.status_code == 422
    assert client.post(address, {"spent": "5", "revision": "2", "detach": f"papers:{key}"}).status_code == 302
    page(client, world.preparer, at("upload", world.award.code, 1, key), status=404)


def test_a_file_sent_with_the_words_is_told_and_one_goes_on(client):
    world = factory.world()
    client.force_login(world.preparer)
    sent = {"spent": "5", "revision": "0", "papers": factory.files.upload(name="платіжка.pdf")}
    answer = client.post(at("section", world.award.code, 1, 2), sent, follow=True)
    assert answer.redirect_chain[-1][0] == at("check", world.award.code, 1)
    assert "Додано файл «платіжка.pdf»." in answer.content.decode()


def test_what_is_mistaken_is_shown_once_and_the_next_press_goes_on(client):
    world = factory.world()
    client.force_login(world.preparer)
    address = at("section", world.award.code, 1, 2)
    answer = client.post(address, {"spent": "п’ять", "revision": "0"})
    assert answer.status_code == 422
    assert "Усе збережено, але дещо варто виправити" in answer.content.decode()
    later = answer.context["later"]
    answer = client.post(address, {"spent": "п’ять", "revision": "1", "later": later})
    assert answer["Location"] == at("check", world.award.code, 1)


@pytest.mark.parametrize("name", ["photos", "papers"])
def test_a_broken_file_is_said_at_its_question_and_what_was_typed_is_kept(client, name):
    world = factory.world()
    whole = factory.files.picture("PNG", size=(640, 480))
    client.force_login(world.preparer)
    sent = {"spent": "5", "revision": "0", name: factory.files.upload(whole[: len(whole) // 2], "фото.png")}
    answer = client.post(at("section", world.award.code, 1, 2), sent)
    assert answer.status_code == 422
    assert "Зображення пошкоджене, його не вдається відкрити." in answer.content.decode()
    assert factory.report(world.award).sheet.answers.get().values == {"spent": "5", "papers": [], "photos": []}
    assert not Stored.objects.exists()


def test_a_submitted_report_takes_no_more_words(client):
    world = factory.world()
    factory.submitted(factory.report(world.award), by=world.preparer)
    client.force_login(world.preparer)
    answer = client.post(at("section", world.award.code, 1, 1), {"done": "Ще слово", "revision": "1"})
    assert answer.status_code == 409
    assert "Ще слово" in answer.content.decode()


def test_a_returned_report_shows_the_questions(client):
    world = factory.world()
    report = factory.submitted(factory.report(world.award), by=world.preparer)
    client.force_login(world.officer)
    answer = client.post(at("office_return", world.programme.code, world.award.code, 1), {"remark": "Додайте чеки."})
    assert answer["Location"] == at("office", world.programme.code, world.award.code)
    for name, more in (("report", ()), ("section", (1,)), ("receipt", (1,))):
        page(client, world.preparer, at(name, world.award.code, report.position, *more))
    assert "Додайте чеки." in page(client, world.preparer, at("report", world.award.code, 1))
    assert "Додайте чеки." in page(client, world.preparer, at("section", world.award.code, 1, 1))
    assert "Програма має питання" in page(client, world.preparer, at("cabinet", world.award.code))
    assert "Повернуто" in page(client, world.officer, at("office_report", world.programme.code, world.award.code, 1))


def test_the_report_of_an_ended_award_is_no_longer_wanted(client):
    world = factory.world()
    factory.granting.end(world.award, why="Так сталося.", by=world.officer, at=factory.LATER)
    assert "уже не потрібен" in page(client, world.preparer, at("report", world.award.code, 1))
    assert "Так сталося." in page(client, world.preparer, at("cabinet", world.award.code))
    assert "Так сталося." in page(client, world.officer, at("office", world.programme.code, world.award.code))


def test_the_office_prepares_plans_and_signs(client):
    call = factory.call()
    officer = programmes.officer(call.programme)
    factory.form(call.programme)
    one = factory.application(call)
    programme = call.programme.code
    assert "Підготувати угоди" in page(client, officer, at("office_list", programme))
    for __ in range(2):
        assert client.post(at("office_prepare", programme, call.code))["Location"] == at("office_list", programme)
    award = Award.objects.get(application=one)
    assert "Скласти план" in page(client, officer, at("office", programme, award.code))
    text = plain(page(client, officer, at("office_plan", programme, award.code)))
    assert 'value="126 000"' in text
    assert 'value="54 000"' in text
    assert "Це пропозиція" in text


def test_preparing_waits_for_the_decision(client):
    call = factory.call(stage="assessed")
    client.force_login(programmes.officer(call.programme))
    answer = client.post(at("office_prepare", call.programme.code, call.code), follow=True)
    assert "Спершу оприлюдніть рішення комісії." in answer.content.decode()


def plan_form(award, **changes):
    """The plan editor as a browser sends it."""
    version = factory.form(award.programme)
    return {
        "starts_on": "01.02.2024",
        "ends_on": "30.06.2024",
        "reports-TOTAL_FORMS": "3",
        "reports-INITIAL_FORMS": "0",
        "reports-0-title": "Проміжний",
        "reports-0-due_on": "15.04.2024",
        "reports-0-form": str(version.pk),
        "reports-1-title": "Підсумковий",
        "reports-1-due_on": "14.07.2024",
        "reports-1-form": str(version.pk),
        "tranches-TOTAL_FORMS": "3",
        "tranches-INITIAL_FORMS": "0",
        "tranches-0-amount": "100 000",
        "tranches-0-planned_on": "01.02.2024",
        "tranches-1-amount": "80 000",
        "tranches-1-planned_on": "30.04.2024",
        "tranches-1-after": "1",
        **changes,
    }


def test_the_plan_is_saved_and_shown_again(client):
    award = factory.prepared()
    officer = programmes.officer(award.programme)
    client.force_login(officer)
    address = at("office_plan", award.programme.code, award.code)
    assert client.post(address, plan_form(award)).status_code == 302
    assert [str(one.amount) for one in award.tranches.all()] == ["100000.00", "80000.00"]
    assert 'value="100 000"' in plain(page(client, officer, address))
    assert "Угоду підписано" in page(client, officer, at("office", award.programme.code, award.code))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tranches-1-amount": "79 000"}, "бракує 1 000 ₴"),
        ({"tranches-1-amount": ""}, "Вкажіть суму."),
        ({"tranches-1-amount": "сто"}, "Напишіть"),
        ({"tranches-1-planned_on": ""}, "Вкажіть день."),
        ({"reports-1-title": ""}, "Назвіть звіт."),
        ({"reports-1-form": ""}, "Виберіть форму."),
        ({"tranches-1-planned_on": "02.02.2024"}, "Транш 2 не можна сплатити раніше, ніж подадуть звіт «"),
        ({"reports-1-due_on": "31.02.2024"}, "21.11.2026"),
        ({"ends_on": ""}, "Заповніть це поле."),
    ],
)
def test_a_wrong_plan_says_so_at_its_place_and_keeps_what_was_typed(client, changes, said):
    award = factory.prepared()
    client.force_login(programmes.officer(award.programme))
    answer = client.post(at("office_plan", award.programme.code, award.code), plan_form(award, **changes))
    assert answer.status_code == 422
    text = plain(answer.content.decode())
    assert said in text
    assert 'value="100 000"' in text
    assert not award.tranches.exists()


def test_the_office_signs_pays_and_closes(client):
    award = factory.planned()
    officer = programmes.officer(award.programme)
    place = (award.programme.code, award.code)
    client.force_login(officer)
    assert award.code in page(client, officer, at("office_agree", *place))
    assert client.post(at("office_agree", *place), {"number": "", "agreed_on": "01.02.2024"}).status_code == 422
    assert client.post(at("office_agree", *place), {"number": "7", "agreed_on": "01.02.2024"}).status_code == 302
    assert "Сплачено 126" in page(client, officer, at("office_pay", *place, 1))
    locked = client.post(at("office_pay", *place, 2), {"paid_on": "02.02.2024"})
    assert locked.status_code == 409
    assert "чекає на прийнятий звіт" in locked.content.decode()
    assert client.post(at("office_pay", *place, 1), {"paid_on": "02.02.2024", "note": "№ 3"}).status_code == 302
    assert award.tranches.get(position=1).state == TrancheState.PAID
    early = client.post(at("office_close", *place), {"done": "Усе."})
    assert early.status_code == 409
    factory.accepted(factory.report(award, 1))
    factory.pay(award, 2)
    factory.accepted(factory.report(award, 2))
    assert "Завершити підтримку" in page(client, officer, at("office", *place))
    assert factory.ANSWERS[0]["done"] in page(client, officer, at("office_close", *place))
    assert (
        client.post(
            at("office_close", *place), {"done": "Усе працює.", "left_why": "Комісія.", "early": "on"}
        ).status_code
        == 302
    )
    award.refresh_from_db()
    assert award.state == AwardState.CLOSED
    assert "Цю підтримку вже завершено." in page(client, officer, at("office_end", *place))
    assert client.post(at("office_end", *place), {"why": "Пізно"}).status_code == 409


def test_the_office_checks_beside_the_promise(client):
    world = factory.world()
    place = (world.programme.code, world.award.code, 1)
    page(client, world.officer, at("office_report", *place), status=404)
    factory.submitted(factory.report(world.award), by=world.preparer)
    text = page(client, world.officer, at("office_report", *place))
    assert "Обіцяно в заявці" in text
    assert factory.ANSWERS[0]["done"] in text
    assert "Прийняти звіт" in text
    assert "Прийняти звіт" not in page(client, world.observer, at("office_report", *place))
    client.force_login(world.officer)
    assert client.get(at("office_accept", *place)).status_code == 302
    assert client.post(at("office_return", *place), {"remark": " "}).status_code == 422
    late = client.post(at("office_return", *place), {"remark": "Ще раз", "again_by": "01.01.2020"})
    assert late.status_code == 422
    assert "хоча б один день" in late.content.decode()
    assert client.post(at("office_accept", *place), {"remark": "Дякуємо"}).status_code == 302
    again = client.post(at("office_accept", *place))
    assert again.status_code == 409
    assert "вже перевірив" in again.content.decode()


def test_nobody_accepts_their_own_report(client):
    world = factory.world()
    programmes.role("officer", world.programme, user=world.preparer)
    place = (world.programme.code, world.award.code, 1)
    factory.submitted(factory.report(world.award), by=world.preparer)
    text = page(client, world.preparer, at("office_report", *place))
    assert "перевірить хтось інший" in text
    assert "Прийняти звіт" not in text
    refused = client.post(at("office_accept", *place))
    assert refused.status_code == 403
    assert "Звіт перевіряє інша людина" in refused.content.decode()


def test_the_office_list_counts_what_needs_it(client):
    world = factory.world()
    factory.prepared(world.programme)
    reported = factory.active(world.programme)
    factory.submitted(factory.report(reported))
    ready = factory.finished(factory.active(world.programme))
    factory.closed(factory.active(world.programme))
    text = page(client, world.officer, at("office_list", world.programme.code))
    for need in ("check", "pay", "late", "prepared", "close"):
        assert f"?needs={need}" in text
    expected = {"check": reported, "close": ready}
    for need, award in expected.items():
        filtered = page(client, world.officer, at("office_list", world.programme.code), needs=need)
        assert award.title in filtered
        assert world.award.title not in filtered
    nothing = page(client, world.officer, at("office_list", world.programme.code), q="немає такого")
    assert "Такої підтримки немає" in nothing


def test_empty_lists_say_what_would_be_there(client):
    officer = programmes.officer()
    programme = officer.roles.get().programme
    assert "рішень комісії" in page(client, officer, at("office_list", programme.code))
    assert "Підтримки ще немає" in page(client, officer, at("cabinet_list"))
    assert "Такої підтримки ще немає" in page(client, None, at("list"))


def test_pages_speak_english(client):
    award = factory.active()
    award.programme.name_en = "Small projects fund"
    award.programme.save()
    text = client.get(f"/en/awards/?programme={award.programme.code}").content.decode()
    assert "Small projects fund" in text
    assert "Poltavska" in text
    assert client.get(f"/en/awards/{award.code}/").status_code == 200


def test_whoever_is_tied_is_told_why_there_are_no_buttons(client):
    world = factory.world()
    factory.submitted(factory.report(world.award), by=world.preparer)
    near = programmes.officer(world.programme)
    people.member(people.organisation(hromada=world.award.organisation.hromada), user=near)
    place = (world.programme.code, world.award.code)
    text = page(client, near, at("office", *place))
    assert "Ви пов’язані з цим отримувачем" in text
    for address in (at("office_pay", *place, 1), at("office_end", *place)):
        assert address not in text
        assert address in page(client, world.officer, at("office", *place))
        asked = page(client, near, address, status=403)
        assert "Ви пов’язані з цим отримувачем" in asked
        assert "Нічого не змінювати" in asked
        assert '<button class="button' not in asked.partition("<main")[2]
        assert client.post(address, {"paid_on": "02.02.2024", "why": "Так"}).status_code == 403
    assert "Прийняти звіт" not in page(client, near, at("office_report", *place, 1))
    assert client.post(at("office_accept", *place, 1)).status_code == 403
    assert factory.report(world.award).state == ReportState.SUBMITTED


def test_a_payment_noted_by_mistake_is_taken_back_on_its_page(client):
    world = factory.world()
    place = (world.programme.code, world.award.code)
    address = at("office_revoke", *place, 1)
    assert address not in page(client, world.officer, at("office", *place))
    factory.pay(world.award, 1, world.officer)
    assert address in page(client, world.officer, at("office", *place))
    assert address not in page(client, world.observer, at("office", *place))
    assert "Відкликати позначку про оплату 126" in plain(page(client, world.officer, address))
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "Не той транш"}).status_code == 302
    assert world.award.tranches.get(position=1).state == TrancheState.UNLOCKED
    assert client.post(address, {"why": "Ще раз"}).status_code == 409


def test_where_an_act_is_not_possible_its_page_says_what_is_missing_and_offers_no_form(client):
    award = factory.active()
    officer = programmes.officer(award.programme)
    place = (award.programme.code, award.code)
    said = {
        at(
            "office_close", *place
        ): "Не всі звіти прийнято: «Проміжний звіт», «Підсумковий звіт». Не всі транші сплачено: 126 000 ₴, 54 000 ₴.",
        at("office_pay", *place, 2): "Цей транш ще чекає на прийнятий звіт «Проміжний звіт».",
        at("office_revoke", *place, 1): "Позначки про оплату цього траншу немає.",
        at("office_agree", *place): "Угоду вже підписано.",
    }
    for address, sentence in said.items():
        text = plain(page(client, officer, address))
        assert sentence in text, address
        assert "усе сплачено" not in text
        assert '<button class="button' not in text.partition("<main")[2]
    factory.pay(award, 1)
    assert "Цей транш уже сплачено: 2 травня 2024" in plain(page(client, officer, at("office_pay", *place, 1)))
    unplanned = factory.prepared(award.programme)
    assert "Спершу складіть план" in page(client, officer, at("office_agree", award.programme.code, unplanned.code))
    assert "лише за чинною угодою" in page(
        client, officer, at("office_pay", award.programme.code, factory.planned(award.programme).code, 1)
    )


def test_closing_asks_about_money_without_an_account_and_work_that_ends_later(client):
    award = factory.finished()
    Award.objects.filter(pk=award.pk).update(ends_on=date(2100, 6, 30))
    award.reports.filter(is_final=True).update(spent=120_000)
    officer = programmes.officer(award.programme)
    place = (award.programme.code, award.code)
    assert "не сходиться" in page(client, officer, at("office_report", *place, 2))
    text = plain(page(client, officer, at("office_close", *place)))
    assert "витрачено 120 000 ₴, повернуто 0 ₴. Різниця: 60 000 ₴." in text
    assert "Робота за планом триває до 30 червня 2100" in text
    typed = {"done": "Усе.", "left_why": "Суд ще триває."}
    assert client.post(at("office_close", *place), typed).status_code == 422
    refused = client.post(at("office_close", *place), {"done": "Усе.", "early": "on"})
    assert refused.status_code == 422
    assert "поясніть різницю" in refused.content.decode()
    sent = {**typed, "early": "on", "returned": "10 000"}
    assert client.post(at("office_close", *place), sent).status_code == 302
    assert "Суд ще триває." in page(client, officer, at("office", *place))
    everybody = plain(page(client, None, at("award", award.code)))
    assert "повернуто 10 000 ₴" in everybody
    assert "Суд ще триває." not in everybody


def test_closing_asks_nothing_where_all_is_accounted_for(client):
    award = factory.finished()
    award.reports.filter(is_final=True).update(spent=170_000, returned=10_000)
    Award.objects.filter(pk=award.pk).update(ends_on=date(2024, 6, 1))
    officer = programmes.officer(award.programme)
    place = (award.programme.code, award.code)
    text = page(client, officer, at("office_close", *place))
    assert 'name="left_why"' not in text
    assert 'name="early"' not in text
    assert client.post(at("office_close", *place), {"done": "Усе."}).status_code == 302
    assert "повернуто 10 000 ₴" in plain(page(client, None, at("award", award.code)))


def test_what_a_form_does_not_ask_is_said_to_the_office_alone(client):
    award = factory.finished()
    award.reports.filter(is_final=True).update(spent=None)
    officer = programmes.officer(award.programme)
    assert "не звітовано" in page(client, officer, at("office", award.programme.code, award.code))
    assert "не звітовано" not in page(client, None, at("award", award.code))


def test_the_public_page_repeats_nothing_and_speaks_of_photographs_only_where_there_are_some(client):
    award = factory.finished()
    officer = programmes.officer(award.programme)
    place = (award.programme.code, award.code)
    done = factory.ANSWERS[0]["done"]
    assert page(client, officer, at("office_close", *place)).count(done) == 1
    factory.granting.close(award, done=done, left_why="Комісія.", by=officer, at=factory.LATER)
    text = page(client, None, at("award", award.code))
    assert text.count(done) == 1
    assert "що на фото є ви" not in text
    Award.objects.filter(pk=award.pk).update(promised="")
    assert "Обіцяно" not in page(client, None, at("award", award.code))


def test_a_payment_before_its_day_is_confirmed(client):
    award = factory.active()
    officer = programmes.officer(award.programme)
    place = (award.programme.code, award.code)
    address = at("office_pay", *place, 1)
    assert 'name="early"' not in page(client, officer, address)
    award.tranches.update(planned_on=date(2100, 3, 1))
    text = plain(page(client, officer, address))
    assert "не раніше 1 березня 2100 р." in text
    assert "р.." not in text
    answer = client.post(address, {"paid_on": "02.02.2024"})
    assert answer.status_code == 422
    assert "День за планом ще не настав." in answer.content.decode()
    assert client.post(address, {"paid_on": "02.02.2024", "early": "on"}).status_code == 302


def test_the_tranche_row_offers_an_act_to_the_office_and_tells_the_applicant_what_it_waits_for(client):
    world = factory.world()
    office = page(client, world.officer, at("office", world.programme.code, world.award.code))
    assert "Можна платити" in office
    assert "Записати оплату" in office
    ours = page(client, world.preparer, at("cabinet", world.award.code))
    assert "Чекає на виплату" in ours
    assert "Можна платити" not in ours


def test_the_plan_offers_the_reports_there_are_and_a_new_form_where_there_is_none(client):
    award = factory.prepared()
    officer = programmes.officer(award.programme)
    address = at("office_plan", award.programme.code, award.code)
    text = page(client, officer, address)
    assert "звіт 3" in text
    assert "звіт 4" not in text
    new = reverse("programmes:form_new", args=[award.programme.code])
    assert f'href="{new}?next={address}"' in text
    factory.form(award.programme)
    assert new not in page(client, officer, address)


def test_the_agreement_names_the_day_on_which_the_panel_met(client):
    world = factory.world()
    panel = world.award.application.decision.panel
    panel.meets_at = datetime(2024, 1, 20, 10, 0, tzinfo=UTC)
    panel.save()
    text = plain(page(client, world.preparer, at("agreement", world.award.code)))
    assert "20 січня 2024" in text
    assert "має на це щонайменше тиждень" in text


def test_an_office_without_agreements_is_told_what_comes_next(client):
    one = factory.application()
    officer = programmes.officer(one.call.programme)
    address = at("office_list", one.call.programme.code)
    text = page(client, officer, address)
    assert "підготуйте для них угоди вгорі" in text
    assert "Без відбору" not in text
    text = page(client, officer, f"{address}?q=щось")
    assert "Такої підтримки немає" in text
    assert "Без відбору" in text
    fresh = programmes.programme()
    assert "Підтримка з’являється з рішень комісії" in page(
        client, programmes.officer(fresh), at("office_list", fresh.code)
    )
