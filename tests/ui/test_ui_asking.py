"""What programs may ask: each kind of word is read or refused in a sentence; places of lists are sealed; problems are documents."""

import json
from datetime import date

import pytest
from django.core import signing
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as some

from viche.ui import asking, problems
from viche.ui.asking import Kind, Param
from viche.ui.problems import Problem

EXAMPLES = 40
DAY = Param("since", "від якого дня", Kind.DAY)
FEW = Param("n", "скільки", Kind.NUMBER, least=2, most=9)
CHOICE = Param("kind", "вид", Kind.CHOICE, ("grant", "hub"))
TEXT = Param("q", "слова")
ALL = (DAY, FEW, CHOICE, TEXT, *asking.EVERY_LIST)


def asked(query, params=ALL):
    return asking.asked(RequestFactory().get(f"/api/v1/calls?{query}"), params)


def refused(query, params=ALL):
    with pytest.raises(Problem) as no:
        asked(query, params)
    return no.value.status, no.value.sentence


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {}),
        ("since=2024-05-20", {"since": date(2024, 5, 20)}),
        ("since=2024-02-29", {"since": date(2024, 2, 29)}),
        ("since=0001-01-01", {"since": asking.FIRST}),
        ("since=9999-12-31", {"since": asking.LAST}),
        ("n=2", {"n": 2}),
        ("n=9", {"n": 9}),
        ("n=0009", {"n": 9}),
        ("kind=hub", {"kind": "hub"}),
        ("q=", {"q": ""}),
        ("q=%D1%96%20%D1%97", {"q": "і ї"}),
        ("q=a%00b", {"q": "ab"}),
        (f"q={'x' * 100}", {"q": "x" * 100}),
        ("limit=200&cursor=abc", {"limit": 200, "cursor": "abc"}),
        ("kind=grant&n=3&q=x", {"kind": "grant", "n": 3, "q": "x"}),
    ],
)
def test_what_is_asked_is_read(query, found):
    assert asked(query) == found


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=2023-02-29", "«since» – це день"),
        ("since=20240520", "«since» – це день"),
        ("since=2024-5-20", "«since» – це день"),
        ("since=2024-W21-1", "«since» – це день"),
        ("since=", "«since» – це день"),
        ("n=1", "від 2 до 9"),
        ("n=10", "від 2 до 9"),
        ("n=-3", "від 2 до 9"),
        ("n=3.0", "від 2 до 9"),
        ("n=%2B3", "від 2 до 9"),
        ("n=%203", "від 2 до 9"),
        ("n=%C2%B2", "від 2 до 9"),
        (f"n={'1' * 19}", "від 2 до 9"),
        ("n=", "від 2 до 9"),
        ("kind=GRANT", "grant, hub"),
        ("kind=", "grant, hub"),
        (f"q={'x' * 101}", "не довше за 100"),
        ("q=a&q=b", "«q» сказано двічі"),
        ("cursor=a&cursor=b", "«cursor» сказано двічі"),
        ("Q=a", "«Q» тут нічого не означає"),
        ("=a", "«» тут нічого не означає"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(query, said):
    status, sentence = refused(query)
    assert status == 422
    assert said in sentence
    assert sentence.endswith(".")


def test_an_unknown_name_is_told_which_are_known_and_is_cut():
    _status, sentence = refused(f"{'y' * 500}=1")
    assert "since, n, kind, q, limit, cursor" in sentence
    assert "y" * 101 not in sentence
    assert refused("x=1", ())[1] == "«x» тут нічого не означає. Можна: —."


@pytest.mark.parametrize(("query", "words"), [("n=1", "from 2 to 9"), ("q=a&q=b", "q")])
def test_sentences_speak_the_language_of_the_page(query, words):
    with translation.override("en"):
        _status, sentence = refused(query)
    assert words in sentence
    assert not any("а" <= sign <= "я" for sign in sentence.lower())


@bounded(max_examples=EXAMPLES, deadline=None)
@given(some.text(max_size=30))
def test_whatever_is_written_is_read_or_refused(written):
    for param in ALL:
        found, wrong = None, None
        try:
            found = param.read(written)
        except Problem as no:
            wrong = no
        if wrong:
            assert (wrong.status, bool(wrong.sentence)) == (422, True)
        else:
            assert isinstance(found, date | int | str)
            assert param.kind != Kind.NUMBER or param.least <= found <= param.most


# Places


@bounded(max_examples=EXAMPLES, deadline=None)
@given(some.integers(1, 10**18))
def test_a_place_is_found_again_and_is_the_same_word_each_time(key):
    written = asking.place_after(key, of="/api/v1/calls")
    assert asking.place(written, of="/api/v1/calls") == key
    assert written == asking.place_after(key, of="/api/v1/calls")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda place: place[:-1],
        lambda place: f"{place}x",
        lambda _place: "",
        lambda _place: "17",
        lambda place: place.swapcase(),
        lambda _place: signing.dumps(17),
        lambda _place: signing.Signer().sign_object(17),
        lambda _place: asking.place_after(17, of="/api/v1/awards"),
    ],
)
def test_a_place_that_we_did_not_give_is_refused(spoil):
    with pytest.raises(Problem) as no:
        asking.place(spoil(asking.place_after(17, of="/api/v1/calls")), of="/api/v1/calls")
    assert no.value.status == 400
    assert "cursor" in no.value.sentence


# Problems


@pytest.mark.parametrize("status", problems.TITLES)
def test_every_problem_is_a_document(status):
    answer = problems.answer(status, "Що не так: «лапки» & <знаки>.", {"Retry-After": "7"})
    told = json.loads(answer.content)
    assert told == {
        "type": "about:blank",
        "title": str(problems.TITLES[status]),
        "status": status,
        "detail": "Що не так: «лапки» & <знаки>.",
    }
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer["Cache-Control"], answer["Retry-After"]) == ("no-store", "7")


@pytest.mark.parametrize("status", problems.TITLES)
def test_every_title_has_an_english_one(status):
    with translation.override("en"):
        title = str(problems.TITLES[status])
    assert title.isascii()
    assert title != str(problems.TITLES[status])


def test_the_head_of_a_problem_may_be_named_in_python():
    wrong = Problem(429, "Зачекайте.", Retry_After="5", WWW_Authenticate="Bearer")
    assert wrong.head == {"Retry-After": "5", "WWW-Authenticate": "Bearer"}
    assert str(wrong) == wrong.sentence == "Зачекайте."


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/api/v1/calls", True),
        ("/en/api/v1/calls", True),
        ("/api/v1/", True),
        ("/api/", False),
        ("/", False),
        ("/english/api/v1/", False),
        ("/calls/api/v1/", False),
    ],
)
def test_problems_are_told_to_programs_alone(path, wanted):
    assert problems.are_wanted(RequestFactory().get(path)) is wanted
