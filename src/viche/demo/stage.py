"""The stage: texts from `data/`, invented hromadas with their councils and libraries, and the people who act."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress

from viche.formats import edrpou
from viche.people.choices import MembershipRole, OrganisationKind
from viche.people.models import Membership, Organisation, User
from viche.places import operations as places
from viche.places.choices import HromadaKind
from viche.places.models import Hromada, Oblast
from viche.questionnaires import operations as questionnaires
from viche.questionnaires.models import Version

DATA = Path(__file__).with_name("data")
KINDS = {"m": HromadaKind.CITY, "s": HromadaKind.SETTLEMENT, "v": HromadaKind.VILLAGE}


@dataclass(frozen=True)
class Player:
    """Somebody who acts in the demonstration; `key` stands in the one-click sign-in."""

    key: str
    name: str
    vocative: str
    does: str


PLAYERS = [
    Player("officer", "Керівниця програми", "Шановна керівнице!", "оголошує конкурси, записує рішення, приймає звіти"),
    Player("finance", "Фінансовий менеджер", "Шановний менеджере!", "платить транші, приймає звіти"),
    Player("head", "Голова Калиносадської громади", "Шановний голово!", "подає заявки і звіти"),
    Player("librarian", "Бібліотекарка хабу", "Вітаємо!", "проводить заходи бібліотеки й готує її заявки"),
    Player("reviewer", "Рецензентка", "Шановна рецензентко!", "оцінює заявки"),
    Player("panel", "Голова комісії", "Шановний голово комісії!", "читає заявки й оцінки, засідає в комісії"),
    Player(
        "consultant",
        "Регіональна консультантка",
        "Шановна консультантко!",
        "перевіряє заходи й звіти своєї області, планує поїздки",
    ),
    Player("observer", "Спостерігачка донора", "Вітаємо!", "дивиться все, нічого не змінює"),
    Player("administrator", "Адміністратор установки", "Шановний адміністраторе!", "дає ролі, читає листи"),
]


@cache
def texts(name: str) -> dict[str, Any]:
    """The texts of one story."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def user(email: str, name: str, vocative: str = "", **more: Any) -> User:
    """Somebody invented, with a confirmed mailbox and without a password."""
    made, created = User.objects.get_or_create(email=email, defaults={"name": name, "vocative": vocative, **more})
    if created:
        EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def player(key: str) -> User:
    """One of the people whom the demonstration lets a visitor be."""
    found = next(player for player in PLAYERS if player.key == key)
    return user(f"{key}@viche.example", found.name, found.vocative, is_administrator=key == "administrator")


def reviewers(count: int) -> list[User]:
    """So many reviewers, the first of whom a visitor may be."""
    others = [user(f"reviewer{number}@viche.example", f"Рецензент {number}") for number in range(2, count + 1)]
    return [player("reviewer"), *others]


def hromadas() -> list[Hromada]:
    """The invented hromadas, in the order of `data/hromadas.toml`, under codes of their own."""
    oblasts = {oblast.short_name: oblast for oblast in Oblast.objects.all()}
    told = texts("hromadas")["hromadas"]
    return [
        places.invent(name, number=number, kind=KINDS[kind], centre=centre, oblast=oblasts[oblast], point=point)
        for number, (name, kind, centre, oblast, *point) in enumerate(told, start=1)
    ]


def organisation(name: str, kind: OrganisationKind, hromada: Hromada, number: int, at: datetime) -> Organisation:
    """An invented organisation with a code whose check digit is right."""
    stem = f"{99_00_000 + number:07d}"
    code = stem + edrpou.check_digit(stem)
    made, _created = Organisation.objects.get_or_create(
        edrpou=code,
        defaults={"name": name, "kind": kind, "hromada": hromada, "created_at": at, "is_invented": True},
    )
    return made


def genitive(adjective: str) -> str:
    """The adjective of whose council it is: "Калиносадська", "Калиносадської"; "-на-Пслі" stays as it is."""
    return re.sub(r"а(?=$|-на-)", "ої", adjective, count=1)


def council(hromada: Hromada, number: int, at: datetime) -> Organisation:
    """The council of an invented hromada, with its head."""
    made = organisation(f"Рада {genitive(hromada.name)} громади", OrganisationKind.COUNCIL, hromada, number, at)
    head = (
        player("head")
        if number == 1
        else user(f"head{number}@viche.example", f"Голова громади {number}", "Шановний голово!")
    )
    Membership.objects.get_or_create(user=head, organisation=made, defaults={"role": MembershipRole.HEAD, "since": at})
    return made


def library(hromada: Hromada, number: int, at: datetime) -> Organisation:
    """The library of an invented hromada, with its librarian."""
    made = organisation(
        f"Публічна бібліотека «{hromada.centre_name}»", OrganisationKind.LIBRARY, hromada, 100 + number, at
    )
    first = number == 1
    librarian = (
        player("librarian")
        if first
        else user(f"librarian{number}@viche.example", f"Бібліотекарка {number}", "Вітаємо!")
    )
    Membership.objects.get_or_create(
        user=librarian, organisation=made, defaults={"role": MembershipRole.HEAD, "since": at}
    )
    return made


def childrens_library(hromada: Hromada, number: int, at: datetime) -> Organisation:
    """The children's library of an invented hromada, with its head."""
    made = organisation(
        f"Бібліотека для дітей «{hromada.centre_name}»", OrganisationKind.LIBRARY, hromada, 300 + number, at
    )
    keeper = user(f"children{number}@viche.example", f"Завідувачка дитячої бібліотеки {number}", "Вітаємо!")
    Membership.objects.get_or_create(
        user=keeper, organisation=made, defaults={"role": MembershipRole.HEAD, "since": at}
    )
    return made


def form(key: str, name: str, owner_key: str, at: datetime) -> Version:
    """A form of the demonstration in the office of a programme."""
    version = questionnaires.create(name, owner_key=owner_key, at=at).versions.get()
    questionnaires.write(version, texts("forms")[key], at=at)
    return version
