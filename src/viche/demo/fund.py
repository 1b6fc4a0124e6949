"""The small project fund, from the announcement to five closed grants: 25 invited hromadas, 19 applications, 3 reviews each."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from viche.awards.models import Award, Report, Tranche
from viche.awards.operations import granting, photographs, reporting
from viche.awards.operations import letters as award_letters
from viche.calls.choices import Outcome
from viche.calls.models import Application, Call
from viche.calls.operations import calls
from viche.demo import pictures, playing, stage
from viche.files.models import Stored
from viche.people.models import Organisation, User
from viche.programmes import operations as programmes
from viche.programmes.models import Programme
from viche.questionnaires import queries as sheets
from viche.questionnaires.models import Version
from viche.reviews.models import Assignment
from viche.reviews.operations import assigning, deciding
from viche.reviews.operations import letters as review_letters

PREPARED = datetime(2023, 12, 4, 9, 0, tzinfo=UTC)
OPENS = datetime(2023, 12, 11, 8, 0, tzinfo=UTC)
CLOSES = datetime(2024, 1, 12, 16, 0, tzinfo=UTC)
ASSIGNED = datetime(2024, 1, 13, 9, 0, tzinfo=UTC)
ASSESSED = datetime(2024, 1, 23, 9, 0, tzinfo=UTC)
PANEL = datetime(2024, 1, 25, 8, 0, tzinfo=UTC)
AGREED = datetime(2024, 2, 1, 9, 0, tzinfo=UTC)
INTERIM = datetime(2024, 4, 12, 12, 0, tzinfo=UTC)
FINAL = datetime(2024, 7, 8, 12, 0, tzinfo=UTC)
CLOSED = datetime(2024, 7, 26, 12, 0, tzinfo=UTC)
SUPPORTED_FROM = 1.75
SHARE_FIRST = Decimal("0.7")
REPORTS = {"interim": "Проміжний звіт", "final": "Підсумковий звіт"}


def play() -> Programme:
    """Play the whole story; gives back the programme."""
    programme = announce_programme()
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
    for award in granting.prepare_all(call, by=stage.player("officer"), at=PANEL + timedelta(days=2)):
        follow(award, projects[award.organisation.hromada.name])
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
    describe(programme, told)
    for key, kind in [("officer", "officer"), ("finance", "officer"), ("panel", "panel"), ("observer", "observer")]:
        programmes.give_role(programme, user=stage.player(key), kind=kind, by=by, at=at)
    for reviewer in stage.reviewers(8):
        programmes.give_role(programme, user=reviewer, kind="reviewer", by=by, at=at)
    return programme


def describe(programme: Programme, told: dict[str, Any]) -> None:
    """Goals, components, partners, team."""
    by, at = stage.player("administrator"), PREPARED
    lines = [
        programmes.Line(text, depth)
        for goal, below in told["goals"]
        for text, depth in [(goal, 0), *((b, 1) for b in below)]
    ]
    programmes.write_goals(programme, lines, by=by, at=at)
    for name, about in told["components"]:
        programmes.put_component(programme, None, name=name, about=about, by=by, at=at)
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
        playing.review(assignment, level, at=ASSIGNED + timedelta(days=1 + number % 8, hours=number % 6))
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
    review_letters.send_outcomes(call, at=at + timedelta(hours=1, minutes=5))


def follow(award: Award, project: dict[str, Any]) -> None:
    """Agreement, two tranches, two reports, closing."""
    by = stage.player("officer")
    agree(award)
    deliver(award, project)
    final = award.reports.get(is_final=True)
    people = str(80 + playing.draw(award.code, sides=900))
    done = [{"done": project["done"], "people": people}, {"spent": str(award.amount)}]
    report(final, done, at=FINAL, photograph=project["title"])
    accept(final, "Приймаємо.", at=FINAL + timedelta(days=8))
    show(final, project)
    granting.close(award, done=project["done"], by=by, at=CLOSED)
    award_letters.send_closed(award, at=CLOSED + timedelta(minutes=1))


def agree(award: Award) -> None:
    """Plan two reports and two tranches, the second after the first report; sign."""
    by, owner = stage.player("officer"), f"programme:{award.programme_id}"
    first = first_part(award)
    interim = {"title": REPORTS["interim"], "due_on": date(2024, 4, 15), "form": report_form("interim", owner)}
    final = {"title": REPORTS["final"], "due_on": date(2024, 7, 15), "form": report_form("final", owner)}
    tranches = [
        {"amount": first, "planned_on": date(2024, 2, 8), "after": None},
        {"amount": award.amount - first, "planned_on": date(2024, 4, 25), "after": 1},
    ]
    granting.plan(
        award, reports=[interim, final | {"is_final": True}], tranches=tranches, by=by, at=PANEL + timedelta(days=3)
    )
    granting.agree(award, number=f"{award.code}/У", agreed_on=AGREED.date(), by=by, at=AGREED)
    award.refresh_from_db()
    award_letters.send_agreed(award, at=AGREED + timedelta(minutes=1))


def first_part(award: Award) -> Decimal:
    """What is paid at once, in whole hryvnias."""
    return (award.amount * SHARE_FIRST).quantize(Decimal(1))


def deliver(award: Award, project: dict[str, Any]) -> None:
    """The first money, the interim report on it, the second money."""
    early, late = award.tranches.order_by("position")
    pay(early, date(2024, 2, 8), "ПД-101", at=AGREED + timedelta(days=7))
    interim = award.reports.get(is_final=False)
    report(interim, [{"done": project["work"], "spent": str(first_part(award) - 9000)}], at=INTERIM)
    accept(interim, "Дякуємо, усе зрозуміло.", at=INTERIM + timedelta(days=4))
    pay(late, date(2024, 4, 25), "ПД-214", at=INTERIM + timedelta(days=13))


def pay(tranche: Tranche, paid_on: date, note: str, *, at: datetime) -> None:
    """Pay, and tell the organisation."""
    granting.pay(tranche, paid_on=paid_on, note=note, by=stage.player("finance"), at=at)
    tranche.refresh_from_db()
    award_letters.send_paid(tranche, at=at + timedelta(minutes=1))


def accept(report: Report, remark: str, *, at: datetime) -> None:
    """The office reads the report and accepts it; the organisation gets a letter."""
    reporting.accept(report, remark=remark, by=stage.player("officer"), at=at)
    award_letters.send_report_checked(report.submissions.latest("number"), at=at + timedelta(minutes=1))


def report_form(key: str, owner: str) -> Version:
    """The programme's form of this report, made with its first use."""
    name = REPORTS[key]
    known = sheets.versions_of(owner).filter(questionnaire__name=name).first()
    return known or stage.form(key, name, owner, PREPARED)


