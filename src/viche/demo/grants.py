"""What became of the five grants of the fund: agreements, money, reports, closing, in the order in which it happened."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from viche.awards.models import Award, Report, Tranche
from viche.awards.operations import granting, photographs, reporting
from viche.awards.operations import letters as award_letters
from viche.demo import pictures, playing, stage
from viche.files.models import Stored
from viche.questionnaires import queries as sheets
from viche.questionnaires.models import Version

PLANNED = datetime(2024, 1, 28, 8, 0, tzinfo=UTC)
AGREED = datetime(2024, 2, 1, 9, 0, tzinfo=UTC)
INTERIM = datetime(2024, 4, 12, 12, 0, tzinfo=UTC)
FINAL = datetime(2024, 7, 8, 12, 0, tzinfo=UTC)
CLOSED = datetime(2024, 7, 26, 12, 0, tzinfo=UTC)
SHARE_FIRST = Decimal("0.7")
REPORTS = {"interim": "Проміжний звіт", "final": "Підсумковий звіт"}
Project = dict[str, Any]


def follow(awards: list[Award], projects: dict[str, Project]) -> None:
    """Do each act with every award, a little later with each, before the next act comes."""
    for act, moment in [
        (plan, PLANNED),
        (agree, AGREED),
        (pay_first, AGREED + timedelta(days=7)),
        (report_half_way, INTERIM),
        (accept_half_way, INTERIM + timedelta(days=4)),
        (pay_second, INTERIM + timedelta(days=13)),
        (report_all, FINAL),
        (accept_all, FINAL + timedelta(days=8)),
        (close, CLOSED),
    ]:
        for number, award in enumerate(awards):
            award.refresh_from_db()
            act(award, projects[award.organisation.hromada.name], at=moment + timedelta(minutes=90 * number))


def plan(award: Award, _project: Project, *, at: datetime) -> None:
    """Two reports and two tranches, the second after the first report."""
    owner = f"programme:{award.programme_id}"
    interim = {"title": REPORTS["interim"], "due_on": date(2024, 4, 15), "form": report_form("interim", owner)}
    final = {"title": REPORTS["final"], "due_on": date(2024, 7, 15), "form": report_form("final", owner)}
    first = first_part(award)
    tranches = [
        {"amount": first, "planned_on": date(2024, 2, 8), "after": None},
        {"amount": award.amount - first, "planned_on": date(2024, 4, 25), "after": 1},
    ]
    reports = [interim, final | {"is_final": True}]
    granting.plan(award, reports=reports, tranches=tranches, by=stage.player("officer"), at=at)


def report_form(key: str, owner: str) -> Version:
    """The programme's form of this report, made with its first use."""
    name = REPORTS[key]
    known = sheets.versions_of(owner).filter(questionnaire__name=name).first()
    return known or stage.form(key, name, owner, PLANNED)


def first_part(award: Award) -> Decimal:
    """What is paid at once, in whole hryvnias."""
    return (award.amount * SHARE_FIRST).quantize(Decimal(1))


def agree(award: Award, _project: Project, *, at: datetime) -> None:
    """The agreement is signed."""
    granting.agree(award, number=f"{award.code}/У", agreed_on=at.date(), by=stage.player("officer"), at=at)
    award.refresh_from_db()
    award_letters.send_agreed(award, at=at + timedelta(minutes=1))


def pay_first(award: Award, _project: Project, *, at: datetime) -> None:
    """The first money."""
    pay(award.tranches.get(position=1), date(2024, 2, 8), "ПД-101", at=at)


def pay_second(award: Award, _project: Project, *, at: datetime) -> None:
    """The rest, unlocked by the interim report."""
    pay(award.tranches.get(position=2), date(2024, 4, 25), "ПД-214", at=at)


def report_half_way(award: Award, project: Project, *, at: datetime) -> None:
    """The interim report."""
    report(award.reports.get(position=1), [{"done": project["work"], "spent": str(first_part(award) - 9000)}], at=at)


def accept_half_way(award: Award, _project: Project, *, at: datetime) -> None:
    """The office accepts it."""
    accept(award.reports.get(position=1), "Дякуємо, усе зрозуміло.", at=at)


def report_all(award: Award, project: Project, *, at: datetime) -> None:
    """The final report with a picture."""
    people = str(80 + playing.draw(award.code, sides=900))
    done = [{"done": project["done"], "people": people}, {"spent": str(award.amount)}]
    report(award.reports.get(position=2), done, at=at, photograph=project["title"])


def accept_all(award: Award, project: Project, *, at: datetime) -> None:
    """The office accepts it and shows the picture."""
    final = award.reports.get(position=2)
    accept(final, "Приймаємо.", at=at)
    show(final, project, at=at + timedelta(minutes=10))


def close(award: Award, project: Project, *, at: datetime) -> None:
    """What was promised is done."""
    granting.close(award, done=project["done"], by=stage.player("officer"), at=at)
    award.refresh_from_db()
    award_letters.send_closed(award, at=at + timedelta(minutes=1))


def pay(tranche: Tranche, paid_on: date, note: str, *, at: datetime) -> None:
    """Pay, and tell the organisation."""
    granting.pay(tranche, paid_on=paid_on, note=note, by=stage.player("finance"), at=at)
    tranche.refresh_from_db()
    award_letters.send_paid(tranche, at=at + timedelta(minutes=1))


def accept(report: Report, remark: str, *, at: datetime) -> None:
    """The office reads the report and accepts it; the organisation gets a letter."""
    reporting.accept(report, remark=remark, by=stage.player("officer"), at=at)
    award_letters.send_report_checked(report.submissions.latest("number"), at=at + timedelta(minutes=1))


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


def show(report: Report, project: Project, *, at: datetime) -> None:
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
        at=at,
    )
