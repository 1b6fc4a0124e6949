"""Load data for benches: one programme with as many applications, reviews and awards as asked, written in bulk.

Everything is invented: roles for names, hromadas of the demonstration, texts that repeat. Rows are written past the
operations, for speed; the shapes are those that the operations leave.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from viche.awards.models import Award
from viche.calls.models import Application, Call, Receipt
from viche.calls.operations import calls
from viche.demo import fund, stage
from viche.methods import words
from viche.people.choices import OrganisationKind
from viche.people.models import Organisation, User
from viche.programmes import operations as programmes
from viche.programmes.models import Programme
from viche.questionnaires import queries as sheets
from viche.questionnaires.models import Answers, Sheet
from viche.reviews.models import Assignment, Score

AT = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
BATCH = 1000
REVIEWERS = 30
REVIEWS = 3
SUPPORTED_OF = 4  # every fourth is supported and has an award


@dataclass(frozen=True)
class Loaded:
    """What a bench addresses: an open call with a draft, a call in assessment, its people."""

    programme: Programme
    open_call: Call
    assessed: Call
    officer: User
    reviewer: User
    head: User
    draft: Application


@transaction.atomic
def fill(applications: int) -> Loaded:
    """Write so many submitted applications with three reviews each, and an award for every fourth."""
    hromadas = stage.hromadas()
    programme = fund.announce_programme()
    call = _call(programme, "LOAD")
    organisations = _organisations(applications, hromadas)
    submitted = _applications(call, organisations)
    _reviews(call, submitted)
    _awards(programme, submitted[::SUPPORTED_OF])
    council = stage.council(hromadas[0], 1, AT)
    head = council.memberships.get().user
    open_call = _call(programme, "LOAD-OPEN", closes_at=datetime(2100, 1, 1, tzinfo=UTC))
    sheet = Sheet.objects.create(version=open_call.form, created_at=AT)
    draft = Application.objects.create(call=open_call, organisation=council, sheet=sheet, begun_by=head, begun_at=AT)
    return Loaded(programme, open_call, call, stage.player("officer"), stage.player("reviewer"), head, draft)


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
    places = [
        Assignment(
            application=one,
            reviewer=reviewers[(number + slot * 7) % REVIEWERS],
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
    Award.objects.bulk_create(
        (
            Award(
                application=one,
                programme=programme,
                organisation=one.organisation,
                code=one.code,
                kind="grant",
                state="active" if number % 2 else "closed",
                title=one.title,
                promised=one.summary,
                done=one.summary,
                amount=one.amount,
                awarded_on=date(2025, 5, 1) + timedelta(days=number % 300),
                starts_on=date(2025, 5, 1),
                ends_on=date(2025, 12, 1),
                agreement_number=f"У-{number}",
                agreed_on=date(2025, 5, 2),
                closed_at=AT,
                haystack=one.haystack,
            )
            for number, one in enumerate(supported)
        ),
        batch_size=BATCH,
    )
