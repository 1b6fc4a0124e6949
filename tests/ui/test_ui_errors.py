"""What is said when something goes wrong, and that nothing typed is lost by it."""

import logging
import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.urls("tests.ui.urls"), pytest.mark.django_db]
OURS = {"origin": "http://testserver"}
TYPED = {
    "story": "Перший рядок\nдругий <b>рядок</b>",
    "several": ["a", "b"],
    "csrfmiddlewaretoken": "old",
    "new_password": "hush hush",
}


@pytest.fixture
def careful():
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def calm():
    return Client(raise_request_exception=False)


def test_an_old_form_keeps_everything_but_secrets(careful):
    answer = careful.post("/hello/word/?a=1", TYPED, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Форма застаріла, але все набране тут" in page
    assert 'name="story" value="Перший рядок\nдругий &lt;b&gt;рядок&lt;/b&gt;"' in page
    assert page.count('name="several"') == 2
    assert "hush hush" not in page
    assert 'value="old"' not in page
    assert 'action="/hello/word/?a=1"' in page


def test_the_button_of_an_old_form_sends_it_again(careful):
    page = careful.post("/hello/word/", {"story": "три"}, headers=OURS).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    again = careful.post("/hello/word/", {"story": "три", "csrfmiddlewaretoken": token}, headers=OURS)
    assert again.content == b"word"


def test_files_of_an_old_form_have_to_be_added_again(careful, tmp_path):
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF")
    with file.open("rb") as letter:
        page = careful.post("/hello/word/", {"story": "x", "letter": letter}, headers=OURS).content.decode()
    assert "Файли браузер удруге не передає" in page


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://elsewhere.example"},
        {"referer": "https://elsewhere.example/testserver"},
    ],
)
def test_a_form_from_another_site_is_not_offered_under_our_name(careful, headers):
    page = careful.post("/hello/word/", TYPED, headers=headers).content.decode()
    assert "Перший рядок" not in page
    assert "Не вдалося перевірити, звідки надіслано форму" in page


@pytest.mark.parametrize("headers", [{"referer": "http://testserver/form/"}, {"sec-fetch-site": "same-origin"}])
def test_a_page_of_ours_is_known_by_any_of_its_signs(careful, headers):
    assert "Перший рядок" in careful.post("/hello/word/", TYPED, headers=headers).content.decode()


def test_a_script_with_an_old_token_gets_a_fresh_one(careful):
    answer = careful.post("/hello/word/", {"a": 1}, headers={**OURS, "accept": "application/json"})
    assert answer.status_code == 403
    token = answer.json()["token"]
    again = careful.post("/hello/word/", {"a": 1}, headers={**OURS, "x-csrftoken": token})
    assert again.content == b"word"


def test_another_site_gets_no_token(careful):
    answer = careful.post(
        "/hello/word/", {"a": 1}, headers={"accept": "application/json", "origin": "https://elsewhere.example"}
    )
    assert "token" not in answer.content.decode().replace("csrfmiddlewaretoken", "")


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "Цю сторінку не знайдено"),
        ("/refused/", 404, "Цю сторінку не знайдено"),
        ("/denied/", 403, "Так не можна"),
        ("/flood/", 413, "Надіслано забагато"),
        ("/en/nowhere/", 404, "This page was not found"),
    ],
)
def test_every_error_has_a_page_of_ours(calm, address, status, words):
    answer = calm.get(address)
    assert answer.status_code == status
    assert f"<h1 data-held>{words}</h1>" in answer.content.decode()


def test_a_request_that_makes_no_sense(calm):
    answer = calm.get("/hello/word/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400


def test_bad_and_too_many(rf):
    from django.contrib.auth.models import AnonymousUser

    from viche.ui import views

    request = rf.get("/")
    request.user = AnonymousUser()
    assert views.bad_request(request).status_code == 400
    answer = views.too_many(request)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_a_fault_of_ours_gives_a_code_that_is_in_the_log(calm, caplog):
    with caplog.at_level(logging.ERROR):
        answer = calm.get("/broken/")
    page = answer.content.decode()
    code = re.search(r'class="code">([0-9A-F]{6})<', page)[1]
    assert answer.status_code == 500
    assert "Збережене лишилося збереженим" in page
    assert f"Fault {code} at GET /broken/" in caplog.text


def test_a_script_hears_of_a_fault_in_its_own_way(calm):
    answer = calm.get("/broken/", headers={"accept": "application/json"})
    assert (answer.status_code, set(answer.json())) == (500, {"text", "code"})


def test_every_answer_asks_for_nothing_of_the_device(calm):
    assert "camera=()" in calm.get("/hello/word/")["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/hello/%00/", "/hello/word%00/", f"/hello/{2**63}/", f"/hello/{2**70}.csv"])
def test_an_address_that_can_lead_nowhere_is_not_found(calm, address):
    assert calm.get(address).status_code == 404


def test_a_cookie_that_no_browser_sends_counts_as_none(calm):
    calm.cookies["sessionid"] = "\0aaaaaaaaaaaaaaaaaaaaaaaaa"
    assert calm.get("/hello/word/").status_code == 200


def test_pages_of_the_signed_in_stay_theirs(calm):
    assert "Cache-Control" not in calm.get("/hello/word/").headers
    calm.cookies["sessionid"] = "aaaaaaaaaaaaaaaaaaaaaaaaa"
    assert calm.get("/hello/word/")["Cache-Control"] == "private, no-cache"
