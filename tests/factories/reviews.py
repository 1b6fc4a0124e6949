"""Calls on their way from the close to the decision, made by the operations that people use."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from tests.factories import calls, people, programmes
from viche.calls.choices import Outcome
from viche.calls.models import Application, Call
from viche.people.choices import MembershipRole
from viche.reviews.models import Assignment
from viche.reviews.operations import assigning, deciding, scoring
from viche.reviews.queries import assignments

AFTER = calls.AFTER
LATER = AFTER + timedelta(days=10)
REVIEW_BY = date(2024, 3, 1)
REASON = "Потребу показано цифрами, а кошторис розписано по рядках."
SECRETS = ("Світла читальня", "Бібліотека працюватиме й тоді")


def closed(*, applications=3, reviewers=4, **changes):
    """A closed call: `.programme`, `.officer`, `.call`, `.applications`, `.reviewers`; nobody reads anything yet."""
    programme = programmes.programme()
    officer = programmes.officer(programme, name="Офіцерка програми")
    values = {"review_by": REVIEW_BY, "reviewers_wanted": 2, **changes}
    call = calls.announced(programme, officer=officer, **values)
    made = [calls.submitted(call) for _ in range(applications)]
    people_ = [programmes.reviewer(programme, name=f"Рецензентка {number}") for number in range(1, reviewers + 1)]
    return SimpleNamespace(programme=programme, officer=officer, call=fresh(call), applications=made, reviewers=people_)


def fresh(call) -> Call:
    """The call as it stands now."""
    return Call.objects.select_related("programme").get(pk=call.pk)


def assigned(**changes):
    """As `closed`, and everybody has something to read: `.places`."""
    made = closed(**changes)
    assigning.assign(made.call, by=made.officer, at=AFTER)
    made.places = places(made.call)
    return made


def places(call) -> list[Assignment]:
    """All living assignments of a call, whole."""
    return [assignments.by_pk(pk) for pk in assignments.of_call(call).order_by("pk").values_list("pk", flat=True)]


def scores(call, points=4, reason=REASON):
    """The same points and reason on every criterion."""
    return {criterion.pk: {"points": points, "reason": reason} for criterion in call.criteria.all()}


def write(place, *, points=4, reason=REASON, comment="", at=AFTER) -> Assignment:
    """Save a review as typed."""
    typed = scores(place.application.call, points, reason)
    return scoring.save(place, scores=typed, comment=comment, revision=place.revision, by=place.reviewer, at=at)


def hand_in(place, **changes) -> Assignment:
    """A finished review."""
    write(place, **changes)
    return scoring.submit(place, by=place.reviewer, at=changes.get("at", AFTER))


def reviewed(*, points=(5, 4, 3), **changes):
    """As `assigned`, all reviews handed in; the n-th application gets the n-th points."""
    made = assigned(**changes)
    for place in made.places:
        rank = next(n for n, one in enumerate(made.applications) if one.pk == place.application_id)
        hand_in(place, points=points[rank % len(points)], reason=f"{REASON} Заявка {rank}.")
    return made


def assessed(**changes):
    """As `reviewed`, the assessment closed and the panel convened with two members: `.members`."""
    made = reviewed(**changes)
    deciding.close_assessment(made.call, by=made.officer, at=AFTER)
    made.members = [programmes.panellist(made.programme, name=f"Членкиня комісії {n}") for n in (1, 2)]
    deciding.convene(
        made.call,
        meets_at=LATER - timedelta(hours=2),
        place="Калинопіль",
        members=made.members,
        by=made.officer,
        at=AFTER,
    )
    made.call = fresh(made.call)
    made.applications = [whole(one) for one in made.applications]
    return made


def decision(made, application, outcome=Outcome.SUPPORTED, amount=180_000, *, reason="Найсильніша заявка.", at=LATER):
    """What the panel says of one application."""
    amount = Decimal(amount) if outcome == Outcome.SUPPORTED and amount is not None else None
    return deciding.write(application, outcome=outcome, amount=amount, reason=reason, by=made.officer, at=at)


def decided(**changes):
    """As `assessed`, the first application supported, the others not, all published."""
    made = assessed(**changes)
    for number, application in enumerate(made.applications):
        outcome = Outcome.DECLINED if number else Outcome.SUPPORTED
        decision(made, application, outcome, reason=f"Рішення комісії {number}.")
    deciding.decide(made.call, by=made.officer, at=LATER, protocol="Засідали дві години.")
    made.call = fresh(made.call)
    made.applications = [whole(one) for one in made.applications]
    return made


def whole(application) -> Application:
    """The application as it stands now, with all that pages show."""
    related = ("call__programme", "organisation__hromada__oblast", "sheet__version")
    return Application.objects.select_related(*related).get(pk=application.pk)


def tie(user, application):
    """Make the person a member of the organisation that applies."""
    return people.member(application.organisation, MembershipRole.PREPARER, user=user)
