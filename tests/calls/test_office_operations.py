"""What an officer does with a call, and what is refused with which sentence."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories import calls, people, programmes, questionnaires
from viche.calls import tasks
from viche.calls.choices import Stage
from viche.calls.models import Call, Criterion
from viche.calls.operations import calls as operations
from viche.calls.operations import terms
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.questionnaires import operations as forms
from viche.work import worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return programmes.officer()


@pytest.fixture
def programme(officer):
    return officer.roles.get().programme


def test_a_stranger_may_do_nothing(programme):
    call = calls.announced(programme)
    stranger = programmes.officer()
    at = calls.BEFORE
    for act in (
        lambda: operations.prepare(programme, by=stranger, at=at, code="X", title="Т", kind="grant", lead="Л"),
        lambda: operations.change(call, by=stranger, at=at, title="Т"),
        lambda: operations.set_criteria(call, criteria=calls.CRITERIA, by=stranger, at=at),
        lambda: operations.announce(call, by=stranger, at=at),
        lambda: operations.extend(call, closes_at=calls.AFTER, by=stranger, at=at),
        lambda: operations.cancel(call, why="Так", by=stranger, at=at),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"closes_at": calls.OPENS - timedelta(hours=1)}, "closes_at", "раніше, ніж відкривається"),
        ({"award_least": Decimal(400_000)}, "award_most", "менша за найменшу"),
        ({"award_most": Decimal(2_000_000)}, "award_most", "більша за весь бюджет"),
        (
            {"work_starts_on": date(2024, 6, 1), "work_ends_on": date(2024, 5, 1)},
            "work_ends_on",
            "раніше, ніж починається",
        ),
        ({"review_by": date(2024, 2, 19)}, "review_by", "раніший за закриття"),
        ({"decision_by": date(2024, 2, 19)}, "decision_by", "не буває раніше"),
        ({"review_by": date(2024, 3, 2), "decision_by": date(2024, 3, 1)}, "decision_by", "не буває раніше"),
        ({"work_starts_on": date(2024, 2, 20)}, "work_starts_on", "після закриття прийому"),
    ],
)
def test_terms_that_do_not_go_together_are_refused_at_their_place(programme, officer, changes, field, sentence):
    with pytest.raises(terms.Lacking, match=sentence) as refused:
        calls.draft(programme, officer=officer, **changes)
    assert [fault.field for fault in refused.value.faults] == [field]
    call = calls.draft(programme, officer=officer)
    with pytest.raises(Refused, match=sentence):
        operations.change(call, by=officer, at=calls.BEFORE, **changes)
    assert not Call.objects.filter(**changes).exists()


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([], "хоча б один"),
        ([0, 100], "більшою за нуль"),
        ([30, 30], "зараз виходить 60"),
        ([101], "зараз виходить 101"),
    ],
)
def test_weights_make_a_hundred(programme, officer, weights, sentence):
    call = calls.draft(programme, officer=officer)
    criteria = [
        {"name": f"К{number}", "help": "", "weight": weight, "scale": 5} for number, weight in enumerate(weights)
    ]
    with pytest.raises(Refused, match=sentence):
        operations.set_criteria(call, criteria=criteria, by=officer, at=calls.BEFORE)
    assert Criterion.objects.filter(call=call).count() == len(calls.CRITERIA)


def test_a_draft_says_all_that_it_lacks(programme, officer):
    call = operations.prepare(
        programme, by=officer, at=calls.BEFORE, code="EMPTY", title="Порожній", kind="grant", lead=""
    )
    missing = terms.lacking(call)
    assert [fault.field for fault in missing] == [
        "opens_at",
        "closes_at",
        "form",
        "criteria",
        "budget",
        "award_most",
        "lead",
    ]
    with pytest.raises(Refused, match="форму заявки"):
        operations.announce(call, by=officer, at=calls.BEFORE)


def test_the_circle_must_name_somebody(programme, officer):
    listed = calls.draft(programme, officer=officer, who="listed")
    assert [fault.sentence for fault in terms.lacking(listed)] == ["Назвіть запрошені організації."]
    outcome = calls.draft(programme, officer=officer, who="outcome")
    assert "Виберіть конкурс" in terms.lacking(outcome)[0].sentence


def test_announcing_freezes_the_form_and_twice_is_once(programme, officer):
    call = calls.announced(programme, officer=officer)
    assert call.stage == "scheduled"
    assert call.form.frozen_at == calls.BEFORE
    assert operations.announce(call, by=officer, at=calls.BEFORE).stage == "scheduled"


def test_a_close_that_has_passed_is_not_announced(programme, officer):
    call = calls.draft(programme, officer=officer)
    with pytest.raises(Refused, match="вже минула"):
        operations.announce(call, by=officer, at=calls.AFTER)


def test_announced_late_it_opens_at_once(programme, officer):
    call = operations.announce(calls.draft(programme, officer=officer), by=officer, at=calls.WHILE_OPEN)
    assert call.opens_at == calls.WHILE_OPEN
    assert call.state(calls.WHILE_OPEN) == "open"


def test_from_the_opening_on_only_words_change(programme, officer):
    call = calls.announced(programme, officer=officer)
    operations.change(call, by=officer, at=calls.WHILE_OPEN, lead="Інші слова.")
    with pytest.raises(Refused, match="більше не змінюються"):
        operations.change(call, by=officer, at=calls.WHILE_OPEN, budget=Decimal(5_000_000))
    with pytest.raises(Refused, match="більше не змінюються"):
        operations.set_criteria(call, criteria=calls.CRITERIA, by=officer, at=calls.WHILE_OPEN)
    call.refresh_from_db()
    assert (call.lead, call.budget) == ("Інші слова.", Decimal(1_200_000))


def test_an_announced_call_does_not_open_in_the_past(programme, officer):
    call = calls.announced(programme, officer=officer)
    with pytest.raises(Refused, match="в майбутньому"):
        operations.change(call, by=officer, at=calls.BEFORE, opens_at=calls.BEFORE - timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opens_at": None}, "opens_at"),
        ({"closes_at": None}, "closes_at"),
        ({"closes_at": calls.OPENS - timedelta(minutes=1)}, "closes_at"),
        ({"opens_at": calls.CLOSES}, "closes_at"),
        ({"budget": None}, "budget"),
        ({"award_most": None}, "award_most"),
        ({"form": None}, "form"),
        ({"lead": ""}, "lead"),
        ({"who": "listed"}, "organisations"),
        ({"who": "outcome"}, "who_call"),
    ],
)
def test_an_announced_call_is_never_left_lacking(programme, officer, changes, field):
    call = calls.announced(programme, officer=officer)
    before = Call.objects.filter(pk=call.pk).values().get()
    with pytest.raises(Refused) as refused:
        operations.change(call, by=officer, at=calls.BEFORE, **changes)
    faults = getattr(refused.value, "faults", [refused.value])
    assert [fault.field for fault in faults] == [field]
    assert Call.objects.filter(pk=call.pk).values().get() == before


def test_whoever_was_invited_cannot_be_emptied_once_announced(programme, officer):
    call = calls.announced(programme, officer=officer, who="listed", who_organisations=[people.organisation()])
    with pytest.raises(Refused, match="Назвіть запрошені"):
        operations.change(call, by=officer, at=calls.BEFORE, who_organisations=[])
    assert call.who_organisations.count() == 1


def test_a_form_chosen_after_announcing_is_frozen_too(programme, officer):
    call = calls.announced(programme, officer=officer)
    changed = operations.change(call, by=officer, at=calls.BEFORE, form=calls.version(programme))
    assert changed.form != call.form
    assert changed.form.frozen_at == calls.BEFORE


def test_hiding_the_programme_does_not_lock_the_words_of_its_call(programme, officer):
    call = calls.announced(programme, officer=officer)
    type(programme).objects.filter(pk=programme.pk).update(is_public=False)
    operations.change(call, by=officer, at=calls.WHILE_OPEN, lead="Інші слова.")
    assert Call.objects.get(pk=call.pk).lead == "Інші слова."


def test_support_is_rolling_until_the_office_names_a_close(programme, officer):
    call = calls.announced(programme, officer=officer, kind="support", closes_at=None, budget=None, award_most=None)
    assert call.state(calls.AFTER) == "open"
    with pytest.raises(Refused, match="в майбутньому") as refused:
        operations.extend(call, closes_at=calls.AFTER, by=officer, at=calls.AFTER)
    assert refused.value.field == "closes_at"
    closing = operations.extend(call, closes_at=calls.AFTER + timedelta(days=1), by=officer, at=calls.AFTER)
    assert closing.state(calls.AFTER + timedelta(days=1)) == "closed"


def test_what_a_call_was_announced_as_no_longer_changes(programme, officer):
    call = calls.announced(programme, officer=officer, kind="support", closes_at=None, budget=None, award_most=None)
    for changes in ({"kind": "grant"}, {"code": "OTHER-1"}):
        with pytest.raises(Refused, match="під цим кодом і видом") as refused:
            operations.change(call, by=officer, at=calls.BEFORE, **changes)
        assert refused.value.field in changes
    draft = calls.draft(programme, officer=officer)
    assert operations.change(draft, by=officer, at=calls.BEFORE, code="OTHER-1").code == "OTHER-1"
    with pytest.raises(Refused, match="уже має інший конкурс"):
        operations.change(draft, by=officer, at=calls.BEFORE, code=call.code)


def test_an_announced_call_goes_back_to_drafts_until_it_opens(programme, officer):
    call = calls.announced(programme, officer=officer)
    with pytest.raises(NotAllowed):
        operations.take_back(call, by=programmes.officer(), at=calls.BEFORE)
    with pytest.raises(Refused, match="більше не буде"):
        operations.take_back(call, by=officer, at=calls.WHILE_OPEN)
    draft = operations.take_back(call, by=officer, at=calls.BEFORE)
    assert (draft.stage, operations.take_back(call, by=officer, at=calls.BEFORE).stage) == ("draft", "draft")
    assert Entry.objects.filter(verb="calls.taken_back").count() == 1
    operations.change(draft, by=officer, at=calls.BEFORE, kind="hub")
    assert operations.announce(draft, by=officer, at=calls.BEFORE).stage == "scheduled"


@pytest.mark.parametrize(
    "changes",
    [
        {"opens_at": None},
        {"closes_at": None},
        {"budget": None},
        {"award_most": None},
        {"form": None},
        {"stage": "paused"},
        {"kind": "loan"},
        {"who": "nobody"},
        {"review_by": date(2024, 3, 2), "decision_by": date(2024, 3, 1)},
        {"work_starts_on": date(2024, 3, 2), "work_ends_on": date(2024, 3, 1)},
    ],
)
def test_the_database_keeps_an_announced_call_whole(programme, officer, changes):
    call = calls.announced(programme, officer=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**changes)


@pytest.mark.parametrize("changes", [{"state": "lost"}, {"outcome": "perhaps"}])
def test_the_database_knows_how_an_application_stands(changes):
    application = calls.submitted()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(application).objects.filter(pk=application.pk).update(**changes)


def test_the_circle_is_changed_with_the_rest(programme, officer):
    call = calls.draft(programme, officer=officer)
    invited = people.organisation()
    operations.change(call, by=officer, at=calls.BEFORE, who="listed", who_organisations=[invited])
    assert list(call.who_organisations.all()) == [invited]


def test_a_call_is_only_ever_extended(programme, officer):
    call = calls.announced(programme, officer=officer)
    with pytest.raises(Refused, match="лише продовжити"):
        operations.extend(call, closes_at=calls.CLOSES - timedelta(days=1), by=officer, at=calls.WHILE_OPEN)
    later = operations.extend(call, closes_at=calls.AFTER, by=officer, at=calls.WHILE_OPEN)
    assert later.closes_at == calls.AFTER
    with pytest.raises(Refused, match="уже закрито"):
        operations.extend(call, closes_at=calls.AFTER + timedelta(days=9), by=officer, at=calls.AFTER)


def test_cancelling_needs_a_reason_and_tells_everybody_who_began(programme, officer):
    application = calls.begun(calls.announced(programme, officer=officer))
    other = calls.submitted(application.call)
    with pytest.raises(Refused, match="Поясніть"):
        operations.cancel(application.call, why=" ", by=officer, at=calls.WHILE_OPEN)
    call = operations.cancel(application.call, why="Донор змінив умови.", by=officer, at=calls.WHILE_OPEN)
    worker.drain()
    assert call.state(calls.WHILE_OPEN) == "cancelled"
    sent = Letter.objects.filter(kind="calls.outcome")
    assert {letter.to for letter in sent} == {calls.writer(one).email for one in (application, other)}
    assert all("Донор змінив умови." in letter.text for letter in sent)
    tasks.cancelled(call.pk)
    worker.drain()
    assert sent.count() == 2
    with pytest.raises(Refused, match="уже завершено"):
        operations.cancel(call, why="Ще раз", by=officer, at=calls.WHILE_OPEN)


def test_reviewing_brings_a_call_to_its_next_stage(programme, officer):
    call = calls.announced(programme, officer=officer)
    operations.bring_to(call, stage=Stage.ASSESSED, by=officer, at=calls.AFTER)
    assert call.stage == "assessed"
    assert Call.objects.get(pk=call.pk).state(calls.AFTER) == "assessed"
    assert Entry.objects.filter(verb="calls.assessed").count() == 1


def test_days_may_fall_on_the_day_of_the_close(programme, officer):
    same = calls.CLOSES.date()
    call = calls.draft(programme, officer=officer, review_by=same, decision_by=same)
    assert terms.lacking(call) == []


def test_a_call_that_opened_with_days_that_do_not_go_together_can_still_be_put_right(programme, officer):
    call = calls.announced(programme, officer=officer)
    Call.objects.filter(pk=call.pk).update(review_by=date(2024, 2, 1))
    operations.change(call, by=officer, at=calls.WHILE_OPEN, lead="Інші слова.")
    with pytest.raises(Refused, match="не буває раніше"):
        operations.change(call, by=officer, at=calls.WHILE_OPEN, decision_by=date(2024, 1, 1))
    operations.change(call, by=officer, at=calls.WHILE_OPEN, review_by=date(2024, 3, 1), decision_by=date(2024, 3, 9))


def test_an_extension_keeps_days_that_are_still_right_and_moves_none_back(programme, officer):
    days = {"review_by": date(2024, 3, 1), "decision_by": date(2024, 3, 9), "work_starts_on": date(2024, 4, 1)}
    call = calls.announced(programme, officer=officer, **days)
    with pytest.raises(terms.Lacking) as refused:
        operations.extend(call, closes_at=datetime(2024, 3, 5, 16, tzinfo=UTC), by=officer, at=calls.WHILE_OPEN)
    assert [fault.field for fault in refused.value.faults] == ["review_by"]
    back = {"review_by": date(2024, 3, 6), "work_starts_on": date(2024, 3, 20)}
    with pytest.raises(terms.Lacking, match="лише відсунути") as refused:
        operations.extend(call, closes_at=datetime(2024, 3, 5, 16, tzinfo=UTC), by=officer, at=calls.WHILE_OPEN, **back)
    assert [fault.field for fault in refused.value.faults] == ["work_starts_on"]
    later = operations.extend(
        call,
        closes_at=datetime(2024, 3, 5, 16, tzinfo=UTC),
        review_by=date(2024, 3, 6),
        decision_by=None,
        by=officer,
        at=calls.WHILE_OPEN,
    )
    assert (later.review_by, later.decision_by) == (date(2024, 3, 6), date(2024, 3, 9))


def test_no_call_is_extended_beyond_two_years(programme, officer):
    call = calls.announced(programme, officer=officer)
    with pytest.raises(terms.Lacking, match="на два роки") as refused:
        operations.extend(call, closes_at=calls.CLOSES.replace(year=2034), by=officer, at=calls.WHILE_OPEN)
    assert [fault.field for fault in refused.value.faults] == ["closes_at"]


def without(programme, *meanings):
    """A form whose questions do not say that they mean these things."""
    outline = [
        {
            **section,
            "questions": [
                {**asked, "meaning": "" if asked.get("meaning") in meanings else asked.get("meaning", "")}
                for asked in section["questions"]
            ],
        }
        for section in calls.SHORT_FORM
    ]
    return questionnaires.version(outline, owner_key=f"programme:{programme.pk}")


@pytest.mark.parametrize(
    ("kind", "meanings", "sentences"),
    [
        ("grant", ["title", "summary", "amount"], ["назва проєкту", "короткий зміст", "сума, яку просять"]),
        ("grant", ["amount"], ["сума, яку просять"]),
        ("hub", ["title", "amount"], ["назва проєкту"]),
        ("hub", ["amount"], []),
    ],
)
def test_a_form_asks_what_lists_and_sums_are_written_from(programme, officer, kind, meanings, sentences):
    call = calls.draft(programme, officer=officer, kind=kind, form=without(programme, *meanings))
    found = terms.lacking(call)
    assert {fault.field for fault in found} <= {"form"}
    assert len(found) == len(sentences)
    assert all(words in fault.sentence for fault, words in zip(found, sentences, strict=True))
    if sentences:
        with pytest.raises(terms.Lacking):
            operations.announce(call, by=officer, at=calls.BEFORE)


def test_a_form_without_questions_lacks_them_alone(programme, officer):
    empty = forms.create("Порожня", owner_key=f"programme:{programme.pk}", at=calls.BEFORE).versions.get()
    call = calls.draft(programme, officer=officer, form=empty)
    assert [fault.sentence for fault in terms.lacking(call)] == ["У формі заявки ще немає запитань."]


def test_two_calls_never_share_a_code(programme, officer):
    first = calls.draft(programme, officer=officer)
    with pytest.raises(Refused, match="уже має інший конкурс") as refused:
        calls.draft(programme, officer=officer, code=first.code)
    assert refused.value.field == "code"
