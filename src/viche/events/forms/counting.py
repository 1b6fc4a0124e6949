"""Fields for heads, as the page of the telephone and the report ask for them."""

import re
import uuid

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from viche.events.choices import Age, Group, Sex
from viche.methods import headcounts
from viche.ui import forms as ui
from viche.ui import wording

CELLS = {cell: f"cell-{cell.replace(':', '-')}" for cell in headcounts.CELLS}
GROUPS = {group.value: f"group-{group.value}" for group in Group}
STEP = re.compile(r"([a-z0-9_-]{1,40})([+-])1")


def called(cell):
    """A cell in words: «Жінки, молодь 14–35»."""
    sex, age = cell.split(":")
    return f"{Sex(sex).label.capitalize()}, {Age(age).label}"


class Heads(ui.Form):
    """People by sex and age, and people of groups beside them; empty fields are noughts."""

    def __init__(self, *args, cells=None, groups=None, **kwargs):
        """Make the fields, filled with these counts."""
        counts = {CELLS[key]: value for key, value in (cells or {}).items()}
        counts |= {GROUPS[key]: value for key, value in (groups or {}).items()}
        super().__init__(*args, initial={**counts, **kwargs.pop("initial", {})}, **kwargs)
        labels = {name: called(cell) for cell, name in CELLS.items()}
        labels |= {GROUPS[group.value]: group.label.capitalize() for group in Group}
        for name, label in labels.items():
            self.fields[name] = self._field(label)
        self.speak()

    def _field(self, label):
        field = ui.NumberField(label=label, required=False, least=0, most=headcounts.MOST)
        field.widget.attrs.update({"inputmode": "numeric", "data-count": True})
        return field

    def _typed(self, names):
        return {key: self.cleaned_data[name] for key, name in names.items() if self.cleaned_data.get(name)}

    @property
    def cells(self):
        """The people that were typed, by sex and age."""
        return self._typed(CELLS)

    @property
    def groups(self):
        """The people of groups that were typed."""
        return self._typed(GROUPS)

    @property
    def sexes(self):
        """The heads of the columns."""
        return [sex.label for sex in Sex]

    @cached_property
    def rows(self):
        """The table: (age, its cells as (key, words, field))."""
        cells = [(age, [f"{sex}:{age.value}" for sex in headcounts.SEXES]) for age in Age]
        return [(age.label, [(key, called(key), self[CELLS[key]]) for key in keys]) for age, keys in cells]

    @cached_property
    def group_rows(self):
        """The groups: (key, words, field)."""
        return [(group.value, group.label, self[GROUPS[group.value]]) for group in Group]


class CountForm(Heads):
    """What one telephone has counted. A pressed + or − adds to what was typed beside it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    @classmethod
    def of(cls, tally):
        """The form over a tally; a new one gets its key here, before the first try to send."""
        if tally is None:
            return cls(initial={"key": uuid.uuid4(), "revision": 0})
        return cls(cells=tally.cells, groups=tally.groups, initial={"key": tally.key, "revision": tally.revision})

    def clean(self):
        """Take the step that was pressed."""
        step = STEP.fullmatch(self.data.get("step", ""))
        name = step[1] if step else ""
        if step and name in {*CELLS.values(), *GROUPS.values()} and name not in self.errors:
            now = self.cleaned_data.get(name) or 0
            self.cleaned_data[name] = max(0, now + (1 if step[2] == "+" else -1))
        if not self.errors:
            self._fit()
        return self.cleaned_data

    def _fit(self):
        """Say at each group that is more than all people together how many they are."""
        everybody = headcounts.whole(self.cells)
        for group, found in self.groups.items():
            if found > everybody:
                words = {"found": wording.number(found), "whole": wording.number(everybody)}
                self.add_error(GROUPS[group], _("%(found)s, а всього людей %(whole)s.") % words)

    @property
    def tally(self):
        """What the operation takes."""
        revision = (self.cleaned_data["revision"] or 0) + 1
        return {"key": self.cleaned_data["key"], "cells": self.cells, "groups": self.groups, "revision": revision}

    @property
    def pressed(self):
        """The field whose button was pressed, to come back to."""
        step = STEP.fullmatch(self.data.get("step", ""))
        return step[1] if step else ""

    @property
    def typed(self):
        """What was sent, in words: [("Жінки, молодь 14–35", 2)]."""
        sent = {**self.cells, **self.groups} if self.is_bound and hasattr(self, "cleaned_data") else {}
        names = {**CELLS, **GROUPS}
        return [(self.fields[names[key]].label, number) for key, number in sent.items()]

    @property
    def total(self):
        """How many people stand in the fields."""
        if self.is_bound:
            return sum(self.cells.values()) if hasattr(self, "cleaned_data") else 0
        return sum(self.initial.get(name, 0) for name in CELLS.values())


def people(cells, groups, total):
    """The heads of a report as a table; of whom nothing was told, stands where nothing is known."""
    cells = headcounts.completed(cells, total or 0)
    columns = headcounts.by_sex(cells)
    rows = [(age.label, [cells.get(f"{sex}:{age.value}", 0) for sex in headcounts.SEXES]) for age in Age]
    return {
        "sexes": [sex.label for sex in Sex],
        "rows": [(label, numbers, sum(numbers)) for label, numbers in rows],
        "sums": [*columns.values(), sum(columns.values())],
        "groups": [(group.label, groups[group.value]) for group in Group if groups.get(group.value)],
    }


def differences(changed):
    """Differences between the count on the spot and the report, in words: [("Жінки, молодь 14–35", "+2")]."""
    words = {**{cell: called(cell) for cell in CELLS}, **{group.value: group.label.capitalize() for group in Group}}
    return [
        (words.get(key, _("інше")), f"+{number}" if number > 0 else f"−{-number}") for key, number in changed.items()
    ]
