from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import awards as factory
from tests.factories import people, programmes
from tests.factories.awards import LATER, MOMENT
from viche.awards import tasks
from viche.awards.models import Reminder
from viche.awards.operations import granting, letters, reporting
from viche.awards.queries import waiting
from viche.mail.models import Letter
from viche.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = factory.world()
    Letter.objects.all().delete()
    return made


def told(**wanted):
    """To whom letters went, with their kinds, in order."""
    return list(Letter.objects.filter(**wanted).order_by("pk").values_list("kind", "to"))


def both(world):
    return [world.head.email, world.preparer.email]


def test_an_agreement_is_told_to_those_who_write(world):
    tasks.agreed(world.award.pk)
    assert told() == [("awards.agreement", email) for email in both(world)]
    letter = Letter.objects.first()
    assert f"Угоду {world.award.agreement_number} підписано" in letter.subject
    assert "Проміжний звіт" in letter.text
    assert "15\u00a0квітня 2024" in letter.text
    assert f"/me/awards/{world.award.code}/" in letter.text
    assert "публічній сторінці" in letter.html
    assert "<time" not in letter.text


def test_a_payment_is_told_with_its_sum(world):
    factory.pay(world.award, 1, world.officer)
    tasks.paid(world.award.tranches.get(position=1).pk)
    letter = Letter.objects.first()
    assert "Сплачено 126 000 ₴" in letter.subject.replace("\u00a0", " ")
    assert "№ 17" in letter.text


def test_a_submission_gives_the_proof_and_wakes_the_office(world):
    report = factory.submitted(factory.report(world.award), by=world.preparer)
    proof = report.submissions.get()
    tasks.report_submitted(proof.pk)
    assert told(kind="awards.report") == [("awards.report", email) for email in both(world)]
    assert told(kind="awards.office") == [("awards.office", world.officer.email)]
    assert proof.sha256 in Letter.objects.filter(kind="awards.report").first().text
    office = Letter.objects.get(kind="awards.office")
    assert f"/office/{world.programme.code}/awards/{world.award.code}/reports/1/" in office.text + office.brief


@pytest.mark.parametrize("back", [False, True])
def test_the_verdict_is_told(world, back):
    report = factory.submitted(factory.report(world.award), by=world.preparer)
    act = reporting.send_back if back else reporting.accept
    act(report, remark="Додайте чеки.", by=world.officer, at=LATER)
    tasks.report_checked(report.submissions.get().pk)
    letter = Letter.objects.filter(kind="awards.report").first()
    assert ("Доповніть звіт" if back else "Звіт прийнято") in letter.subject
    assert "Додайте чеки." in letter.text
    assert ("27\u00a0травня" in letter.text) is back


def test_the_end_is_told(world):
    granting.end(world.award, why="Громаду евакуювали.", by=world.officer, at=LATER)
    tasks.ended(world.award.pk)
    assert "Громаду евакуювали." in Letter.objects.first().text
    closed = factory.closed()
    people.head(closed.organisation)
    tasks.closed(closed.pk)
    assert f"Підтримку {closed.code} завершено" in Letter.objects.order_by("pk").last().subject


def test_letters_speak_the_readers_language(world):
    world.head.language = "en"
    world.head.save()
    letters.send_agreed(world.award, at=MOMENT)
    assert "signed" in Letter.objects.get(to=world.head.email).subject
    assert "підписано" in Letter.objects.get(to=world.preparer.email).subject


def due(on):
    return [(one.report.title, one.day) for one in waiting.letters_due(on)]


DUE = date(2024, 4, 15)


def test_which_letters_are_due_when(world):
    days = {-15: [], -14: [-14], -4: [-14], -3: [-3], 0: [-3], 1: [1], 6: [1], 7: [7], 20: [7], 21: [21], 90: [21]}
    for after, expected in days.items():
        assert [day for _title, day in due(DUE + timedelta(days=after))] == expected, after


