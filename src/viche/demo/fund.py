"""The small project fund, from the announcement to five closed grants: 25 invited hromadas, 19 applications, 3 reviews each."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from viche.awards.operations import granting
from viche.calls.choices import Outcome
from viche.calls.models import Application, Call
from viche.calls.operations import calls
from viche.demo import grants, playing, proving, stage
from viche.people.models import Organisation, User
from viche.programmes import operations as programmes
from viche.programmes.models import Programme
from viche.reviews.models import Assignment
from viche.reviews.operations import assigning, deciding
from viche.reviews.operations import letters as review_letters

PREPARED = datetime(2023, 12, 4, 9, 0, tzinfo=UTC)
OPENS = datetime(2023, 12, 11, 8, 0, tzinfo=UTC)
CLOSES = datetime(2024, 1, 12, 16, 0, tzinfo=UTC)
ASSIGNED = datetime(2024, 1, 13, 9, 0, tzinfo=UTC)
ASSESSED = datetime(2024, 1, 23, 9, 0, tzinfo=UTC)
TOLD = datetime(2024, 7, 30, 9, 0, tzinfo=UTC)
PANEL = datetime(2024, 1, 25, 8, 0, tzinfo=UTC)
SUPPORTED_FROM = 1.75


def play() -> Programme:
    """Play the whole story; gives back the programme."""
    programme = announce_programme()
    proving.aim(programme, stage.texts("results")["fund"], at=PREPARED)
    councils = [
        stage.council(hromada, number, PREPARED) for number, hromada in enumerate(stage.hromadas()[:25], start=1)
    ]
    for council in councils:
        programmes.admit(programme, council, kind="intern", by=stage.player("officer"), at=PREPARED)
    call = announce_call(programme, councils)
    projects = {project["hromada"]: project for project in stage.texts("fund")["projects"]}
    invited = {council.hromada.name: council for council in councils}
    applied = [
        playing.apply(call, invited[name], answers(project), at=OPENS + timedelta(days=4 + number, hours=number % 7))
        for number, (name, project) in enumerate(projects.items())
    ]
    judge(call, projects)
    decide(call, applied, projects)
    grants.follow(granting.prepare_all(call, by=stage.player("officer"), at=PANEL + timedelta(days=2)), projects)
    proving.tell_of_grants(programme, at=TOLD)
    User.objects.update(joined_at=PREPARED)
    return programme


def announce_programme() -> Programme:
    """Make the programme with all that describes it."""
    told, by, at = stage.texts("fund")["programme"], stage.player("administrator"), PREPARED
    programme = programmes.create(
        code=told["code"],
        name=told["name"],
        name_en=told["name_en"],
        lead=told["lead"],
        lead_en=told["lead_en"],
        about=told["about"],
        starts_on=date(2023, 12, 1),
        ends_on=date(2024, 7, 31),
        is_public=True,
        contact_email="fund@viche.example",
        by=by,
        at=at,
    )
    Programme.objects.filter(pk=programme.pk).update(is_invented=True)
    describe(programme, told, at=at)
    for key, kind in [("officer", "officer"), ("finance", "officer"), ("panel", "panel"), ("observer", "observer")]:
        programmes.give_role(programme, user=stage.player(key), kind=kind, by=by, at=at)
    for reviewer in stage.reviewers(8):
        programmes.give_role(programme, user=reviewer, kind="reviewer", by=by, at=at)
    return programme


def describe(programme: Programme, told: dict[str, Any], *, at: datetime) -> None:
    """Goals, components, partners, team."""
    by = stage.player("administrator")
    lines = [
        programmes.Line(text, depth, english=english)
        for goal, below in told["goals"]
        for (text, english), depth in [(goal, 0), *((one, 1) for one in below)]
    ]
    programmes.write_goals(programme, lines, by=by, at=at)
    for name, about, english in told["components"]:
        programmes.put_component(programme, None, name=name, name_en=english, about=about, by=by, at=at)
    for role, name in told["partners"]:
        programmes.put_partner(programme, None, name=name, role=role, website="", by=by, at=at)
    for name, duty, email in told["team"]:
        programmes.put_team_member(programme, None, name=name, duty=duty, email=email, phone="", by=by, at=at)


def announce_call(programme: Programme, invited: list[Organisation]) -> Call:
    """Prepare and announce the call for the invited alone."""
    told, by = stage.texts("fund")["call"], stage.player("officer")
    call = calls.prepare(
        programme,
        by=by,
        at=PREPARED,
        code=told["code"],
        kind="grant",
        title=told["title"],
        title_en=told["title_en"],
        lead=told["lead"],
        about=told["about"],
        opens_at=OPENS,
        closes_at=CLOSES,
        review_by=date(2024, 1, 22),
        decision_by=date(2024, 1, 31),
        work_starts_on=date(2024, 2, 1),
        work_ends_on=date(2024, 6, 30),
        who="listed",
        who_organisations=invited,
        budget=Decimal(1_200_000),
        award_least=Decimal(100_000),
        award_most=Decimal(300_000),
        form=stage.form("grant", "Заявка на малий проєкт", f"programme:{programme.pk}", PREPARED),
    )
    calls.set_criteria(call, criteria=stage.texts("fund")["criteria"], by=by, at=PREPARED)
    return calls.announce(call, by=by, at=PREPARED + timedelta(days=1))


def answers(project: dict[str, Any]) -> list[dict[str, Any]]:
    """What a hromada types into the form, section by section."""
    rows = [{"item": item, "quantity": str(quantity), "price": str(price)} for item, quantity, price in project["rows"]]
    total = sum(quantity * price for _item, quantity, price in project["rows"])
    return [
        {"title": project["title"], "summary": project["summary"], "audience": ["usi_meshkantsi"]},
        {"need": project["need"], "asked": str(40 + playing.draw(project["title"], sides=350))},
        {"work": project["work"], "result": project["result"]},
        {"budget": rows, "amount": str(total - project["own"]), "own": str(project["own"])},
        {"truth": True},
    ]


def judge(call: Call, projects: dict[str, Any]) -> None:
    """Assign three reviewers to each application; all of them hand in."""
    assigning.assign(call, by=stage.player("officer"), at=ASSIGNED)
    waiting = Assignment.objects.filter(application__call=call).select_related(
        "application__call__programme", "application__organisation__hromada", "reviewer"
    )
    for number, assignment in enumerate(waiting.order_by("pk")):
        level = projects[assignment.application.organisation.hromada.name]["level"]
        playing.review(assignment, level, at=ASSIGNED + timedelta(days=1, hours=3 * number))
    deciding.close_assessment(call, by=stage.player("officer"), at=ASSESSED)


def decide(call: Call, applied: list[Application], projects: dict[str, Any]) -> None:
    """The panel supports the five best, inside the budget; everybody gets a letter."""
    by, at = stage.player("officer"), PANEL + timedelta(hours=4)
    deciding.convene(call, meets_at=PANEL, place="Київ та онлайн", members=[stage.player("panel")], by=by, at=ASSESSED)
    call.refresh_from_db()
    for application in applied:
        project = projects[application.organisation.hromada.name]
        application.call = call
        if project["level"] >= SUPPORTED_FROM:
            reason = "Потребу доведено, досвід перенесено, кожну гривню пояснено."
            deciding.write(
                application, outcome=Outcome.SUPPORTED, amount=application.amount, reason=reason, by=by, at=at
            )
        else:
            reason = (
                "Бюджету вистачило на п’ять проєктів із вищими оцінками. Пояснення рецензенток і рецензентів – нижче."
            )
            deciding.write(application, outcome=Outcome.DECLINED, amount=None, reason=reason, by=by, at=at)
    deciding.decide(
        call, by=by, at=at + timedelta(hours=1), protocol="Комісія розглянула 19 заявок і підтримала п’ять."
    )
    call.refresh_from_db()
    told = at + timedelta(hours=1, minutes=5)
    review_letters.send_outcomes(call, at=told)
    related = ("application__call__programme", "application__organisation")
    for decision in call.panel.decisions.select_related(*related).order_by("pk"):
        review_letters.send_outcome(decision, at=told)
