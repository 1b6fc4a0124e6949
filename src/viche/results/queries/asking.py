"""What is asked of figures: which months, which place. All of it stands in the address, and drilling keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from viche.facts.queries.figures import EVER, Asked
from viche.journal import queries as journal
from viche.methods import indicators as methods
from viche.places.models import Hromada, Oblast, Raion
from viche.programmes.models import Programme
from viche.results.models import Period
from viche.ui import wording

DECEMBER = 12
KEPT = ("period", "since", "until", "oblast", "raion", "hromada", "show")
"""What of the address goes along from page to page."""


@dataclass(frozen=True)
class Where:
    """A place: an oblast, a raion or a hromada of it, or everything."""

    oblast: Oblast | None = None
    raion: Raion | None = None
    hromada: Hromada | None = None
    inside: tuple[int, ...] | None = None
    """The keys of the hromadas of a raion, which is asked of the ledger by them."""

    def __post_init__(self) -> None:
        """A raion whose hromadas nobody has read would be taken for its whole oblast."""
        if self.raion is not None and self.hromada is None and self.inside is None:
            raise ValueError("a raion is asked by its hromadas")

    @property
    def hromadas(self) -> tuple[int, ...] | None:
        """The keys of the hromadas of a raion, or of the hromada; None for everything wider."""
        return self.inside if self.hromada is None else (self.hromada.pk,)

    @property
    def label(self) -> str:
        """The narrowest place in words; empty for everything."""
        place = self.hromada or self.raion or self.oblast
        return place.label if place else ""


@dataclass(frozen=True)
class When:
    """Whole months, both ends included; empty ends are all the time there is."""

    since: date | None = None
    until: date | None = None
    period: Period | None = None
    """The programme's own period, where these are exactly its months."""

    @property
    def is_ever(self) -> bool:
        """Whether no months are asked for."""
        return self.since is None

    @property
    def label(self) -> str:
        """The months in words."""
        if self.period is not None:
            return self.period.called
        if self.since is None or self.until is None:
            return _("від початку програми")
        if (self.since.month, self.until.month) == (1, DECEMBER) and self.since.year == self.until.year:
            return _("%(year)s рік") % {"year": self.since.year}
        if (self.since.year, self.since.month) == (self.until.year, self.until.month):
            return wording.month(self.since)
        return f"{wording.month(self.since)} – {wording.month(self.until)}"


@dataclass(frozen=True)
class Chosen:
    """What is asked of one programme: months, a place, and the words of the address that say so."""

    programme: Programme
    when: When
    where: Where
    kept: tuple[tuple[str, str], ...] = ()

    @cached_property
    def asked(self) -> Asked:
        """The same for the ledger."""
        since, until = (self.when.since, self.when.until) if not self.when.is_ever else EVER
        where = self.where
        return Asked(self.programme.pk, since, until, where.oblast.pk if where.oblast else None, where.hromadas)

    @property
    def is_aimed(self) -> bool:
        """Whether there may be targets for what is asked: the whole programme, or a period of it, and no place."""
        return not self.where.label and (self.when.is_ever or self.when.period is not None)

    def query(self, **changes: str) -> str:
        """The address's query with other words in it ("" leaves one out): "?oblast=poltavska", or nothing."""
        words = {**dict(self.kept), **changes}
        said = urlencode({name: value for name, value in words.items() if value})
        return f"?{said}" if said else ""


def programme(programme: str) -> Programme:
    """One programme, and the version of all that is shown of it as `written`. Raises `Programme.DoesNotExist`."""
    return Programme.objects.annotate(written=Coalesce(journal.VERSION, 0)).get(code=programme.upper())


def months(since: date | None, until: date | None, periods: Sequence[Period], *, on: date) -> When:
    """The months from one to the other; one end alone goes from the beginning, or to this month."""
    if since is None and until is None:
        return When()
    since, until = methods.whole_months(since or EVER[0], until or max(on, since or on))
    exact = (one for one in periods if (one.starts_on, one.ends_on) == (since, until))
    return When(since, until, next(exact, None))


def where(oblasts: Sequence[Oblast], oblast: str, raion: str, hromada: str) -> Where | None:
    """The narrowest place of these words; None where one of them is nobody's. One query where it is below an oblast.

    Who has chosen another oblast meanwhile has left the hromada behind.
    """
    region = next((one for one in oblasts if one.slug == oblast), None)
    if oblast and region is None:
        return None
    if hromada:
        found = Hromada.objects.filter(slug=hromada).select_related("raion", "oblast").first()
        if found is None:
            return None
        if region in {None, found.oblast}:
            return Where(found.oblast, found.raion, found)
    elif raion:
        inside = list(Hromada.objects.filter(raion__code=raion).select_related("raion__oblast").order_by("pk"))
        if not inside:
            return None
        district = inside[0].raion
        if region in {None, district.oblast}:
            return Where(district.oblast, district, inside=tuple(one.pk for one in inside))
    return Where(region)
