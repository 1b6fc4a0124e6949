"""Letters of tests have templates of their own, which lie with the tests of mail."""

from copy import deepcopy
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _letters(settings):
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [Path(__file__).parents[1] / "mail" / "templates"]
