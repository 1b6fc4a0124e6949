"""Titles are alike by the beginnings of their words, whatever order, case and endings they stand in."""

import pytest

from viche.methods import likeness


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Як працює бюджет участі", "Бюджет участі: як працює", 1),
        ("Бюджет участі", "Бюджету участі", 1),
        ("Бюджет участі", "Бюджет громади", 1 / 3),
        ("БЮДЖЕТ, УЧАСТЬ!", "«бюджет» участь", 1),
        ("Бюджет участі", "Відкриті дані", 0),
        ("", "", 0),
        ("я і ти", "я і ти", 0),
        ("П’ять кроків", "Пʼять кроків", 1),
    ],
)
def test_the_share_of_common_words(one, other, share):
    assert likeness.share(one, other) == pytest.approx(share)
    assert likeness.share(other, one) == likeness.share(one, other)
