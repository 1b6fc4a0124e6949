"""A year's plan as a table: its columns, and the fate of every row."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Format, Mode
from viche.events.fields import LinesField
from viche.events.forms.beginning import Owned
from viche.events.models import Event
from viche.events.queries import plans, writing
from viche.formats import sheets
from viche.methods import words
from viche.places.fields import HromadaField
from viche.places.models import Hromada
from viche.ui import forms as ui
from viche.ui import reading

LARGEST = 2 * 1024 * 1024
TIME = re.compile(r"(\d{1,2})(?:[:.\-](\d{2}))?(?::\d{2})?")
WHYS = {
    "broken": _("Файл не читається. Потрібна таблиця XLSX або CSV: завантажте зразок і заповніть його."),
    "empty": _("У файлі немає жодного рядка."),
    "rows": _("Рядків забагато: за раз можна до 500. Поділіть план на частини."),
    "columns": _("Стовпців забагато. Візьміть зразок: у ньому лише потрібні."),
    "cell": _("В одній з клітинок завеликий текст: можна до 4000 знаків."),
}


class WordField(forms.Field):
    """One of several choices, written by its words in either language or by its code."""

    def __init__(self, *, words_of: type[Format | Mode], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words_of = words_of

    def to_python(self, value: Any) -> str:
        """Find the choice."""
        if value in self.empty_values:
            return ""
        typed = words.fold(str(value))
        for language in ("uk", "en"):
            with translation.override(language):
                for code, label in self.words_of.choices:
                    if typed in {words.fold(str(label)), code}:
                        return code
        known = ", ".join(str(label) for label in self.words_of.labels)
        raise ValidationError(
            _("«%(typed)s» не знаємо. Можна: %(known)s."), params={"typed": str(value)[:60], "known": known}
        )


class TimeField(forms.Field):
    """A time of day: 18:30, 18.30 or 18."""

    def to_python(self, value: Any) -> time | None:
        """Read the time."""
        if value in self.empty_values:
            return None
        found = TIME.fullmatch(str(value).strip())
        if found and int(found[1]) < 24 and int(found[2] or 0) < 60:  # noqa: PLR2004 — hours and minutes
            return time(int(found[1]), int(found[2] or 0))
        raise ValidationError(_("Напишіть час, наприклад 18:30."))


class PlaceField(HromadaField):
    """A hromada of a plan: what is meant beyond doubt was found for all rows at once."""

    known: Mapping[str, Hromada] = {}
    sentences = {
        "unknown": _("Такої громади не знаємо. Перевірте назву або впишіть код громади за КАТОТТГ."),
        "several": _("Підходять кілька громад. Допишіть через кому район і область або впишіть код за КАТОТТГ."),
    }

    def to_python(self, value: Any) -> Hromada | None:
        """Take the one that was found, or look for it."""
        return self.known.get(value) or super().to_python(value)


class Row(ui.Form):
    """One row of a plan. Title, day and start are asked for; the rest may be written later."""

    title = ui.TextField(label=_("Назва"), max_length=200)
    day = ui.DateField(label=_("День"))
    starts = TimeField(label=_("Початок"))
    ends = TimeField(label=_("Кінець"), required=False)
    format = WordField(label=_("Формат"), words_of=Format, required=False)
    mode = WordField(label=_("Наживо чи онлайн"), words_of=Mode, required=False)
    hromada = PlaceField(label=_("Громада"), required=False)
    venue = ui.TextField(label=_("Місце"), max_length=200, required=False)
    address = ui.TextField(label=_("Адреса"), max_length=250, required=False)
    online_link = forms.URLField(
        label=_("Посилання для участі онлайн"), max_length=500, required=False, assume_scheme="https"
    )
    capacity = ui.NumberField(label=_("Скільки місць"), least=1, most=100_000, required=False)
    partners = LinesField(label=_("Партнери"), most=20, longest=200, required=False)
    about = ui.TextField(label=_("Про захід"), long=True, max_length=4000, required=False)

    def __init__(self, *args, places=None, **kwargs):
        """Know the hromadas that were found already."""
        super().__init__(*args, **kwargs)
        self.fields["hromada"].known = places or {}

    def clean(self):
        """Make the two moments; an end before the start is wrong, since an event of a plan lasts within a day."""
        said = super().clean()
        day, starts, ends = said.get("day"), said.get("starts"), said.get("ends")
        for name, at in (("starts", starts), ("ends", ends)):
            moment = said[f"{name}_at"] = _moment(day, at)
            if moment and not reading.is_on_clock(moment):
                self.add_error(name, reading.NO_SUCH_HOUR)
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Кінець раніше за початок. Перевірте час."))
        return said

    @property
    def values(self):
        """What the event says by this row; what the row leaves open stands as it is in every new draft."""
        said = dict(self.cleaned_data)
        for name in ("day", "starts", "ends"):
            del said[name]
        return {name: value for name, value in said.items() if value not in (None, "", [])} | {
            "starts_at": said["starts_at"]
        }

    @property
    def wrong(self):
        """What is wrong in the row, a sentence each."""
        return [
            f"{self.fields[name].label}: {' '.join(map(str, faults))}" if name in self.fields else " ".join(faults)
            for name, faults in self.errors.items()
        ]


COLUMNS = tuple(Row.base_fields)
NEEDED = ("title", "day", "starts")


def _moment(day: date | None, at: time | None) -> datetime | None:
    return make_aware(datetime.combine(day, at)) if day and at else None


def heads() -> list[str]:
    """The head of the table in the language of the page."""
    return [str(Row.base_fields[name].label) for name in COLUMNS]


@dataclass
class Fate:
    """What becomes of one row: a draft, nothing because it is there already, or nothing because something is wrong."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] | None = None
    wrong: list[str] = field(default_factory=list)
    existing: Event | None = None
    repeats: int = 0
    odd: list[str] = field(default_factory=list)
    """What looks wrong but refuses nothing: a day that is over, or on which the campaign is not."""

    @property
    def is_good(self):
        """Whether a draft will come of it."""
        return self.values is not None and self.existing is None and not self.repeats


