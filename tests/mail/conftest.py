"""Letters of tests have templates of their own, and an address of their own to come from."""

from copy import deepcopy
from pathlib import Path

import pytest

from tests.factories import mail as made


@pytest.fixture(autouse=True)
def _letters(settings):
    settings.TEMPLATES = deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.SITE_ADDRESS = "https://viche.example"
    settings.SITE_NAME = "Віче"
    settings.DEMO = False


@pytest.fixture
def server(settings):
    with made.mail_server(settings) as running:
        yield running
