"""Awards for tests, at every step of their way: prepared, agreed, reported, closed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from types import SimpleNamespace

from tests.factories import files, people, programmes, questionnaires
from viche.awards.models import Award
from viche.awards.operations import granting, reporting
from viche.calls.choices import ApplicationState, CallKind, Outcome, Stage
from viche.calls.models import Application, Call, Receipt
from viche.questionnaires import queries
from viche.questionnaires.choices import QuestionKind
from viche.reviews.models import Decision, Panel

MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)
LATER = datetime(2024, 5, 20, 10, 0, tzinfo=UTC)
AMOUNT = Decimal(180_000)
numbers = count(1)

REPORT = [
    {
        "title": "Що зроблено",
        "questions": [
            {"key": "done", "kind": "long", "meaning": "done", "label": "Що зроблено", "settings": {"limit": 3000}},
            {"key": "people", "kind": "number", "label": "Скільки людей скористалося", "settings": {"least": 0}},
        ],
    },
    {
        "title": "Гроші й фото",
        "questions": [
            {"key": "spent", "kind": "money", "meaning": "spent", "label": "Скільки витрачено, ₴"},
            {"key": "papers", "kind": "file", "required": False, "label": "Платіжки", "settings": {"most": 3}},
            {"key": "photos", "kind": "photos", "required": False, "label": "Фотографії", "settings": {"most": 4}},
        ],
    },
]
ANSWERS = [{"done": "Читальня працює щодня, і коли немає світла.", "people": "412"}, {"spent": "178 400"}]


def form(programme, outline=REPORT, **changes):
    """A form of reports that the programme owns."""
    return questionnaires.version(outline, name="Звіт", owner_key=f"programme:{programme.pk}", **changes)


def call(programme=None, **changes):
    """A decided call for grants."""
    programme = programme or programmes.programme()
    values = {
        "programme": programme,
        "code": f"C{next(numbers)}",
        "kind": CallKind.GRANT,
        "stage": Stage.DECIDED,
        "title": "Малі гранти",
        "lead": "На одне речення.",
        "opens_at": datetime(2023, 11, 1, 8, 0, tzinfo=UTC),
        "closes_at": datetime(2023, 11, 30, 16, 0, tzinfo=UTC),
        "work_starts_on": date(2024, 2, 1),
        "work_ends_on": date(2024, 6, 30),
        "budget": Decimal(10_000_000),
        "award_most": Decimal(1_000_000),
        "created_at": MOMENT,
        **changes,
    }
    if "form" not in values:
        values["form"] = questionnaires.version(owner_key=f"programme:{programme.pk}", frozen=True)
    return Call.objects.create(**values)


def application(of=None, *, amount=AMOUNT, outcome=Outcome.SUPPORTED, organisation=None, **changes):
    """A decided application with its receipt; its frozen answers hold a sentence that nobody else's do."""
    of = of or call()
    sheet = questionnaires.sheet(of.form)
    number = next(numbers)
    made = Application.objects.create(
        **{
            "call": of,
            "organisation": organisation or people.organisation(),
            "code": f"{of.code}-24-{number:03d}",
            "state": ApplicationState.SUBMITTED,
            "outcome": outcome,
            "sheet": sheet,
            "title": f"Світла читальня {number}",
            "summary": "Бібліотека працюватиме й без світла.",
            "amount": amount,
            "begun_at": MOMENT,
            "submitted_at": MOMENT,
            **changes,
        }
    )
    frozen, digest = queries.freeze_answers(queries.filled(sheet))
    Receipt.objects.create(application=made, number=1, submitted_at=MOMENT, frozen=frozen, sha256=digest)
    panel, __ = Panel.objects.get_or_create(call=of, defaults={"meets_at": MOMENT, "closed_at": MOMENT})
    Decision.objects.create(
        panel=panel,
        application=made,
        outcome=outcome,
        amount=amount if outcome == Outcome.SUPPORTED else None,
        reason="Корисно громаді.",
        decided_at=MOMENT,
    )
    return made


def prepared(programme=None, *, officer=None, organisation=None, amount=AMOUNT, kind=CallKind.GRANT, **changes):
    """An award whose agreement is being prepared."""
    of = call(programme, kind=kind)
    one = application(of, amount=amount, organisation=organisation, **changes)
    officer = officer or programmes.officer(of.programme)
    granting.prepare_all(of, by=officer, at=MOMENT)
    return Award.objects.select_related("programme", "organisation").get(application=one)


