"""The field for a hromada, as a form with it is sent with and without the script."""

import pytest

from tests.factories import places
from viche.places.fields import HromadaField, described
from viche.ui import controls
from viche.ui.forms import Form

pytestmark = pytest.mark.django_db


class Ask(Form):
    hromada = HromadaField()
    another = HromadaField(label="Сусідня", required=False)


def sent(**data):
    form = Ask(data)
    form.is_valid()
    return form


def fault(form, field="hromada"):
    [error] = form.errors[field]
    return error


@pytest.fixture
def hromada():
    return places.hromada()


def test_a_picked_code_gives_the_hromada(hromada):
    form = sent(**{"hromada": f"{described(hromada.code)}", "hromada-code": hromada.code})
    assert form.cleaned_data == {"hromada": hromada, "another": None}


@pytest.mark.parametrize("typed", ["Калинопільська", "kalynopilska", "калинопіль", "Калинопільська міська громада"])
def test_without_the_script_a_typed_name_is_enough(hromada, typed):
    assert sent(hromada=typed).cleaned_data["hromada"] == hromada


def test_without_the_script_what_the_page_showed_is_understood(hromada):
    places.hromada(name="Калинопільська", slug="kalynopilska-sumska", oblast=places.oblast(name="Сумська"))
    assert sent(hromada=described(hromada.code)).cleaned_data["hromada"] == hromada


def test_a_name_typed_anew_is_not_overruled_by_the_code_picked_before(hromada):
    other = places.hromada(name="Зарічненська", centre_name="Зарічне")
    form = sent(**{"hromada": "Зарічненська", "hromada-code": hromada.code})
    assert form.cleaned_data["hromada"] == other


def test_a_code_alone_is_enough(hromada):
    assert sent(**{"hromada-code": hromada.code}).cleaned_data["hromada"] == hromada


def test_an_unknown_name_is_told_and_stays_as_typed():
    form = sent(hromada="Невідомська")
    assert fault(form) == HromadaField.sentences["unknown"]
    assert 'value="Невідомська"' in controls.control(form["hromada"])


def test_nothing_typed_is_told_only_where_an_answer_is_needed():
    form = sent(hromada=" ")
    assert set(form.errors) == {"hromada"}


def test_namesakes_are_offered_as_radios_and_the_chosen_one_counts(hromada):
    other = places.hromada(name="Калинопільська", slug="other", oblast=places.oblast(name="Сумська"))
    form = sent(hromada="Калинопільська")
    assert fault(form) == HromadaField.sentences["several"]
    drawn = controls.control(form["hromada"])
    assert drawn.count('type="radio"') == 2
    assert "Сумська область" in drawn
    assert other.code in drawn
    assert sent(**{"hromada": "Калинопільська", "hromada-choice": other.code}).cleaned_data["hromada"] == other


def test_hromadas_found_by_a_village_are_offered_by_that_village(hromada):
    other = places.hromada(name="Зарічненська", centre_name="Зарічне")
    for one in (hromada, other):
        places.settlement(hromada=one, name="Тарнавиця")
    drawn = controls.control(sent(hromada="Тарнавиця")["hromada"])
    assert "Зарічненська міська громада, с. Тарнавиця · " in drawn


def test_candidates_of_one_form_are_not_offered_in_the_next(hromada):
    places.hromada(name="Калинопільська", slug="other")
    sent(hromada="Калинопільська")
    assert "radio" not in controls.control(Ask()["hromada"])


@pytest.mark.parametrize("initial", [lambda one: one, lambda one: one.pk, lambda one: one.code])
def test_a_form_begins_with_a_hromada_its_key_or_its_code(hromada, initial):
    drawn = controls.control(Ask(initial={"hromada": initial(hromada)})["hromada"])
    assert f'value="{hromada.code}"' in drawn
    assert "Калинопільська міська громада, Лубенський" in drawn
    assert 'data-source="/hromadas/find.json"' in drawn


def test_a_key_that_is_no_more_begins_empty():
    assert Ask(initial={"hromada": 4242})["hromada"].value() is None


@pytest.mark.parametrize(
    ("typed", "changed"), [("Калинопільська", False), ("Зарічненська", True), ("", True), ("немає такої", True)]
)
def test_a_change_is_noticed(hromada, typed, changed):
    places.hromada(name="Зарічненська", centre_name="Зарічне")
    form = Ask({"hromada": typed}, initial={"hromada": hromada})
    assert form.has_changed() is changed


def test_what_is_no_code_is_not_described(hromada, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert described("Калинопільська") == ""
    assert described("UA00000000000000000") == ""
    assert described(hromada.code) == f"Калинопільська міська громада, {hromada.whereabouts}"


def test_a_hromada_given_as_such_is_taken(hromada):
    assert HromadaField().clean(hromada) == hromada
