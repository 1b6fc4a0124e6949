"""What people type into a report to a donor: what it says of itself, and its sections."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.methods import typed
from viche.results.choices import IndicatorKind, SectionKind
from viche.results.forms.asking import MonthField
from viche.results.operations.telling import LANGUAGES, LONGEST_TITLE, MOST_SECTIONS
from viche.results.queries.spans import Span
from viche.ui import forms as ui

WORDS = {"uk": gettext_lazy("українська"), "en": gettext_lazy("англійська")}
CHOICES = [(language, WORDS[language]) for language in LANGUAGES]
LONGEST_BODY = 20_000
COUNT_DIGITS = 2
BASICS = ("title", "donor", "language", "since", "until")
OTHER = "other"
UP, DOWN, REMOVE, ADD, RESTORE = "up", "down", "remove", "add", "restore"


class Search(ui.Form):
    """Finding reports."""

    q = forms.CharField(
        label=gettext_lazy("Назва або донор"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Мова"), required=False, choices=[("", gettext_lazy("будь-яка")), *CHOICES]
    )

    def asked(self) -> dict[str, str]:
        """The filters that make sense."""
        self.full_clean()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class MonthOrDayField(MonthField):
    """A month: "2025-01"; a day is as good, its month is taken."""

    def clean(self, value: Any) -> date | None:
        """The first day of the month, or nothing."""
        day = typed.day(str(value or ""))
        return day.replace(day=1) if day else super().clean(value)


class BasicsForm(ui.Form):
    """What a report is called, for whom it is, of which months."""

    title = ui.TextField(label=gettext_lazy("Назва звіту"), max_length=LONGEST_TITLE)
    donor = ui.TextField(
        label=gettext_lazy("Для якого донора"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=gettext_lazy("Показники матимуть його коди, якщо їх записано."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Мова звіту"), choices=CHOICES, initial="uk")
    period = forms.ChoiceField(label=gettext_lazy("За який період"), required=False)
    since = MonthOrDayField(label=gettext_lazy("Від якого місяця"))
    until = MonthOrDayField(
        label=gettext_lazy("До якого місяця"),
        help_text=gettext_lazy("Рахуємо цілими місяцями. Напишете день – візьмемо його місяць."),
    )

    def __init__(self, *args: Any, donors: list[str], periods: list[Span], **kwargs: Any) -> None:
        """Name the donors and the periods that are known."""
        super().__init__(*args, **kwargs)
        known = ", ".join(donors)
        help_text = _("Показники матимуть його коди, якщо їх записано.")
        if known:
            named = _("Відомі донори: %(names)s.") % {"names": known}
            help_text = f"{help_text} {named}"
        self.fields["donor"].help_text = help_text
        self.periods = {one.word: one for one in periods}
        self.fields["period"].choices = [
            *((word, one.label) for word, one in self.periods.items()),
            (OTHER, _("інші місяці – напишіть їх нижче")),
        ]
        since, until = self.initial.get("since"), self.initial.get("until")
        if since and until:
            word = Span.of(since, until)
            is_known = word in self.periods
            written = {"since": "", "until": ""} if is_known else {"since": f"{since:%Y-%m}", "until": f"{until:%Y-%m}"}
            self.initial |= {"period": word if is_known else OTHER} | written

    def clean(self) -> dict[str, Any]:
        """The months of the period chosen; where none is, those that were typed. Two different answers are asked about."""
        data = super().clean()
        typed_months = {name: data[name] for name in ("since", "until") if data.get(name)}
        if chosen := self.periods.get(data.get("period", "")):
            if any(typed_months[name] != getattr(chosen, name).replace(day=1) for name in typed_months):
                self.add_error(
                    "period", _("Вибрано період, а нижче написано інші місяці. Зітріть їх або виберіть «інші місяці».")
                )
            return data | {"since": chosen.since, "until": chosen.until}
        for name in ("since", "until"):
            if name not in self.errors and name not in typed_months:
                self.add_error(name, _("Виберіть період або напишіть місяць."))
        return data


class ReportForm(BasicsForm):
    """The whole report. Each section has fields of its own: s-0-kind, s-0-title, s-0-body, s-0-indicators, s-0-stories."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    count = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=MOST_SECTIONS + 1, min_value=0)

    def __init__(self, *args: Any, indicators: list, stories: list, kinds: list[str], **kwargs: Any) -> None:
        """Make the fields of sections of these kinds."""
        self.known = {"indicators": indicators, "stories": stories} | {
            name: kwargs[name] for name in ("donors", "periods")
        }
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        every = [(one.code, f"{one.code} · {one.called}") for one in indicators]
        mapped = [(one.code, f"{one.code} · {one.called}") for one in indicators if one.kind != IndicatorKind.RATIO]
        told = [(story.key, f"{story.title} ({story.meta})") for story in stories]
        for number, kind in enumerate(kinds):
            self._add(number, kind, every=every, mapped=mapped, told=told)
        self.speak()

    def _add(self, number: int, kind: str, *, every: list, mapped: list, told: list) -> None:
        """The fields of one section, as its kind has them."""
        name = f"s-{number}"
        self.fields[f"{name}-kind"] = forms.ChoiceField(choices=SectionKind.choices, widget=forms.HiddenInput)
        self.fields[f"{name}-title"] = ui.TextField(
            label=_("Заголовок"),
            required=False,
            max_length=LONGEST_TITLE,
            help_text=_("Порожньо – буде «%(word)s».") % {"word": capfirst(SectionKind(kind).label)},
        )
        self.fields[f"{name}-body"] = ui.TextField(
            label=_("Текст"),
            long=True,
            required=False,
            max_length=LONGEST_BODY,
            help_text=_("Порожній рядок починає новий абзац."),
        )
        ticks = {"widget": forms.CheckboxSelectMultiple, "required": False}
        if kind == SectionKind.FIGURES:
            self.fields[f"{name}-indicators"] = forms.MultipleChoiceField(label=_("Показники"), choices=every, **ticks)
        elif kind == SectionKind.PLACES:
            self.fields[f"{name}-indicators"] = forms.ChoiceField(
                label=_("Що показати на карті"), choices=[("", _("нічого")), *mapped], required=False
            )
        elif kind == SectionKind.STORIES:
            words = _("Нічого не позначено – увійдуть усі історії програми.")
            self.fields[f"{name}-stories"] = forms.MultipleChoiceField(
                label=_("Історії"), choices=told, help_text=words, **ticks
            )

    @classmethod
    def of(cls, report: Any, **known: Any) -> "ReportForm":
        """The report as it is kept."""
        initial = {name: getattr(report, name) for name in (*BASICS, "revision")} | {"count": len(report.sections)}
        for number, one in enumerate(report.sections):
            for name, value in one.items():
                initial[f"s-{number}-{name}"] = value
            if one["kind"] == SectionKind.PLACES:
                initial[f"s-{number}-indicators"] = next(iter(one.get("indicators", ())), "")
        return cls(initial=initial, kinds=[one["kind"] for one in report.sections], **known)

    @classmethod
    def typed(cls, data: Any, **known: Any) -> "ReportForm":
        """The report as it comes from a browser; what is of no kind is left out."""
        text = data.get("count", "")
        count = int(text) if text.isdecimal() and len(text) <= COUNT_DIGITS else 0
        kinds = [data.get(f"s-{number}-kind", "") for number in range(min(count, MOST_SECTIONS + 1))]
        form = cls(data, kinds=[kind if kind in SectionKind.values else SectionKind.TEXT for kind in kinds], **known)
        form.full_clean()
        return form

    def again(self, stored: Any) -> "ReportForm":
        """The same words to be sent once more, over what is `stored` now."""
        data = self.data.copy()
        data["revision"] = stored.revision
        return ReportForm.typed(data, **self.known)

    @property
    def values(self) -> dict[str, Any]:
        """What could be read: of what says of itself only that; of sections all that was typed."""
        read = {name: self.cleaned_data[name] for name in BASICS if name in self.cleaned_data}
        return read | {"sections": [self._section(number, kind) for number, kind in enumerate(self.kinds)]}

    def _section(self, number: int, kind: str) -> dict[str, Any]:
        name = f"s-{number}"
        section = {"kind": kind}
        for part in ("title", "body"):  # too long a text is kept and complained of
            section[part] = self.cleaned_data.get(f"{name}-{part}", self.data.get(f"{name}-{part}", ""))
        if kind in {SectionKind.FIGURES, SectionKind.PLACES}:
            chosen = self.cleaned_data.get(f"{name}-indicators") or []
            section["indicators"] = [chosen] if isinstance(chosen, str) else chosen
        if kind == SectionKind.STORIES:
            section["stories"] = self.cleaned_data.get(f"{name}-stories") or []
        return section

    @property
    def faults(self) -> dict[str, str]:
        """What could not be read, by the control that it stands in."""
        return {
            self[name].auto_id: " ".join(map(str, said)) for name, said in self.errors.items() if name in self.fields
        }

    @property
    def sections(self) -> list[dict[str, Any]]:
        """For the page: each section with its number, its kind in words, its fields."""
        last = len(self.kinds) - 1
        rows = []
        for number, kind in enumerate(self.kinds):
            names = [name for name in self.fields if name.startswith(f"s-{number}-") and not name.endswith("-kind")]
            rows.append(
                {
                    "number": number,
                    "place": number + 1,
                    "kind": capfirst(SectionKind(kind).label),
                    "hidden": self[f"s-{number}-kind"],
                    "fields": [self[name] for name in names],
                    "is_first": number == 0,
                    "is_last": number == last,
                }
            )
        return rows


def arranged(sections: list[dict[str, Any]], act: str) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """The sections after a button was pressed ("add:text", "up:2", "down:0", "remove:1"), and the one that was taken out."""
    what, _colon, which = act.partition(":")
    rows = list(sections)
    if what == ADD and which in SectionKind.values:
        rows.append({"kind": which, "title": "", "body": "", "indicators": [], "stories": []})
    if what not in {UP, DOWN, REMOVE} or not which.isdecimal() or int(which[:COUNT_DIGITS]) >= len(rows):
        return rows, None
    here = int(which[:COUNT_DIGITS])
    if what == REMOVE:
        return rows, rows.pop(here)
    there = here - 1 if what == UP else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    return rows, None
