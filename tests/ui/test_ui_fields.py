"""A field as it is drawn: question, help, control, error, and how they are tied together."""

import re
from datetime import timedelta

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone

from viche.ui import samples
from viche.ui.forms import Form, TextField
from viche.ui.templatetags.ui import fields


@pytest.fixture
def filled():
    return samples.Everything(initial=samples.FILLED)


@pytest.fixture
def wrong():
    return samples.wrong_form()


def draw(text, **context):
    return Template(text).render(Context(context))


def test_a_text(filled):
    drawn = fields.field(filled["name"])
    assert '<label class="label" for="id_name">Назва організації</label>' in drawn
    assert 'id="h-id_name">Так, як у Єдиному державному реєстрі.' in drawn
    assert 'value="Бібліотека «На Греблі»"' in drawn
    assert 'aria-describedby="h-id_name"' in drawn
    assert 'aria-required="true"' in drawn
    assert " maxlength" not in drawn
    assert " required" not in drawn


def test_what_need_not_be_answered_says_so(filled):
    assert '<span class="optional">(не обов’язково)</span>' in fields.field(filled["code"])


def test_an_error_is_tied_to_its_control(wrong):
    drawn = fields.field(wrong["asked"])
    assert 'class="field wrong"' in drawn
    assert 'aria-invalid="true" aria-describedby="e-wrong_asked h-wrong_asked"' in drawn
    assert '<span class="fault" id="e-wrong_asked">Щонайбільше' in drawn
    assert 'value="186 400"' in drawn


def test_a_limited_text_has_a_counter(filled, wrong):
    assert "До 150 знаків, лишилося 101" in fields.field(filled["why"])
    assert 'data-limit="150"' in fields.field(filled["why"])
    assert "Забагато: скоротіть на 56" in fields.field(wrong["why"])


def test_a_choice_is_chosen(filled):
    assert '<option value="53" selected>Полтавська область</option>' in fields.field(filled["oblast"])


def test_radios_are_framed(filled):
    drawn = fields.field(filled["how"])
    assert drawn.startswith('<fieldset class="choices"><legend>Формат</legend>')
    assert '<input type="radio" name="how" value="here" id="id_how" checked>' in drawn
    assert '<span class="help">Посилання побачать лише ті, хто записався</span>' in drawn


def test_boxes_are_boxes(filled):
    drawn = fields.field(filled["who"])
    assert drawn.count('type="checkbox"') == 3
    assert 'value="60" id="id_who_1" checked' in drawn


def test_a_single_box_stands_before_its_words(filled):
    assert '<label class="choice"><input type="checkbox" id="id_true"' in fields.field(filled["true"])


def test_a_file_tells_its_limit(filled):
    drawn = fields.field(filled["letter"])
    assert 'data-limit="10485760"' in drawn
    assert "data-large=" in drawn
    assert "value=" not in drawn


def test_a_password_is_never_shown_again():
    form = samples.Everything({"password": "secret word"})
    assert "secret word" not in fields.field(form["password"])


def test_a_picked_hromada_is_shown_by_name(filled):
    drawn = fields.field(filled["hromada"])
    assert 'value="Калинопільська громада, Полтавська область"' in drawn
    assert '<input type="hidden" name="hromada-code" value="UA1" data-code>' in drawn


def test_several_of_one_name_are_offered(wrong):
    drawn = fields.field(wrong["hromada"])
    assert 'type="radio" name="hromada-choice" value="UA2"' in drawn
    assert "Таких громад дві" in drawn


def test_words_of_people_are_escaped():
    form = type("Made", (Form,), {"said": TextField(label="<b>", help_text="<i>")})({"said": '"><script>'})
    drawn = fields.field(form["said"])
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    assert "<script>" not in drawn


class Odd(Form):
    secret = forms.CharField(widget=forms.HiddenInput)
    several = forms.MultipleChoiceField(choices=[("Захід", [("46", "Львівська")]), ("Схід", [("63", "Харківська")])])
    files = forms.FileField(widget=type("Many", (forms.FileInput,), {"allow_multiple_selected": True}))
    when = forms.SplitDateTimeField()
    moment = forms.DateTimeField(widget=forms.DateTimeInput({"type": "datetime-local"}))


def test_rarer_controls():
    form = Odd(initial={"secret": "x", "several": ["46"]})
    assert fields.field(form["secret"]) == '<input type="hidden" name="secret" value="x" id="id_secret">'
    several = fields.field(form["several"])
    assert '<optgroup label="Захід"><option value="46" selected>Львівська</option></optgroup>' in several
    assert "multiple" in several
    assert 'name="when_0"' in fields.field(form["when"])
    assert 'type="file" id="id_files" name="files"' in fields.field(form["files"])
    assert " multiple" in fields.field(form["files"])
    assert 'type="datetime-local"' in fields.field(form["moment"])
    assert "input--middle" in fields.field(form["moment"])


def test_labels_and_helps_may_be_given_on_the_page(filled):
    drawn = draw('{% field form.name label="Інша" help="Підказка" %}', form=filled)
    assert ">Інша</label>" in drawn
    assert ">Підказка</span>" in drawn


def test_a_control_in_a_table_is_named(filled):
    drawn = draw('{% control form.asked label="Рядок 1: ціна" %}', form=filled)
    assert 'aria-label="Рядок 1: ціна"' in drawn
    assert "<label" not in drawn


def test_a_right_form_has_no_summary(filled):
    assert draw("{% errors form %}", form=filled) == ""


def test_the_summary_leads_to_the_fields(wrong):
    drawn = draw("{% errors form %}", form=wrong)
    assert 'role="alert" tabindex="-1"' in drawn
    assert "<h2>Виправте 11 місць</h2>" in drawn
    assert '<a href="#wrong_name">Назва організації: Заповніть це поле.</a>' in drawn


def test_the_summary_takes_more(filled):
    drawn = draw("{% errors form extra=extra %}", form=filled, extra=[("", "Прийом закінчився."), ("id_x", "Ні")])
    assert "<li>Прийом закінчився.</li>" in drawn
    assert '<a href="#id_x">Ні</a>' in drawn


def test_a_form_that_saves_itself_speaks_through_attributes(rf):
    drawn = draw(
        '<form {% saving "/save/" 7 %}>{% save_status at %}',
        request=rf.get("/"),
        at=timezone.now() - timedelta(days=40),
    )
    assert 'data-save="/save/" data-revision="7" data-key=":/save/"' in drawn
    said = drawn.replace("\u00a0", " ")
    assert '<span class="state state--saved" role="status" data-save-status>Збережено ' in said
    assert re.search(r"Збережено \d+ [а-яіїє]+ \d{4} р\., \d\d:\d\d<", said)
    now = draw("{% save_status at %}", at=timezone.now())
    assert re.search(r"Збережено \d\d:\d\d<", now)
    # Only the script that saves may promise it, and takes away the button of those who have none.
    assert 'data-save-status="Зберігаємо самі, щойно ви щось напишете"></span>' in draw("{% save_status %}")
    assert 'type="submit" name="stay" value="1" data-unscripted>Зберегти<' in draw("{% save_button %}")
