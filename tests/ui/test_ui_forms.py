"""Fields understand what people type, and say what is wrong in a sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from viche.methods.refusals import Refused
from viche.ui.forms import (
    DateField,
    FileField,
    Form,
    ModelForm,
    MomentField,
    MoneyField,
    NumberField,
    TextField,
    refuse,
)
from viche.ui.looks import LookForm
from viche.ui.widgets import DateInput, Hinted, MoneyInput, PickerInput


def form_of(field):
    return type("Made", (Form,), {"answer": field})


def given(field, typed, files=None):
    form = form_of(field)({"answer": typed} if typed is not None else {}, files)
    return form.cleaned_data["answer"] if form.is_valid() else str(form.errors["answer"][0]).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("180 000,50", Decimal("180000.50")), ("180000.5", Decimal("180000.50")), ("62\u00a0000 ₴", Decimal("62000.00")),
        ("1'200", Decimal("1200.00")), ("0", Decimal("0.00")),
        ("−40", "Число не може бути від’ємним."),
        ("200 000", "Щонайбільше 180 000 ₴. Зменште на 20 000 ₴.") , ("сто", "Напишіть суму числом, наприклад 180 000,50."),
        ("1,255", "Не більше двох знаків після коми, наприклад 180 000,50."),
        ("9999999999999", "Такої великої суми не буває. Перевірте нулі."), ("", "Заповніть це поле."), ("  ", "Заповніть це поле."),
    ],
)  # fmt: skip
def test_money(typed, read):
    assert given(MoneyField(most=Decimal("180000.50") if "200" not in typed else 180000), typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1 200", 1200), ("7", 7), ("3,5", "Тут потрібне ціле число."), ("багато", "Напишіть число, наприклад 1200."),
        ("0", "Щонайменше 1."), ("9" * 14, "Напишіть число, наприклад 1200."), ("", None),
    ],
)  # fmt: skip
def test_number(typed, read):
    assert given(NumberField(least=1, required=False), typed) == read


def test_number_with_a_fraction():
    assert given(NumberField(digits=1), "3,5") == Decimal("3.5")
    assert given(NumberField(digits=1), "3,55") == "Не більше 1 знаків після коми."


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("21.11.2026", date(2026, 11, 21)), ("2026-11-21", date(2026, 11, 21)), (" 1.2.2027 ", date(2027, 2, 1)), ("", None),
        ("31.02.2027", "Напишіть день, місяць і рік, наприклад 21.11.2026. Перевірте, чи є такий день."),
    ],
)  # fmt: skip
def test_date(typed, read):
    assert given(DateField(required=False), typed) == read


def test_date_takes_a_date():
    assert DateField().to_python(date(2026, 1, 1)) == date(2026, 1, 1)


def test_text_counts_what_a_person_sees():
    assert (
        given(TextField(max_length=5), "й" + "\u0306" * 0 + "жак\r\nя")
        == "Скоротіть на 1: тут можна до 5 знаків, а у вас 6."
    )
    assert given(TextField(max_length=6, long=True), "їжак\r\nя") == "їжак\nя"
    assert given(TextField(long=True, rows=3), "x\x00y") == "xy"


def test_file():
    large = SimpleUploadedFile("a.pdf", b"x" * 3000)
    assert given(FileField(limit=2048), None, {"answer": large}) == "Файл завеликий: 3 КБ, а можна до 2 КБ."
    small = SimpleUploadedFile("a.pdf", b"x")
    assert given(FileField(accept=[".pdf"]), None, {"answer": small}) is small
    assert given(FileField(), None) == "Додайте файл."
    assert given(FileField(), None, {"answer": SimpleUploadedFile("a.pdf", b"")}) == "Файл порожній. Виберіть інший."


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        (forms.CharField(), "Заповніть це поле."),
        (forms.ChoiceField(choices=[("a", "А")], widget=forms.RadioSelect), "Виберіть відповідь."),
        (forms.ChoiceField(choices=[("a", "А")]), "Виберіть відповідь."),
        (forms.MultipleChoiceField(choices=[("a", "А")], widget=forms.CheckboxSelectMultiple), "Виберіть хоча б одну відповідь."),
        (forms.BooleanField(), "Без цієї позначки далі не можна."),
    ],
)  # fmt: skip
def test_an_empty_answer_has_its_sentence(field, sentence):
    assert given(field, "") == sentence


def test_an_unknown_choice_has_its_sentence():
    assert given(forms.ChoiceField(choices=[("a", "А")]), "b") == "Виберіть одне з запропонованого."


def test_fields_tell_a_change_by_its_meaning():
    assert not MoneyField().has_changed(Decimal(1200), "1 200,00")
    assert not DateField().has_changed(date(2026, 11, 21), "21.11.2026")
    form = type("Made", (Form,), {"answer": NumberField()})
    assert form({"answer": "2"}, initial={"answer": 1}).has_changed()
    assert form({"answer": "два"}, initial={"answer": 1}).has_changed()


class Lines(Form):
    own = TextField(max_length=11)
    django = forms.CharField(max_length=11)
    secret = forms.CharField(widget=forms.PasswordInput)
    long = TextField(long=True)


def test_what_is_typed_into_one_line_stays_in_one_line():
    broken = "Фонд\r\n  громад"
    form = Lines(dict.fromkeys(("own", "django", "secret", "long"), broken))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["own"] == form.cleaned_data["django"] == "Фонд громад"
    assert form.cleaned_data["secret"] == broken
    assert form.cleaned_data["long"] == "Фонд\n  громад"
    assert "to_python" not in vars(Lines.base_fields["django"])


def test_a_refusal_lies_at_its_field_or_on_top():
    form = LookForm({"scheme": "day", "contrast": "auto"})
    refuse(form, Refused("Сьогодні лише ніч.", field="scheme"))
    refuse(form, Refused("Спробуйте завтра."))
    refuse(form, Refused("Такого поля немає.", field="other"))
    assert form.errors["scheme"] == ["Сьогодні лише ніч."]
    assert form.non_field_errors() == ["Спробуйте завтра.", "Такого поля немає."]


def test_a_model_form_speaks_in_our_words():
    assert ModelForm.use_required_attribute is False


def test_inputs_show_what_was_meant_and_what_was_typed_wrong():
    assert MoneyInput().format_value(Decimal("1200.50")).replace("\u00a0", " ") == "1 200,50"
    assert MoneyInput().format_value("сто") == "сто"
    assert DateInput().format_value(date(2026, 11, 21)) == "21.11.2026"
    assert DateInput().format_value("31.02") == "31.02"
    assert str(Hinted("Онлайн", "з дому")) == "Онлайн"


def test_a_picker_prefers_the_picked_code():
    widget = PickerInput("/find.json", describe={"UA1": "Калинопільська"}.get)
    assert widget.value_from_datadict({"x": "Калинопільська, Полтавська", "x-code": "UA1"}, {}, "x") == "UA1"
    assert widget.value_from_datadict({"x": "Інша", "x-code": "UA1"}, {}, "x") == "Інша"
    assert widget.value_from_datadict({"x": "Інша", "x-code": "UA1", "x-choice": "UA3"}, {}, "x") == "UA3"
    assert PickerInput("/find.json").value_from_datadict({"x": "Калин", "x-code": "UA1"}, {}, "x") == "UA1"
    assert widget.value_from_datadict({"x": "Калин", "x-code": ""}, {}, "x") == "Калин"
    assert widget.value_omitted_from_data({}, {}, "x")
    assert not widget.value_omitted_from_data({"x": ""}, {}, "x")
    assert widget.parts("UA1") == ("UA1", "Калинопільська")
    assert widget.parts("Калин") == ("", "Калин")
    assert widget.parts(None) == ("", "")
    assert PickerInput("/find.json").parts("UA1") == ("", "UA1")


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "9999-12-31T23:59", "31.02.2026 10:00", "завтра"])
def test_a_moment_that_cannot_be_meant(typed):
    with pytest.raises(forms.ValidationError):
        MomentField().clean(typed)


def test_a_moment_is_read_by_kyivs_clock():
    read = MomentField().clean("30.11.2026 18:00")
    assert read.astimezone(UTC) == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert MomentField(required=False).clean("") is None
