"""Begin, save, submit, withdraw: what comes out, and what is refused with which sentence."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import calls, people
from viche.calls.choices import Outcome
from viche.calls.models import Application, Call, Receipt
from viche.calls.operations import applications as operations
from viche.calls.operations import calls as office
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.people.choices import OrganisationKind
from viche.questionnaires import operations as questionnaires
from viche.questionnaires import queries
from viche.work import worker

pytestmark = pytest.mark.django_db


def test_a_draft_is_begun_once_for_an_organisation():
    first = calls.begun()
    again = operations.begin(first.call, organisation=first.organisation, by=calls.writer(first), at=calls.WHILE_OPEN)
    assert again == first
    assert Application.objects.count() == 1


def test_a_stranger_begins_nothing():
    with pytest.raises(NotAllowed):
        operations.begin(calls.announced(), organisation=people.organisation(), by=people.user(), at=calls.WHILE_OPEN)


@pytest.mark.parametrize("at", [calls.BEFORE, calls.AFTER])
def test_nothing_is_begun_while_the_call_is_not_open(at):
    with pytest.raises(Refused, match="зараз закрито"):
        calls.begun(at=at)


def test_who_is_not_invited_is_told_why():
    call = calls.announced(who_kinds=[OrganisationKind.LIBRARY])
    with pytest.raises(Refused, match="бібліотека"):
        calls.begun(call)


def test_a_submitted_application_has_number_moment_and_digest():
    application = calls.submitted()
    receipt = application.receipts.get()
    assert application.state == "submitted"
    assert application.code == f"{application.call.code}-001"
    assert application.amount == Decimal(180_000)
    assert application.title == "Світла читальня"
    assert receipt.submitted_at == calls.WHILE_OPEN
    assert len(receipt.sha256) == 64
    assert queries.read_frozen(receipt.frozen)[0].answers[0].value == "Світла читальня"


def test_a_second_click_gives_the_same_receipt():
    application = calls.submitted()
    again = operations.submit(application, by=calls.writer(application), clock=lambda: calls.WHILE_OPEN)
    assert again == application.receipts.get()


def test_numbers_follow_each_other():
    call = calls.announced()
    codes = [calls.submitted(call).code for _ in range(3)]
    assert codes == [f"{call.code}-00{n}" for n in (1, 2, 3)]


def test_the_last_moment_is_in_time_and_the_close_is_not():
    application = calls.complete()
    by = calls.writer(application)
    with pytest.raises(Refused, match="Прийом закрився") as refused:
        operations.submit(application, by=by, clock=lambda: calls.CLOSES)
    assert refused.value.status == 409
    assert not Receipt.objects.exists()
    assert operations.submit(application, by=by, clock=lambda: calls.CLOSES - timedelta(microseconds=1))


def test_what_is_typed_after_the_close_is_kept():
    application = calls.begun()
    section = queries.outline(application.sheet.version).section(1)
    operations.save(
        application,
        section=section,
        values={"title": "Запізно"},
        revision=0,
        by=calls.writer(application),
        at=calls.AFTER,
    )
    assert queries.filled(application.sheet).values(section)["title"] == "Запізно"


def test_before_opening_and_after_cancelling_nothing_is_submitted():
    application = calls.complete()
    by = calls.writer(application)
    with pytest.raises(Refused, match="ще не почався"):
        operations.submit(application, by=by, clock=lambda: calls.BEFORE)
    officer = application.call.programme.roles.get(kind="officer").user
    office.cancel(application.call, why="Донор змінив умови.", by=officer, at=calls.WHILE_OPEN)
    with pytest.raises(Refused, match="скасовано"):
        operations.submit(application, by=by, clock=lambda: calls.WHILE_OPEN)


def test_an_incomplete_application_is_not_submitted():
    application = calls.begun()
    with pytest.raises(Refused, match="ще не повна"):
        operations.submit(application, by=calls.writer(application), clock=lambda: calls.WHILE_OPEN)


def test_more_than_the_call_gives_is_not_submitted():
    application = calls.complete(calls.announced(award_most=Decimal(100_000)))
    with pytest.raises(Refused, match="ще не повна"):
        operations.submit(application, by=calls.writer(application), clock=lambda: calls.WHILE_OPEN)


def test_eligibility_is_asked_again_at_submission():
    application = calls.complete()
    Call.objects.filter(pk=application.call_id).update(who_kinds=[OrganisationKind.NGO])
    with pytest.raises(Refused, match="громадська організація"):
        operations.submit(application, by=calls.writer(application), clock=lambda: calls.WHILE_OPEN)


def test_strangers_neither_save_nor_submit_nor_withdraw():
    application = calls.complete()
    stranger = people.head()
    section = queries.outline(application.sheet.version).section(1)
    question = queries.outline(application.sheet.version).section(3).questions[0]
    upload = SimpleUploadedFile("лист.txt", b"text")
    for act in (
        lambda: operations.save(application, section=section, values={}, revision=1, by=stranger, at=calls.WHILE_OPEN),
        lambda: operations.submit(application, by=stranger, clock=lambda: calls.WHILE_OPEN),
        lambda: operations.withdraw(application, by=stranger, clock=lambda: calls.WHILE_OPEN),
        lambda: operations.attach(application, question=question, upload=upload, by=stranger, at=calls.WHILE_OPEN),
        lambda: operations.detach(application, question=question, key="x", by=stranger, at=calls.WHILE_OPEN),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_submitted_application_is_changed_only_after_withdrawing_it():
    application = calls.submitted()
    by = calls.writer(application)
    section = queries.outline(application.sheet.version).section(1)
    save = {
        "section": section,
        "values": {"title": "Інша назва", "summary": "Коротко.", "audience": ["molod"]},
        "revision": 1,
        "by": by,
    }
    with pytest.raises(Refused, match="спершу відкличте"):
        operations.save(application, **save, at=calls.WHILE_OPEN)
    operations.withdraw(application, by=by, clock=lambda: calls.WHILE_OPEN)
    application.refresh_from_db()
    assert application.state == "withdrawn"
    operations.save(application, **save, at=calls.WHILE_OPEN)
    receipt = operations.submit(application, by=by, clock=lambda: calls.WHILE_OPEN)
    assert receipt.number == 2
    application.refresh_from_db()
    assert (application.title, application.code) == ("Інша назва", f"{application.call.code}-001")


def test_withdrawing_twice_changes_nothing_and_after_the_assessment_it_is_refused():
    application = calls.submitted()
    by = calls.writer(application)
    Call.objects.filter(pk=application.call_id).update(stage="assessed")
    with pytest.raises(Refused, match="вже оцінено"):
        operations.withdraw(application, by=by, clock=lambda: calls.AFTER)
    Call.objects.filter(pk=application.call_id).update(stage="scheduled")
    operations.withdraw(application, by=by, clock=lambda: calls.AFTER)
    operations.withdraw(application, by=by, clock=lambda: calls.AFTER)
    assert Application.objects.get().withdrawn_at == calls.AFTER


def test_a_file_comes_into_an_answer_and_goes():
    application = calls.complete()
    by = calls.writer(application)
    question = queries.outline(application.sheet.version).section(3).questions[0]
    stored = operations.attach(
        application,
        question=question,
        upload=SimpleUploadedFile("лист.txt", "Підтримуємо".encode()),
        by=by,
        at=calls.WHILE_OPEN,
    )
    assert queries.filled(application.sheet).values(queries.outline(application.sheet.version).section(3))[
        "letter"
    ] == [str(stored.key)]
    operations.detach(application, question=question, key=str(stored.key), by=by, at=calls.WHILE_OPEN)
    assert (
        queries.filled(application.sheet).values(queries.outline(application.sheet.version).section(3))["letter"] == []
    )


def test_a_stale_save_keeps_both_texts():
    application = calls.complete()
    section = queries.outline(application.sheet.version).section(1)
    with pytest.raises(questionnaires.Stale) as stale:
        operations.save(
            application,
            section=section,
            values={"title": "Мій текст"},
            revision=0,
            by=calls.writer(application),
            at=calls.WHILE_OPEN,
        )
    assert stale.value.theirs.values["title"] == "Світла читальня"
    assert queries.lost_of(application.sheet).get().values["title"] == "Мій текст"


def test_every_writer_gets_the_receipt_and_the_withdrawal():
    application = calls.complete()
    people.preparer(application.organisation)
    operations.submit(application, by=calls.writer(application), clock=lambda: calls.WHILE_OPEN)
    worker.drain()
    letters = Letter.objects.filter(kind="calls.receipt")
    assert letters.count() == 2
    assert application.receipts.get().sha256 in letters.first().text
    operations.withdraw(application, by=calls.writer(application), clock=lambda: calls.WHILE_OPEN)
    worker.drain()
    assert Letter.objects.filter(kind="calls.receipt").count() == 4


def test_the_outcome_is_written_to_what_was_submitted_alone():
    done, draft = calls.submitted(), calls.begun()
    for application in (done, draft):
        operations.settle(application, outcome=Outcome.SUPPORTED, reason="Потребу доведено.", amount=Decimal(90_000))
    stored = Application.objects.get(pk=done.pk)
    assert (stored.outcome, stored.outcome_reason) == ("supported", "Потребу доведено.")
    assert stored.granted == done.granted == Decimal(90_000)
    assert done.outcome == "supported"
    assert Application.objects.get(pk=draft.pk).outcome == ""
    operations.settle(done, outcome=Outcome.DECLINED, reason="Ні.", amount=Decimal(90_000))
    assert Application.objects.get(pk=done.pk).granted is None


def test_things_are_called_as_people_call_them():
    application, draft = calls.submitted(), calls.begun()
    assert str(application) == application.code
    assert str(draft).startswith(draft.organisation.name)
    assert str(application.receipts.get()) == f"{application.code}/1"
    assert str(application.call.criteria.first()) == "Потреба громади"
    assert str(application.call) == application.call.title
