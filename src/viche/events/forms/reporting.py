"""What organisers tell of an event, and what the programme answers."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from viche.events.forms.counting import Heads
from viche.methods import headcounts
from viche.ui import forms as ui

MOST_ROWS, BLANK_ROWS = 30, 2
NO_PAGE = _("Напишіть адресу сторінки, наприклад https://gazeta.ua/novyna.")
LINES = ("questions", "followups", "ideas")


def listed(text):
    """Lines of a text as a list, empty ones left out."""
    return [line for line in (one.strip() for one in text.splitlines()) if line][:100]


class ReportForm(Heads):
    """The report of an event; while it is a draft anything may be empty."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    happened = ui.TextField(
        label=_("Що відбулося"),
        help_text=_("Досить кількох речень: про що говорили, хто виступав, що людям було цікаво."),
        required=False,
        long=True,
        max_length=5000,
    )
    total = ui.NumberField(
        label=_("Скільки людей прийшло"),
        help_text=_("Усі разом, з дітьми. Решту, про яких не знаєте статі чи віку, запишемо як «не вказано»."),
        required=False,
        least=0,
        most=headcounts.MOST,
    )
    questions = ui.TextField(
        label=_("Про що питали"), help_text=_("По одному в рядку."), required=False, long=True, rows=3, max_length=4000
    )
    followups = ui.TextField(
        label=_("Що роблять далі"),
        help_text=_("Що люди вирішили робити після заходу: зустріч, заявка, звернення. По одному в рядку."),
        required=False,
        long=True,
        rows=3,
        max_length=4000,
    )
    ideas = ui.TextField(
        label=_("Які ідеї прозвучали"),
        help_text=_("По одній у рядку."),
        required=False,
        long=True,
        rows=3,
        max_length=4000,
    )

    def __init__(self, *args, media=(), **kwargs):
        """Make a row of fields for each mention, and some empty ones."""
        super().__init__(*args, **kwargs)
        sent = self.data.get("media-count", "") if self.is_bound else ""
        rows = int(sent) if sent.isdecimal() and len(sent) < 4 else len(media) + BLANK_ROWS  # noqa: PLR2004 — of rows
        self.count = min(rows, MOST_ROWS)
        for number in range(self.count):
            known = media[number] if number < len(media) else {}
            self.fields[f"media-{number}-title"] = ui.TextField(
                label=_("Назва"), required=False, max_length=200, initial=known.get("title", "")
            )
            self.fields[f"media-{number}-link"] = forms.URLField(
                label=_("Посилання"),
                required=False,
                max_length=500,
                assume_scheme="https",
                validators=[URLValidator(["http", "https"], message=NO_PAGE)],
                initial=known.get("link", ""),
                error_messages={"invalid": NO_PAGE},
            )
        self.speak()

    @classmethod
    def of(cls, report):
        """The form over a report as it stands; what could not be read stands as it was typed, with why."""
        told = {"happened": report.happened, "total": report.total, "revision": report.revision}
        told |= {name: "\n".join(getattr(report, name)) for name in LINES}
        form = cls(cells=report.cells, groups=report.groups, media=report.media, initial=told)
        if not report.unread:
            return form
        data = {bound.html_name: bound.field.widget.format_value(bound.value()) or "" for bound in form}
        again = cls(data | report.unread | {"media-count": str(form.count)})
        again.full_clean()
        return again

    def demand(self):
        """Show what a report cannot be handed in without, though a draft may lack it; for a form that is only drawn."""
        for name in ("happened", "total"):
            self.fields[name].required = True
        return self

    @property
    def media_rows(self):
        """The rows of mentions: (number for people, title, link)."""
        return [(n + 1, self[f"media-{n}-title"], self[f"media-{n}-link"]) for n in range(self.count)]

    @property
    def values(self):
        """What the operation takes; what could not be read stands empty."""
        said = self.cleaned_data
        return {
            "happened": said.get("happened", ""),
            "total": said.get("total"),
            "cells": self.cells,
            "groups": self.groups,
            "media": [{name: said.get(f"media-{n}-{name}", "") for name in ("title", "link")} for n in self._used],
            **{name: listed(said.get(name, "")) for name in LINES},
        }

    @property
    def _used(self):
        """The rows of mentions in which something was typed."""
        names = ("title", "link")
        return [n for n in range(self.count) if any(self[f"media-{n}-{name}"].value() for name in names)]

    @property
    def unread(self):
        """What was typed and could not be read, by field; a mention is counted among those that are kept."""
        rows = {f"media-{n}-": f"media-{new}-" for new, n in enumerate(self._used)}
        found = {name: self[name].value() for name in self.errors if name != "revision"}
        return {
            next((name.replace(old, new) for old, new in rows.items() if name.startswith(old)), name): typed
            for name, typed in found.items()
        }

    @property
    def faults(self):
        """What could not be read: the sentence by the id of the field."""
        return {self[name].auto_id: " ".join(said) for name, said in self.errors.items() if name != "revision"}


class AcceptForm(ui.Form):
    """A word with the acceptance."""

    remark = ui.TextField(label=_("Слово до організаторів"), required=False, long=True, rows=3, max_length=2000)


class ReturnForm(ui.Form):
    """What has to be completed or mended."""

    remark = ui.TextField(
        label=_("Що доповнити чи виправити"),
        help_text=_("Це прочитають організатори в листі й над звітом."),
        long=True,
        rows=4,
        max_length=2000,
        error_messages={"required": _("Напишіть, що саме треба доповнити чи виправити.")},
    )


class WordsForm(ui.Form):
    """What is said of a photograph."""

    caption = ui.TextField(
        label=_("Що на світлині"), help_text=_("Прочитають ті, хто її не бачить."), required=False, max_length=300
    )
    credit = ui.TextField(label=_("Хто зняв"), required=False, max_length=150)
    is_list = forms.BooleanField(
        label=_("Це паперовий список"),
        help_text=_("Його побачите лише ви та програма."),
        required=False,
    )
    has_consent = forms.BooleanField(
        label=_("Люди на світлині згодні, щоб її показали всім"),
        help_text=_("За дітей вирішують батьки."),
        required=False,
    )
    consent_note = ui.TextField(
        label=_("Як отримано згоду"),
        help_text=_("Наприклад: спитали вголос перед зніманням."),
        required=False,
        max_length=300,
    )
    public_from = ui.DateField(
        label=_("Показати всім від"),
        help_text=_("Порожнє поле – не показувати. Можна й пізніше: так безпечніше, поки люди не роз’їхалися."),
        required=False,
    )


class PleaForm(ui.Form):
    """Why a photograph is to be taken down, if somebody wants to say, and where to answer."""

    why = ui.TextField(
        label=_("Хочете щось пояснити?"), help_text=_("Не обов’язково."), required=False, long=True, max_length=1000
    )
    email = forms.EmailField(
        label=_("Пошта, щоб вам відповіли"),
        help_text=_("Не обов’язково. Побачать лише організатори й програма."),
        required=False,
        error_messages={"invalid": _("Це не схоже на пошту. Приклад: olena@hromada.ua")},
    )


class PhotoForm(WordsForm):
    """A new photograph."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    photo = ui.FileField(label=_("Світлина"), accept=(".jpg", ".jpeg", ".png", ".webp"))

    field_order = ("key", "photo")

    @property
    def first_fault(self):
        """The first fault in a sentence, for a script."""
        for bound in self:
            if bound.errors:
                return bound.errors[0] if bound.name in {"photo", "key"} else f"{bound.label}: {bound.errors[0]}"
        return self.non_field_errors()[0] if self.non_field_errors() else gettext("Світлину не збережено.")
