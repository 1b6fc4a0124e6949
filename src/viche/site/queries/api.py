"""The API as it is: every address that says of itself what it reads, with the columns of its records."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext as _

from viche.formats.openapi import Description, Field, Operation, Parameter, Record
from viche.site.queries.open_data import DATASETS
from viche.site.queries.open_data.describing import Column
from viche.site.queries.open_data.office import RECORDS
from viche.ui import api, asking, problems
from viche.ui.asking import Kind, Param

PART = re.compile(r"<\w+:(\w+)>")
VERSION = "1.0.0"


def description(language: str, site: str) -> Description:
    """The whole API in the language of the page, which stands in its addresses too."""
    operations = tuple(_operations())
    return Description(
        title=_("%(site)s: дані для програм") % {"site": settings.SITE_NAME},
        about=_("Читати може кожен, без ключа. З ключем – ще й дані свого офісу."),
        version=VERSION,
        server=site if language == "uk" else f"{site}/{language}",
        licence=settings.OPEN_LICENCE,
        licence_url=settings.OPEN_LICENCE_URL,
        words=_words(),
        records=tuple(_records({one.record for one in operations})),
        operations=operations,
    )


def grouped(told: Description) -> list[tuple[Record, list[Operation]]]:
    """Records with the addresses at which they are read."""
    return [(record, [one for one in told.operations if one.record == record.name]) for record in told.records]


def _words() -> dict[str, str]:
    return {
        "200": _("Ось дані."),
        "304": _("Від минулого разу нічого не змінилося."),
        "400": _("Такого «cursor» ми не давали."),
        "401": _("Ключа немає, або він не діє."),
        "403": _("Ключ цього не дозволяє."),
        "404": _("Такого запису немає, або він не для вас."),
        "422": _("Параметра немає, або його значення не підходить."),
        "429": _("Забагато запитів за хвилину; скільки чекати, каже Retry-After."),
        "key": _("Ключ із кабінету: /me/keys/."),
        "items": _("записи"),
        "next": _("адреса наступної частини; null, якщо це остання"),
    }


def _operations() -> Iterator[Operation]:
    for entry in _addresses(get_resolver()):
        told = getattr(entry.callback, "viche_api", None)
        if isinstance(told, api.Told):
            path = "/" + PART.sub(r"{\1}", str(entry.pattern))
            yield Operation(
                path=path,
                name="_".join(part for part in re.split(r"\W+", path.removeprefix(problems.PLACE)) if part),
                summary=_summary(told),
                record=told.dataset,
                is_list=told.is_list,
                parameters=tuple(_parameters(told)),
                scope=str(told.scope),
            )


def _addresses(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from _addresses(entry)


def _summary(told: api.Told) -> str:
    title = str(_titles()[told.dataset][0])
    return title if told.is_list else _("%(what)s: один запис") % {"what": title}


def _titles() -> dict[str, tuple]:
    """By its name, what each record is called, what it is, and its columns."""
    found = {one.name: (one.title, one.about, one.columns) for one in DATASETS}
    return found | {name: (title, "", columns) for name, (title, columns) in RECORDS.items()}


def _records(named: set[str]) -> Iterator[Record]:
    for name, (title, about, columns) in _titles().items():
        if name in named:
            yield Record(name, str(title), str(about), tuple(_field(column) for column in columns))


def _field(column: Column) -> Field:
    return Field(column.key, str(column.about), column.kind, column.is_null, column.choices)


def _parameters(told: api.Told) -> Iterator[Parameter]:
    for one in told.path:
        yield Parameter(one.name, str(one.about), _schema(one), _example(one), is_path=True)
    for one in told.params:
        yield Parameter(one.name, str(one.about), _schema(one), _example(one))


def _example(param: Param) -> str | int:
    return int(param.example) if param.kind == Kind.NUMBER and param.example else param.example


def _schema(param: Param) -> dict:
    if param.kind == Kind.CHOICE:
        return {"type": "string", "enum": list(param.choices)}
    if param.kind == Kind.DAY:
        return {"type": "string", "format": "date"}
    if param.kind == Kind.NUMBER:
        return {"type": "integer", "minimum": param.least, "maximum": param.most}
    if param.name == asking.CURSOR:
        return {"type": "string"}
    return {"type": "string", "maxLength": asking.LONGEST}
