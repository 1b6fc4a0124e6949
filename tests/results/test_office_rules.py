"""Rules of the office at their edges: odd months, parts above wholes, closing while values wait, handing in again."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.factories import files, places, programmes
from tests.factories import results as factory
from viche.facts.models import Fact
from viche.files.models import Stored
from viche.journal.models import Entry
from viche.methods.refusals import Refused
from viche.results.models import Evidence, Indicator, Kept, Period, Reopening, Target
from viche.results.operations import deciding, evidence, indicators, periods, targets, telling, values
from viche.results.queries import aims, closing

pytestmark = pytest.mark.django_db
AT = factory.MOMENT


@pytest.fixture
def office():
    programme = programmes.programme()
    programme.officer, programme.author = programmes.officer(programme), programmes.editor(programme)
    programme.done = {"by": programme.officer, "at": AT}
    return programme


def refused(act, *given, **named):
    with pytest.raises(Refused) as no:
        act(*given, **named)
    return no.value


@pytest.mark.parametrize(
    ("since", "until", "each", "months"),
    [
        (date(2024, 1, 1), date(2024, 1, 31), "quarter", [("2024-01", "2024-03")]),
        (date(2024, 2, 29), date(2024, 4, 1), "quarter", [("2024-01", "2024-03"), ("2024-04", "2024-06")]),
        (date(2023, 12, 31), date(2024, 1, 1), "quarter", [("2023-10", "2023-12"), ("2024-01", "2024-03")]),
        (date(2023, 12, 31), date(2024, 1, 1), "year", [("2023-01", "2023-12"), ("2024-01", "2024-12")]),
        (date(2024, 5, 5), date(2024, 5, 6), "year", [("2024-01", "2024-12")]),
        (date(2024, 7, 1), date(2024, 9, 30), "quarter", [("2024-07", "2024-09")]),
    ],
)
def test_calendar_periods_hold_the_whole_programme_whenever_it_begins(since, until, each, months):
    programme = programmes.programme(starts_on=since, ends_on=until)
    made = periods.make_all(programme, each=each, by=programmes.officer(programme), at=AT)
    assert [(f"{one.starts_on:%Y-%m}", f"{one.ends_on:%Y-%m}") for one in made] == months
    assert all(one.starts_on.day == 1 and (one.ends_on + timedelta(days=1)).day == 1 for one in made)
    assert Entry.objects.filter(verb="results.periods_made").count() == 1


def test_calendar_periods_go_around_months_that_are_taken(office):
    factory.period(office, since=date(2024, 3, 1), until=date(2024, 4, 30))
    made = periods.make_all(office, each="quarter", **office.done)
    assert [one.starts_on.month for one in made] == [7, 10]
    assert refused(periods.make_all, office, each="quarter", **office.done).field == "each"
    assert Period.objects.count() == 3


@pytest.mark.parametrize("hold", ["target", "value"])
def test_months_of_a_period_that_holds_something_stay_and_its_words_change(office, hold):
    one, period = factory.indicator(office), factory.period(office)
    {"target": lambda: factory.target(one, 5, period=period), "value": lambda: factory.value(one, period=period)}[
        hold
    ]()
    given = {"starts_on": period.starts_on, "ends_on": period.ends_on}
    assert periods.change(period, name="Весна", name_en="Spring", **given, **office.done).name_en == "Spring"
    later = {**given, "ends_on": date(2024, 7, 31)}
    assert refused(periods.change, period, name="Весна", **later, **office.done).field == "starts_on"
    assert refused(periods.remove, period, **office.done).status == 409
    assert Period.objects.get().ends_on == date(2024, 6, 30)


@pytest.mark.parametrize(("state", "closes"), [("draft", True), ("returned", True), ("submitted", False)])
def test_a_period_waits_for_answers_and_not_for_drafts(office, state, closes):
    one, period = factory.indicator(office), factory.period(office)
    factory.value(one, 5, period=period, state=state, reported_by=office.author)
    if closes:
        assert periods.close(period, **office.done).closed_by == office.officer
        assert Kept.objects.get().value == 0
    else:
        assert refused(periods.close, period, **office.done).status == 409
        assert not Kept.objects.exists()


def test_a_period_closes_on_the_first_morning_after_it_by_the_clock_of_kyiv(office):
    period = factory.period(office)
    assert refused(periods.close, period, by=office.officer, at=datetime(2024, 6, 30, 20, 59, tzinfo=UTC)).status == 409
    assert periods.close(period, by=office.officer, at=datetime(2024, 6, 30, 21, 1, tzinfo=UTC)).is_closed


def test_the_history_of_a_period_tells_every_reason_the_last_first(office):
    period = factory.period(office)
    for number, why in enumerate(("Пізній звіт.", " Помилка в числі. ")):
        periods.close(period, by=office.officer, at=AT + timedelta(days=2 * number))
        periods.reopen(period, why=why, by=office.officer, at=AT + timedelta(days=2 * number + 1))
    assert [one.why for one in closing.reopenings(period)] == ["Помилка в числі.", "Пізній звіт."]
    assert Reopening.objects.filter(by=office.officer).count() == 2
    told = Entry.objects.filter(verb__in=["results.period_closed", "results.period_reopened"]).order_by("pk")
    assert [one.verb.rpartition("_")[2] for one in told] == ["closed", "reopened"] * 2


def write(one, cells, office):
    return targets.write(
        one,
        {cell: value if value is None else Decimal(value) for cell, value in cells.items()},
        mark=aims.of(one).mark,
        **office.done,
    )


@pytest.mark.parametrize(
    ("parts", "fits"),
    [
        ({"sex:f": 60, "sex:m": 40}, True),
        ({"sex:f": 60, "sex:m": 41}, False),
        ({"sex:f": 100, "age:youth": 100}, True),
        ({"sex:f": 10, "age:youth": 60, "age:adult": 41}, False),
        ({"group:older": 100, "group:displaced": 100}, True),
        ({"group:older": 101}, False),
        ({"sex:f": "99.99", "sex:m": "0.02"}, False),
    ],
)
@pytest.mark.parametrize("within", ["programme", "period"])
def test_parts_come_to_no_more_than_the_whole_in_each_dimension_by_itself(office, parts, fits, within):
    one, key = factory.counted(office, "heads"), None
    if within == "period":
        key = factory.period(office).pk
    cells = {(key, ""): 100, **{(key, split): value for split, value in parts.items()}}
    if fits:
        assert write(one, cells, office) == aims.stored(one)
        assert Target.objects.count() == len(cells)
    else:
        assert "а загалом 100" in refused(write, one, cells, office).sentence
        assert not Target.objects.exists()


def test_targets_of_periods_are_not_added_up_against_that_of_the_programme(office):
    one = factory.counted(office, "heads")
    first, second = factory.period(office), factory.period(office, since=date(2024, 7, 1))
    write(one, {(None, ""): 100, (first.pk, ""): 80, (second.pk, ""): 80}, office)
    write(one, {(first.pk, ""): None}, office)
    assert aims.stored(one) == {(None, ""): 100, (second.pk, ""): 80}
    before = Entry.objects.count()
    write(one, {(None, ""): 100}, office)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "counted", "measure": "paid"}, "counts"),
        ({"kind": "counted", "measure": "paid.DOGE"}, "counts"),
        ({"kind": "counted", "measure": "paid.uah"}, "counts"),
        ({"kind": "counted", "measure": "events", "split": "sex:f"}, "counts"),
        ({"kind": "counted", "measure": "heads", "split": "sex:f age:youth"}, "counts"),
        ({"kind": "counted", "measure": ""}, "counts"),
        ({"kind": "counted", "measure": "own.1"}, "counts"),
        ({"kind": "reported", "goals": [0]}, "goals"),
        ({"kind": "reported", "code": ""}, "code"),
        ({"kind": "reported", "code": "P--1"}, "code"),
        ({"kind": "reported", "code": "P/1"}, "code"),
    ],
)
def test_what_the_ledger_does_not_keep_is_no_indicator(office, changes, field):
    given = {"code": "P1", "name": "Назва", "unit": "штук", **changes}
    assert refused(indicators.define, office, **given, **office.done).field == field
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(("times", "fits"), [(1, True), (1_000_000, True), (0, False), (1_000_001, False)])
def test_a_ratio_is_multiplied_by_what_makes_sense(office, times, fits):
    given = {"code": "R1", "name": "Частка", "unit": "%", "times": times}
    given |= {"over": factory.counted(office), "under": factory.indicator(office)}
    if fits:
        assert indicators.define(office, kind="ratio", **given, **office.done).times == times
    else:
        assert refused(indicators.define, office, kind="ratio", **given, **office.done).field == "times"


@pytest.mark.parametrize(("place", "up"), [(0, True), (2, False)])
def test_at_the_end_of_the_list_nothing_moves_and_nothing_is_told(office, place, up):
    every = [factory.indicator(office, position=number) for number in range(3)]
    indicators.move(every[place], up=up, **office.done)
    assert list(Indicator.objects.filter(programme=office)) == every
    assert not Entry.objects.filter(verb="results.indicator_moved").exists()


@pytest.mark.parametrize("what", ["target", "value", "kept", "ratio"])
def test_an_indicator_on_which_something_hangs_stays_and_says_what(office, what):
    one = factory.indicator(office)
    if what == "target":
        factory.target(one)
    elif what == "value":
        factory.value(one, reported_by=office.author)
    elif what == "kept":
        periods.close(factory.period(office), **office.done)
    else:
        factory.ratio(factory.counted(office), one, code="RATIO")
    no = refused(indicators.remove, one, **office.done)
    words = {"target": "ціль", "value": "значення", "kept": "збережено", "ratio": "RATIO"}
    assert (no.status, words[what] in no.sentence) == (409, True)
    assert Indicator.objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize(
    ("on", "fits"),
    [
        (date(2024, 3, 31), False),
        (date(2024, 4, 1), True),
        (date(2024, 6, 30), True),
        (date(2024, 7, 1), False),
        (date(2023, 5, 1), False),
    ],
)
def test_a_value_is_of_a_day_of_its_period(office, on, fits):
    value = factory.value(factory.indicator(office), period=factory.period(office), on=on, reported_by=office.author)
    if fits:
        assert values.submit(value, by=office.author, at=AT).state == "submitted"
    else:
        assert refused(values.submit, value, by=office.author, at=AT).field == "on"


def test_a_withdrawn_value_goes_back_to_its_author_is_handed_in_anew_and_approved_by_a_third(office):
    value = factory.approved(factory.indicator(office), 10, period=factory.period(office), reported_by=office.author)
    assert Fact.objects.count() == 1
    value = deciding.withdraw(value, why=" Двічі той самий захід. ", **office.done)
    assert (value.state, value.remark, Fact.objects.count()) == ("returned", "Двічі той самий захід.", 0)
    value = values.save(value, revision=value.revision, number=Decimal(7), by=office.author, at=AT)
    values.submit(value, by=office.author, at=AT)
    third = programmes.officer(office)
    assert deciding.approve(value, by=third, at=AT).decided_by == third
    assert Fact.objects.get().value == 700
    assert deciding.approve(value, by=office.officer, at=AT).decided_by == third
    assert Entry.objects.filter(verb="results.value_approved").count() == 1


def test_parts_that_were_taken_out_of_the_indicator_are_not_kept_and_a_hromada_goes_before_an_oblast(office):
    one = factory.indicator(office, parts=factory.PARTS)
    value = factory.value(one, period=factory.period(office), reported_by=office.author)
    hromada, oblast = places.hromada(), places.oblast(name="Сумська")
    parts = {"women": Decimal(3), "ghosts": Decimal(9)}
    given = {"number": Decimal(5), "parts": parts, "hromada": hromada, "oblast": oblast, "by": office.author, "at": AT}
    kept = values.save(value, revision=0, **given)
    assert (kept.parts, kept.hromada, kept.oblast) == ({"women": "3"}, hromada, None)


@pytest.mark.parametrize(
    "link", ["ftp://example.org", "example.org", "https:example", "data:text/html,x", "//a.ua", ""]
)
def test_a_link_that_leads_to_no_page_proves_nothing(office, link):
    value = factory.value(factory.indicator(office), proved=False, reported_by=office.author)
    given = {"kind": "link", "caption": "Сайт", "by": office.author, "at": AT}
    assert refused(evidence.attach, value, link=link, **given).field == "link"
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<!doctype html><script>alert(1)</script>", "report.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo.png"),
        (files.EXE, "protocol.docx"),
    ],
)
def test_what_only_calls_itself_a_document_is_not_kept(office, content, name):
    value = factory.value(factory.indicator(office), proved=False, reported_by=office.author)
    given = {"kind": "document", "caption": "Протокол", "by": office.author, "at": AT}
    assert refused(evidence.attach, value, upload=files.upload(content, name), **given).field == "upload"
    assert not Stored.objects.exists()


def test_the_twentieth_proof_is_taken_and_the_twenty_first_is_not_until_one_goes(office):
    value = factory.value(factory.indicator(office), reported_by=office.author)
    for _ in range(18):
        factory.evidence(value)
    given = {"kind": "link", "caption": "Сайт", "link": "https://example.org/20", "by": office.author, "at": AT}
    last = evidence.attach(value, **given)
    assert "двадцять" in refused(evidence.attach, value, **given).sentence
    evidence.detach(last, by=office.author, at=AT)
    assert evidence.attach(value, **given).value == value
    assert value.evidence.count() == 20


def test_sections_of_a_report_keep_only_what_their_kind_has(office):
    report = factory.donor_report(office, by=office.officer)
    given = {"title": " Вступ \n ", "body": "Слова", "indicators": ["P1"], "stories": ["event:1"]}
    sections = [{"kind": kind, **given} for kind in ("text", "figures", "money", "places", "stories")]
    kept = telling.save(report, values={"sections": sections[::-1]}, revision=0, **office.done).sections
    assert [one["kind"] for one in kept] == ["stories", "places", "money", "figures", "text"]
    assert [set(one) - {"kind", "title", "body"} for one in kept] == [
        {"stories"},
        {"indicators"},
        set(),
        {"indicators"},
        set(),
    ]
    assert {one["title"] for one in kept} == {"Вступ"}
    assert refused(telling.save, report, values={"sections": [{"kind": "rumour"}]}, revision=1, **office.done)
    report.refresh_from_db()
    assert (report.revision, report.sections) == (1, kept)
