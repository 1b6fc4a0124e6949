"""How a dataset is described: its columns, how it is counted, where it is read and taken, how often it changes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from viche.formats import dcat
from viche.formats.openapi import DAY, INTEGER, LINK, MOMENT, NUMBER, TEXT, TRUTH

Words = str | Promise
TABLES = ("csv", "xlsx", "json")
POINTS = "geojson"
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xml": "application/xml",
    "ics": "text/calendar",
}
KINDS = {TEXT: _("текст"), NUMBER: _("число"), INTEGER: _("ціле число"), TRUTH: _("так чи ні")}
KINDS |= {DAY: _("день"), MOMENT: _("момент"), LINK: _("адреса")}


class Often(TextChoices):
    """How often a dataset changes, in the words of the European Union's list of frequencies."""

    AT_ONCE = dcat.CONTINUOUSLY, _("оновлюється тієї ж миті, що й сайт")
    WITH_CODIFIER = dcat.IRREGULARLY, _("оновлюється, коли змінюється кодифікатор")


class Column(NamedTuple):
    """A column: its word for programs, what it holds, of which kind; whether it may be empty; its words where they are few."""

    key: str
    about: Words
    kind: str = TEXT
    is_null: bool = False
    choices: tuple[str, ...] = ()
    is_beside: bool = False
    """Whether tables go without it: the API and GeoJSON alone have it."""

    @property
    def kind_words(self) -> Words:
        """The kind for people."""
        return KINDS[self.kind]


class File(NamedTuple):
    """A file of a dataset: the word of its format, its path, its media type, its type in the Union's list."""

    name: str
    path: str
    media: str
    kind: str


@dataclass(frozen=True)
class Dataset:
    """What is given to everybody."""

    name: str
    title: Words
    about: Words
    columns: tuple[Column, ...]
    page: str
    """The name of the address at which people read it."""
    rows: Callable[[], QuerySet] | None = None
    """What its rows are made of, to be counted; nothing where it has only files of other formats."""
    subjects: tuple[str, ...] = ()
    """What the journal is asked for the moment of its last change."""
    often: Often = Often.AT_ONCE
    files: str = ""
    """The name of the address of its files, which takes an ending; where it is empty, they lie beside the page."""
    has_files: bool = True
    """Whether it is taken whole; what is too much for a file is read page by page."""
    more: tuple[tuple[str, str], ...] = ()
    """Files in other formats than tables: pairs of an ending that `MEDIA` knows and the name of an address."""
    lacking: Callable[[], Words] = str
    """Why there is nothing to take now, in a sentence; empty where there is."""

    @property
    def has_places(self) -> bool:
        """Whether its rows are points too."""
        return any(column.key == "latitude" for column in self.columns)

    def taken(self) -> list[File]:
        """Its files."""
        beside = reverse(self.page).rstrip("/")
        endings = (*TABLES, POINTS) if self.has_places else TABLES if self.columns and self.has_files else ()
        plain = [(one, reverse(self.files, args=[one]) if self.files else f"{beside}.{one}") for one in endings]
        return [
            File(NAMES.get(one, one.upper()), path, MEDIA[one], one.upper())
            for one, path in (*plain, *((ending, _address(name, ending)) for ending, name in self.more))
        ]


NAMES = {"geojson": "GeoJSON", "ics": "iCalendar"}


def _address(name: str, ending: str) -> str:
    """Where a file lies whose address may be its own or take the ending."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=[ending])


def labelled(*words: Words) -> dict[str, str]:
    """The same words in every language of the installation."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found[language] = " ".join(str(word) for word in words)
    return found
