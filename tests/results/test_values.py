"""Reported values: proved, handed in, approved by somebody else; only an approved one is in a figure."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import files, people, places, programmes
from tests.factories import results as factory
from viche.facts.models import Fact
from viche.facts.queries import recounting
from viche.files.models import Stored
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.results import access
from viche.results.models import Evidence, Value
from viche.results.operations import deciding, evidence, periods, values
from viche.results.queries import reported
from viche.results.queries.sources import SOURCES

pytestmark = pytest.mark.django_db
AT = factory.MOMENT


@pytest.fixture
def one():
    programme = programmes.programme()
    made = factory.indicator(programme, parts=factory.PARTS)
    made.author, made.officer = programmes.editor(programme), programmes.officer(programme)
    made.period = factory.period(programme)
    return made


def begin(one, **changes):
    given = {"at": AT, **changes}
    given.setdefault("period", getattr(one, "period", None))
    given.setdefault("by", getattr(one, "author", None))
    return values.begin(one, **given)


def draft(one, number=10, **changes):
    return factory.value(one, number, period=one.period, **{"reported_by": one.author, **changes})


def save(value, revision=0, by=None, **typed):
    return values.save(value, revision=revision, by=by or value.reported_by, at=AT, **typed)


def refused(act, *given, **named):
    with pytest.raises(Refused) as no:
        act(*given, **named)
    return no.value


def facts():
    return {fact.split: fact.value for fact in Fact.objects.all()}


def test_a_value_is_begun_in_an_open_period_of_an_indicator_that_people_report(one):
    value = begin(one)
    assert (value.state, value.value, value.on) == ("draft", None, date(2024, 6, 30))
    assert refused(begin, factory.counted(one.programme), period=one.period, by=one.author).field == "indicator"
    assert refused(begin, one, period=factory.period()).field == "period"
    periods.close(one.period, by=one.officer, at=AT)
    assert "закрито" in refused(begin, one).sentence
    with pytest.raises(NotAllowed):
        begin(one, by=programmes.observer(one.programme))


def test_what_is_typed_is_kept_whole_or_not(one):
    value = begin(one)
    hromada = places.hromada()
    value = save(value, number=Decimal(12), parts={"women": Decimal(7), "ghosts": Decimal(1)}, hromada=hromada)
    assert (value.value, value.parts, value.hromada, value.oblast) == (12, {"women": "7"}, hromada, None)
    value = save(value, 1, oblast=hromada.oblast, unread={"number": "мінус три"})
    assert (value.value, value.oblast, value.unread) == (None, hromada.oblast, {"number": "мінус три"})
    with pytest.raises(values.Stale) as stale:
        save(value, 1, number=Decimal(4))
    assert stale.value.stored.revision == 2


def test_only_who_reports_writes_for_whoever_wrote_may_not_decide(one):
    value = draft(one)
    for somebody in (one.officer, people.administrator(), programmes.editor(one.programme)):
        with pytest.raises(NotAllowed):
            save(value, by=somebody)
        with pytest.raises(NotAllowed):
            values.submit(value, by=somebody, at=AT)
        with pytest.raises(NotAllowed):
            evidence.attach(value, kind="link", caption="Сайт", link="https://example.org", by=somebody, at=AT)
        with pytest.raises(NotAllowed):
            evidence.detach(value.evidence.get(), by=somebody, at=AT)


def test_a_value_without_evidence_is_not_submitted(one):
    value = draft(one, proved=False)
    assert refused(values.submit, value, by=one.author, at=AT).field == "evidence"
    assert Value.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": None}, "number", "Напишіть значення"),
        ({"number": None, "unread": {"number": "багато"}}, "number", "«багато»"),
        ({"parts": {"women": "8", "men": "7"}}, "number", "Складові разом 15, а загалом 10"),
        ({"on": date(2024, 7, 1)}, "on", "не з цього періоду"),
    ],
)
def test_what_is_not_whole_is_not_submitted(one, changes, field, words):
    no = refused(values.submit, draft(one, **changes), by=one.author, at=AT)
    assert (no.field, words in no.sentence) == (field, True)


def test_people_are_whole_numbers(one):
    people_counted = factory.indicator(one.programme, are_people=True)
    value = factory.value(people_counted, "2.5", period=one.period, reported_by=one.author)
    assert "цілими" in refused(values.submit, value, by=one.author, at=AT).sentence


def test_an_approved_value_is_a_fact_in_the_same_moment_and_a_withdrawn_one_none(one):
    value = draft(one, parts={"women": "4"})
    values.submit(value, by=one.author, at=AT)
    values.submit(value, by=one.author, at=AT)
    assert facts() == {}
    deciding.approve(value, by=one.officer, at=AT)
    deciding.approve(value, by=one.officer, at=AT)
    assert facts() == {"": 1000, "part:women": 400}
    assert recounting.compare(SOURCES).difference is None
    assert refused(deciding.withdraw, value, why=" ", by=one.officer, at=AT).field == "remark"
    assert deciding.withdraw(value, why="Не той рік.", by=one.officer, at=AT).state == "returned"
    assert facts() == {}
    save(Value.objects.get(), number=Decimal(3))
    verbs = list(Entry.objects.filter(verb__startswith="results.").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["results.value_submitted", "results.value_approved", "results.approval_withdrawn"]


def test_nobody_verifies_ones_own_value(one):
    for author in (one.officer, people.administrator()):
        value = factory.submitted(one, period=one.period, reported_by=author)
        for act, given in ((deciding.approve, {}), (deciding.send_back, {"remark": "Так."})):
            no = refused(act, value, **given, by=author, at=AT)
            assert (no.status, "Своє значення" in no.sentence) == (403, True)
    assert facts() == {}


def test_a_value_is_returned_with_questions_and_submitted_again(one):
    value = factory.submitted(one, period=one.period, reported_by=one.author)
    assert refused(deciding.send_back, value, remark=" ", by=one.officer, at=AT).field == "remark"
    value = deciding.send_back(value, remark="Де список?", by=one.officer, at=AT)
    assert (value.state, value.remark, value.decided_by) == ("returned", "Де список?", one.officer)
    assert values.submit(value, by=one.author, at=AT).decided_by is None
    assert refused(values.remove, value, by=one.author, at=AT).status == 409
    assert refused(save, Value.objects.get(), number=Decimal(1)).status == 409
    with pytest.raises(NotAllowed):
        deciding.approve(value, by=one.author, at=AT)


def test_what_does_not_wait_is_not_decided(one):
    value = draft(one)
    for act, given in (
        (deciding.approve, {}),
        (deciding.send_back, {"remark": "?"}),
        (deciding.withdraw, {"why": "?"}),
    ):
        assert refused(act, value, **given, by=one.officer, at=AT).status == 409
    Value.objects.filter(pk=value.pk).update(state="submitted")
    Evidence.objects.all().delete()
    assert "підтвердження" in refused(deciding.approve, value, by=one.officer, at=AT).sentence


def test_a_closed_period_takes_nothing_unless_it_is_opened_again(one):
    value = draft(one)
    periods.close(one.period, by=one.officer, at=AT)
    assert refused(values.submit, value, by=one.author, at=AT).status == 409
    assert refused(save, value, number=Decimal(11)).status == 409
    periods.reopen(one.period, why="Пізній звіт.", by=one.officer, at=AT)
    assert values.submit(value, by=one.author, at=AT).state == "submitted"


def test_evidence_is_a_private_file_or_a_link(one):
    value = draft(one, proved=False)
    given = {"by": one.author, "at": AT}
    upload = files.upload(files.PDF, "протокол.pdf")
    proof = evidence.attach(value, kind="protocol", caption=" Протокол  17 ", upload=upload, **given)
    assert (proof.caption, proof.stored.content_type) == ("Протокол 17", "application/pdf")
    link = evidence.attach(value, kind="link", caption="Сайт", link="http://example.org/17", **given)
    assert reported.evidence(value) == [proof, link]
    assert not access.may_see_evidence(people.user(), proof)
    assert access.may_see_evidence(one.author, proof)
    assert access.may_see_evidence(programmes.observer(one.programme), proof)
    evidence.detach(link, **given)
    evidence.detach(proof, **given)
    assert Stored.objects.get().removed_at == AT
    Evidence.objects.bulk_create(
        Evidence(value=value, kind="link", link="https://example.org", caption="Сайт", added_at=AT) for _ in range(20)
    )
    assert (
        "двадцять" in refused(evidence.attach, value, kind="link", caption="Ще", link="https://a.ua", **given).sentence
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "rumour", "link": "https://example.org"}, "kind"),
        ({"kind": "link", "caption": " ", "link": "https://example.org"}, "caption"),
        ({"kind": "link", "caption": "я" * 201, "link": "https://example.org"}, "caption"),
        ({"kind": "link", "link": "javascript:alert(1)"}, "link"),
        ({"kind": "link", "link": "https://"}, "link"),
        ({"kind": "link", "link": "https://[example"}, "link"),
        ({"kind": "link", "link": "https://example.org", "upload": files.PDF}, "kind"),
        ({"kind": "photo"}, "upload"),
        ({"kind": "photo", "upload": files.PDF, "link": "https://example.org"}, "link"),
        ({"kind": "document", "upload": b"MZ\x90\x00 a program"}, "upload"),
    ],
)
def test_what_proves_nothing_is_refused_at_its_field(one, given, field):
    value = draft(one, proved=False)
    if "upload" in given:
        given = given | {"upload": files.upload(given["upload"], "файл.pdf")}
    no = refused(evidence.attach, value, by=one.author, at=AT, **{"caption": "Протокол", **given})
    assert no.field == field
    assert not Evidence.objects.exists()
    assert not Stored.objects.exists()


def test_evidence_of_what_was_submitted_stays(one):
    value = factory.submitted(one, period=one.period, reported_by=one.author)
    assert refused(evidence.detach, value.evidence.get(), by=one.author, at=AT).status == 409
    no = refused(evidence.attach, value, kind="link", caption="Ще", link="https://a.ua", by=one.author, at=AT)
    assert no.status == 409


def test_a_draft_is_taken_away_with_its_files_by_its_author_or_an_officer(one):
    value = draft(one)
    evidence.attach(
        value, kind="document", caption="Звіт", upload=files.upload(files.PDF, "звіт.pdf"), by=one.author, at=AT
    )
    with pytest.raises(NotAllowed):
        values.remove(value, by=programmes.editor(one.programme), at=AT)
    values.remove(value, by=one.officer, at=AT)
    assert not Value.objects.exists()
    assert Stored.objects.get().removed_at == AT


def test_who_may_open_what(one):
    value = draft(one)
    stranger, observer = people.user(), programmes.observer(one.programme)
    assert access.may_open_values(one.author, one.programme)
    assert access.may_open_values(observer, one.programme)
    assert not access.may_open_values(stranger, one.programme)
    assert not access.may_see_value(programmes.editor(one.programme), value)
    assert access.may_write_evidence(one.author, value.evidence.get())
    assert access.may_see_period(observer, one.period)
    assert not access.may_manage_period(observer, one.period)
    assert access.may_see_sheet(observer, one)
    assert not access.may_manage_indicator(observer, one)
    for person, sees_all, found in ((one.author, False, [value]), (observer, False, []), (observer, True, [value])):
        assert list(reported.seen_by(person, one.programme, sees_all=sees_all)) == found
