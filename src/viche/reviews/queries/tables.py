"""The office's table of who reads what. Of applications with which the viewer has a conflict it tells only that they exist."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from viche.calls.models import Application, Call
from viche.calls.queries import applications, ties
from viche.methods import words
from viche.people.models import User
from viche.reviews.models import Assignment
from viche.reviews.queries import assignments, states


@dataclass(frozen=True)
class Line:
    """One application with its places; `free` how many nobody holds who could still judge. Hidden lines have nothing else."""

    hidden: bool
    application: Application | None = None
    places: tuple[states.Described, ...] = ()
    free: int = 0


def of_call(
    call: Call, on: date, *, q: str = "", show: str = "", secret: Collection[int] = ()
) -> QuerySet[Application]:
    """Submitted applications by words and by what is wrong with their places.

    Those with `secret` keys stand at the end of the whole list alone: a search that found them would tell of them.
    """
    found = applications.submitted(call).order_by("code")
    if secret and (q or show):
        found = found.exclude(pk__in=secret)
    elif secret:
        found = found.order_by(Case(When(pk__in=secret, then=1), default=0), "code")
    for word in words.fold(q).split():
        found = found.filter(haystack__contains=word)
    if show == "short":
        counted = Assignment.objects.filter(assignments.COUNTED, application=OuterRef("pk")).order_by()
        several = counted.values("application").annotate(n=Count("pk")).values("n")
        found = found.annotate(counted=Coalesce(Subquery(several), 0)).filter(counted__lt=F("call__reviewers_wanted"))
    elif show == "late":
        late = Assignment.objects.filter(
            assignments.UNDONE, assignments.ABLE, application=OuterRef("pk"), due_on__lt=on
        )
        found = found.filter(Exists(late))
    return found


def rows(call: Call, shown: list[Application], secret: Collection[int], on: date) -> list[Line]:
    """The lines of these applications, hidden where the key is `secret`. One query."""
    places = assignments.places(shown)
    found = []
    for application in shown:
        if application.pk in secret:
            found.append(Line(hidden=True))
            continue
        own = places.get(application.pk, [])
        held = tuple(states.described(place, on, gone=place.gone) for place in own)
        counted = sum(not place.gone for place in own)
        found.append(Line(False, application, held, max(0, call.reviewers_wanted - counted)))
    return found


def progress(call: Call, loads: list[dict], secret: Collection[int]) -> dict[str, int]:
    """Reviews wanted, given, done, late, added up from the loads of all reviewers, without `secret` ones. One query."""
    wanted = applications.submitted(call).exclude(pk__in=secret).count() * call.reviewers_wanted
    return {"wanted": wanted, **{name: sum(row[name] for row in loads) for name in ("given", "done", "late")}}


def free_for(application: Application) -> QuerySet[User]:
    """Reviewers of the programme who neither read this application nor have a conflict with it."""
    people = assignments.reviewers(application.call.programme)
    tied = {user for _key, user in ties.known([application], people)}
    reading = Assignment.objects.filter(assignments.LIVING, application=application).values("reviewer")
    return people.exclude(pk__in=tied).exclude(pk__in=reading)


def why_short(call: Call, short: Sequence[tuple[int, int]]) -> list[str]:
    """For each (application, how many reviewers it lacks) a sentence that says why. Five queries."""
    found = list(applications.submitted(call).filter(pk__in=[key for key, _lacking in short]))
    people = list(assignments.reviewers(call.programme))
    against = Counter(key for key, _user in ties.known(found, people))
    lacking = dict(short)
    return [
        _("%(code)s: бракує %(lacking)d, бо з %(all)d рецензентів програми %(tied)d мають конфлікт інтересів.")
        % {"code": one.code, "lacking": lacking[one.pk], "all": len(people), "tied": against[one.pk]}
        for one in found
    ]
