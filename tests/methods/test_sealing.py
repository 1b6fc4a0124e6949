"""Canonical text, digest and seal."""

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viche.methods import sealing

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_the_order_of_keys_does_not_matter():
    assert sealing.canonical({"б": 1, "а": [2, None]}) == '{"а":[2,null],"б":1}'


@given(VALUES)
def test_canonical_text_reads_back_and_can_be_stored(value):
    text = sealing.canonical(value)
    assert json.loads(text) == value
    assert "\x00" not in text
    text.encode()


def test_half_a_surrogate_pair_is_escaped():
    assert sealing.canonical("\ud800") == '"\\ud800"'


def test_what_json_does_not_know_is_turned_by_the_caller_or_refused():
    assert sealing.canonical({"x": 1 + 2j}, default=str) == '{"x":"(1+2j)"}'
    with pytest.raises(TypeError):
        sealing.canonical({"x": 1 + 2j})


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(ValueError, match="JSON compliant"):
        sealing.canonical(number)


def test_a_digest_is_a_salted_sha256():
    assert sealing.digest("salt", "тіло") == hashlib.sha256("salt:тіло".encode()).hexdigest()
    assert sealing.digest("a", "x") != sealing.digest("b", "x")


def test_a_seal_is_an_hmac_over_fields_that_cannot_run_into_each_other():
    expected = hmac.new(b"key", b'[1,"a",null]', hashlib.sha256).hexdigest()
    assert sealing.seal(b"key", [1, "a", None]) == expected
    assert sealing.seal(b"key", ["ab", "c"]) != sealing.seal(b"key", ["a", "bc"])
    assert sealing.seal(b"other", [1, "a", None]) != expected
