"""Form fields that understand what people type, say what is wrong in a sentence, and take a refusal of an operation."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from viche.methods import money as sums
from viche.methods import typed
from viche.methods.refusals import Refused

from . import reading, wording
from .widgets import DateInput, Hinted, MoneyInput, NumberInput, PickerInput

__all__ = [
    "DateField",
    "FileField",
    "Form",
    "Hinted",
    "ModelForm",
    "MomentField",
    "MoneyField",
    "NumberField",
    "PickerInput",
    "SeveralField",
    "TextField",
    "refuse",
    "status_of",
]

KEY_DIGITS = 18  # what every database can compare with a primary key

# What Django would say: replaced unless the field says something of its own.
CHOICES = (forms.ChoiceField, forms.MultipleChoiceField)
DJANGO_SAYS = {
    "required": (forms.Field.default_error_messages["required"],),
    "invalid_choice": tuple(field.default_error_messages["invalid_choice"] for field in CHOICES),
}
SENTENCES = {"required": _("Заповніть це поле."), "invalid_choice": _("Виберіть одне з запропонованого.")}


class Sentences:
    """Makes a form speak in our words, and keeps what is typed into one line in one line; mixed into Django's forms."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace Django's sentences where a field has none of its own."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.speak()

    def speak(self) -> None:
        """Put our words into the fields; called again by a form that adds fields of its own."""
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput):
                field.to_python = in_one_line(field.to_python)
            for code, words in needed(field).items():
                if any(field.error_messages.get(code) is said for said in DJANGO_SAYS[code]):
                    field.error_messages[code] = words


