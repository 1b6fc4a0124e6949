"""Units are declined after their numbers."""

from decimal import Decimal

import pytest

from viche.methods import units


@pytest.mark.parametrize(
    ("unit", "number", "said"),
    [
        ("людей", 7773, "людини"),
        ("людей", 1, "людина"),
        ("людей", 11, "людей"),
        ("людей", 112, "людей"),
        ("людей", 0, "людей"),
        ("заходів", 3, "заходи"),
        ("Заходів", 21, "захід"),
        ("заходів", Decimal("328.00"), "заходів"),
        ("громада", 5, "громад"),
        ("області", 24, "області"),
        ("заходів", Decimal("1.5"), "заходів"),
        ("заходів", None, "заходів"),
        ("пресконференцій просто неба", 1, "пресконференцій просто неба"),
        ("people", 1, "person"),
        ("people", 21, "people"),
        ("events", 1, "event"),
        ("event", 2, "events"),
        ("%", 21, "%"),
    ],
)
def test_a_unit_takes_the_form_of_its_number(unit, number, said):
    assert units.declined(unit, number) == said


def test_no_form_belongs_to_two_units():
    forms = [form for forms in (*units.UKRAINIAN, *units.ENGLISH) for form in set(forms)]
    assert len(forms) == len(set(forms))
