"""What the office types of indicators and values: each field's fault, lines read as pairs, what is shown again."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import people, places, programmes
from tests.factories import results as factory
from viche.results.forms import aims as forms
from viche.results.forms.tables import PeriodForm, PeriodsForm, TargetsForm
from viche.results.forms.values import BeginForm, EvidenceForm, ValueForm, ValueSearch
from viche.results.operations import indicators
from viche.results.queries import aims, definitions, reported

pytestmark = pytest.mark.django_db
COMMON = {"code": "P1", "name": "Ініціативи мешканців", "unit": "ініціатив", "direction": "up"}


@pytest.fixture
def programme():
    return programmes.programme()


def own_of(kind, programme):
    """What a form of this kind needs beside what all have."""
    if kind == "counted":
        return {"counts": "heads|", "how": "sum"}
    if kind == "ratio":
        over, under = factory.counted(programme), factory.indicator(programme)
        return {"over": str(over.pk), "under": str(under.pk), "times": "100"}
    return {}


def form_of(kind, programme, **typed):
    """The form as it was typed; a field given as None was not sent."""
    sent = {**COMMON, **own_of(kind, programme), **typed}
    return forms.KINDS[kind]({name: one for name, one in sent.items() if one is not None}, programme=programme)


FAULTS = [
    ("code", "", "Заповніть"),
    ("code", "P" * 25, "Скоротіть на 1"),
    ("name", " \n ", "Заповніть"),
    ("name", "я" * 201, "до 200 знаків, а у вас 201"),
    ("name_en", "y" * 203, "Скоротіть на 3"),
    ("unit", "", "без неї число нічого не каже"),
    ("unit", "о" * 61, "Скоротіть на 1"),
    ("unit_en", "o" * 61, "Скоротіть на 1"),
    ("goal", "999999", "з запропонованого"),
    ("goal", "друга", "з запропонованого"),
    ("direction", "sideways", "з запропонованого"),
    ("direction", None, "Виберіть відповідь"),
    ("baseline", "багато", "Напишіть число"),
    ("baseline", "1,234", "Не більше 2 знаків"),
    ("baseline_on", "31.02.2024", "чи є такий день"),
    ("what_counts", "я" * 2001, "Скоротіть на 1"),
    ("who_counts", "я" * 201, "Скоротіть на 1"),
    ("doubles", "я" * 2001, "Скоротіть на 1"),
    ("source", "я" * 2002, "Скоротіть на 2"),
    ("goals", ["18"], "з запропонованого"),
    ("goals", ["5", "мир"], "з запропонованого"),
    ("donor_codes", "я" * 2001, "Скоротіть на 1"),
]


@pytest.mark.parametrize("kind", ["counted", "reported", "ratio"])
@pytest.mark.parametrize(("field", "value", "words"), FAULTS)
def test_a_fault_of_any_kind_stands_at_its_field_alone(programme, kind, field, value, words):
    form = form_of(kind, programme, **{field: value})
    assert list(form.errors) == [field]
    assert words in " ".join(form.errors[field])


@pytest.mark.parametrize(
    ("kind", "field", "value", "words"),
    [
        ("counted", "counts", "", "Виберіть"),
        ("counted", "counts", "wishes|", "з запропонованого"),
        ("counted", "counts", "heads|sex:q", "з запропонованого"),
        ("counted", "counts", "paid|", "з запропонованого"),
        ("counted", "counts", "paid.DOGE|", "з запропонованого"),
        ("counted", "how", "dream", "з запропонованого"),
        ("counted", "how", None, "Виберіть відповідь"),
        ("reported", "parts", "я" * 2001, "Скоротіть на 1"),
        ("ratio", "over", "", "Виберіть"),
        ("ratio", "under", "123456789", "з запропонованого"),
        ("ratio", "over", "9" * 30, "з запропонованого"),
        ("ratio", "times", "", "Заповніть"),
        ("ratio", "times", "0", "Щонайменше 1"),
        ("ratio", "times", "1,5", "ціле число"),
        ("ratio", "times", "1 000 001", "Зменште на 1"),
        ("ratio", "times", "сто", "Напишіть число"),
    ],
)
def test_a_fault_of_where_values_come_from_stands_at_its_field(programme, kind, field, value, words):
    form = form_of(kind, programme, **{field: value})
    assert list(form.errors) == [field]
    assert words in " ".join(form.errors[field])


@pytest.mark.parametrize("kind", ["counted", "reported", "ratio"])
def test_what_is_whole_becomes_an_indicator_and_is_shown_again_as_it_was_typed(programme, kind):
    goal = programmes.goal(programme)
    typed = {
        "goal": str(goal.pk),
        "goals": ["16", "5"],
        "donor_codes": "Фонд: 1.2\n\n Посольство : R7 ",
        "baseline": "1 200,5",
    }
    typed |= {"baseline_on": "1.2.2024", "who_counts": "Координаторка", "is_headline": "on"}
    form = form_of(kind, programme, **typed)
    assert form.errors == {}
    one = indicators.define(programme, kind=kind, **form.values(), by=programmes.officer(programme), at=factory.MOMENT)
    assert (one.goal, one.baseline, one.baseline_on, one.is_headline) == (
        goal,
        Decimal("1200.5"),
        date(2024, 2, 1),
        True,
    )
    assert not one.is_public
    assert sorted(one.goals) == [5, 16]
    shown = forms.KINDS[kind](programme=programme, instance=one)
    assert "code" not in shown.fields
    assert shown.initial["donor_codes"] == "Фонд: 1.2\nПосольство: R7"
    assert (shown.initial["goal"], shown.initial["who_counts"]) == (goal.pk, "Координаторка")
    parts = (shown.main_fields, shown.own_fields, shown.english_fields, shown.sheet_fields, shown.last_fields)
    names = [field.name for part in parts for field in part]
    assert sorted([*names, "goals"]) == sorted(shown.fields)


def test_what_a_counted_one_offers_is_each_measure_with_the_whole_first_and_its_own_parts_after(programme):
    form = forms.CountedForm(programme=programme)
    groups = form.fields["counts"].choices[1:]
    assert len(groups) == len(definitions.offers())
    for (_words, choices), offer in zip(groups, definitions.offers(), strict=True):
        parts = list(definitions.parts_of(offer.measure))
        assert [key for key, _said in choices] == [f"{offer.code}|", *(f"{offer.code}|{part}" for part, _said in parts)]
        assert choices[0][1].endswith(": усе")
    keys = [key for _words, choices in groups for key, _said in choices]
    assert len(keys) == len(set(keys))
    assert {"heads|sex:f", "heads|age:youth sex:f", "paid.UAH|", "paid.EUR|"} <= set(keys)
    assert "events|sex:f" not in keys


def test_a_counted_one_comes_back_with_its_part_chosen(programme):
    one = factory.counted(programme, "heads", split="age:youth sex:f", how="oblasts")
    form = forms.CountedForm(programme=programme, instance=one)
    assert form.initial["counts"] == "heads|age:youth sex:f"
    assert 'value="heads|age:youth sex:f" selected' in str(form["counts"])
    assert forms.CountedForm(programme=programme).initial["how"] == "sum"


def test_a_ratio_offers_what_is_of_the_programme_and_no_ratio(programme):
    over, under = factory.counted(programme), factory.indicator(programme)
    made = factory.ratio(over, under, times=1000)
    factory.indicator()
    form = forms.RatioForm(programme=programme)
    assert [key for key, _words in form.fields["under"].choices] == ["", over.pk, under.pk]
    assert form.initial["times"] == 100
    again = forms.RatioForm(programme=programme, instance=made)
    assert (again.initial["over"], again.initial["under"], again.initial["times"]) == (over.pk, under.pk, 1000)


def test_goals_of_the_programme_are_numbered_and_those_of_others_no_choice(programme):
    goal, foreign = programmes.goal(programme, text="Відкрита влада"), programmes.goal()
    form = form_of("reported", programme, goal=str(foreign.pk))
    assert "goal" in form.errors
    assert [key for key, _words in form.fields["goal"].choices] == ["", goal.pk]
    assert "Відкрита влада" in form.fields["goal"].choices[1][1]
    assert form_of("reported", programme, goal="").is_valid()


def test_all_seventeen_goals_of_sustainable_development_may_be_ticked(programme):
    form = form_of("reported", programme, goals=[str(number) for number in range(1, 18)])
    assert form.is_valid()
    assert form.values()["goals"] == list(range(1, 18))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("  \n\n", []),
        ("Фонд: 1.2", [("Фонд", "1.2")]),
        ("1.2", [("", "1.2")]),
        ("Фонд:", [("Фонд", "")]),
        (": 1.2", [("", "1.2")]),
        ("Фонд: A: B", [("Фонд", "A: B")]),
        (" Фонд : 1.2 \n\nФонд: 1.3\r\nПосольство:R7", [("Фонд", "1.2"), ("Фонд", "1.3"), ("Посольство", "R7")]),
    ],
)
def test_lines_are_read_as_pairs(text, found):
    assert [(one["donor"], one["code"]) for one in forms.pairs(text, ("donor", "code"))] == found


@pytest.mark.parametrize("text", ["Фонд: 1.2\nПосольство: R7", "Фонд: A: B", "women: жінки\nmen: чоловіки", ""])
def test_pairs_are_written_as_they_are_read(text):
    names = ("code", "name")
    assert forms.written(forms.pairs(text, names), names) == text


def test_a_donor_may_have_two_codes_and_a_code_two_donors(programme):
    given = {"kind": "reported", "by": programmes.officer(programme), "at": factory.MOMENT}
    form = form_of("reported", programme, donor_codes="Фонд: 1.2\nФонд: 1.3\nПосольство: 1.2")
    assert form.is_valid()
    assert len(indicators.define(programme, **given, **form.values()).donor_codes) == 3


def test_parts_keep_their_codes_when_they_are_renamed(programme):
    one = factory.indicator(programme, parts=factory.PARTS)
    form = forms.ReportedForm(programme=programme, instance=one)
    assert form.initial["parts"] == "women: жінки\nmen: чоловіки"
    typed = {**COMMON, "parts": "women: жінки й дівчата\nmen: чоловіки\nінші"}
    form = forms.ReportedForm(typed, programme=programme, instance=one)
    assert form.is_valid()
    given = {name: value for name, value in form.values().items() if name != "code"}
    changed = indicators.change(one, **given, by=people.administrator(), at=factory.MOMENT)
    assert changed.parts == [
        {"code": "women", "name": "жінки й дівчата"},
        {"code": "men", "name": "чоловіки"},
        {"code": "inshi", "name": "інші"},
    ]


def draft(**changes):
    return factory.value(factory.indicator(parts=factory.PARTS), None, proved=False, **changes)


@pytest.mark.parametrize(
    ("typed", "faulty", "kept"),
    [
        ({"number": "12"}, set(), {"number": Decimal(12)}),
        ({"number": "1 200,50"}, set(), {"number": Decimal("1200.5")}),
        ({"number": "-3"}, {"number"}, {"number": None}),
        ({"number": "1,005"}, {"number"}, {"number": None}),
        ({"number": "12", "part_women": "сім"}, {"part_women"}, {"number": Decimal(12), "parts": {}}),
        ({"part_women": "7", "part_men": "0"}, set(), {"parts": {"women": Decimal(7), "men": Decimal(0)}}),
        ({"part_ghosts": "7"}, set(), {"parts": {}}),
        ({"on": "20.05.2024"}, set(), {"on": date(2024, 5, 20)}),
        ({"on": "2024-05-20"}, set(), {"on": date(2024, 5, 20)}),
        ({"on": "колись"}, {"on"}, {"on": None}),
        ({"oblast": "nowhere"}, {"oblast"}, {"oblast": None}),
        ({"hromada": "UA00"}, {"hromada"}, {"hromada": None}),
        ({"note": "  Слова.  "}, set(), {"note": "Слова."}),
        ({}, set(), {"number": None, "parts": {}, "on": None, "note": ""}),
    ],
)
def test_a_value_gives_what_can_be_read_and_keeps_the_rest_as_it_was_typed(typed, faulty, kept):
    form = ValueForm({"revision": "0", **typed}, value=draft())
    found = form.values()
    assert {name: found[name] for name in kept} == kept
    assert set(found["unread"]) == faulty
    assert all(found["unread"][name] == typed[name] for name in faulty)
    assert set(form.faults) == {f"id_{name}" for name in faulty}


def test_too_long_a_note_is_complained_of_and_handed_on_whole():
    form = ValueForm({"revision": "0", "note": "я" * 4001}, value=draft())
    found = form.values()
    assert len(found["note"]) == 4001
    assert found["unread"] == {}
    assert list(form.faults) == ["id_note"]


@pytest.mark.parametrize(("typed", "revision"), [("3", 3), ("", -1), ("перша", -1), (None, -1)])
def test_a_value_without_a_revision_is_never_taken_for_the_newest(typed, revision):
    sent = {} if typed is None else {"revision": typed}
    assert ValueForm(sent, value=draft()).values()["revision"] == revision


def test_a_value_is_shown_with_what_could_not_be_read_in_its_place():
    oblast = places.oblast()
    value = draft(unread={"number": "дванадцять"}, parts={"women": "7"}, oblast=oblast, revision=4)
    form = ValueForm(value=value)
    assert (form.initial["number"], form.initial["part_women"]) == ("дванадцять", "7")
    assert (form.initial["oblast"], form.initial["revision"]) == (oblast.slug, 4)
    assert [field.label for field in form.part_fields] == ["жінки", "чоловіки"]


def test_a_value_is_begun_only_of_what_is_reported_and_open(programme):
    own, closed = factory.indicator(programme), factory.period(programme, closed_at=factory.MOMENT)
    counted, open_one = factory.counted(programme), factory.period(programme, since=date(2024, 7, 1))
    asked = reported.beginnings(programme)
    assert (asked.indicators, asked.periods) == ([own], [open_one])
    good = BeginForm({"indicator": str(own.pk), "period": str(open_one.pk)}, beginnings=asked)
    assert good.is_valid()
    assert good.values() == {"indicator": own, "period": open_one}
    bad = BeginForm({"indicator": str(counted.pk), "period": str(closed.pk)}, beginnings=asked)
    assert set(bad.errors) == {"indicator", "period"}
    assert set(BeginForm({}, beginnings=asked).errors) == {"indicator", "period"}


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({"kind": "link", "caption": "Сайт", "link": "https://example.org"}, set()),
        ({"kind": "link", "caption": "Сайт"}, set()),  # the operation says what lacks
        ({"kind": "rumour", "caption": "Сайт"}, {"kind"}),
        ({"caption": "Сайт"}, {"kind"}),
        ({"kind": "photo", "caption": ""}, {"caption"}),
        ({"kind": "photo", "caption": "я" * 201}, {"caption"}),
        ({"kind": "link", "caption": "Сайт", "link": "https://example.org/" + "a" * 500}, {"link"}),
    ],
)
def test_evidence_as_it_is_typed(typed, faulty):
    assert set(EvidenceForm(typed).errors) == faulty


def test_a_search_takes_what_makes_sense_of_it(programme):
    one, period = factory.indicator(programme), factory.period(programme)
    known = {"indicators": [one], "periods": [period]}
    asked = {"state": "draft", "indicator": one.code, "period": str(period.pk)}
    assert ValueSearch(asked, **known).chosen() == {
        "state": "draft",
        "indicator__code": one.code,
        "period": str(period.pk),
    }
    assert ValueSearch({"state": "lost", "indicator": "NONE", "period": "0"}, **known).chosen() == {}
    assert ValueSearch({**asked, "state": "lost"}, **known).chosen().keys() == {"indicator__code", "period"}


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [
        ({"name": "Весна", "starts_on": "1.3.2024", "ends_on": "2024-05-31"}, set()),
        ({"name": " ", "starts_on": "1.3.2024", "ends_on": "31.5.2024"}, {"name"}),
        ({"name": "я" * 81, "starts_on": "1.3.2024", "ends_on": "31.5.2024"}, {"name"}),
        ({"name": "Весна", "name_en": "y" * 81, "starts_on": "1.3.2024", "ends_on": "31.5.2024"}, {"name_en"}),
        ({"name": "Весна", "starts_on": "30.2.2024", "ends_on": "навесні"}, {"starts_on", "ends_on"}),
        ({}, {"name", "starts_on", "ends_on"}),
    ],
)
def test_a_period_as_it_is_typed(typed, faulty):
    assert set(PeriodForm(typed).errors) == faulty


@pytest.mark.parametrize(("each", "fits"), [("quarter", True), ("year", True), ("week", False), ("", False)])
def test_periods_are_quarters_or_years(each, fits):
    assert PeriodsForm({"each": each}).is_valid() is fits


def test_the_table_of_targets_has_a_field_for_each_open_cell_and_keeps_faults_apart(programme):
    one = factory.counted(programme, "heads")
    open_one, closed = (
        factory.period(programme),
        factory.period(programme, since=date(2024, 1, 1), closed_at=factory.MOMENT),
    )
    factory.target(one, 7, period=closed)
    factory.target(one, 50, period=open_one)
    table = aims.of(one, "sex")
    form = TargetsForm(table=table)
    width = len(table.columns)
    assert len(form.places) == 2 * width
    assert form.initial[f"t-{open_one.pk}-0"] == 50
    rows = list(form.rows)
    assert [period for period, _cells in rows] == [None, *table.periods]
    shut = next(cells for period, cells in rows if period == closed)
    assert [field for _column, field, _stored in shut] == [None] * width
    assert shut[0][2] == 7
    typed = {"mark": table.mark, "t-0-0": "багато", f"t-{open_one.pk}-0": "-5", f"t-{open_one.pk}-1": "3,141"}
    form = TargetsForm(typed, table=table)
    assert set(form.errors) == {"t-0-0", f"t-{open_one.pk}-0", f"t-{open_one.pk}-1"}
    form = TargetsForm({"mark": table.mark, "t-0-0": "6 000"}, table=table)
    assert form.is_valid()
    assert form.cells()[None, ""] == 6000
    assert (closed.pk, "") not in form.cells()
    assert "mark" in TargetsForm({"t-0-0": "1"}, table=table).errors
