"""What each role meets at the office addresses of results, and what the lists give in every ending."""

import json

import pytest
from django.urls import reverse

from tests.factories import people, programmes
from tests.factories import results as factory
from viche.results.models import Value

pytestmark = pytest.mark.django_db
OK, FOUND, MISSING, CONFLICT = 200, 302, 404, 409
OFFICE, WRITERS, MANAGERS = {"officer", "observer", "panellist"}, {"officer", "editor", "consultant"}, {"officer"}
ROLES = ("officer", "observer", "panellist", "reviewer", "editor", "consultant")
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def scene():
    """A programme with one of everything; the value is the editor's draft."""
    made = programmes.programme()
    made.persons = {role: getattr(programmes, role)(made) for role in ROLES}
    made.one, made.within = factory.indicator(made), factory.period(made)
    made.value = factory.value(made.one, 12, period=made.within, reported_by=made.persons["editor"])
    made.report = factory.donor_report(made, by=made.persons["officer"])
    return made


PAGES = {
    "indicators": ((), OFFICE),
    "indicator_new": ((), MANAGERS),
    "indicator_change": (("one.code",), MANAGERS),
    "indicator_remove": (("one.code",), MANAGERS),
    "targets": (("one.code",), MANAGERS),
    "periods": ((), OFFICE),
    "period_new": ((), MANAGERS),
    "periods_make": ((), MANAGERS),
    "period": (("within.pk",), OFFICE),
    "period_change": (("within.pk",), MANAGERS),
    "period_close": (("within.pk",), MANAGERS),
    "period_reopen": (("within.pk",), MANAGERS),
    "period_remove": (("within.pk",), MANAGERS),
    "values": ((), OFFICE | WRITERS),
    "value_new": ((), WRITERS),
    "value": (("value.pk",), OFFICE | {"editor"}),
    "value_write": (("value.pk",), {"editor"}),
    "value_remove": (("value.pk",), {"officer", "editor"}),
    "value_return": (("value.pk",), MANAGERS),
    "value_withdraw": (("value.pk",), MANAGERS),
    "evidence_add": (("value.pk",), {"editor"}),
    "donor_reports": ((), OFFICE),
    "donor_report_new": ((), MANAGERS),
    "donor_report": (("report.pk",), OFFICE),
    "donor_report_edit": (("report.pk",), MANAGERS),
    "donor_report_remove": (("report.pk",), MANAGERS),
}


def at(scene, name, *parts):
    read = []
    for part in parts:
        thing, _dot, field = str(part).partition(".")
        read.append(getattr(getattr(scene, thing), field) if field else part)
    return reverse(f"results:{name}", args=[scene.code, *read])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_its_roles_and_is_not_there_for_others(scene, client, name):
    parts, allowed = PAGES[name]
    opened = set()
    for role, person in scene.persons.items():
        client.force_login(person)
        status = client.get(at(scene, name, *parts)).status_code
        assert status in {OK, MISSING}, (role, status)
        opened |= {role} if status == OK else set()
    assert opened == allowed
    client.force_login(people.user())
    assert client.get(at(scene, name, *parts)).status_code == MISSING


@pytest.mark.parametrize("role", [role for role in ROLES if role != "officer"])
def test_whoever_is_no_officer_decides_closes_and_moves_nothing(scene, client, role):
    Value.objects.update(state="submitted")
    client.force_login(scene.persons[role])
    for name, part in (
        ("value_approve", "value.pk"),
        ("value_return", "value.pk"),
        ("period_close", "within.pk"),
        ("indicator_move", "one.code"),
        ("indicator_remove", "one.code"),
        ("donor_report_copy", "report.pk"),
    ):
        assert client.post(at(scene, name, part), {"remark": "Так.", "up": "1"}).status_code == MISSING, name
    assert Value.objects.get().state == "submitted"
    scene.within.refresh_from_db()
    assert not scene.within.is_closed


@pytest.mark.parametrize("name", ["indicators", "periods", "values", "donor_reports"])
@pytest.mark.parametrize(
    ("ending", "kind"), [("csv", "text/csv"), ("json", "application/json"), ("xlsx", "spreadsheet")]
)
def test_every_list_is_taken_along_in_every_ending(scene, client, name, ending, kind):
    client.force_login(scene.persons["observer"])
    answer = client.get(at(scene, f"{name}_file", ending))
    assert answer.status_code == OK
    assert kind in answer["Content-Type"]
    if ending == "json":
        assert len(json.loads(answer.getvalue())) == 1
    assert client.get(at(scene, f"{name}_file", "exe")).status_code == MISSING


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"sort": "value"}, [3, 12, 40]),
        ({"sort": "-value"}, [40, 12, 3]),
        ({"state": "submitted"}, [40]),
        ({"state": "lost", "sort": "value"}, [3, 12, 40]),
        ({"sort": "secret", "state": "submitted"}, [40]),
        ({"indicator": "OTHER"}, [3]),
    ],
)
def test_values_are_searched_and_ordered(scene, client, query, numbers):
    factory.submitted(scene.one, 40, period=scene.within)
    factory.value(factory.indicator(scene, code="OTHER"), 3, period=scene.within)
    client.force_login(scene.persons["observer"])
    rows = json.loads(client.get(at(scene, "values_file", "json"), query).getvalue())
    assert [row["value"] for row in rows] == numbers


def test_words_typed_while_the_value_was_handed_in_elsewhere_stay_on_the_page(scene, client):
    client.force_login(scene.persons["editor"])
    Value.objects.update(state="submitted")
    typed = {"revision": "0", "number": "77", "note": "Дописую речення."}
    answer = client.post(at(scene, "value_write", "value.pk"), typed)
    assert answer.status_code == CONFLICT
    assert "Дописую речення." in answer.content.decode()
    told = client.post(at(scene, "value_write", "value.pk"), typed, **JSON)
    assert (told.status_code, "подано" in told.json()["text"]) == (CONFLICT, True)
    assert Value.objects.get().value == 12


def test_a_value_goes_from_the_editor_through_a_question_to_the_figure(scene, client):
    editor, officer = scene.persons["editor"], scene.persons["officer"]

    def post(person, name, **typed):
        client.force_login(person)
        return client.post(at(scene, name, "value.pk"), typed).status_code

    assert post(editor, "value_submit") == FOUND
    assert post(officer, "value_return", remark="Де список?") == FOUND
    assert post(editor, "value_write", revision="0", number="15", on="20.05.2024", note="Список додано.") == FOUND
    assert post(editor, "value_submit") == FOUND
    assert post(officer, "value_approve") == FOUND
    assert post(officer, "value_remove") == CONFLICT
    value = Value.objects.get()
    assert (value.state, value.value, value.decided_by, value.reported_by) == ("approved", 15, officer, editor)
    rows = json.loads(client.get(at(scene, "period_file", "within.pk", "json")).getvalue())
    assert [(row["code"], row["value"]) for row in rows] == [(scene.one.code, 15)]
