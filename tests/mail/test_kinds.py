"""Kinds are registered once each, and a kind that nobody registered is a mistake of ours."""

import pytest

from tests.factories import mail as made  # noqa: F401 — registers the kinds of tests
from viche.mail import kinds


def test_registering_the_same_again_is_well_and_another_is_not():
    assert kinds.register("tried.reminder", "Нагадування") == kinds.known("tried.reminder")
    with pytest.raises(ValueError, match=r"tried\.reminder"):
        kinds.register("tried.reminder", "Інше")


def test_an_unknown_kind_is_named():
    with pytest.raises(LookupError, match=r"tried\.unheard"):
        kinds.known("tried.unheard")


def test_what_always_goes_is_not_offered_for_declining():
    codes = [kind.code for kind in kinds.optional()]
    assert {"mail.digest", "tried.reminder", "tried.news"} <= set(codes)
    assert "tried.decision" not in codes
