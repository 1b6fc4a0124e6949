"""EDRPOU: the check digit and what is said about a wrong code."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from viche.formats import edrpou

stems = st.text(alphabet="0123456789", min_size=7, max_size=7)


@pytest.mark.parametrize("code", ["32855961", "23226362", "23246880", "25083040", "14360570", "00032112"])
def test_codes_of_the_register_are_valid(code):
    assert edrpou.fault(code) is None
    assert edrpou.is_valid(code)
    assert edrpou.org_id(code) == f"UA-EDR-{code}"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("", "length"),
        ("1234567", "length"),
        ("123456789", "length"),
        ("1234567a", "digits"),
        ("3285 961", "digits"),
        ("٣٢٨٥٥٩٦١", "digits"),
        ("²2855961", "digits"),
        ("32855968", "check"),
        ("00000000", "check"),
    ],
)
def test_faults(code, fault):
    assert edrpou.fault(code) == fault
    assert not edrpou.is_valid(code)
    with pytest.raises(ValueError, match=fault):
        edrpou.org_id(code)


def test_check_digit_worked_by_hand():
    assert edrpou.check_digit("3285596") == "1"  # 7·3+1·2+2·8+3·5+4·5+5·9+6·6 = 155 = 14·11 + 1
    assert edrpou.check_digit("1436057") == "0"  # 1·1+2·4+3·3+4·6+5·0+6·5+7·7 = 121 = 11·11
    assert edrpou.check_digit("0000053") == "7"  # 6·5+7·3 = 51 leaves 7
    assert edrpou.check_digit("0000003") == "5"  # 7·3 = 21 leaves 10; 9·3 = 27 leaves 5
    assert edrpou.check_digit("3000001") == "5"  # 7·3+6·1 = 27 leaves 5: the other weights
    assert edrpou.check_digit("6000000") == "6"  # 1·6: plain weights again
    assert edrpou.check_digit("0000200") == "3"  # 5·2 = 10; 7·2 = 14 leaves 3


def test_ten_twice_gives_zero():
    twice = next(
        stem
        for stem in (f"{number:07d}" for number in range(10_000_000))
        if sum(int(d) * w for d, w in zip(stem, range(1, 8), strict=True)) % 11 == 10
        and sum(int(d) * w for d, w in zip(stem, range(3, 10), strict=True)) % 11 == 10
    )
    assert edrpou.check_digit(twice) == "0"


@given(stems)
def test_every_stem_has_one_valid_code(stem):
    assume(stem.strip("0"))
    valid = [stem + digit for digit in "0123456789" if edrpou.is_valid(stem + digit)]
    assert valid == [stem + edrpou.check_digit(stem)]
