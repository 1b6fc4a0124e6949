"""Whoever has a conflict of interest learns nothing of the application: no page, no file, no letter tells it."""

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import calls, people, programmes
from tests.factories import reviews as made
from viche.mail.models import Letter
from viche.reviews import tasks
from viche.reviews.models import Conflict, Panel
from viche.reviews.operations import assigning, deciding

pytestmark = pytest.mark.django_db
TITLE, SUMMARY = "Криниця пам’яті над Россю", "Сімнадцять лавок і один ліхтар."
SECRET_REASON = "Ось слова, яких стороннім не читати."


def secret_answers():
    answers = [dict(section) for section in calls.SHORT_ANSWERS]
    answers[0] |= {"title": TITLE, "summary": SUMMARY}
    answers[1] = {"budget": [{"item": "Лавки", "quantity": "1", "price": "123457"}], "amount": "123457", "own": ""}
    return answers


@pytest.fixture(params=["declared", "member", "neighbour"])
def stage(request):
    """A decided-but-unpublished call of three; `.secret` is the application, `.tied` the people with a conflict."""
    found = made.closed(applications=2, reviewers=3, reviewers_wanted=2)
    # A third application, handed in while the call was open.
    organisation = people.organisation(name="Рада Лісової Долини")
    application = calls.fill(calls.begun(found.call, organisation=organisation), secret_answers())
    calls.operations.submit(application, by=calls.writer(application), clock=lambda: calls.WHILE_OPEN)
    found.file = calls.letter(application)
    found.secret = made.whole(application)
    assigning.assign(found.call, by=found.officer, at=made.AFTER)
    reviewer = next(place.reviewer for place in made.places(found.call) if place.application_id == application.pk)
    panellist = programmes.panellist(found.programme, name="Членкиня комісії")
    officer = programmes.officer(found.programme, name="Офіцерка з конфліктом")
    found.tied = {"reviewer": reviewer, "panel": panellist, "officer": officer}
    found.own = next(
        p for p in made.places(found.call) if p.application_id == application.pk and p.reviewer == reviewer
    )
    if request.param == "declared":
        assigning.declare_conflict(found.own, note="Ми разом росли.", by=reviewer, at=made.AFTER)
        for person in (panellist, officer):
            assigning.recuse(found.secret, note="Ми разом росли.", by=person, at=made.AFTER)
    else:
        hromada = application.organisation.hromada
        home = application.organisation if request.param == "member" else people.organisation(hromada=hromada)
        for person in found.tied.values():
            people.member(home, user=person)
    for place in made.places(found.call):
        if place.pk != found.own.pk:
            made.hand_in(place, reason=SECRET_REASON if place.application_id == application.pk else made.REASON)
    deciding.close_assessment(found.call, why="Так вийшло.", by=found.officer, at=made.AFTER)
    deciding.convene(
        found.call, meets_at=made.AFTER, place="Онлайн", members=[panellist], by=found.officer, at=made.AFTER
    )
    made.decision(found, found.secret, amount=Decimal(123_456), reason="Таємна похвала комісії.")
    return found


def secrets(stage):
    application = stage.secret
    return (
        TITLE,
        SUMMARY,
        application.code,
        "Лісової Долини",
        SECRET_REASON,
        "Таємна похвала",
        "123\u00a0457",
        "123457",
        "123\u00a0456",
        "123456",
    )


def addresses(stage):
    """Every address of reviewing, for the secret application where it names one."""
    code, call = stage.programme.code, stage.call.code
    one = stage.secret.code
    yield from (reverse("reviews:mine"), reverse("reviews:office_list", args=[code]))
    yield from (reverse("reviews:mine_file", args=[ending]) for ending in ("csv", "json", "xlsx"))
    for name in ("office", "assign", "close", "ranking", "panel", "convene", "protocol", "publish"):
        yield reverse(f"reviews:{name}", args=[code, call])
    yield from (reverse("reviews:ranking_file", args=[code, call, ending]) for ending in ("csv", "json", "xlsx"))
    for name in ("give", "application", "recuse", "decision"):
        yield reverse(f"reviews:{name}", args=[code, call, one])
    yield reverse("reviews:application_upload", args=[code, call, one, stage.file.key])
    for name in ("review", "conflict"):
        yield reverse(f"reviews:{name}", args=[stage.own.pk])
    yield reverse("reviews:upload", args=[stage.own.pk, stage.file.key])
    for name in ("release", "reopen"):
        yield reverse(f"reviews:{name}", args=[code, call, stage.own.pk])


def said(answer):
    """All words of an answer, whatever its format."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if "spreadsheet" in answer.get("Content-Type", ""):
        rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
        return " ".join(str(cell) for row in rows for cell in row)
    return content.decode()


@pytest.mark.parametrize("role", ["reviewer", "panel", "officer"])
def test_no_page_and_no_file_tells(stage, client, role):
    client.force_login(stage.tied[role])
    opened = 0
    for address in addresses(stage):
        for shown in (address, f"{address}?q={stage.secret.code[:4]}"):
            answer = client.get(shown)
            text = said(answer).replace(address, "")
            assert [secret for secret in secrets(stage) if secret in text] == [], shown
            opened += answer.status_code == 200
    assert opened >= (2 if role == "reviewer" else 7)


@pytest.mark.parametrize("role", ["panel", "officer"])
def test_what_names_the_application_does_not_exist_for_them(stage, client, role):
    client.force_login(stage.tied[role])
    code, call, one = stage.programme.code, stage.call.code, stage.secret.code
    for name in ("application", "recuse", "decision", "give"):
        assert client.get(reverse(f"reviews:{name}", args=[code, call, one])).status_code == 404
        assert client.post(reverse(f"reviews:{name}", args=[code, call, one])).status_code == 404
    ranking = said(client.get(reverse("reviews:ranking", args=[code, call])))
    assert "конфлікт інтересів" in ranking
    exported = said(client.get(reverse("reviews:ranking_file", args=[code, call, "csv"])))
    assert exported.count("конфлікт інтересів") == 1


def test_somebody_without_a_conflict_sees_it_all(stage, client):
    client.force_login(stage.officer)
    code, call = stage.programme.code, stage.call.code
    page = said(client.get(reverse("reviews:protocol", args=[code, call])))
    for secret in (TITLE, stage.secret.code, "Лісової Долини", "Таємна похвала", "123\u00a0456"):
        assert secret in page


def test_no_letter_tells(stage):
    for person in stage.tied.values():
        tasks.invited(stage.call.pk, person.pk)
    for conflict in Conflict.objects.all():
        tasks.conflict_declared(conflict.pk)
    tasks.convened(Panel.objects.get().pk)
    tasks.remind()
    for person in stage.tied.values():
        for letter in Letter.objects.filter(to=person.email).exclude(kind__startswith="calls."):
            text = f"{letter.subject} {letter.text} {letter.html}"
            assert [secret for secret in secrets(stage) if secret in text] == [], letter.kind


def test_the_panel_does_not_read_applications_past_reviewing(stage, client):
    code, call, one = stage.programme.code, stage.call.code, stage.secret.code
    addresses = [
        reverse("calls:office_applications", args=[code, call]),
        reverse("calls:office_applications_file", args=[code, call, "csv"]),
        reverse("calls:office_application", args=[code, call, one]),
        reverse("calls:office_upload", args=[code, call, one, stage.file.key]),
    ]
    for role in ("panel", "reviewer"):
        client.force_login(stage.tied[role])
        assert {client.get(address).status_code for address in addresses} == {404}
    client.force_login(programmes.observer(stage.programme))
    assert {client.get(address).status_code for address in addresses} == {200}
