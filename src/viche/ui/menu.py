"""What the menus hold: names of addresses and the words for them. A name that nobody answers to is left out."""

from functools import cache
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MAIN = (
    ("calls:list", _("Конкурси")),
    ("events:list", _("Заходи")),
    ("awards:list", _("Підтримка")),
    ("programmes:list", _("Програми")),
    ("places:hromadas", _("Громади")),
)
OFFICE = (
    ("programmes:office", _("Програма")),
    ("calls:office_list", _("Конкурси")),
    ("reviews:office_list", _("Оцінювання")),
    ("awards:office_list", _("Підтримка")),
)
FOOT = (
    (
        ("site:about", _("Про Віче")),
        ("site:help", _("Допомога і запитання")),
        ("site:open_data", _("Відкриті дані")),
        ("events:campaign_list", _("Кампанії")),
        ("site:search", _("Пошук")),
    ),
    (
        ("site:accessibility", _("Доступність")),
        ("site:privacy", _("Приватність")),
        ("site:terms", _("Умови користування")),
        ("ui:look", _("Вигляд: світлий, темний, контрастний")),
    ),
)


class Link(NamedTuple):
    """A word that leads somewhere."""

    href: str
    text: str | Promise


def links(names: tuple[tuple[str, str | Promise], ...], *parts: str) -> list[Link]:
    """Turn names into links, leaving out those that lead nowhere; `parts` fill the address."""
    found = []
    for name, text in names:
        try:
            found.append(Link(reverse(name, args=parts), text))
        except NoReverseMatch:
            continue
    return found


@cache
def main(language: str) -> tuple[list[Link], list[list[Link]]]:
    """Return the head's and the foot's links in a language; the same for everybody, so resolved once."""
    del language  # part of the key: reverse() reads it from the thread
    return links(MAIN), [links(column) for column in FOOT]


@cache
def door(language: str) -> dict[str, str]:
    """Return the addresses of home, sign-in, sign-out and cabinet that exist."""
    del language
    names = {"home": "site:home", "search": "site:search", "sign_in": "account_login", "sign_out": "account_logout"}
    found = {key: links(((name, ""),)) for key, name in {**names, "cabinet": "site:cabinet"}.items()}
    fallback = {"home": "/", "cabinet": "/me/"}
    return {key: at[0].href if at else fallback.get(key, "") for key, at in found.items()}


@cache
def office_of(programme: str, language: str) -> list[Link]:
    """Return the office menu of the programme with this code."""
    del language
    return links(OFFICE, programme)


def office(programme: str) -> list[Link]:
    """Return the office menu of a programme, by its code, in the language of the page."""
    return office_of(programme, get_language() or "uk")
