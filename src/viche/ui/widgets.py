"""Controls that Django has no name for: sums, whole numbers, days, and a field that finds as one types."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import wording


class Hinted:
    """The words of a choice with a help under them: `("online", Hinted(_("Онлайн"), _("Посилання побачать …")))`."""

    def __init__(self, text: Any, hint: Any) -> None:
        self.text, self.hint = text, hint

    def __str__(self) -> str:
        return str(self.text)


class MoneyInput(forms.TextInput):
    """A sum; shown with its thousands apart, typed as one likes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """Show a sum as it is written, and what was typed wrong as it was typed."""
        if isinstance(value, Decimal | int | float):
            return wording.number(Decimal(str(value)))
        return super().format_value(value)


class NumberInput(MoneyInput):
    """A number; a text field with a keyboard of digits, since browsers' number fields drop what they do not understand."""


class DateInput(forms.TextInput):
    """A day, typed as 21.11.2026. The empty field shows the pattern, never a day that could be taken for a typed one."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "numeric", "placeholder": gettext_lazy("дд.мм.рррр"), "autocomplete": "off", **(attrs or {})}
        )

    def format_value(self, value: Any) -> str | None:
        """Show a day with dots, and what was typed wrong as it was typed."""
        return value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else super().format_value(value)


class PickerInput(forms.TextInput):
    """A field that finds as one types. Its value is the code once one was picked, and the typed text otherwise.

    `source` answers `?q=` with `[{"code", "name", "note"}]`; `describe(code)` returns the words for a code. A form field
    which finds several for what was typed puts them into `candidates` as (code, words): they are offered as radios.
    """

    def __init__(
        self, source: str, describe: Callable[[str], str] | None = None, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.source = source
        self.describe = describe
        self.candidates: list[tuple[str, str]] = []

    @staticmethod
    def code_name(name: str) -> str:
        """The name under which the picked code comes beside the text."""
        return f"{name}-code"

    @staticmethod
    def choice_name(name: str) -> str:
        """The name under which one of the offered candidates comes."""
        return f"{name}-choice"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        """Take the chosen candidate, else the picked code while the text still names it, else the text."""
        del files
        text, code = data.get(name, ""), data.get(self.code_name(name), "")
        return data.get(self.choice_name(name)) or (code if code and self.still_names(text, code) else text)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether nothing of it came."""
        del files
        return not {name, self.code_name(name), self.choice_name(name)} & set(data)

    def still_names(self, text: str, code: str) -> bool:
        """Without the script the code stays when the text is typed anew: compare what stands before the first comma."""
        if not text or self.describe is None:
            return True
        words = str(self.describe(code) or "")
        return bool(words) and text.partition(",")[0].strip() == words.partition(",")[0].strip()

    def parts(self, value: Any) -> tuple[str, str]:
        """Split a value into the code and the words for it."""
        value = "" if value is None else str(value)
        words = self.describe(value) if self.describe and value else ""
        return (value, words) if words else ("", value)

    def speech(self) -> dict[str, str]:
        """What the script needs: where to ask and what to say."""
        return {
            "data-source": str(self.source),
            "data-none": _("Нічого не знайдено. Перевірте перші літери назви"),
            "data-found": _("Знайдено: #. Виберіть стрілками вгору і вниз"),
        }
