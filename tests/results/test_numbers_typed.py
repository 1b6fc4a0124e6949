"""Numbers of a value that can be none: told at their field at once, whatever else was typed is kept."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import programmes
from tests.factories import results as factory
from viche.methods.refusals import Refused
from viche.results.models import Value
from viche.results.operations import values

pytestmark = pytest.mark.django_db
AT = factory.MOMENT
OK, FOUND, FAULTY = 200, 302, 422
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def scene(client):
    made = programmes.programme()
    made.author = programmes.editor(made)
    made.one = factory.indicator(made, parts=factory.PARTS)
    made.value = factory.value(made.one, 10, period=factory.period(made), reported_by=made.author)
    client.force_login(made.author)
    made.client = client
    return made


def save(scene, **typed):
    return values.save(scene.value, revision=0, by=scene.author, at=AT, **typed)


NONE = ["NaN", "sNaN", "Infinity", "-Infinity", "1e30", "1000000000000", "-1", "-0.01", "0.001", "1e-400"]


@pytest.mark.parametrize("number", NONE)
@pytest.mark.parametrize("field", ["number", "part_women"])
def test_what_is_no_number_of_anything_is_refused_at_its_field(scene, number, field):
    typed = {"number": Decimal(number)} if field == "number" else {"parts": {"women": Decimal(number)}}
    before = Value.objects.values().get()
    with pytest.raises(Refused) as no:
        save(scene, **typed)
    assert (no.value.field, no.value.status) == (field, FAULTY)
    assert no.value.sentence.endswith(".")
    assert Value.objects.values().get() == before


@pytest.mark.parametrize("number", ["0", "0.01", "999999999999.99", "1E+3", "12.50"])
def test_what_is_a_number_is_kept_as_it_is(scene, number):
    kept = save(scene, number=Decimal(number), parts={"women": Decimal(number)})
    kept.refresh_from_db()
    assert kept.value == Decimal(number) == Decimal(kept.parts["women"])
    assert set(kept.parts["women"]) <= set("0123456789.")


def post(scene, revision=0, **typed):
    return scene.client.post(
        reverse("results:value_write", args=[scene.code, scene.value.pk]),
        {"revision": str(revision), "number": "10", "on": "20.05.2024", **typed},
        **({"HTTP_ACCEPT": typed.pop("accept")} if "accept" in typed else {}),
    )


WRONG = [
    ({"number": "NaN"}, "id_number", "Напишіть число", "NaN"),
    ({"number": "Infinity"}, "id_number", "Напишіть число", "Infinity"),
    ({"number": "1e30"}, "id_number", "Напишіть число", "1e30"),
    ({"number": "9" * 15}, "id_number", "Напишіть число", "9" * 15),
    ({"number": "-5"}, "id_number", "від’ємним", "-5"),
    ({"number": "0,001"}, "id_number", "2 знаків", "0,001"),
    ({"part_women": "-5"}, "id_part_women", "від’ємним", "-5"),
    ({"part_women": "7", "part_men": "8"}, "id_number", "Складові разом 15, а загалом 10", 'value="8"'),
    ({"on": "01.07.2024"}, "id_on", "День не з цього періоду", "01.07.2024"),
    ({"on": "31.06.2024"}, "id_on", "чи є такий день", "31.06.2024"),
]


@pytest.mark.parametrize(("typed", "control", "words", "stays"), WRONG)
def test_the_page_tells_it_at_its_field_at_once_with_the_words_in_place(scene, typed, control, words, stays):
    answer = post(scene, note="Ще уточню.", **typed)
    page = answer.content.decode()
    assert answer.status_code == FAULTY
    for said in (words, stays, "Ще уточню.", "Збережено, як набрано", f'id="e-{control}"'):
        assert said in page
    kept = Value.objects.get()
    assert (kept.note, kept.revision) == ("Ще уточню.", 1)
    assert 'name="revision" value="1"' in page
    shown = scene.client.get(reverse("results:value_write", args=[scene.code, kept.pk])).content.decode()
    assert stays.removeprefix('value="').rstrip('"') in shown or kept.on == date(2024, 7, 1)
    assert post(scene, 1).status_code == FOUND
    assert Value.objects.get().unread == {}


@pytest.mark.parametrize(("typed", "control", "words", "stays"), WRONG)
def test_what_saves_itself_is_told_the_same(scene, typed, control, words, stays):
    told = post(scene, accept="application/json", **typed)
    assert told.status_code == OK
    assert list(told.json()["faults"]) == [control]
    assert words in told.json()["faults"][control]


def test_a_half_written_value_is_no_fault(scene):
    assert post(scene, accept="application/json", number="", part_women="7").json()["faults"] == {}
    assert post(scene, 1, number="", part_women="7").status_code == FOUND