def in_one_line(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Fold what a field has read: a browser sends no line end here, but a script may, and no letter's head takes one."""
    return lambda value: typed.line(read(value)) if isinstance(value, str) else read(value)


def needed(field: forms.Field) -> dict[str, Any]:
    """Choose the sentence for a field left empty by the kind of answer it wants."""
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        words = _("Виберіть хоча б одну відповідь.")
    elif isinstance(field.widget, forms.RadioSelect | forms.Select):
        words = _("Виберіть відповідь.")
    elif isinstance(field.widget, forms.CheckboxInput):
        words = _("Без цієї позначки далі не можна.")
    elif isinstance(field.widget, forms.FileInput):
        words = _("Додайте файл.")
    else:
        words = SENTENCES["required"]
    return {"required": words, "invalid_choice": SENTENCES["invalid_choice"]}


class Form(Sentences, forms.Form):
    """A form in our words."""


class ModelForm(Sentences, forms.ModelForm):
    """A form over a model in our words."""


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows of a table, ticked. A key with more digits than any row has is no choice, whatever the database says to it."""

    def clean(self, value: Any) -> Any:
        """Refuse impossible keys before the database is asked."""
        impossible = [one for one in value or () if len(str(one)) > KEY_DIGITS]
        if impossible:
            raise ValidationError(self.error_messages["invalid_choice"], params={"value": impossible[0]})
        return super().clean(value)


class TextField(forms.CharField):
    """A text; several lines where `long`. The limit counts the signs a person sees, and says by how many it is passed."""

    def __init__(self, *, long: bool = False, rows: int = 6, max_length: int | None = None, **kwargs: Any) -> None:
        if long:
            kwargs.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(**kwargs)
        self.max_length = max_length

    def to_python(self, value: Any) -> str:
        """Keep what a database can keep, with one kind of line end, or with none."""
        read = typed.clean(super().to_python(value))
        return read if isinstance(self.widget, forms.Textarea) else typed.line(read)

    def validate(self, value: str) -> None:
        """Check the length."""
        super().validate(value)
        now = typed.length(value)
        if self.max_length and now > self.max_length:
            raise ValidationError(
                _("Скоротіть на %(over)s: тут можна до %(limit)s знаків, а у вас %(now)s."),
                params={
                    "over": wording.number(now - self.max_length),
                    "limit": wording.number(self.max_length),
                    "now": wording.number(now),
                },
                code="max_length",
            )


class Compared:
    """Tells a change by what the words mean, not by how they are written; mixed into fields."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the values."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class NumberField(Compared, forms.Field):
    """A number typed as people type: blanks between thousands, comma or point before the fraction."""

    widget = NumberInput
    default_error_messages = {"invalid": _("Напишіть число, наприклад 1200.")}

    def __init__(self, *, least: Any = None, most: Any = None, digits: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most, self.digits = least, most, digits

    def to_python(self, value: Any) -> Decimal | int | None:
        """Read the number."""
        if value in self.empty_values:
            return None
        read = typed.number(str(value))
        if read is None or abs(read) > sums.LARGEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if read != round(read, self.digits):
            words = _("Не більше %(digits)s знаків після коми.") if self.digits else _("Тут потрібне ціле число.")
            raise ValidationError(words, params={"digits": self.digits}, code="digits")
        return read if self.digits else int(read)

    def written(self, value: Any) -> str:
        """Write a bound of the field as people read it."""
        return wording.number(value)

    def validate(self, value: Any) -> None:
        """Check the bounds and say by how much they are passed."""
        super().validate(value)
        if value is None:
            return
        if self.least is not None and value < self.least:
            words = _("Щонайменше %(bound)s.") if self.least else _("Число не може бути від’ємним.")
            raise ValidationError(words, params={"bound": self.written(self.least)}, code="least")
        if self.most is not None and value > self.most:
            params = {"bound": self.written(self.most), "over": self.written(value - self.most)}
            raise ValidationError(_("Щонайбільше %(bound)s. Зменште на %(over)s."), params=params, code="most")


class MoneyField(NumberField):
    """A sum of money, never below nothing unless told so."""

    widget = MoneyInput
    default_error_messages = {"invalid": _("Напишіть суму числом, наприклад 180 000,50.")}
    whys = {
        "too_precise": _("Не більше двох знаків після коми, наприклад 180 000,50."),
        "too_large": _("Такої великої суми не буває. Перевірте нулі."),
    }

    def __init__(self, *, least: Any = 0, currency: str = "UAH", **kwargs: Any) -> None:
        super().__init__(least=least, digits=2, **kwargs)
        self.currency = currency

    def to_python(self, value: Any) -> Decimal | None:
        """Read the sum."""
        if value in self.empty_values:
            return None
        try:
            return sums.parse(str(value).replace("'", ""))
        except sums.NotMoney as fault:
            if fault.why == "empty":
                return None
            words = self.whys.get(fault.why, self.error_messages["invalid"])
            raise ValidationError(words, code=fault.why) from None

    def written(self, value: Any) -> str:
        """Write a bound with its currency."""
        return wording.money(value, self.currency)


class DateField(Compared, forms.Field):
    """A day, typed as 21.11.2026 or 2026-11-21."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("Напишіть день, місяць і рік, наприклад 21.11.2026. Перевірте, чи є такий день.")
    }

    def to_python(self, value: Any) -> date | None:
        """Read the day."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        read = typed.day(str(value))
        if read is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return read


class MomentField(forms.DateTimeField):
    """A moment by Kyiv's clock: the browser's own field, or typed as 30.11.2026 18:00."""

    written = "%Y-%m-%dT%H:%M"
    years = range(1991, 2101)

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=self.written)
        super().__init__(widget=widget, input_formats=[self.written, "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"], **kwargs)
        self.error_messages["invalid"] = _(
            "Напишіть день і час, наприклад 30.11.2026 18:00. Такого дня в календарі може не бути."
        )

    def clean(self, value: Any) -> datetime | None:
        """Read the moment; a year of another century is a slip of the finger."""
        read = super().clean(value)
        if read is not None and read.year not in self.years:
            raise ValidationError(_("Перевірте рік: %(year)s."), params={"year": read.year}, code="invalid")
        return read

    def to_python(self, value: Any) -> datetime | None:
        """Read it by Kyiv's clock; what no clock can show is no moment."""
        try:
            return super().to_python(value)
        except (OverflowError, ValidationError) as fault:
            raise reading.no_moment(fault, self.error_messages["invalid"]) from None


class FileField(forms.FileField):
    """A file not greater than the limit; what it really is, the package `files` looks into."""

    default_error_messages = {
        "empty": _("Файл порожній. Виберіть інший."),
        "missing": _("Додайте файл."),
        "invalid": _("Файл не дійшов. Додайте його ще раз."),
    }

    def __init__(self, *, limit: int | None = None, accept: Iterable[str] = (), **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput({"accept": ",".join(accept)} if accept else {}))
        super().__init__(**kwargs)
        self.limit = limit or settings.UPLOAD_LIMIT

    def to_python(self, data: Any) -> Any:
        """Refuse a file beyond the limit."""
        file = super().to_python(data)
        if file and file.size > self.limit:
            params = {"size": wording.size(file.size), "limit": wording.size(self.limit)}
            raise ValidationError(_("Файл завеликий: %(size)s, а можна до %(limit)s."), params=params, code="size")
        return file


def refuse(form: forms.BaseForm, refused: Refused) -> None:
    """Put an operation's refusal on the form: at its field where it names one, on top otherwise."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    form.refused = refused


def status_of(form: forms.BaseForm) -> int:
    """The code to answer with: that of an operation's refusal, 422 for other faults, 200 while nothing is wrong."""
    refused: Refused | None = getattr(form, "refused", None)
    if refused:
        return refused.status
    return 422 if form.errors else 200
