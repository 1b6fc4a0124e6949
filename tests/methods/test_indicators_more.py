"""Indicators and the ledger, whatever the numbers: what holds of every ratio, progress, band of age, period and name of a part."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from viche.methods import indicators, ledger
from viche.methods.indicators import IndicatorFault

NUMBERS = some.decimals(min_value=0, max_value=10**9, places=2)
ABOVE = some.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2)
DAYS = some.dates(min_value=date(1991, 1, 1), max_value=date(2099, 12, 31))
NAMES = some.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)
SUMS = some.dictionaries(NAMES, some.integers(0, 10**6), max_size=4)


def periods(count):
    """So many spans of days, each the right way round."""
    return some.lists(some.tuples(DAYS, DAYS).map(sorted).map(tuple), max_size=count)


@given(NUMBERS, ABOVE, some.sampled_from([1, 100, 1000]))
def test_a_ratio_is_off_by_less_than_half_a_hundredth(over, under, times):
    found = indicators.ratio(over, under, times=times)
    assert found == found.quantize(Decimal("0.01"))
    assert abs(found * under - Decimal(times) * over) <= Decimal("0.005") * under + Decimal("0.0001")


@given(ABOVE, some.integers(1, 1000))
def test_a_ratio_of_a_number_to_itself_is_its_times(number, times):
    assert indicators.ratio(number, number, times=times) == times


@pytest.mark.parametrize(
    ("over", "under", "found"),
    [
        ("1", "200", "0.01"),
        ("1", "201", "0.00"),
        ("3", "200", "0.02"),
        ("2", "3", "0.67"),
        ("0.005", "1", "0.01"),
        ("7", "7", "1"),
    ],
)
def test_halves_of_hundredths_go_up(over, under, found):
    assert indicators.ratio(Decimal(over), Decimal(under)) == Decimal(found)
    assert Decimal(found) == (Decimal(over) / Decimal(under)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_progress_never_says_that_it_is_done_too_early(actual, target, baseline):
    assume(target != baseline)
    percent = indicators.progress(actual, target, baseline=baseline)
    assert percent >= 0
    is_up = target > baseline
    assert (percent >= 100) == (actual >= target if is_up else actual <= target)
    if (actual <= baseline) if is_up else (actual >= baseline):
        assert percent == 0


@given(NUMBERS, NUMBERS, ABOVE)
def test_more_is_never_less_progress(one, other, target):
    less, more = sorted((one, other))
    assert indicators.progress(less, target) <= indicators.progress(more, target)


@given(DAYS, some.integers(0, 400), DAYS)
def test_time_goes_from_nought_to_one_and_never_back(since, length, on):
    until = since + timedelta(days=length)
    share, next_day = (indicators.elapsed(since, until, day) for day in (on, on + timedelta(days=1)))
    assert 0 <= share <= next_day <= 1
    assert (share == 0) == (on < since)
    assert (share == 1) == (on >= until)


@given(some.integers(0, 300), some.integers(0, 100))
def test_behind_is_less_than_nine_tenths_of_the_time(percent, hundredths):
    share = Decimal(hundredths) / 100
    assert indicators.is_behind(percent, share) == (percent * 10 < hundredths * 9)
    # Who has reached the target is never behind, nor is anybody before it has begun.
    assert not indicators.is_behind(max(percent, 100), share)
    assert not indicators.is_behind(percent, Decimal(0))


@given(some.integers(0, 150), some.integers(0, 150), some.sampled_from("-–—"), some.sampled_from(["", " "]))
def test_a_band_of_age_is_read_with_any_dash(low, high, dash, blank):
    assert indicators.band(f"молодь {low}{blank}{dash}{blank}{high} років") == (low, high)
    assert indicators.band(f"{low}+") == (low, 999)


@given(some.lists(some.integers(0, 120), min_size=1, max_size=6, unique=True))
def test_bands_that_begin_where_others_end_do_not_overlap_and_one_year_more_does(starts):
    starts = sorted(starts)
    names = [f"{low}–{high - 1}" for low, high in zip(starts, [*starts[1:], 130], strict=True)]
    indicators.check_parts(names[::-1])
    if len(names) > 1:
        wider = f"{starts[0]}–{starts[1]}"
        with pytest.raises(IndicatorFault) as fault:
            indicators.check_parts([wider, *names[1:]])
        assert fault.value.why == "overlap"
        assert wider in fault.value.names


@given(some.lists(NAMES, min_size=1, max_size=5, unique=True), some.data())
def test_a_name_said_twice_is_found_however_it_is_written(names, data):
    indicators.check_parts(names)
    again = data.draw(some.sampled_from(names))
    with pytest.raises(IndicatorFault) as fault:
        indicators.check_parts([*names, f"  {again.upper()} "])
    assert fault.value.why == "twice"


@given(periods(6), DAYS, DAYS)
def test_a_period_that_shares_a_day_is_named_the_first_first(others, one, other):
    since, until = sorted((one, other))
    found = indicators.overlapping(since, until, others)
    sharing = [each for each in others if max(each[0], since) <= min(each[1], until)]
    assert found == min(sharing, default=None)


@given(DAYS, DAYS)
def test_whole_months_of_whole_months_are_the_same(one, other):
    months = indicators.whole_months(*sorted((one, other)))
    assert indicators.whole_months(*months) == months
    assert ledger.cover(*months) == ledger.cover(*sorted((one, other)))
    assert ledger.months(*months)[0] == months[0]
    assert ledger.after(ledger.months(*months)[-1], 1) == months[1] + timedelta(days=1)


@given(some.dictionaries(NAMES, NAMES, max_size=4))
def test_a_part_is_read_as_it_was_named(words):
    named = ledger.split(**words)
    assert ledger.parts(named) == words
    assert named.split() == sorted(named.split())


@given(DAYS, DAYS)
def test_months_that_follow_are_covered_by_the_same_spans_in_order(one, other):
    since, until = sorted((one, other))
    covered = ledger.cover(since, until)
    lengths = {4: 12, 6: 3, 7: 1}
    assert sum(lengths[len(span)] for span in covered) == len(ledger.months(since, until))
    assert len(set(covered)) == len(covered)
    # Seldom more than two months and three quarters stand on either side of whole years.
    assert sum(len(span) != 4 for span in covered) <= 10
    assert ledger.cover(until, since) == (covered if ledger.month(since) == ledger.month(until) else [])


@given(SUMS, SUMS, SUMS)
def test_sums_may_be_put_together_in_any_order(one, other, third):
    whole = ledger.merged([one, other, third])
    assert whole == ledger.merged([third, one, other]) == ledger.merged([ledger.merged([one, other]), third])
    assert sum(whole.values()) == sum(sum(each.values()) for each in (one, other, third))


@given(DAYS, some.integers(-600, 600), some.integers(-600, 600))
def test_months_later_add_up(day, one, other):
    first = ledger.month(day)
    assume(min(one, one + other) > 24 - 12 * first.year)
    assert ledger.after(ledger.after(first, one), other) == ledger.after(first, one + other)


@given(some.decimals(min_value=-(10**6), max_value=Decimal("-0.01"), places=2), NUMBERS)
def test_what_is_below_nought_is_named(number, whole):
    with pytest.raises(IndicatorFault) as fault:
        indicators.check_value(whole, {"women": number})
    assert (fault.value.why, fault.value.names, fault.value.found) == ("negative", ("women",), number)
    with pytest.raises(IndicatorFault) as fault:
        indicators.check_value(number, {})
    assert (fault.value.why, fault.value.names) == ("negative", ("",))
