"""Which letters there are, and what people chose about them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from viche.mail import kinds
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter, Preference

# Letters that somebody has to look after: returned, or given up.
LOST = "lost"


def letters(programme_code: str | None = None, *, q: str = "", kind: str = "", state: str = "") -> QuerySet[Letter]:
    """The outbox, newest first, of one programme or (None) of all; without the words themselves, which are long.

    `state` is one of `State`, or LOST.
    """
    found = Letter.objects.defer("text", "html", "brief").order_by("-created_at", "-pk")
    if programme_code is not None:
        found = found.filter(programme_code=programme_code)
    if kind:
        found = found.filter(kind=kind)
    if state == LOST:
        found = found.filter(state__in=[State.BOUNCED, State.FAILED])
    elif state:
        found = found.filter(state=state)
    for word in folded(q).split():
        found = found.filter(words__contains=word)
    return found


def letter(key: UUID | str) -> Letter:
    """One letter with its words, by the key that stands in its address; raises `Letter.DoesNotExist`."""
    return Letter.objects.get(key=key)


def about(subject: Model) -> QuerySet[Letter]:
    """The letters that told of one thing, newest first."""
    kind = subject._meta.label_lower  # noqa: SLF001 — Django's public name
    return letters().filter(about_kind=kind, about_id=str(subject.pk))


def count_since(address: str, ending: str, since: datetime) -> int:
    """How many letters whose kind ends so have been written to an address after a moment."""
    return Letter.objects.filter(to=plain(address), kind__endswith=ending, created_at__gt=since).count()


def undelivered(programme_code: str | None = None) -> QuerySet[Letter]:
    """Letters that somebody has to look after."""
    return letters(programme_code, state=LOST)


def delivery(address: str, code: str) -> Delivery:
    """How this address gets letters of that kind: by the person's choice, else as the kind says."""
    kind = kinds.known(code)
    if kind.always:
        return Delivery.AT_ONCE
    chosen = dict(Preference.objects.filter(address=plain(address)).values_list("kind", "delivery"))
    return _delivery(kind, chosen)


def preferences(address: str) -> list[tuple[kinds.Kind, Delivery]]:
    """Every kind that may be declined, and how this address gets it: the page of choices."""
    chosen = dict(Preference.objects.filter(address=plain(address)).values_list("kind", "delivery"))
    return [(kind, _delivery(kind, chosen)) for kind in kinds.optional()]


def plain(address: str) -> str:
    """An address as it is compared: without spaces around it, in small letters."""
    return address.strip().lower()


def folded(words: str) -> str:
    """Words as they are searched: in small letters, with one kind of apostrophe."""
    return words.casefold().translate(str.maketrans("'ʼ`", "’’’"))


def _delivery(kind: kinds.Kind, chosen: dict[str, str]) -> Delivery:
    way = Delivery(chosen.get(kind.code, Delivery.DAILY if kind.digest else Delivery.AT_ONCE))
    # Who declined the digest does not want what it would bring.
    if way == Delivery.DAILY and chosen.get(kinds.DIGEST) == Delivery.NEVER:
        return Delivery.NEVER
    return way
