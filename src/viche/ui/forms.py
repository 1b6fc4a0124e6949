"""Form fields that understand what people type, say what is wrong in a sentence, and take a refusal of an operation."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from viche.methods.refusals import Refused

from . import wording
from .widgets import DateInput, Hinted, MoneyInput, NumberInput, PickerInput

__all__ = [
    "DateField",
    "FileField",
    "Form",
    "Hinted",
    "ModelForm",
    "MoneyField",
    "NumberField",
    "PickerInput",
    "TextField",
    "refuse",
]

BLANKS = re.compile(r"[\s\u00a0\u202f\u2009']")
DAY = re.compile(
    r"(?:(?P<d>\d{1,2})[.\-/ ](?P<m>\d{1,2})[.\-/ ](?P<y>\d{4})|(?P<y2>\d{4})-(?P<m2>\d{1,2})-(?P<d2>\d{1,2}))$"
)

SENTENCES = {
    "required": _("Заповніть це поле."),
    "invalid_choice": _("Виберіть одне з запропонованого."),
    "invalid": _("Перевірте, чи все тут написано правильно."),
}


class Sentences:
    """Makes a form speak in our words; mixed into Django's forms."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace Django's sentences where a field has none of its own."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            own = getattr(field, "sentences", {})
            field.error_messages = {**field.error_messages, **needed(field), **own}


def needed(field: forms.Field) -> dict[str, Any]:
    """Choose the sentence for a field left empty by the kind of answer it wants."""
    if isinstance(field.widget, forms.RadioSelect | forms.Select):
        words = _("Виберіть відповідь.")
    elif isinstance(field.widget, forms.CheckboxSelectMultiple):
        words = _("Виберіть хоча б одну відповідь.")
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


class TextField(forms.CharField):
    """A text; several lines where `long`. Past the limit it says by how much."""

    def __init__(self, *, long: bool = False, rows: int = 6, **kwargs: Any) -> None:
        if long:
            kwargs.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(**kwargs)

    def run_validators(self, value: str) -> None:
        """Count as the counter on the page does: line ends as one sign."""
        if self.max_length and len(value) > self.max_length:
            over = len(value) - self.max_length
            raise ValidationError(
                _("Скоротіть на %(over)s зн.: тут можна до %(limit)s, а у вас %(now)s."),
                params={
                    "over": wording.number(over),
                    "limit": wording.number(self.max_length),
                    "now": wording.number(len(value)),
                },
            )
        kept, self.validators = self.validators, [v for v in self.validators if getattr(v, "code", "") != "max_length"]
        try:
            super().run_validators(value)
        finally:
            self.validators = kept

    def to_python(self, value: Any) -> str:
        """Take line ends of any system as one sign."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class NumberField(forms.Field):
    """A number typed as people type: blanks between thousands, comma or point before the fraction."""

    widget = NumberInput
    sentences = {"invalid": _("Напишіть число, наприклад 1200.")}

    def __init__(self, *, least: Any = None, most: Any = None, digits: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most, self.digits = least, most, digits

    def to_python(self, value: Any) -> Decimal | int | None:
        """Read the number."""
        if value in self.empty_values:
            return None
        text = BLANKS.sub("", str(value)).replace("−", "-").replace(",", ".")
        text = text.removesuffix("₴").removesuffix("грн.").removesuffix("грн")
        try:
            read = Decimal(text)
        except InvalidOperation:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not read.is_finite() or abs(read) >= Decimal(10) ** 12:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if read != round(read, self.digits):
            words = _("Тут потрібне ціле число.") if not self.digits else _("Не більше двох знаків після коми.")
            raise ValidationError(words, code="digits")
        return int(read) if not self.digits else read

    def written(self, value: Any) -> str:
        """Write a bound of the field as people read it."""
        return wording.number(value)

    def validate(self, value: Any) -> None:
        """Check the bounds and say by how much they are passed."""
        super().validate(value)
        if value is None:
            return
        if self.least is not None and value < self.least:
            words = _("Число не може бути від’ємним.") if self.least == 0 else _("Найменше – %(bound)s.")
            raise ValidationError(words, params={"bound": self.written(self.least)}, code="least")
        if self.most is not None and value > self.most:
            params = {"bound": self.written(self.most), "over": self.written(value - self.most)}
            raise ValidationError(_("Найбільше – %(bound)s. Зменште на %(over)s."), params=params, code="most")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as numbers."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class MoneyField(NumberField):
    """A sum of money, never below nothing unless told so."""

    widget = MoneyInput
    sentences = {"invalid": _("Напишіть суму числом, наприклад 180 000,50.")}

    def __init__(self, *, least: Any = 0, currency: str = "UAH", **kwargs: Any) -> None:
        super().__init__(least=least, digits=2, **kwargs)
        self.currency = currency

    def written(self, value: Any) -> str:
        """Write a bound with its currency."""
        return wording.money(value, self.currency)


class DateField(forms.Field):
    """A day, typed as 21.11.2026 or 2026-11-21."""

    widget = DateInput
    sentences = {"invalid": _("Напишіть день, місяць і рік, наприклад 21.11.2026.")}

    def to_python(self, value: Any) -> date | None:
        """Read the day."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = DAY.match(str(value).strip())
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        parts = found.groupdict()
        try:
            return date(*(int(parts[name] or parts[f"{name}2"]) for name in ("y", "m", "d")))
        except ValueError:
            raise ValidationError(_("Такого дня в календарі немає."), code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as days."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class FileField(forms.FileField):
    """A file not greater than the limit; what it really is, the package `files` looks into."""

    sentences = {
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
