"""A hub of a programme under way, and the draft of its event: what tests of writing begin with."""

import pytest

from tests.events.under_way import running
from tests.factories import events


@pytest.fixture
def hub():
    return events.hub(running())


@pytest.fixture
def event(hub):
    return events.draft(hub.programme, organisation=hub.organisation, by=hub.user)