def reports_of_plan(award, version=None):
    """An interim and a final report."""
    version = version or form(award.programme)
    return [
        {"title": "Проміжний звіт", "due_on": date(2024, 4, 15), "form": version},
        {"title": "Підсумковий звіт", "due_on": date(2024, 7, 14), "form": version, "is_final": True},
    ]


def tranches_of_plan(award):
    """70 % on agreement, 30 % after the interim report; none for what is no money."""
    if award.amount is None:
        return []
    first = award.amount * Decimal("0.7")
    return [
        {"amount": first, "planned_on": date(2024, 2, 1), "after": None},
        {"amount": award.amount - first, "planned_on": date(2024, 4, 29), "after": 1},
    ]


def planned(programme=None, **changes):
    """A prepared award with a plan."""
    award = prepared(programme, **changes)
    plan(award)
    return award


def plan(award, **changes):
    """Write the usual plan."""
    values = {
        "reports": reports_of_plan(award),
        "tranches": tranches_of_plan(award),
        "by": people.administrator(),
        "at": MOMENT,
        **changes,
    }
    granting.plan(award, **values)


def active(programme=None, **changes):
    """An award under way: agreed, the first tranche may be paid, reports may be written."""
    award = planned(programme, **changes)
    by = people.administrator()
    return granting.agree(award, number=f"УГ-{award.pk}", agreed_on=date(2024, 2, 1), by=by, at=MOMENT)


def report(award=None, position=1):
    """A report that may be written."""
    award = award or active()
    found = award.reports.select_related("sheet__version__questionnaire", "award__programme", "award__organisation")
    return found.get(position=position)


def fill(of, answers=ANSWERS, *, by=None):
    """Answer a report section by section."""
    by = by or people.preparer(of.award.organisation)
    for section, values in zip(queries.outline(of.sheet.version), answers, strict=False):
        row = of.sheet.answers.filter(section=section.pk).first()
        reporting.save(of, section=section, values=values, revision=row.revision if row else 0, by=by, at=LATER)
    return of


def attach(of, key="photos", content=None, name="читальня.jpg", *, by=None):
    """Put a file into the answers of a report."""
    by = by or people.preparer(of.award.organisation)
    asked = next(one for one in queries.outline(of.sheet.version).questions if one.key == key)
    default = files.picture() if asked.kind == QuestionKind.PHOTOS else files.PDF
    return reporting.attach(of, question=asked, upload=files.upload(content or default, name), by=by, at=LATER)


def submitted(of=None, *, by=None, photograph=False):
    """A report handed in; `.author` wrote it."""
    of = of or report()
    by = by or people.preparer(of.award.organisation)
    fill(of, by=by)
    if photograph:
        attach(of, by=by)
    reporting.submit(of, by=by, at=LATER)
    of = report(of.award, of.position)
    of.author = by
    return of


def accepted(of=None, **changes):
    """A report handed in and accepted by an officer."""
    of = submitted(of, **changes)
    return reporting.accept(of, remark="", by=programmes.officer(of.award.programme), at=LATER)


def finished(award=None):
    """An award of which nothing is left but to close it."""
    award = award or active()
    by = programmes.officer(award.programme)
    pay(award, 1, by)
    accepted(report(award, 1))
    pay(award, 2, by)
    accepted(report(award, 2))
    return award


def pay(award, position, by=None):
    """Note a payment."""
    tranche = award.tranches.filter(position=position).first()
    if tranche is not None:
        by = by or programmes.officer(award.programme)
        granting.pay(tranche, paid_on=date(2024, 5, 2), note="№ 17", by=by, at=LATER)


def closed(award=None):
    """An award that is done."""
    award = finished(award)
    by = programmes.officer(award.programme)
    return granting.close(award, done="Читальня працює.", left_why="Комісія банку.", by=by, at=LATER)


def world():
    """A programme with an officer, another programme's officer, and an active award of an organisation with people."""
    programme = programmes.programme()
    officer = programmes.officer(programme)
    award = active(programme, officer=officer)
    return SimpleNamespace(
        programme=programme,
        officer=officer,
        award=award,
        head=people.head(award.organisation),
        preparer=people.preparer(award.organisation),
        stranger=people.preparer(),
        other_officer=programmes.officer(),
        observer=programmes.observer(programme),
        administrator=people.administrator(),
    )
