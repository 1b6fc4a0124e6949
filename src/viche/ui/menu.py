"""What the menus hold: names of addresses and the words for them. A name that nobody answers to is left out."""

from functools import cache
from typing import Any, NamedTuple

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
# Each with the roles in a programme that may open it; whoever runs the installation may open all.
READERS = frozenset({"officer", "observer", "panel"})
OFFICE = (
    ("programmes:office", _("Програма"), READERS),
    ("calls:office_list", _("Конкурси"), READERS),
    ("reviews:office_list", _("Оцінювання"), READERS),
    ("awards:office_list", _("Підтримка"), READERS),
    ("events:office_list", _("Заходи"), frozenset({"officer", "observer", "consultant"})),
    ("results:office", _("Результати"), READERS),
    ("results:values", _("Подані значення"), frozenset({"consultant", "editor"})),
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
def office_of(programme: str, roles: frozenset[str] | None, language: str) -> list[Link]:
    """Return the office menu of the programme with this code, for these roles."""
    del language
    names = [(name, text) for name, text, readers in OFFICE if roles is None or roles & readers]
    return links(tuple(names), programme)


def office(programme: str, roles: frozenset[str] | None = None) -> list[Link]:
    """Return the office menu of a programme, by its code, in the language of the page: what these roles may open (None: all)."""
    return office_of(programme, roles, get_language() or "uk")


def roles_of(user: Any, programme: Any) -> frozenset[str] | None:
    """The words of the person's roles in a programme; None for who may open everything. One query, none where they were read."""
    if getattr(user, "is_administrator", False) or not hasattr(programme, "roles"):
        return None
    whose, kinds = getattr(programme, "last_read", (None, frozenset()))
    if whose is not None and whose == user.pk:
        return kinds
    return frozenset(programme.roles.filter(user=user.pk).values_list("kind", flat=True))
