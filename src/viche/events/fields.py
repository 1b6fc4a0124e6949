"""Form fields of events: a point, lines of names, hashtags, organisations named one a line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from viche.events.queries import writing
from viche.methods import earth
from viche.methods.earth import Point
from viche.people.models import Organisation
from viche.ui.forms import MomentField, TextField

TAG = re.compile(r"\w{2,40}")


class PlainMomentField(MomentField):
    """A moment whose unreadable text stays in sight: a browser's own field would show nothing in its place."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["data-bad"] = self.error_messages["invalid"]

    def keep_in_sight(self, value: Any) -> None:
        """Give up the browser's field for a plain one, where it could not show what was typed."""
        try:
            self.to_python(value)
        except ValidationError:
            self.widget.attrs["type"] = "text"


class PointField(forms.Field):
    """A point as maps copy it: latitude and longitude in degrees. Gives a `Point`."""

    sentence = _("Скопіюйте координати з мапи: спершу широта, тоді довгота, наприклад 49.5883, 34.5514.")
    # What a page with `place.js` says around its button: the device that stands at the place knows the point.
    said = {
        "data-locate": _("Узяти точку, де я зараз"),
        "data-busy": _("Шукаємо, де ви…"),
        "data-found": _("Записано, з точністю до # м."),
        "data-failed": _("Телефон не сказав, де ви. Скопіюйте координати з мапи."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Hand the words to the page."""
        return super().widget_attrs(widget) | self.said

    def prepare_value(self, value: Any) -> Any:
        """Write a point; what was typed stays as it was typed."""
        return earth.written(value) if isinstance(value, Point) else value

    def to_python(self, value: Any) -> Point | None:
        """Read the point."""
        if isinstance(value, Point) or value in self.empty_values:
            return value or None
        read = earth.point(str(value))
        if read is None:
            raise ValidationError(self.sentence, code="invalid")
        return read


class LinesField(TextField):
    """Texts, one a line. Gives a list without empty lines and repetitions."""

    def __init__(self, *, most: int, longest: int, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(long=True, rows=rows, **kwargs)
        self.most, self.longest = most, longest

    def prepare_value(self, value: Any) -> Any:
        """Put each text into a line of its own."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read the lines, check how many and how long."""
        lines = list(dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip()))
        if len(lines) > self.most:
            raise ValidationError(
                _("Рядків забагато: %(now)s, а можна до %(most)s."), params={"now": len(lines), "most": self.most}
            )
        for line in lines:
            if len(line) > self.longest:
                raise ValidationError(
                    _("Скоротіть рядок «%(line)s…»: у рядку можна до %(most)s знаків."),
                    params={"line": line[:40], "most": self.longest},
                )
        return lines


class TagsField(forms.CharField):
    """Hashtags, apart by blanks or commas, with or without their sign. Gives a list of words."""

    most = 10

    def prepare_value(self, value: Any) -> Any:
        """Write them with their signs."""
        return " ".join(f"#{tag}" for tag in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Read the words."""
        tags = list(dict.fromkeys(tag.lstrip("#") for tag in re.split(r"[\s,;]+", super().clean(value)) if tag != "#"))
        tags = [tag for tag in tags if tag]
        for tag in tags:
            if not TAG.fullmatch(tag):
                raise ValidationError(
                    _("У хештегу «%(tag)s» лишіть самі літери, цифри й підкреслення, від 2 до 40 знаків."),
                    params={"tag": tag[:60]},
                )
        if len(tags) > self.most:
            raise ValidationError(_("Лишіть до %(most)s хештегів."), params={"most": self.most})
        return tags


class OrganisationsField(LinesField):
    """Organisations, one a line, by EDRPOU or exact name. Gives a list of `Organisation`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=300, longest=300, rows=5, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write each by its EDRPOU where it has one."""
        if isinstance(value, list):
            value = [one.edrpou or one.name if isinstance(one, Organisation) else one for one in value]
        return super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        """Find each; a line that names none is told."""
        lines = super().clean(value)
        found = writing.organisations_named(lines)
        for line in lines:
            if line not in found:
                raise ValidationError(
                    _("Організації «%(line)s» у Віче немає. Напишіть її ЄДРПОУ або точну назву."), params={"line": line}
                )
        return list(dict.fromkeys(found[line] for line in lines))
