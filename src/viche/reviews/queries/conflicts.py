"""Conflicts of interest, as the office reads them: those on record, and those that memberships show already."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import Combinable

from viche.calls.choices import TieWhy
from viche.calls.models import Application, Call
from viche.calls.queries import applications
from viche.people.models import Membership, Organisation, User
from viche.programmes import queries as programmes
from viche.programmes.choices import RoleKind

JUDGES = (RoleKind.REVIEWER, RoleKind.PANEL)
PERSON = ("pk", "name", "email", "forgotten_at")
# Where the people are who share with an application its organisation or one of its two hromadas: the seat of the
# organisation now, and the hromada it was handed in for.
NEAR = (
    (TieWhy.ORGANISATION, "organisation__memberships"),
    (TieWhy.HROMADA, "organisation__hromada__organisations__memberships"),
    (TieWhy.HROMADA, "hromada__organisations__memberships"),
)


@dataclass(frozen=True)
class Found:
    """Who must not judge which application, and why; `note` is what they wrote themselves, or nothing."""

    user: User
    code: str
    organisation: str
    why: TieWhy
    note: str


def of_call(call: Call, secret: Collection[int]) -> list[Found]:
    """Conflicts with the submitted applications of a call, but for those `secret` to the viewer. One query, always.

    What nobody declared and no assignment has put on record yet is found anew by memberships, and is not stored.
    """
    judged = applications.submitted(call).exclude(pk__in=secret).order_by()
    judges = programmes.people_with(call.programme, *JUDGES).order_by()
    held = Membership.objects.filter(user__in=judges).values("pk")
    on_record = _rows(judged.filter(conflicts__isnull=False), "conflicts", F("conflicts__why"), F("conflicts__note"), 0)
    found_anew = [
        _rows(judged.filter(**{f"{path}__in": held}), path, Value(why.value), Value(""), rank)
        for rank, (why, path) in enumerate(NEAR, start=1)
    ]
    found: dict[tuple[str, int], Found] = {}
    # What is on record is said first, then the nearer reason.
    for row in sorted(on_record.union(*found_anew), key=lambda row: row["rank"]):
        person = User(**{name: row[f"person_{name}"] for name in PERSON})
        organisation = Organisation(name=row["organisation__name"], name_en=row["organisation__name_en"]).called
        one = Found(person, row["code"], organisation, TieWhy(row["because"]), row["noted"])
        found.setdefault((one.code, person.pk), one)
    return sorted(found.values(), key=lambda one: (one.code, one.user.name, one.user.pk))


def _rows(judged: QuerySet[Application], path: str, why: Combinable, note: Combinable, rank: int) -> QuerySet:
    """Each application with each person whom `path` leads to; the same columns whatever the path."""
    people = {f"person_{name}": F(f"{path}__user__{name}") for name in PERSON}
    found = judged.annotate(**people, because=why, noted=note, rank=Value(rank))
    return found.values("code", "organisation__name", "organisation__name_en", *people, "because", "noted", "rank")
