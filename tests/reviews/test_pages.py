"""Pages of reviewing as people open them: reading and scoring, the office, the ranking, the panel, the outcome."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import calls, people, programmes
from tests.factories import reviews as made
from viche.calls.models import Call
from viche.reviews.choices import AssignmentState
from viche.reviews.models import Assignment, Conflict, Decision, Panel
from viche.reviews.queries import assignments

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def of(stage, name, *more):
    return reverse(f"reviews:{name}", args=[stage.programme.code, stage.call.code, *more])


def fields(stage, points="4", reason="Бо так видно з кошторису."):
    found = {"comment": "Загалом переконує."}
    for criterion in stage.call.criteria.all():
        found |= {f"points-{criterion.pk}": points, f"reason-{criterion.pk}": reason}
    return found


def shown(response):
    return response.content.decode()


@pytest.fixture
def stage():
    return made.assigned(applications=2, reviewers=2)


@pytest.fixture
def reading(stage, client):
    """The first place, its reader signed in, its address."""
    stage.place = stage.places[0]
    client.force_login(stage.place.reviewer)
    stage.address = reverse("reviews:review", args=[stage.place.pk])
    return stage


def test_the_reading_page_shows_the_answers_and_the_criteria(reading, client):
    page = shown(client.get(reading.address))
    for words in (*made.SECRETS, "Потреба громади", "Чиє життя зміниться", "Вага 60", "Здати оцінку"):
        assert words in page
    assert page.count('type="radio"') == 12
    assert 'data-save="' in page


def test_what_is_typed_is_saved_for_a_script_and_says_the_total(reading, client):
    answer = client.post(reading.address, {**fields(reading, points=""), "revision": "0"}, **JSON)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["revision"], told["total"]) == (1, None)
    assert told["text"].startswith("Збережено ")
    told = client.post(reading.address, {**fields(reading, points="3"), "revision": "1"}, **JSON).json()
    assert told["text"].endswith("Разом 60,0 зі 100")
    page = shown(client.get(reading.address))
    assert "Бо так видно з кошторису." in page
    assert "60,0" in page


def test_a_stale_page_shows_both_texts_and_loses_none(reading, client):
    client.post(reading.address, {**fields(reading, reason="Перша вкладка."), "revision": "0"}, **JSON)
    late = {**fields(reading, reason="Друга вкладка."), "revision": "0"}
    answer = client.post(reading.address, late, **JSON)
    assert answer.status_code == 409
    assert set(answer.json()) == {"text", "revision", "theirs", "compare"}
    answer = client.post(reading.address, {**late, "act": "save"})
    page = shown(answer)
    assert answer.status_code == 409
    assert page.count("Перша вкладка.") == 2
    assert page.count("Друга вкладка.") == 2
    assert 'name="revision" value="1"' in page
    client.post(reading.address, {**late, "revision": "1"})
    assert {score.reason for score in reading.place.scores.all()} == {"Друга вкладка."}


def test_a_revision_that_is_none_is_stale(reading, client):
    assert client.post(reading.address, {**fields(reading), "revision": "абищо"}).status_code == 409


def test_handing_in_with_gaps_names_them_at_their_place(reading, client):
    answer = client.post(reading.address, {**fields(reading, points="", reason=""), "revision": "0", "act": "hand_in"})
    page = shown(answer)
    assert answer.status_code == 422
    assert page.count("Поставте бал за «Потреба громади».") == 2
    assert ": Поставте бал" not in page
    assert "Загалом переконує." in page
    assert 'name="revision" value="1"' in page


def test_points_that_are_none_count_as_missing(reading, client):
    answer = client.post(reading.address, {**fields(reading, points="77"), "revision": "0", "act": "hand_in"})
    assert answer.status_code == 422
    told = client.post(reading.address, {**fields(reading, points="77"), "revision": "1"}, **JSON).json()
    assert told["total"] is None


def test_a_review_is_handed_in_once_and_then_only_read(reading, client):
    typed = {**fields(reading), "revision": "0", "act": "hand_in"}
    answer = client.post(reading.address, typed)
    assert answer.url == reverse("reviews:mine")
    assert client.post(reading.address, typed).status_code == 302
    page = shown(client.get(reading.address))
    assert "<textarea" not in page
    assert "попросіть програму" in page
    answer = client.post(reading.address, {**fields(reading, reason="Запізно."), "revision": "1"})
    assert answer.status_code == 409
    assert "Запізно." in shown(answer)


def test_when_the_assessment_ended_meanwhile_the_words_are_still_there(reading, client):
    Call.objects.update(stage="assessed")
    answer = client.post(reading.address, {**fields(reading, reason="Не встигла."), "revision": "0"})
    assert answer.status_code == 409
    assert "Не встигла." in shown(answer)
    assert "завершено без вашої оцінки" in shown(answer)
    answer = client.post(reading.address, {**fields(reading), "revision": "0"}, **JSON)
    assert (answer.status_code, answer.json()["text"]) == (409, "Оцінювання завершено, оцінки вже не змінюються.")


def test_a_long_scale_is_typed(client):
    stage = made.assigned(applications=1, reviewers=2)
    stage.call.criteria.update(scale=100)
    place = stage.places[0]
    client.force_login(place.reviewer)
    address = reverse("reviews:review", args=[place.pk])
    assert 'type="radio"' not in shown(client.get(address))
    client.post(address, {**fields(stage, points="85"), "revision": "0", "act": "hand_in"})
    assert Assignment.objects.get(pk=place.pk).total == 85


def test_a_conflict_is_asked_first_and_then_the_page_is_gone(reading, client):
    address = reverse("reviews:conflict", args=[reading.place.pk])
    assert "зникне з вашого списку" in shown(client.get(address))
    assert client.post(address, {"note": "а" * 401}).status_code == 422
    assert client.post(address, {"note": "Мій колишній заступник."}).url == reverse("reviews:mine")
    assert Conflict.objects.get().note == "Мій колишній заступник."
    for gone in (address, reading.address):
        assert client.get(gone).status_code == 404
    assert reading.place.application.code not in shown(client.get(reverse("reviews:mine")))


def test_a_finished_review_keeps_its_reader(reading, client):
    made.hand_in(reading.place)
    answer = client.post(reverse("reviews:conflict", args=[reading.place.pk]), {"note": ""})
    assert answer.status_code == 422
    assert "вже здано" in shown(answer)


def test_a_visitor_is_asked_to_sign_in_and_another_reader_finds_nothing(stage, client):
    address = reverse("reviews:review", args=[stage.places[0].pk])
    assert "next=" in client.get(address).url
    client.force_login(people.user())
    assert client.get(address).status_code == 404


def test_files_are_handed_to_their_readers_alone(stage, client):
    place = stage.places[0]
    stored = calls.letter(place.application)
    address = reverse("reviews:upload", args=[place.pk, stored.key])
    other = next(one for one in stage.places if one.application_id != place.application_id)
    client.force_login(place.reviewer)
    assert client.get(address).status_code == 200
    assert client.get(reverse("reviews:upload", args=[other.pk, stored.key])).status_code == 404
    assert client.get(of(stage, "application_upload", place.application.code, stored.key)).status_code == 404
    client.force_login(stage.officer)
    assert client.get(of(stage, "application_upload", place.application.code, stored.key)).status_code == 200
    made.tie(place.reviewer, place.application)
    client.force_login(place.reviewer)
    assert client.get(address).status_code == 404


def test_my_list_is_searched_filtered_and_taken_along(reading, client):
    mine = reverse("reviews:mine")
    assert shown(client.get(mine)).count("Світла читальня") == 2
    made.hand_in(reading.place)
    code = reading.place.application.code
    assert code not in shown(client.get(mine, {"state": "todo"}))
    assert code in shown(client.get(mine, {"state": "done", "call": reading.call.code, "q": code}))
    assert "Зараз нічого оцінювати" in shown(client.get(mine, {"q": "немає такого"}))
    rows = json.loads(client.get(reverse("reviews:mine_file", args=["json"])).content)
    assert {row["code"] for row in rows} == {one.code for one in reading.applications}
    Assignment.objects.filter(pk=reading.place.pk).update(state=AssignmentState.BEGUN, submitted_at=None, total=None)
    assert "Прострочено на" in shown(client.get(mine))


def test_the_office_lists_calls_and_gives_out_places(client):
    stage = made.closed(applications=2, reviewers=2)
    client.force_login(stage.officer)
    listed = reverse("reviews:office_list", args=[stage.programme.code])
    assert stage.call.code in shown(client.get(listed))
    assert "0 із 4" in shown(client.get(listed, {"state": "assessing", "q": "гранти"}))
    assert "Оцінювати ще нічого" in shown(client.get(listed, {"state": "decided"}))
    assert client.get(of(stage, "assign")).url == of(stage, "office")
    page = shown(client.post(of(stage, "assign"), follow=True))
    assert "Роздано 4 місця." in page
    assert "4 із 4" in page


def test_the_office_hears_which_applications_lack_people_and_why(client):
    stage = made.closed(applications=1, reviewers=2)
    made.tie(stage.reviewers[0], stage.applications[0])
    client.force_login(stage.officer)
    page = shown(client.post(of(stage, "assign"), follow=True))
    assert f"{stage.applications[0].code}: бракує 1, бо з 2 рецензентів програми 1" in page
    assert "та сама організація" in page


def test_without_reviewers_the_office_is_told(client):
    stage = made.closed(applications=1, reviewers=0)
    client.force_login(stage.officer)
    answer = client.post(of(stage, "assign"))
    assert answer.status_code == 409
    assert "спершу запросіть їх" in shown(answer)


def test_single_places_are_given_taken_and_given_back(stage, client):
    client.force_login(stage.officer)
    place = stage.places[0]
    code = place.application.code
    newcomer = programmes.reviewer(stage.programme, name="Нова рецензентка")
    assert "Забрати заявку" in shown(client.get(of(stage, "release", place.pk)))
    client.post(of(stage, "release", place.pk))
    assert client.post(of(stage, "release", place.pk)).status_code == 404
    assert "Нова рецензентка" in shown(client.get(of(stage, "give", code)))
    assert client.post(of(stage, "give", code), {"reviewer": ""}).status_code == 422
    client.post(of(stage, "give", code), {"reviewer": newcomer.pk})
    assert client.post(of(stage, "give", code), {"reviewer": place.reviewer.pk}).status_code == 409
    given = assignments.by_pk(Assignment.objects.get(reviewer=newcomer).pk)
    assert client.post(of(stage, "reopen", given.pk), {"why": "рано"}).status_code == 409
    made.hand_in(given)
    assert client.post(of(stage, "release", given.pk)).status_code == 409
    assert "листом" in shown(client.get(of(stage, "reopen", given.pk)))
    client.post(of(stage, "reopen", given.pk), {"why": "Поясніть, будь ласка, бал."})
    client.force_login(newcomer)
    assert "Поясніть, будь ласка, бал." in shown(client.get(reverse("reviews:review", args=[given.pk])))


def test_the_table_shows_what_lacks_people_and_what_is_late(stage, client):
    client.force_login(stage.officer)
    made.hand_in(stage.places[0])
    assert "Прострочено на" in shown(client.get(of(stage, "office"), {"show": "late"}))
    assert "Таких заявок немає" in shown(client.get(of(stage, "office"), {"show": "short"}))
    code = stage.applications[1].code
    assert code in shown(client.get(of(stage, "office"), {"q": code}))


def test_the_assessment_ends_with_a_reason_where_reviews_lack(client):
    stage = made.reviewed(applications=1, reviewers=2)
    place = stage.places[0]
    Assignment.objects.filter(pk=place.pk).update(state="begun", submitted_at=None, total=None)
    client.force_login(stage.officer)
    assert "Завершити оцінювання?" in shown(client.get(of(stage, "close")))
    assert client.post(of(stage, "close"), {"why": ""}).status_code == 422
    assert client.post(of(stage, "close"), {"why": "Одна захворіла."}).url == of(stage, "panel")
    assert made.fresh(stage.call).stage == "assessed"


def test_the_ranking_tells_place_disagreement_and_where_the_money_ends(client):
    stage = made.assigned(applications=3, reviewers=3, budget=300_000)
    for place in stage.places:
        first = place.application_id == stage.applications[0].pk
        made.hand_in(place, points=5 if first and place.slot == 1 else 3)
    client.force_login(stage.officer)
    page = shown(client.get(of(stage, "ranking")))
    assert "розходяться на" in page
    assert page.index("Далі бюджету не вистачає") > page.index(stage.applications[0].code)
    assert "540\u00a0000\u00a0₴" in page
    chosen = shown(client.get(of(stage, "ranking"), {"show": "disagree"}))
    assert stage.applications[0].code in chosen
    assert stage.applications[1].code not in chosen
    assert stage.applications[1].code in shown(client.get(of(stage, "ranking"), {"q": stage.applications[1].code}))
    assert "Таких заявок немає" in shown(client.get(of(stage, "ranking"), {"q": "нічого"}))


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_the_ranking_is_taken_along(client, ending):
    stage = made.reviewed(applications=2, reviewers=2)
    client.force_login(stage.officer)
    answer = client.get(of(stage, "ranking_file", ending))
    assert answer.status_code == 200
    if ending == "json":
        rows = json.loads(answer.content)
        assert [row["place"] for row in rows] == [1, 2]
        assert rows[0]["asked"] == 180000


def test_scores_stand_side_by_side_with_names_for_officers_only(client):
    stage = made.reviewed(applications=1, reviewers=2)
    address = of(stage, "application", stage.applications[0].code)
    client.force_login(stage.officer)
    page = shown(client.get(address))
    assert made.REASON in page
    assert "Рецензентка 1" in page
    client.force_login(programmes.panellist(stage.programme))
    page = shown(client.get(address))
    assert made.REASON in page
    assert "Рецензентка 1" not in page
    assert "Світла читальня" in page


def test_a_panel_member_steps_aside(client):
    stage = made.assessed(applications=2, reviewers=2)
    code = stage.applications[0].code
    client.force_login(stage.members[0])
    assert "більше не побачите" in shown(client.get(of(stage, "recuse", code)))
    assert client.post(of(stage, "recuse", code), {"note": "а" * 401}).status_code == 422
    client.post(of(stage, "recuse", code), {"note": "Сусід."})
    assert client.get(of(stage, "application", code)).status_code == 404
    page = shown(client.get(of(stage, "ranking")))
    assert "конфлікт інтересів" in page
    assert code not in page


def test_the_panel_is_convened_by_officers(client):
    stage = made.reviewed(applications=1, reviewers=2)
    member = programmes.panellist(stage.programme, name="Членкиня комісії")
    client.force_login(stage.officer)
    assert "ще не скликано" in shown(client.get(of(stage, "panel")))
    assert client.post(of(stage, "convene"), {"meets_at": "колись"}).status_code == 422
    impossible = {"meets_at": "2024-03-05T14:00", "members": "9223372036854775808"}
    assert client.post(of(stage, "convene"), impossible).status_code == 422
    assert "Членкиня комісії" in shown(client.get(of(stage, "convene")))
    typed = {"meets_at": "2024-03-05T14:00", "place": "Калинопіль", "members": [member.pk]}
    assert client.post(of(stage, "convene"), typed).url == of(stage, "panel")
    assert "5\u00a0березня 2024" in shown(client.get(of(stage, "panel")))
    assert 'value="2024-03-05T14:00"' in shown(client.get(of(stage, "convene")))
    Call.objects.update(stage="cancelled")
    assert client.post(of(stage, "convene"), typed).status_code == 409


def test_before_the_panel_has_met_its_page_says_so_and_where_to_change_the_meeting(client):
    stage = made.assessed(applications=1, reviewers=2)
    made.decision(stage, stage.applications[0])
    client.force_login(stage.officer)
    assert of(stage, "publish") in shown(client.get(of(stage, "panel")))
    Panel.objects.update(meets_at=timezone.now() + timedelta(days=3))
    page = shown(client.get(of(stage, "panel")))
    assert "Комісія ще не засідала" in page
    assert f'<a href="{of(stage, "convene")}">Вкажіть, коли саме</a>' in page
    assert of(stage, "publish") not in page


def test_the_page_of_the_panel_tells_taking_applications_from_reviewing(client):
    stage = made.closed(applications=1, reviewers=2)
    client.force_login(stage.officer)
    assert "Оцінювання ще триває" in shown(client.get(of(stage, "panel")))
    now = timezone.now()
    Call.objects.update(closes_at=now + timedelta(days=1))
    page = shown(client.get(of(stage, "panel")))
    assert "Прийом ще триває." in page
    assert "Оцінювання ще триває" not in page
    Call.objects.update(opens_at=now + timedelta(hours=1))
    assert "Конкурс ще не відкрито." in shown(client.get(of(stage, "panel")))


def test_a_reviewer_who_heads_an_applicant_is_told_before_anything_is_given_out(client):
    stage = made.closed(applications=2, reviewers=2)
    client.force_login(stage.officer)
    assert "Жодного не заявлено й не знайдено." in shown(client.get(of(stage, "office")))
    people.head(stage.applications[0].organisation, user=stage.reviewers[0])
    page = shown(client.get(of(stage, "office")))
    assert "Жодного не заявлено й не знайдено." not in page
    assert f"Рецензентка 1 · {stage.applications[0].code}" in page
    assert not Conflict.objects.exists()


def test_decisions_are_written_one_after_another_and_published(client):
    stage = made.assessed(applications=2, reviewers=2, budget=300_000)
    one, two = stage.applications
    client.force_login(stage.officer)
    page = shown(client.get(of(stage, "decision", one.code)))
    assert "300\u00a0000\u00a0₴" in page
    assert 'value="180\u00a0000"' in page
    assert client.post(of(stage, "decision", one.code), {"outcome": "supported", "amount": "180000"}).status_code == 422
    typed = {"outcome": "supported", "amount": "180 000", "reason": "Найкраща.", "next": "1"}
    assert client.post(of(stage, "decision", one.code), typed).url == of(stage, "decision", two.code)
    answer = client.post(of(stage, "decision", two.code), typed)
    assert answer.status_code == 422
    assert "бракує 60\u00a0000\u00a0₴" in shown(answer)
    typed = {"outcome": "declined", "reason": "Грошей менше, ніж заявок.", "next": "1"}
    assert client.post(of(stage, "decision", two.code), typed).url == of(stage, "panel")
    page = shown(client.get(of(stage, "panel")))
    assert "120\u00a0000\u00a0₴" in page
    assert "Рішення є щодо всіх заявок." in page
    assert 'value="declined" id="id_outcome_2" checked' in shown(client.get(of(stage, "decision", two.code)))
    assert "Оприлюднити рішення?" in shown(client.get(of(stage, "publish")))
    assert client.post(of(stage, "publish"), {"protocol": "Сперечалися довго."}).url == of(stage, "panel")
    assert made.fresh(stage.call).stage == "decided"
    assert "Сперечалися довго." in shown(client.get(of(stage, "protocol")))
    assert client.post(of(stage, "publish"), {"protocol": ""}).status_code == 302
    assert Panel.objects.get().protocol == "Сперечалися довго."


def test_publishing_waits_for_every_decision(client):
    stage = made.assessed(applications=1, reviewers=2)
    client.force_login(stage.officer)
    answer = client.post(of(stage, "publish"), {"protocol": ""})
    assert answer.status_code == 409
    assert "Ще 1 заявка без рішення." in shown(answer)
    assert not Decision.objects.exists()


def test_a_call_without_money_asks_for_none(client):
    stage = made.assessed(
        applications=1, reviewers=2, kind="hub", budget=None, award_least=None, award_most=None, places=1
    )
    code = stage.applications[0].code
    client.force_login(stage.officer)
    assert "Сума підтримки" not in shown(client.get(of(stage, "decision", code)))
    client.post(of(stage, "decision", code), {"outcome": "supported", "reason": "Хаб потрібен."})
    page = shown(client.get(of(stage, "panel")))
    assert "Підтримано 1 заявку" in page
    assert "1 із 1" in page


def test_applicants_read_the_decision_and_reasons_without_names(client):
    stage = made.decided(applications=2, reviewers=2)
    for number, application in enumerate(stage.applications):
        address = reverse("reviews:outcome", args=[application.pk])
        client.force_login(calls.writer(application))
        page = shown(client.get(address))
        assert f"Рішення комісії {number}." in page
        assert f"Заявка {number}." in page
        assert "Потреба громади" in page
        assert "Рецензентка" not in page
    client.force_login(people.user())
    assert client.get(address).status_code == 404


def test_the_page_of_a_decided_application_leads_to_what_was_decided(client):
    stage = made.decided()
    application = stage.applications[0]
    client.force_login(calls.writer(application))
    page = shown(client.get(application.get_absolute_url()))
    assert reverse("reviews:outcome", args=[application.pk]) in page
    assert "Що далі" not in page


def test_before_the_decision_there_is_no_outcome(client):
    stage = made.assessed(applications=1, reviewers=2)
    application = stage.applications[0]
    client.force_login(calls.writer(application))
    assert client.get(reverse("reviews:outcome", args=[application.pk])).status_code == 404


def test_panel_members_and_observers_only_read(client):
    stage = made.assessed(applications=1, reviewers=2)
    code = stage.applications[0].code
    for person in (stage.members[0], programmes.observer(stage.programme)):
        client.force_login(person)
        for name, more in (("ranking", ()), ("panel", ()), ("protocol", ()), ("application", (code,))):
            assert client.get(of(stage, name, *more)).status_code == 200
        assert client.get(reverse("reviews:office_list", args=[stage.programme.code])).status_code == 200
        for name, more in (
            ("office", ()),
            ("close", ()),
            ("convene", ()),
            ("publish", ()),
            ("decision", (code,)),
            ("give", (code,)),
        ):
            assert client.get(of(stage, name, *more)).status_code == 404
            assert client.post(of(stage, name, *more)).status_code == 404


def test_every_page_speaks_english_too(client):
    stage = made.assessed(applications=1, reviewers=2)
    client.force_login(stage.officer)
    addresses = [of(stage, name) for name in ("ranking", "panel", "protocol", "office")]
    assert {client.get(f"/en{address}").status_code for address in addresses} == {200}


def test_a_call_without_money_speaks_of_no_sums(client):
    stage = made.assessed(applications=2, reviewers=2)
    client.force_login(stage.officer)
    for name in ("ranking", "panel"):
        assert "Просить" in shown(client.get(of(stage, name)))
    Call.objects.filter(pk=stage.call.pk).update(kind="hub", budget=None)
    stage.call.applications.update(amount=None)
    ranking, panel = (shown(client.get(of(stage, name))) for name in ("ranking", "panel"))
    for page in (ranking, panel):
        assert "Прос" not in page.partition("<main")[2]
        assert "₴" not in page.partition("<main")[2]
    assert "доки вистачає грошей" not in ranking


def test_a_score_of_fewer_reviews_than_wanted_is_marked(client):
    stage = made.assigned(applications=1, reviewers=2)
    client.force_login(stage.officer)
    made.hand_in(stage.places[0])
    assert "попередньо" in shown(client.get(of(stage, "ranking")))
    made.hand_in(stage.places[1])
    assert "попередньо" not in shown(client.get(of(stage, "ranking")))


def test_of_what_one_reads_that_which_waits_stands_first_then_the_newest(client):
    stage = made.assigned(applications=4, reviewers=1, reviewers_wanted=1)
    days = {0: 1, 1: 5, 2: 2}
    for number, day in days.items():
        made.hand_in(stage.places[number])
        Assignment.objects.filter(pk=stage.places[number].pk).update(submitted_at=made.AFTER + timedelta(days=day))
    client.force_login(stage.reviewers[0])
    page = shown(client.get(reverse("reviews:mine")))
    order = sorted(range(4), key=lambda number: page.index(stage.places[number].application.code))
    assert order == [3, 1, 2, 0]
    assert str(made.AFTER.year) in page.partition("<tbody")[2]


def test_a_reviewer_reads_the_criteria_in_the_language_of_the_page(client):
    stage = made.assigned(applications=1, reviewers=1)
    stage.call.criteria.update(name_en="Need of the community", help_en="Whose life changes")
    place = Assignment.objects.get()
    client.force_login(place.reviewer)
    address = reverse("reviews:review", args=[place.pk])
    english = shown(client.get(f"/en{address}"))
    assert "Need of the community" in english
    assert "Потреба громади" not in english
    assert "Need of the community" not in shown(client.get(address))
