"""Calls and applications for tests, made by the operations that people use."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count

from tests.factories import files, people, programmes, questionnaires
from viche.calls.models import Application, Call
from viche.calls.operations import applications as operations
from viche.calls.operations import calls
from viche.questionnaires import queries

OPENS = datetime(2024, 2, 5, 8, 0, tzinfo=UTC)
CLOSES = datetime(2024, 2, 20, 16, 0, tzinfo=UTC)
BEFORE = OPENS - timedelta(days=2)
WHILE_OPEN = OPENS + timedelta(days=3)
AFTER = CLOSES + timedelta(days=1)
CRITERIA = [
    {"name": "Потреба громади", "help": "Чиє життя зміниться", "weight": 60, "scale": 5},
    {"name": "Здійсненність", "help": "Кроки й люди", "weight": 40, "scale": 5},
]
# Without the hromada question: its answer needs a hromada with the code of the form's example.
SHORT_FORM = [questionnaires.GRANT[1], questionnaires.GRANT[2], questionnaires.GRANT[3]]
SHORT_ANSWERS = questionnaires.ANSWERS[1:]
numbers = count(1)


def version(programme):
    """A form of three sections that belongs to the programme's office."""
    return questionnaires.version(SHORT_FORM, owner_key=f"programme:{programme.pk}")


def draft(programme=None, *, officer=None, **changes) -> Call:
    """A call with all that announcing it needs, still a draft."""
    programme = programme or programmes.programme()
    officer = officer or programmes.officer(programme)
    values = {
        "code": f"FUND-{next(numbers)}",
        "kind": "grant",
        "title": "Малі гранти для громад",
        "lead": "До 300 000 ₴ на проєкт громади.",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "budget": Decimal(1_200_000),
        "award_least": Decimal(50_000),
        "award_most": Decimal(300_000),
        "reviewers_wanted": 3,
        **changes,
    }
    values.setdefault("form", version(programme))
    call = calls.prepare(programme, by=officer, at=BEFORE, **values)
    calls.set_criteria(call, criteria=CRITERIA, by=officer, at=BEFORE)
    return call


def announced(programme=None, *, officer=None, **changes) -> Call:
    """A call that everybody sees; open from OPENS to CLOSES."""
    programme = programme or programmes.programme()
    officer = officer or programmes.officer(programme)
    return calls.announce(draft(programme, officer=officer, **changes), by=officer, at=BEFORE)


def begun(call=None, *, by=None, organisation=None, at=WHILE_OPEN) -> Application:
    """An empty draft application; its writer is `by`, or the new head of a new organisation."""
    call = call or announced()
    organisation = organisation or people.organisation()
    by = by or people.head(organisation)
    return operations.begin(call, organisation=organisation, by=by, at=at)


def writer(application):
    """Somebody who writes for the application's organisation."""
    return application.organisation.memberships.order_by("pk").first().user


def fill(application, answers=SHORT_ANSWERS, *, at=WHILE_OPEN) -> Application:
    """Answer every section."""
    for section, values in zip(queries.outline(application.sheet.version), answers, strict=True):
        operations.save(application, section=section, values=values, revision=0, by=writer(application), at=at)
    return application


def complete(call=None, **changes) -> Application:
    """A draft that lacks nothing but being submitted."""
    return fill(begun(call, **changes))


def letter(application, name="лист.pdf"):
    """A file added to a submitted application, which is taken back for that and submitted again."""
    by = writer(application)
    operations.withdraw(application, by=by, clock=lambda: WHILE_OPEN)
    question = next(one for one in queries.outline(application.sheet.version).questions if one.key == "letter")
    stored = operations.attach(application, question=question, upload=files.upload(name=name), by=by, at=WHILE_OPEN)
    operations.submit(application, by=by, clock=lambda: WHILE_OPEN)
    return stored


def submitted(call=None, *, at=WHILE_OPEN, **changes) -> Application:
    """A submitted application."""
    application = fill(begun(call, at=at, **changes), at=at)
    operations.submit(application, by=writer(application), clock=lambda: at)
    return Application.objects.select_related("call__programme", "organisation__hromada__oblast", "sheet__version").get(
        pk=application.pk
    )
