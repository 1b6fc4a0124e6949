"""Reports of events: written, handed in, accepted or returned by somebody else; late ones are chased."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import people, programmes
from tests.factories.events import AFTER, ENDS, STARTS
from viche.events.choices import ReportState, State
from viche.events.models import Event, Report
from viche.events.operations import report_letters, reporting
from viche.events.queries import desk, standing, writing
from viche.events.queries import reports as queries
from viche.events.tasks import reports as tasks
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
WEEK_LATER = ENDS + timedelta(days=8)


@pytest.fixture
def event():
    return factory.published()


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value


def save(event, *, revision=0, by=None, at=AFTER, **changes):
    return reporting.save(
        event, values=factory.report_values(**changes), revision=revision, by=by or event.author, at=at
    )


def officer(event):
    return programmes.officer(event.programme)


def test_what_was_counted_stands_in_a_new_report(event):
    factory.tally(event, groups={"older": 1})
    report = queries.of(event)
    assert (report.total, report.cells, report.groups) == (3, {"f:youth": 2, "m:x": 1}, {"older": 1})
    assert Report.objects.count() == 0


def test_saved_as_one_types_and_the_same_again_is_no_conflict(event):
    first = save(event)
    assert (first.revision, first.state) == (1, ReportState.DRAFT)
    assert save(event).revision == 1
    assert save(event, revision=1, ideas=["Сцена"]).revision == 2
    with pytest.raises(reporting.Stale) as stale:
        save(event, revision=1, ideas=["Фонтан"])
    assert stale.value.stored.ideas == ["Сцена"]
    assert Report.objects.get().ideas == ["Сцена"]


def test_a_draft_may_quarrel_with_itself_but_holds_numbers(event):
    assert save(event, total=1).total == 1
    assert "менше нуля" in refusal(save, event, cells={"f:youth": -1}).sentence


def test_a_report_is_written_from_the_day_on_by_its_writers(event):
    assert refusal(save, event, at=STARTS - timedelta(days=1)).status == 409
    save(event, at=STARTS)
    with pytest.raises(NotAllowed):
        save(event, by=officer(event))
    Event.objects.filter(pk=event.pk).update(state=State.CANCELLED)
    assert refusal(save, event).status == 409


def test_handed_in_once(event):
    report = factory.reported(event)
    assert (report.state, report.submitted_by, report.submitted_at) == (ReportState.SUBMITTED, event.author, AFTER)
    again = reporting.submit(event, by=event.author, at=AFTER + timedelta(days=1))
    assert again.submitted_at == AFTER
    assert Entry.objects.filter(verb="events.report_submitted").count() == 1
    assert refusal(save, event, revision=1, ideas=[]).status == 409
    with pytest.raises(NotAllowed):
        reporting.submit(event, by=people.user(), at=AFTER)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"happened": " "}, "happened", "Розкажіть"),
        ({"total": None}, "total", "скільки людей"),
        ({"total": 2}, "total", "разом 3, а всього названо 2"),
        ({"groups": {"older": 4}}, "total", "Люди старшого віку: 4, а всього людей 3"),
    ],
)
def test_an_unfinished_report_is_not_handed_in(event, changes, field, words):
    report = save(event, **changes)
    assert [(name, words in sentence) for name, sentence in reporting.faults(report)] == [(field, True)]
    assert "ще не повний" in refusal(reporting.submit, event, by=event.author, at=AFTER).sentence


def test_nothing_to_hand_in_and_not_yet_over(event):
    assert "ще не повний" in refusal(reporting.submit, event, by=event.author, at=AFTER).sentence
    save(event, at=STARTS)
    assert "ще триває" in refusal(reporting.submit, event, by=event.author, at=STARTS).sentence


def test_only_an_accepted_report_counts(event):
    report = factory.reported(event)
    assert Event.objects.get().heads is None
    judge = officer(event)
    reporting.accept(report, revision=report.revision, remark="Гарна робота", by=judge, at=AFTER)
    stored = Event.objects.get()
    assert (stored.heads, stored.changed_at) == (3, AFTER)
    assert queries.masked(stored.report).total is None  # three people: nobody is told
    reporting.reopen(report, remark="Полічено двічі", by=judge, at=AFTER)
    assert Event.objects.get().heads is None
    assert Report.objects.get().state == ReportState.RETURNED
    verbs = list(
        Entry.objects.filter(verb__startswith="events.report").order_by("number").values_list("verb", flat=True)
    )
    assert verbs == ["events.report_submitted", "events.report_accepted", "events.report_reopened"]


def test_whom_nobody_described_counts_as_unknown(event):
    shown = queries.masked(factory.accepted(event, total=40))
    assert (shown.total, shown.sexes["f"]) == (40, None)


def test_returned_with_words_and_handed_in_again(event):
    report = factory.reported(event)
    judge = officer(event)
    assert refusal(reporting.send_back, report, remark="  ", by=judge, at=AFTER).field == "remark"
    reporting.send_back(report, remark="Скільки було молоді?", by=judge, at=AFTER)
    assert refusal(reporting.accept, report, revision=report.revision, remark="", by=judge, at=AFTER).status == 409
    save(event, revision=1, total=5)
    assert reporting.submit(event, by=event.author, at=AFTER).state == ReportState.SUBMITTED
    assert refusal(reporting.reopen, report, remark="ні", by=judge, at=AFTER).status == 409


def test_nobody_judges_what_they_handed_in(event):
    report = factory.reported(event)
    for person in (event.author, people.user(), programmes.observer(event.programme)):
        with pytest.raises(NotAllowed):
            reporting.accept(report, revision=report.revision, remark="", by=person, at=AFTER)
    # Whoever handed it in has since become the programme's officer and left the organisation.
    author = event.author
    author.memberships.all().delete()
    programmes.officer(event.programme, user=author)
    assert refusal(reporting.accept, report, revision=report.revision, remark="", by=author, at=AFTER).status == 403


def test_the_consultant_of_the_oblast_may_judge(event):
    report = factory.reported(event)
    assert (
        reporting.accept(report, revision=report.revision, remark="", by=factory.consultant(event), at=AFTER).state
        == ReportState.ACCEPTED
    )


def test_letters_of_the_answer_go_to_the_writers(event):
    report = factory.reported(event)
    reporting.send_back(report, remark="Скільки було молоді?", by=officer(event), at=AFTER)
    tasks.answered(report.pk, "accepted")  # an answer that was overtaken says nothing
    assert not Letter.objects.exists()
    tasks.answered(report.pk, "returned")
    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == (event.author.email, "events.decision")
    assert "Скільки було молоді?" in letter.text
    assert "Питання до звіту" in letter.subject


def test_the_letter_of_an_acceptance(event):
    report = factory.reported(event)
    reporting.accept(report, revision=report.revision, remark="Дуже добре", by=officer(event), at=AFTER)
    tasks.answered(report.pk, "accepted")
    letter = Letter.objects.get()
    assert "Звіт прийнято" in letter.subject
    assert "Дуже добре" in letter.text


def test_who_writes_an_event_of_ones_own(event):
    Event.objects.filter(pk=event.pk).update(organisation=None)
    event = Event.objects.get()
    assert desk.writers(event) == [event.author]
    event.author.is_active = False
    assert desk.writers(event) == []


def test_late_reports_stand_in_the_list(event):
    own = {"organisation": event.organisation, "by": event.author}
    on_time = factory.published(event.programme, **own)
    factory.reported(on_time)
    factory.published(
        event.programme, state=State.PUBLISHED, starts_at=WEEK_LATER, ends_at=WEEK_LATER + timedelta(hours=1), **own
    )
    assert list(queries.overdue(event.programme, ENDS + timedelta(days=7))) == []
    assert list(queries.overdue(event.programme, WEEK_LATER)) == [event]
    factory.policy(event.programme, report_days=30)
    assert list(queries.overdue(event.programme, WEEK_LATER)) == []


def test_a_returned_report_has_its_days_anew(event):
    report = factory.reported(event)
    reporting.send_back(report, remark="Додайте числа.", by=officer(event), at=WEEK_LATER)
    stored = Report.objects.get()
    assert queries.due_on(event, stored, days=7) == (WEEK_LATER + timedelta(days=7)).date()
    assert list(queries.overdue(event.programme, WEEK_LATER + timedelta(days=7))) == []
    assert list(queries.overdue(event.programme, WEEK_LATER + timedelta(days=8))) == [event]


def test_desk_row_letters_and_term_agree_on_what_is_late(event):
    def are_late(at):
        stored, now = Report.objects.filter(event=event).first(), desk.now(desk.rules(event.programme), at)
        row = Event.objects.select_related("report").get(pk=event.pk)
        return [
            queries.due_on(event, stored, days=7) < timezone.localdate(at),
            queries.overdue(event.programme, at).exists(),
            Event.objects.filter(desk.NEEDS["no_report"](now)).exists(),
            standing.of(row, now).kind == "late",
        ]

    last = timezone.make_aware(datetime(2024, 5, 27, 23, 59))  # noqa: DTZ001 — Kyiv's clock
    day, minute = timedelta(days=1), timedelta(minutes=1)
    assert are_late(last) == [False] * 4
    assert are_late(last + minute) == [True] * 4
    report = factory.reported(event, at=last + minute)
    assert are_late(last + 9 * day)[1:] == [False] * 3
    reporting.send_back(report, remark="Додайте числа.", by=officer(event), at=last + 10 * day)
    assert are_late(last + 17 * day) == [False] * 4
    assert are_late(last + 17 * day + minute) == [True] * 4


def test_late_reports_are_chased_every_three_days_and_not_for_ever(event):
    save(event)
    at = WEEK_LATER
    assert report_letters.chase_all(at=at) == 1
    assert report_letters.chase(event, at=at)
    assert not report_letters.chase(event, at=at)
    assert report_letters.chase_all(at=at + timedelta(days=2)) == 0
    assert report_letters.chase(event, at=at + timedelta(days=3))
    letters = list(Letter.objects.order_by("pk"))
    assert [one.kind for one in letters] == ["events.report", "events.report"]
    assert "на 1 день" in letters[0].subject
    assert Report.objects.get().happened  # what was written stays
    assert not queries.to_chase(event.programme, ENDS + timedelta(days=80)).exists()
    assert queries.overdue(event.programme, ENDS + timedelta(days=80)).exists()


def test_a_chased_event_without_a_report_still_takes_the_count(event):
    assert report_letters.chase(event, at=WEEK_LATER)
    factory.tally(event, at=WEEK_LATER)
    report = queries.of(event)
    assert (report.total, report.pk is not None) == (3, True)
    assert save(event, at=WEEK_LATER).revision == 1


def test_the_schedule_finds_what_is_late(event, settings):
    assert settings.SCHEDULES["event reports"]["task"] == "viche.events.tasks.reports.chase"
    tasks.chase()
    assert not Letter.objects.exists()  # events of 2024 are too long ago to speak of
    tasks.chase_one(event.pk)
    assert not Letter.objects.exists()


def test_reports_to_read(event):
    report = factory.reported(event)
    assert list(queries.to_read(event.programme)) == [report]
    assert queries.in_office(event.programme.code, event.code) == report
    assert queries.begun(event.code) == report
    heads = queries.heads(report)
    assert (heads.more, heads.changed) == (3, {"f:youth": 2, "m:x": 1})


def test_the_organiser_sees_how_the_report_of_what_was_held_stands():
    def said(event):
        return writing.standing(writing.mine(event.author).get(pk=event.pk), factory.AFTER)

    event = factory.published()
    assert said(event) == ("held", "відбувся, чекає на звіт")
    report = factory.reported(event)
    assert said(event) == ("told", "відбувся, звіт на перевірці")
    reporting.send_back(report, remark="Скільки прийшло?", by=factory.consultant(event), at=factory.AFTER)
    assert said(event) == ("soon", "відбувся, звіт повернуто з питаннями")
    Report.objects.update(state="accepted", decided_at=factory.AFTER)
    assert said(event) == ("verified", "відбувся, звіт прийнято")