def test_a_reminder_goes_once_and_says_how_long_there_is(world):
    def at(after):
        return datetime(2024, 4, 15, 7, 0, tzinfo=UTC) + timedelta(days=after)

    assert letters.remind_all(at=at(-14)) == 1
    assert letters.remind_all(at=at(-10)) == 0
    assert letters.remind_all(at=at(0)) == 1
    assert letters.remind_all(at=at(1)) == 1
    subjects = list(Letter.objects.filter(to=world.head.email).order_by("pk").values_list("subject", flat=True))
    assert subjects == [
        "До звіту лишилося 14 днів",
        "Сьогодні останній день, щоб подати звіт",
        "Звіт прострочено на 1 день",
    ]
    assert "можна й пізніше" in Letter.objects.order_by("pk").last().text
    assert told()[0][0] == "awards.reminder"


def test_two_workers_remind_once(world):
    (one,) = waiting.letters_due(DUE)
    assert letters.remind(one, at=LATER)
    assert not letters.remind(one, at=LATER)
    assert Reminder.objects.count() == 1


def test_the_daily_task_chases_what_is_late_today(world):
    tasks.remind()
    letter = Letter.objects.first()
    assert "Звіт прострочено на" in letter.subject


def test_nobody_is_reminded_of_what_is_submitted_or_over(world):
    report = factory.submitted(factory.report(world.award), by=world.preparer)
    assert due(DUE) == []
    reporting.send_back(report, remark="Чеки", by=world.officer, at=LATER)
    assert due(LATER.date()) == [("Проміжний звіт", -14)]
    letters.remind_all(at=LATER)
    assert "Чеки" in Letter.objects.order_by("pk").last().text
    assert due(date(2024, 5, 28)) == [("Проміжний звіт", 1)]
    granting.end(world.award, why="Так.", by=world.officer, at=LATER)
    assert due(DUE) == []


def test_a_begun_report_is_told_to_be_saved(world):
    factory.fill(factory.report(world.award), by=world.preparer)
    letters.remind_all(at=datetime(2024, 4, 10, tzinfo=UTC))
    assert "текст збережено" in Letter.objects.order_by("pk").last().text


def test_a_closed_programme_promises_no_public_page():
    award = factory.active(programmes.programme(is_public=False))
    people.head(award.organisation)
    letters.send_agreed(award, at=MOMENT)
    assert "публічній" not in Letter.objects.order_by("pk").last().text


def test_a_report_to_be_checked_wakes_only_those_who_may_check_it(world):
    report = factory.submitted(factory.report(world.award), by=world.preparer)
    people.member(world.award.organisation, user=world.officer)
    tasks.report_submitted(report.submissions.get().pk)
    administrators = list(User.objects.filter(is_administrator=True).order_by("pk").values_list("email", flat=True))
    assert world.administrator.email in administrators
    assert sorted(to for _kind, to in told(kind="awards.office")) == sorted(administrators)
    Letter.objects.all().delete()
    colleague = programmes.officer(world.programme)
    tasks.report_submitted(report.submissions.get().pk)
    assert told(kind="awards.office") == [("awards.office", colleague.email)]
    people.member(world.award.organisation, user=colleague)
    for administrator in User.objects.filter(is_administrator=True):
        people.member(world.award.organisation, user=administrator)
    Letter.objects.all().delete()
    tasks.report_submitted(report.submissions.get().pk)
    assert told(kind="awards.office") == []


def test_a_note_of_payment_taken_back_is_told_and_the_first_letter_not_sent_late(world):
    factory.pay(world.award, 1, world.officer)
    tranche = world.award.tranches.get(position=1)
    granting.revoke_payment(tranche, why="Не той транш", by=world.officer, at=LATER)
    tasks.paid(tranche.pk)
    assert told() == []
    tasks.payment_revoked(tranche.pk, "Не той транш")
    assert told() == [("awards.payment", email) for email in both(world)]
    letter = Letter.objects.first()
    assert f"Транш 1 ще не сплачено: {world.award.code}" in letter.subject
    assert "Не той транш" in letter.text