def report(report: Report, values: list[dict[str, Any]], *, at: datetime, photograph: str = "") -> None:
    """The organisation writes and hands in a report, with a picture where one is named."""
    by = report.award.organisation.memberships.order_by("pk").first().user
    outline = sheets.outline(report.sheet.version)
    for section, typed in zip(outline, values, strict=True):
        reporting.save(report, section=section, values=typed, revision=0, by=by, at=at)
    if photograph:
        question = next(question for question in outline.questions if question.key == "photos")
        picture = BytesIO()
        pictures.scene(photograph).save(picture, "PNG")
        upload = SimpleUploadedFile("picture.png", picture.getvalue(), content_type="image/png")
        reporting.attach(report, question=question, upload=upload, by=by, at=at)
    reporting.submit(report, by=by, at=at + timedelta(hours=1))
    award_letters.send_report_submitted(report.submissions.latest("number"), at=at + timedelta(hours=1, minutes=1))


def show(report: Report, project: dict[str, Any]) -> None:
    """Put the report's picture on the public page."""
    stored = Stored.objects.get(owner_kind="questionnaires.sheet", owner_id=str(report.sheet_id), is_image=True)
    photographs.show(
        report.award,
        stored=stored,
        caption=f"Малюнок замість фотографії: {project['title']}",
        credit="Показова установка",
        consent=True,
        public_from=date(2024, 7, 20),
        by=stage.player("officer"),
        at=CLOSED,
    )
