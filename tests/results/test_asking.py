"""What an address asks of figures: how its words are read, what months and places come of them, what goes along."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as some

from tests.factories import places, programmes
from tests.factories import results as factory
from viche.facts.queries.figures import EVER
from viche.results.forms import asking as forms
from viche.results.models import Period
from viche.results.queries import asking
from viche.results.queries.asking import Chosen, When, Where
from viche.results.views import asked

ON = date(2024, 9, 15)
Q2 = Period(name="II квартал", starts_on=date(2024, 4, 1), ends_on=date(2024, 6, 30))
Q3 = Period(name="III квартал", starts_on=date(2024, 7, 1), ends_on=date(2024, 9, 30))
MONTHS = some.dates(min_value=date(1991, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("written", "found"),
    [("2024-01", date(2024, 1, 1)), ("1991-01", date(1991, 1, 1)), ("2100-12", date(2100, 12, 1))],
)
def test_a_month_is_read_as_it_is_written(written, found):
    assert forms.read_month(written) == found


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2024",
        "2024-1",
        "2024-00",
        "2024-13",
        "1990-12",
        "2101-01",
        "2024-01-01",
        " 2024-01",
        "2024/01",
        "２０２４-０１",
        "٢٠٢٤-٠١",
    ],
)
def test_what_is_no_month_is_refused_in_a_sentence(written):
    with pytest.raises(ValidationError, match="як-от 2025-01"):
        forms.read_month(written)


@given(some.text(max_size=12))
def test_whatever_is_typed_is_a_month_or_a_sentence(written):
    try:
        found = forms.read_month(written)
    except ValidationError:
        return
    assert f"{found:%Y-%m}" == written


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("", (None, None)),
        ("2024", (date(2024, 1, 1), date(2024, 12, 1))),
        ("2024-04_2024-06", (date(2024, 4, 1), date(2024, 6, 1))),
    ],
)
def test_a_choice_of_a_period_names_its_months(word, found):
    assert forms.months_of(word) == found


@pytest.mark.parametrize(
    ("starts", "ends", "on", "years"),
    [
        (2022, 2024, ON, ["2022", "2023", "2024"]),
        (2022, 2030, ON, ["2022", "2023", "2024"]),
        (2020, 2021, ON, ["2020", "2021"]),
        (2026, 2028, ON, ["2026"]),
    ],
)
def test_years_of_the_programme_so_far_may_be_chosen(starts, ends, on, years):
    programme = programmes.Programme(starts_on=date(starts, 3, 1), ends_on=date(ends, 11, 30))
    words = [word for word, _label in forms.period_choices(programme, [Q2], on=on)]
    assert words == ["", "2024-04_2024-06", *years]
    # Each of them can be read again.
    assert all(forms.months_of(word) for word in words)


@pytest.mark.parametrize(
    ("since", "until", "found", "label"),
    [
        (None, None, (None, None), "від початку програми"),
        (date(2024, 4, 1), date(2024, 6, 1), (date(2024, 4, 1), date(2024, 6, 30)), "II квартал"),
        (date(2024, 4, 17), date(2024, 6, 2), (date(2024, 4, 1), date(2024, 6, 30)), "II квартал"),
        (date(2024, 4, 1), date(2024, 5, 1), (date(2024, 4, 1), date(2024, 5, 31)), "квітень 2024 – травень 2024"),
        (date(2024, 2, 1), date(2024, 2, 1), (date(2024, 2, 1), date(2024, 2, 29)), "лютий 2024"),
        (date(2023, 1, 1), date(2023, 12, 1), (date(2023, 1, 1), date(2023, 12, 31)), "2023 рік"),
        (date(2023, 1, 1), date(2024, 12, 1), (date(2023, 1, 1), date(2024, 12, 31)), "січень 2023 – грудень 2024"),
        (date(2024, 7, 1), None, (date(2024, 7, 1), date(2024, 9, 30)), "III квартал"),
        (date(2025, 3, 1), None, (date(2025, 3, 1), date(2025, 3, 31)), "березень 2025"),
        (None, date(2024, 6, 1), (EVER[0], date(2024, 6, 30)), "січень 1991 – червень 2024"),
    ],
)
def test_months_are_whole_and_told_by_the_name_of_their_period(since, until, found, label):
    when = asking.months(since, until, [Q2, Q3], on=ON)
    assert (when.since, when.until) == found
    assert when.label == label
    assert (when.period is not None) == (label in {Q2.name, Q3.name})
    assert when.is_ever == (since is None and until is None)


@given(some.none() | MONTHS, some.none() | MONTHS, MONTHS)
def test_months_always_begin_and_end_whole(since, until, on):
    if since and until and until < since:
        since, until = until, since
    when = asking.months(since, until, [], on=on)
    if when.is_ever:
        assert since is until is None
        return
    assert when.since.day == 1
    assert when.since <= when.until
    assert (when.until.replace(day=28).month, when.until.day >= 28) == (when.until.month, True)
    assert since is None or when.since <= since <= when.until
    assert until is None or when.since <= until <= when.until


WORDS = some.text(max_size=12).filter(lambda word: word.isprintable())


@given(
    some.dictionaries(some.sampled_from(asking.KEPT), WORDS), some.dictionaries(some.sampled_from(asking.KEPT), WORDS)
)
def test_a_query_says_what_is_kept_with_the_changes_and_nothing_empty(kept, changes):
    query = Chosen(None, When(), Where(), tuple(kept.items())).query(**changes)
    expected = {name: word for name, word in {**kept, **changes}.items() if word}
    assert dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)) == expected
    assert query.startswith("?") == bool(expected)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("", "", ""), ()),
        (("poltavska", "", ""), ("oblast",)),
        (("", "raion", ""), ("oblast", "raion")),
        (("poltavska", "raion", ""), ("oblast", "raion")),
        (("volynska", "raion", ""), ("other",)),
        (("", "", "hromada"), ("oblast", "raion", "hromada")),
        (("poltavska", "", "hromada"), ("oblast", "raion", "hromada")),
        (("poltavska", "raion", "hromada"), ("oblast", "raion", "hromada")),
        (("volynska", "", "hromada"), ("other",)),
        (("volynska", "raion", "hromada"), ("other",)),
        (("nobody", "", ""), None),
        (("", "nobody", ""), None),
        (("", "", "nobody"), None),
        (("nobody", "raion", "hromada"), None),
        (("", "nobody", "hromada"), ("oblast", "raion", "hromada")),
        (("poltavska", "raion", "nobody"), None),
    ],
)
def test_the_narrowest_place_of_the_words_is_asked_for(words, found):
    hromada, other = places.hromada(), places.oblast(name="Волинська")
    raion = hromada.raion
    real = [{"raion": raion.code, "hromada": hromada.slug}.get(word, word) for word in words]
    where = asking.where([hromada.oblast, other], *real)
    if found is None:
        assert where is None
        return
    known = {"oblast": hromada.oblast, "raion": raion, "hromada": hromada, "other": other}
    assert [one for one in (where.oblast, where.raion, where.hromada) if one] == [known[name] for name in found]
    assert where.label == (known[found[-1]].label if found else "")


@pytest.mark.django_db
def test_a_city_that_is_a_hromada_of_its_own_has_no_raion():
    city = places.whole_city()
    where = asking.where([city.oblast], "", "", city.slug)
    assert (where.oblast, where.raion, where.hromada) == (city.oblast, None, city)
    steps = asked.trail(Chosen(None, When(), where, (("hromada", city.slug),)))
    assert [label for _query, label in steps] == [city.oblast.label, city.label]


def form(programme, typed, *, oblasts=(), indicators=(), periods=(), on=ON):
    return forms.Asking(
        typed, programme=programme, periods=list(periods), oblasts=list(oblasts), indicators=indicators, on=on
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept", "months", "faults"),
    [
        ({}, {}, (None, None), ()),
        ({"period": "2024"}, {"period": "2024"}, ("2024-01", "2024-12"), ()),
        ({"period": "2024-04_2024-06"}, {"period": "2024-04_2024-06"}, ("2024-04", "2024-06"), ()),
        ({"period": "2023-04_2023-06"}, {}, (None, None), ("period",)),
        # Months that are typed are meant, whatever was chosen before.
        ({"period": "2024", "since": "2024-03"}, {"since": "2024-03"}, ("2024-03", "2024-09"), ()),
        ({"period": "2024", "until": "2024-03"}, {"until": "2024-03"}, ("1991-01", "2024-03"), ()),
        ({"period": "2024", "since": "x"}, {"period": "2024"}, ("2024-01", "2024-12"), ("since",)),
        ({"since": " 2024-03 "}, {"since": "2024-03"}, ("2024-03", "2024-09"), ()),
        (
            {"since": "2024-05", "until": "2024-05"},
            {"since": "2024-05", "until": "2024-05"},
            ("2024-05", "2024-05"),
            (),
        ),
        ({"since": "2024-06", "until": "2024-05"}, {"since": "2024-06"}, ("2024-06", "2024-09"), ("until",)),
        ({"since": "x", "until": "2024-05"}, {"until": "2024-05"}, ("1991-01", "2024-05"), ("since",)),
        ({"oblast": "poltavska"}, {"oblast": "poltavska"}, (None, None), ()),
        ({"oblast": "nobody"}, {}, (None, None), ("oblast",)),
        ({"hromada": "nobody", "period": "2024"}, {"period": "2024"}, ("2024-01", "2024-12"), ("__all__",)),
        ({"raion": "\0"}, {}, (None, None), ()),
        ({"raion": "0", "oblast": "poltavska"}, {}, (None, None), ("__all__",)),
        ({"show": "PEOPLE"}, {"show": "PEOPLE"}, (None, None), ()),
        ({"show": "people"}, {}, (None, None), ("show",)),
        ({"page": "2", "sort": "x"}, {}, (None, None), ()),
    ],
)
def test_what_cannot_be_read_is_left_out_and_all_else_is_kept(typed, kept, months, faults):
    programme = programmes.programme()
    quarter = factory.period(programme)
    one = factory.counted(programme, "heads", code="PEOPLE")
    read = form(programme, typed, oblasts=[places.oblast()], indicators=[one], periods=[quarter])
    chosen = read.chosen()
    assert dict(chosen.kept) == kept
    when = chosen.when
    assert tuple(month and f"{month:%Y-%m}" for month in (when.since, when.until)) == months
    assert tuple(read.errors) == faults
    # What was kept asks for the same again.
    again = form(programme, kept, oblasts=[places.oblast()], indicators=[one], periods=[quarter])
    assert again.chosen() == chosen
    assert not again.errors


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["raion", "hromada"])
def test_a_place_of_another_oblast_is_left_behind_in_the_address_too(name):
    hromada, other = places.hromada(), places.oblast(name="Волинська")
    word = hromada.slug if name == "hromada" else hromada.raion.code
    oblasts = [hromada.oblast, other]
    inside = form(programmes.programme(), {"oblast": "poltavska", name: word}, oblasts=oblasts).chosen()
    assert dict(inside.kept) == {"oblast": "poltavska", name: word}
    left = form(programmes.programme(), {"oblast": "volynska", name: word}, oblasts=oblasts).chosen()
    assert dict(left.kept) == {"oblast": "volynska"}
    alone = form(programmes.programme(), {name: word}, oblasts=oblasts).chosen()
    assert dict(alone.kept) == {"oblast": "poltavska", name: word}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("when", "is_in_place", "is_aimed"),
    [
        (When(), False, True),
        (When(), True, False),
        (When(Q2.starts_on, Q2.ends_on, Q2), False, True),
        (When(Q2.starts_on, Q2.ends_on, Q2), True, False),
        (When(Q2.starts_on, Q2.ends_on), False, False),
    ],
)
def test_only_the_whole_programme_and_its_periods_have_targets(when, is_in_place, is_aimed):
    oblast = places.oblast()
    chosen = Chosen(programmes.programme(), when, Where(oblast) if is_in_place else Where())
    assert chosen.is_aimed == is_aimed
    assert chosen.asked.oblast == (oblast.pk if is_in_place else None)
    assert (chosen.asked.since, chosen.asked.until) == ((when.since, when.until) if when.since else EVER)


@pytest.mark.django_db
def test_a_raion_is_asked_of_the_ledger_by_its_hromadas(django_assert_num_queries):
    first = places.hromada()
    second, _elsewhere = places.hromada(raion=first.raion), places.hromada()
    with django_assert_num_queries(1):
        raion = asking.where([first.oblast], first.oblast.slug, first.raion.code, "")
    chosen = Chosen(programmes.programme(), When(), raion)
    with django_assert_num_queries(0):
        assert sorted(chosen.asked.hromadas) == sorted([first.pk, second.pk])
        assert chosen.asked is chosen.asked
    with pytest.raises(ValueError, match="by its hromadas"):
        Where(first.oblast, first.raion)
    narrow = Chosen(chosen.programme, When(), Where(first.oblast, first.raion, first))
    with django_assert_num_queries(0):
        assert narrow.asked.hromadas == (first.pk,)
