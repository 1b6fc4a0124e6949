"""Every address asked as every role answers as the access table says: it opens, or it is not there."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.asking import address_of
from tests.access.table import TABLE
from tests.architecture import house
from tests.factories.scene import ROLES

pytestmark = pytest.mark.django_db
CODES = {200: "opens", 302: "onward", 401: "key", 404: "nothing", 405: "post_only", 410: "nothing"}
DOOR = "/account/login/"
# Nobody comes back to a code that was never sent.
OWN_DOORS = {DOOR}
WRITES = ("INSERT", "UPDATE", "DELETE")
# What a browser's visit may write without changing anything of ours.
KEPT = ('"django_session"',)


def said(answer, here):
    """What was answered, in a word of the table."""
    word = CODES.get(answer.status_code, str(answer.status_code))
    if word == "onward" and answer["Location"].startswith(DOOR):
        return (
            "door"
            if unquote(answer["Location"]) in {f"{DOOR}?next={here}", *OWN_DOORS}
            else f"door {answer['Location']}"
        )
    return word


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.title)
def test_opens_for_whom_it_is_meant(line, scene, asked):
    here = address_of(line, scene)
    answered = {role: said(asked(role, here), here) for role in ROLES}
    assert {role: word for role, word in answered.items() if word != line.answer(role)} == {}


def refused(answer):
    """Whether an answer to a pressed button says no: 404, 405, or off to sign in."""
    door = answer.status_code == 302 and answer["Location"].startswith(DOOR)
    return door or answer.status_code in {401, 404, 405}


def changes(queries):
    return [
        one["sql"] for one in queries if one["sql"].startswith(WRITES) and not any(name in one["sql"] for name in KEPT)
    ]


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.title)
def test_nobody_else_presses_its_button(line, scene, asked):
    """Whoever may not open the page is refused; whoever may only read it changes nothing."""
    here, wrong = address_of(line, scene), {}
    for role in ROLES:
        if line.may_write(role):
            continue
        with CaptureQueriesContext(connection) as caught:
            answer = asked(role, here, "post", data={})
        opened = line.answer(role) in {"opens", "onward"}
        if changes(caught) or answer.status_code >= 500 or not (opened or refused(answer)):
            wrong[role] = (answer.status_code, changes(caught))
    assert wrong == {}


@pytest.mark.parametrize("line", TABLE, ids=lambda line: line.title)
def test_an_empty_form_breaks_nothing(line, scene, asked):
    """Whoever may press the button gets an answer, also when nothing was filled in."""
    here = address_of(line, scene)
    answered = {role: asked(role, here, "post", data={}).status_code for role in ROLES if line.may_write(role)}
    assert {role: status for role, status in answered.items() if status >= 500} == {}


def test_every_address_stands_in_the_table():
    known = {name for name, _entry in house.addresses()}
    assert known - {line.name for line in TABLE} == set()
    assert {line.name for line in TABLE} - known == set()


def test_a_line_says_one_thing_of_everybody():
    twice = [
        line.title
        for line in TABLE
        for role in ROLES
        if sum(role in getattr(line, word).split() for word in ("opens", "onward", "post_only", "nothing")) > 1
    ]
    assert twice == []
    assert len({line.title for line in TABLE}) == len(TABLE)
