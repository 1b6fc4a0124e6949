"""Taking a person out of the outbox, and out of what letters to others say of them."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import transaction
from django.db.models import Model, Q
from django.utils.html import escape

from viche.mail import queries
from viche.mail.choices import State
from viche.mail.models import Letter, Preference
from viche.mail.operations.outbox import LONGEST_SUBJECT

# What stands in a letter where an address stood, in every language.
GONE = "…"
EMPTY = {"to": "", "subject": "", "text": "", "html": "", "brief": "", "words": "", "fault": "", "reply_to": ""}
WRITTEN = ("subject", "text", "brief", "fault")
# What may stand inside an address (RFC 5322), also as HTML writes it: beside it, an address is a part of a longer one.
BEFORE = r"(?<![\w@.!#$%&'*+/=?^`{|}~-])(?<!&#x27;)(?<!&amp;)"
AFTER = r"(?![\w@-])(?!\.\w)"


class Rule(NamedTuple):
    """What is sought and what is written instead, in plain text and as HTML writes it."""

    plain: re.Pattern[str]
    marked: re.Pattern[str]
    instead: str


@transaction.atomic
def forget(
    *addresses: str,
    user_id: int | None = None,
    about: Iterable[Model] = (),
    sayings: Mapping[str, str] | None = None,
) -> int:
    """Take a person out of the outbox: what was written to them is emptied and not sent, their choices are dropped.

    Letters to others keep their words and are sent; only the person's addresses go out of them. No more is sought than
    whole addresses, and the caller vouches that these are the person's own. In letters that hold one of them, or are about
    one of the things `about`, each of `sayings` is replaced by what is given for it: a name alone is sought nowhere, for
    people choose it, and it may be what others are called too or what stands in every letter; it has to come with the
    words around it. Returns how many letters were emptied.
    """
    addresses = tuple(queries.plain(address) for address in addresses)
    theirs = Q(to__in=addresses) | Q(user_id=user_id) if user_id is not None else Q(to__in=addresses)
    Letter.objects.filter(theirs, state__in=[State.WAITING, State.HELD]).update(state=State.OPTED_OUT)
    Preference.objects.filter(address__in=addresses).delete()
    emptied = Letter.objects.filter(theirs).update(**EMPTY)
    Letter.objects.filter(reply_to__in=addresses).update(reply_to="")
    whole = [_whole(address) for address in addresses]
    said = [_saying(words, instead) for words, instead in (sayings or {}).items() if words]
    things = {(one._meta.label_lower, str(one.pk)) for one in about}  # noqa: SLF001 — Django's public name
    for letter in Letter.objects.select_for_update(no_key=True).filter(_telling(addresses, things)).order_by("pk"):
        known = (letter.about_kind, letter.about_id) in things
        if known or any(rule.marked.search(letter.html) or _written(rule, letter) for rule in whole):
            _reword(letter, [*said, *whole])
    return emptied


@transaction.atomic
def empty_about(things: Iterable[Model]) -> int:
    """Empty letters about things whose people are not known any more, and send none of them; how many letters."""
    found = Q(pk__in=[])
    for thing in things:
        found |= Q(about_kind=thing._meta.label_lower, about_id=str(thing.pk))  # noqa: SLF001 — Django's public name
    letters = Letter.objects.filter(found)
    letters.filter(state__in=[State.WAITING, State.HELD]).update(state=State.OPTED_OUT)
    return letters.update(**EMPTY, user_id=None)


def _telling(addresses: Iterable[str], things: Iterable[tuple[str, str]]) -> Q:
    """Letters about those things, and those that may hold an address: parts of longer ones are told apart later."""
    found = Q(pk__in=[])
    for kind in {kind for kind, _key in things}:
        found |= Q(about_kind=kind, about_id__in=[key for of, key in things if of == kind])
    for address in addresses:
        found |= Q(html__icontains=escape(address))
        for column in WRITTEN:
            found |= Q(**{f"{column}__icontains": address})
    return found


def _written(rule: Rule, letter: Letter) -> bool:
    return any(rule.plain.search(getattr(letter, column)) for column in WRITTEN)


def _reword(letter: Letter, rules: Iterable[Rule]) -> None:
    """Write the letter otherwise; whether and when it is sent stays."""
    for rule in rules:
        for column in WRITTEN:
            setattr(letter, column, rule.plain.sub(_literal(rule.instead), getattr(letter, column)))
        letter.html = rule.marked.sub(_literal(escape(rule.instead)), letter.html)
    letter.subject = letter.subject[:LONGEST_SUBJECT]
    letter.words = queries.folded(f"{letter.to} {letter.subject}")
    letter.save(update_fields=[*WRITTEN, "html", "words"])


def _whole(address: str) -> Rule:
    """An address, but not where it is a part of a longer one."""
    plain, marked = (
        re.compile(f"{BEFORE}{re.escape(written)}{AFTER}", re.IGNORECASE) for written in (address, escape(address))
    )
    return Rule(plain, marked, GONE)


def _saying(words: str, instead: str) -> Rule:
    """Several words in a row, however the lines are broken, but no parts of longer words."""
    end = r"(?!\w)" if words[-1].isalnum() else ""
    plain, marked = (
        re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, written.split())) + end)
        for written in (words, escape(words))
    )
    return Rule(plain, marked, instead)


def _literal(instead: str) -> str:
    """Words as `re.sub` takes them: nothing in them means a group."""
    return instead.replace("\\", r"\\")