def judged(rows, *, frame, host, user, at):
    """The fate of every row (number, cells by column)."""
    known, seen, fates = plans.known(frame, organisation=host, user=user), {}, []
    places = plans.hromadas_named({cells.get("hromada", "") for _number, cells in rows})
    for number, cells in rows:
        form, fate = Row(cells, places=places), Fate(number, cells)
        if form.is_valid():
            fate.values = form.values
            key = plans.key_of(fate.values["title"], fate.values["starts_at"])
            fate.existing, fate.repeats = known.get(key), seen.setdefault(key, number)
            fate.repeats = 0 if fate.repeats == number else fate.repeats
            planned = Event(campaign=frame.campaign, starts_at=fate.values["starts_at"])
            fate.odd = [fault.sentence for fault in writing.odd_time(planned, at)]
        else:
            fate.wrong = form.wrong
        fates.append(fate)
    return fates


class PlanFile(Owned):
    """Where the plan belongs, and its table."""

    file = ui.FileField(label=_("Файл із планом"), limit=LARGEST, accept=[".csv", ".xlsx"])

    def __init__(self, *args, **kwargs):
        """A year's plan rarely belongs to the campaign that happens to begin first: where there are several, one is chosen.

        A table that was read before the rest was right comes back with the page: browsers give a file up.
        """
        super().__init__(*args, **kwargs)
        if len(self.frames) > 1:
            self.initial.pop("frame", None)
        self.earlier = _rows_of(self.data.get("table", ""))
        self.fields["file"].required = not self.earlier

    @property
    def read(self):
        """The rows that were read, though the rest of the form may be wrong."""
        return self.cleaned_data.get("file") or [] if self.is_bound else []

    @property
    def table(self):
        """The same as the page carries them."""
        return json.dumps(self.read, ensure_ascii=False)

    def clean_file(self):
        """Read the rows: (number in the file, cells by column)."""
        if not self.cleaned_data["file"]:
            return self.earlier
        content = self.cleaned_data["file"].read()
        try:
            table = sheets.read(content, "xlsx" if content.startswith(b"PK") else "csv")
        except sheets.NotRead as fault:
            raise ValidationError(WHYS[fault.why]) from None
        places = columns_of(table[0][1])
        lacking = [str(Row.base_fields[name].label) for name in NEEDED if name not in places]
        if lacking:
            raise ValidationError(
                _("У першому рядку немає стовпців: %(names)s. Завантажте зразок і заповніть його."),
                params={"names": ", ".join(lacking)},
            )
        if len(table) == 1:
            raise ValidationError(WHYS["empty"])
        return [
            (number, {name: row[at].removeprefix("'") if at < len(row) else "" for name, at in places.items()})
            for number, row in table[1:]
        ]


def columns_of(head):
    """Which column stands where, by its name in either language or its key."""
    named = {name: name for name in COLUMNS}
    for language in ("uk", "en"):
        with translation.override(language):
            named |= {words.fold(str(Row.base_fields[name].label)): name for name in COLUMNS}
    found = {}
    for at, cell in enumerate(head):
        name = named.get(words.fold(cell).rstrip(" *"))
        if name:
            found.setdefault(name, at)
    return found


class PlanRows(Owned):
    """The rows of a plan that was looked through, sent back to be taken over."""

    rows = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_rows(self):
        """Read what the page gave us; it may have been changed on the way, so each row is judged again."""
        rows = _rows_of(self.cleaned_data["rows"])
        if not rows:
            raise ValidationError(_("План загубився дорогою. Додайте файл ще раз."))
        return rows


def _rows_of(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows that a page carried; none where they are no such thing, or too many."""
    try:
        rows = [
            (int(number), {name: str(cells.get(name, "")) for name in COLUMNS}) for number, cells in json.loads(text)
        ]
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return []
    return rows if len(rows) <= sheets.MOST_ROWS else []


def kept(fates):
    """The good rows as the page carries them, and the bad ones, which stay with the plan to be mended."""
    rows = [(fate.number, fate.cells) for fate in fates if fate.is_good or fate.wrong]
    return json.dumps(rows, ensure_ascii=False)


def bad(fates):
    """The bad rows as a plan keeps them: what was typed, and why nothing came of it."""
    return [{"number": fate.number, "cells": fate.cells, "wrong": fate.wrong} for fate in fates if fate.wrong]
