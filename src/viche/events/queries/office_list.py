"""The office's list of events: narrowed as asked, in the order asked, and never counted or sorted whole."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from viche.events.access import Reach
from viche.events.choices import State
from viche.events.models import Campaign, Event, asking
from viche.events.queries import marking
from viche.events.queries.desk import NEEDS, Now, in_rows
from viche.events.queries.events import TOLD_WITH
from viche.events.queries.finding import HIDDEN
from viche.methods import typed
from viche.people.models import Organisation
from viche.places.models import Oblast
from viche.ui import listing

MOST = 500  # rows that pages go through; who looks for more narrows the list or takes the file
FEW_OWNERS = 20  # organisations or oblasts of which the first page's events nearly always are
# What stands behind a column that is not the event's own.
OWNERS = {"organisation__sort_key": Organisation, "oblast__sort_key": Oblast}


class Order(NamedTuple):
    """By which field the list stands, and whether it falls. What lacks the field stands at the end, the latest first."""

    field: str
    falls: bool

    @property
    def sign(self) -> str:
        """Before each field of the order."""
        return "-" if self.falls else ""

    @property
    def may_lack(self) -> str:
        """What an event may lack of it: the field itself, or whom it names; nothing where each has it."""
        name = self.field.partition("__")[0]
        return name if Event._meta.get_field(name).null else ""  # noqa: SLF001 — Django documents it


def listed(
    reach: Reach,
    now: Now,
    order: Order,
    *,
    q: str = "",
    needs: str = "",
    state: str = "",
    oblast: str = "",
    campaign: str = "",
    format: str = "",  # noqa: A002 — the word of the address
    organisation: str = "",
    series: str = "",
) -> QuerySet[Event]:
    """Events within reach, narrowed as asked; what makes no sense is taken as nothing asked.

    In no order yet, but read so that this one is quick: where something has an index of its own, that of the programme is not
    read. With words, a query more for each and one more.
    """
    narrowly = bool(campaign or organisation or series or needs == "report" or order.field in OWNERS)
    found = Event.objects.filter(reach.few_events & ~Q(state=State.DRAFT) if narrowly else reach.in_time)
    if needs in NEEDS:
        found = found.filter(NEEDS[needs](now))
    if oblast:
        found = found.filter(asking.beside("oblast", Subquery(Oblast.objects.filter(slug=oblast).values("pk")[:1])))
    if campaign:
        found = found.filter(campaign=Subquery(Campaign.objects.filter(code=campaign).values("pk")[:1]))
    exact = {"state": state, "format": format, "organisation": typed.key(organisation), "series": typed.key(series)}
    return _worded(found.filter(**{name: value for name, value in exact.items() if value}), q, reach)


def _worded(found: QuerySet[Event], q: str, reach: Reach) -> QuerySet[Event]:
    """Those that have all the words: shown ones by their marks, the others by title, organisation or number.

    Where all words are common, each event is asked in the order of the list, until there are enough.
    """
    words = marking.sought(q)
    if not words:
        return found
    shown, hidden = Q(), Q(state__in=HIDDEN)
    for word in words:
        shown &= Q(haystack__contains=f" {word}") | _numbered(word)
        hidden &= _having(word)
    rare = marking.rarest(q, begins=None, before=None)
    if rare is None:
        return found.filter(shown | hidden)
    numbers = [Event.objects.filter(_numbered(word)).order_by().values("pk") for word in words if word.isdecimal()]
    named = [
        Event.objects.filter(shown, pk__in=rare.values("event")),
        Event.objects.filter(reach.events, hidden),
        *(Event.objects.filter(shown, pk__in=number) for number in numbers),
    ]
    first, *others = (part.order_by().values_list("pk", flat=True) for part in named)
    return found.filter(pk__in=list(first.union(*others)))


def _numbered(word: str) -> Q:
    """The end of the event's number, as people say it."""
    return Q(code__endswith=f"-{word}") | Q(code__endswith=f"0{word}") if word.isdecimal() else Q()


def _having(word: str) -> Q:
    """Where a word may stand in what is not shown: it has no words to search in, so each spelling that people use is asked."""
    found = Q(organisation__haystack__contains=word) | Q(code__icontains=word)
    for spelling in {word, word.capitalize(), word.upper()}:
        found |= Q(title__contains=spelling)
    return found


def keys(found: QuerySet[Event], order: Order, *, most: int = MOST) -> list[int]:
    """The keys of the list in its order, one more than `most` where there are more. One query, up to four by whose they are."""
    wanted: list[int] = []
    for part in _parts(found, order, most):
        wanted += part.values_list("pk", flat=True)[: most + 1 - len(wanted)]
        if len(wanted) > most:
            break
    return wanted


def _parts(found: QuerySet[Event], order: Order, most: int) -> Iterator[QuerySet[Event]]:
    """The list in pieces, each of which a database reads in the order of an index."""
    there, lacking = _split(found, order)
    if order.field in OWNERS:
        for owners in _owners(order, there, most):
            yield there.filter(**{f"{order.may_lack}__in": owners})
    else:
        yield there
    if lacking is not None:
        yield lacking


def _split(found: QuerySet[Event], order: Order) -> tuple[QuerySet[Event], QuerySet[Event] | None]:
    """What has the field, in its order, and what lacks it; databases disagree where the latter would stand."""
    name, sign = order.may_lack, order.sign
    own = found.order_by(f"{sign}{order.field}", *([f"{sign}starts_at"] if order.field == "state" else []), f"{sign}pk")
    if not name:
        return own, None
    lacking = found.filter(**{f"{name}__isnull": True}).order_by("-starts_at", "-pk")
    return own.filter(**{f"{name}__isnull": False}), lacking


def _owners(order: Order, there: QuerySet[Event], most: int) -> Iterator[list[int]]:
    """Whose events stand first: each of these has one at least, so no more of them are looked at than there may be rows."""
    name = order.may_lack
    own = Exists(there.order_by().filter(**{name: OuterRef("pk")}))
    owners = OWNERS[order.field].objects.filter(own).order_by(f"{order.sign}sort_key", f"{order.sign}pk")
    every = list(owners.values_list("pk", flat=True)[: most + 1])
    yield every[:FEW_OWNERS]
    if every[FEW_OWNERS:]:
        yield every[FEW_OWNERS:]


def rows(wanted: list[int]) -> list[Event]:
    """The events of these keys, in their order, with all that a row tells. One query."""
    found = in_rows(Event.objects.filter(pk__in=wanted)).order_by()
    by_key = {event.pk: event for event in found}
    return [by_key[pk] for pk in wanted if pk in by_key]


def every(found: QuerySet[Event], order: Order) -> Iterator[Event]:
    """The whole list in its order with all that a file tells, a thousand rows at a time."""
    for part in _split(found, order):
        if part is not None:
            yield from listing.through(part.select_related(*TOLD_WITH, "series", "report"))
