"""Load data for benches: one programme with as many applications, reviews and awards as asked, written in bulk.

Everything is invented: roles for names, hromadas of the demonstration, texts that repeat. Rows are written past the
operations, for speed; the shapes are those that the operations leave.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from viche.awards.models import Award, Report, Tranche
from viche.calls.models import Application, Call, Receipt
from viche.calls.operations import calls
from viche.demo import fund, stage
from viche.methods import words
from viche.people.choices import OrganisationKind
from viche.people.models import Organisation, User
from viche.programmes import operations as programmes
from viche.programmes.models import Programme
from viche.questionnaires import queries as sheets
from viche.questionnaires.models import Answers, Sheet, Version
from viche.reviews.models import Assignment, Panel, Score

AT = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
BATCH = 1000
USUAL = 500  # applications of a large call
REVIEWERS = 30
REVIEWS = 3
MOST_READ = 100
STEPS = 2  # reports and tranches of an award
ACTIVE_OF = 10  # every tenth award is under way, the others are closed
SUPPORTED_OF = 4  # every fourth is supported and has an award


@dataclass(frozen=True)
class Loaded:
    """What a bench addresses: an open call with a draft, a call in assessment with all the load and one of usual size, people."""

    programme: Programme
    open_call: Call
    assessed: Call
    usual: Call
    officer: User
    reviewer: User
    head: User
    draft: Application


@transaction.atomic
def fill(applications: int) -> Loaded:
    """Write so many submitted applications with three reviews each, and an award for every fourth; and a call of usual size."""
    hromadas = stage.hromadas()
    programme = fund.announce_programme()
    organisations = _organisations(applications, hromadas)
    call = _call(programme, "LOAD")
    submitted = _applications(call, organisations)
    _reviews(call, submitted)
    _awards(programme, submitted[::SUPPORTED_OF])
    # The great call lies behind; what goes on is a call of the size that calls have.
    Panel.objects.create(call=call, meets_at=AT, closed_at=AT, told_at=AT)
    Call.objects.filter(pk=call.pk).update(stage="decided")
    usual = _call(programme, "LOAD-USUAL")
    _reviews(usual, _applications(usual, organisations[:USUAL]))
    council = stage.council(hromadas[0], 1, AT)
    head = council.memberships.get().user
    open_call = _call(programme, "LOAD-OPEN", closes_at=datetime(2100, 1, 1, tzinfo=UTC))
    sheet = Sheet.objects.create(version=open_call.form, created_at=AT)
    draft = Application.objects.create(call=open_call, organisation=council, sheet=sheet, begun_by=head, begun_at=AT)
    return Loaded(programme, open_call, call, usual, stage.player("officer"), stage.player("reviewer"), head, draft)


@transaction.atomic
def awarded(awards: int) -> Programme:
    """Write so many public awards alone, with what leads to them, in a programme of their own."""
    programme = fund.announce_programme()
    call = _call(programme, "LOAD")
    _awards(programme, _applications(call, _organisations(awards, stage.hromadas())))
    return programme


def _call(programme: Programme, code: str, closes_at: datetime = AT + timedelta(days=30)) -> Call:
    officer = stage.player("officer")
    told = stage.texts("fund")["call"]
    call = calls.prepare(
        programme,
        by=officer,
        at=AT,
        code=code,
        kind="grant",
        title=told["title"],
        lead=told["lead"],
        about=told["about"],
        opens_at=AT,
        closes_at=closes_at,
        budget=Decimal(10**10),
        award_least=Decimal(10_000),
        award_most=Decimal(300_000),
        form=stage.form("grant", f"Форма {code}", f"programme:{programme.pk}", AT),
    )
    calls.set_criteria(call, criteria=stage.texts("fund")["criteria"], by=officer, at=AT)
    return calls.announce(call, by=officer, at=AT)


def _organisations(count: int, hromadas: list) -> list[Organisation]:
    made = [
        Organisation(
            name=f"Організація громади {number:05d}",
            kind=OrganisationKind.NGO,
            edrpou=f"{70_000_000 + number}",
            hromada=hromadas[number % len(hromadas)],
            created_at=AT,
            is_invented=True,
            sort_key=words.collation_key(f"Організація громади {number:05d}"),
        )
        for number in range(count)
    ]
    return Organisation.objects.bulk_create(made, batch_size=BATCH)


def _applications(call: Call, organisations: list[Organisation]) -> list[Application]:
    projects = stage.texts("fund")["projects"]
    version_sheets = Sheet.objects.bulk_create(
        (Sheet(version=call.form, created_at=AT) for _ in organisations), batch_size=BATCH
    )
    made = []
    for number, (organisation, sheet) in enumerate(zip(organisations, version_sheets, strict=True), start=1):
        project = projects[number % len(projects)]
        code = f"{call.code}-{number:05d}"
        made.append(
            Application(
                call=call,
                organisation=organisation,
                code=code,
                state="submitted",
                sheet=sheet,
                title=project["title"],
                summary=project["summary"],
                amount=Decimal(50_000 + number % 250_000),
                begun_at=AT,
                submitted_at=AT + timedelta(minutes=number),
                haystack=words.haystack(project["title"], code, organisation.name, organisation.edrpou),
            )
        )
    submitted = Application.objects.bulk_create(made, batch_size=BATCH)
    _answers(call, submitted)
    return submitted


def _answers(call: Call, submitted: list[Application]) -> None:
    """The answers of every sheet, and one frozen text for all receipts."""
    typed = fund.answers(stage.texts("fund")["projects"][0])
    outline = sheets.outline(call.form)
    rows = (
        Answers(sheet_id=one.sheet_id, section_id=section.pk, revision=1, values=values, is_complete=True, saved_at=AT)
        for one in submitted
        for section, values in zip(outline, typed, strict=True)
    )
    Answers.objects.bulk_create(rows, batch_size=BATCH)
    first = sheets.filled(Sheet.objects.select_related("version__questionnaire").get(pk=submitted[0].sheet_id))
    frozen, digest = sheets.freeze_answers(first)
    json.loads(frozen)  # what is stored is readable
    receipts = (Receipt(application=one, number=1, submitted_at=AT, frozen=frozen, sha256=digest) for one in submitted)
    Receipt.objects.bulk_create(receipts, batch_size=BATCH)


def _reviews(call: Call, submitted: list[Application]) -> None:
    """Three reviews each, all but the last ten applications' handed in."""
    reviewers = [
        stage.player("reviewer"),
        *(stage.user(f"load{n}@viche.example", f"Рецензент {n}") for n in range(1, REVIEWERS)),
    ]
    known = set(call.programme.roles.filter(kind="reviewer").values_list("user_id", flat=True))
    for reviewer in reviewers:
        if reviewer.pk not in known:
            programmes.give_role(
                call.programme, user=reviewer, kind="reviewer", by=stage.player("administrator"), at=AT
            )
    # Those who read a great call were many, so that nobody read more than a hundred; most have left since.
    more = range(REVIEWERS, len(submitted) * REVIEWS // MOST_READ)
    reviewers += User.objects.bulk_create(
        User(email=f"{call.code.lower()}{n}@viche.example", name=f"Рецензент {n}") for n in more
    )
    places = [
        Assignment(
            application=one,
            reviewer=reviewers[(number + slot * 7) % len(reviewers)],
            slot=slot,
            state="done" if number < len(submitted) - 10 else "waiting",
            assigned_at=AT,
            due_on=date(2025, 4, 20),
            submitted_at=AT,
            total=Decimal(30 + (number * 37 + slot * 11) % 700 / Decimal(10)).quantize(Decimal("0.1")),
        )
        for number, one in enumerate(submitted)
        for slot in range(1, REVIEWS + 1)
    ]
    criteria = list(call.criteria.all())
    made = Assignment.objects.bulk_create(places, batch_size=BATCH)
    scores = (
        Score(assignment=place, criterion=criterion, points=3, reason="Кроки, люди й строки названо.")
        for place in made
        for criterion in criteria
    )
    Score.objects.bulk_create(scores, batch_size=BATCH)


def _awards(programme: Programme, supported: list[Application]) -> None:
    """An award each: every tenth waits for its last report, the others are closed, with all that leads there."""
    made = Award.objects.bulk_create(
        (
            Award(
                application=one,
                programme=programme,
                organisation=one.organisation,
                code=one.code,
                kind="grant",
                state="closed" if number % ACTIVE_OF else "active",
                title=one.title,
                promised=one.summary,
                done=one.summary if number % ACTIVE_OF else "",
                amount=one.amount,
                awarded_on=date(2025, 5, 1) + timedelta(days=number % 300),
                starts_on=date(2025, 5, 1),
                ends_on=date(2025, 12, 1),
                agreement_number=f"У-{number}",
                agreed_on=date(2025, 5, 2) + timedelta(days=number % 300),
                closed_at=AT if number % ACTIVE_OF else None,
                haystack=one.haystack,
            )
            for number, one in enumerate(supported)
        ),
        batch_size=BATCH,
    )
    form = stage.form("final", "Звіт навантаження", f"programme:{programme.pk}", AT)
    filled = Sheet.objects.bulk_create((Sheet(version=form, created_at=AT) for _ in made), batch_size=BATCH)
    last = Sheet.objects.bulk_create((Sheet(version=form, created_at=AT) for _ in made), batch_size=BATCH)
    for position, pages in enumerate((filled, last), start=1):
        _steps(made, form, pages, position)


def _steps(awards: list[Award], form: Version, pages: list[Sheet], position: int) -> None:
    """The report of this position and the tranche beside it, of every award."""
    head, officer = stage.player("head"), stage.player("officer")
    reports, tranches = [], []
    for award, sheet in zip(awards, pages, strict=True):
        accepted = position == 1 or award.state == "closed"
        reports.append(
            Report(
                award=award,
                position=position,
                title=f"Звіт {position}",
                is_final=position == STEPS,
                due_on=date(2025, 7 + position, 1),
                state="accepted" if accepted else "draft",
                form=form,
                sheet=sheet,
                spent=award.amount / STEPS if accepted else None,
                done=award.promised if accepted else "",
                submitted_at=AT if accepted else None,
                submitted_by=head if accepted else None,
                checked_at=AT if accepted else None,
                checked_by=officer if accepted else None,
            )
        )
        tranches.append(
            Tranche(
                award=award,
                position=position,
                amount=award.amount / STEPS,
                planned_on=date(2025, 4 + position * 2, 1),
                state="paid" if accepted else "locked",
                paid_on=date(2025, 5 + position * 2, 1) if accepted else None,
            )
        )
    Report.objects.bulk_create(reports, batch_size=BATCH)
    Tranche.objects.bulk_create(tranches, batch_size=BATCH)
