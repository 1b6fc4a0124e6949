"""The public lists that everybody may take, with their columns, and how fresh they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from viche.site.queries import freshness

ENDINGS = ("csv", "xlsx", "json")


class Column(NamedTuple):
    """A column: its word for programs and what it holds."""

    key: str
    about: str | Promise


class Listed(NamedTuple):
    """A list: where it is read, what it is, its columns."""

    name: str
    page: str
    title: str | Promise
    about: str | Promise
    columns: tuple[Column, ...]


LISTS = (
    Listed(
        "calls",
        "calls:list",
        _("Конкурси"),
        _("Усі оголошені конкурси публічних програм."),
        (
            Column("code", _("код конкурсу")),
            Column("programme", _("код програми")),
            Column("kind", _("що отримає переможець: grant, hub, support, placement, training")),
            Column("title", _("назва")),
            Column("state", _("стан: scheduled, open, closed, assessed, decided, cancelled")),
            Column("opens_at", _("коли відкривається, ISO 8601")),
            Column("closes_at", _("коли закривається, ISO 8601; порожньо, якщо приймаємо постійно")),
            Column("budget", _("бюджет")),
            Column("currency", _("валюта, ISO 4217")),
            Column("url", _("адреса сторінки")),
        ),
    ),
    Listed(
        "awards",
        "awards:list",
        _("Підтримка"),
        _("Кого підтримано: з дня, коли підписано угоду."),
        (
            Column("code", _("код підтримки")),
            Column("programme", _("код програми")),
            Column("organisation", _("організація")),
            Column("hromada", _("громада")),
            Column("amount", _("сума; порожньо, якщо підтримка не грошова")),
            Column("currency", _("валюта, ISO 4217")),
            Column("awarded_on", _("день рішення, ISO 8601")),
            Column("state", _("стан: active, closed, ended")),
            Column("url", _("адреса сторінки")),
        ),
    ),
    Listed(
        "events",
        "events:list",
        _("Заходи"),
        _("Оголошені заходи публічних програм: попереду, а з відбором і ті, що відбулися. Є й для календарів та карт."),
        (
            Column("code", _("номер заходу")),
            Column("title", _("назва")),
            Column("state", _("стан: published, postponed, cancelled")),
            Column("starts_at", _("початок, ISO 8601")),
            Column("ends_at", _("кінець, ISO 8601")),
            Column("format", _("формат, одним словом англійською")),
            Column("mode", _("in_person, online або both")),
            Column("hromada", _("громада")),
            Column("oblast", _("область")),
            Column("country", _("країна, якщо не Україна")),
            Column("venue", _("місце, якщо воно для всіх")),
            Column("address", _("адреса, якщо вона для всіх")),
            Column("latitude", _("широта")),
            Column("longitude", _("довгота")),
            Column("point", _("чия це точка: event або hromada")),
            Column("online_link", _("посилання для участі, якщо воно для всіх")),
            Column("shelter", _("найближче укриття")),
            Column("languages", _("мови, через пробіл")),
            Column("access", _("доступність, через пробіл")),
            Column("goals", _("цілі сталого розвитку, через пробіл")),
            Column("organisation", _("хто запрошує")),
            Column("partners", _("партнери, через крапку з комою")),
            Column("entry", _("вхід: free, seats, invited")),
            Column("seats_left", _("скільки місць вільно")),
            Column(
                "heads",
                _("скільки людей прийшло за прийнятим звітом; порожньо, якщо звіту ще немає або людей менш як 5"),
            ),
            Column("programme", _("код програми")),
            Column("campaign", _("код кампанії")),
            Column("url", _("адреса сторінки")),
        ),
    ),
    Listed(
        "programmes",
        "programmes:list",
        _("Програми"),
        _("Програми, відкриті для всіх."),
        (
            Column("code", _("код програми")),
            Column("name", _("назва")),
            Column("name_en", _("назва англійською")),
            Column("starts_on", _("перший день, ISO 8601")),
            Column("ends_on", _("останній день, ISO 8601")),
            Column("url", _("адреса сторінки")),
        ),
    ),
    Listed(
        "hromadas",
        "places:hromadas",
        _("Громади"),
        _("Усі громади за кодифікатором КАТОТТГ."),
        (
            Column("code", _("код КАТОТТГ")),
            Column("name", _("повна назва")),
            Column("name_en", _("назва латинкою, за постановою № 55")),
            Column("kind", _("вид: city, settlement, village")),
            Column("centre", _("центр")),
            Column("oblast", _("область")),
            Column("raion", _("район")),
            Column("slug", _("назва в адресі")),
            Column("url", _("адреса сторінки")),
        ),
    ),
)


@dataclass(frozen=True)
class Offer:
    """A list with the addresses of its files and the moment of its last change."""

    listed: Listed
    href: str
    files: list[tuple[str, str]]
    changed_at: datetime | None


def offers() -> list[Offer]:
    """All public lists. Four queries."""
    changed = freshness.changed()
    found = []
    for one in LISTS:
        page = reverse(one.page)
        files = [(ending.upper(), f"{page.rstrip('/')}.{ending}") for ending in ENDINGS]
        found.append(Offer(one, page, files, changed.get(one.name)))
    return found
