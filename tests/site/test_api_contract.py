"""The API against its own description: schemathesis asks every address what the description allows and what it does not.

Every check it has is made, among them that answers have the schema, that what is wrong is refused, that nothing ends in 500.
"""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from hypothesis import settings as bounded

from tests.factories import awards, calls, events, people, programmes

EXAMPLES = 30  # of each address, beside those that stand in the description and its edges
CONFIG = {
    # A place to go on from is a text that only we can write: a made-up one is 400, all else that is allowed must be answered.
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "401", "403", "404"]}},
    "generation": {"deterministic": True},
}
# The description asks no table, so it is read before there is any.
DESCRIBED = schemathesis.openapi.from_wsgi(
    "/api/v1/openapi.json", get_wsgi_application(), config=schemathesis.Config.from_dict(CONFIG)
)


@pytest.fixture
def connected():
    """Keep the connection that holds the test's transaction, as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def secret(db, settings, connected):
    """What a program of an officer sends, of an installation where something is."""
    settings.API_REQUESTS_A_MINUTE = 10**6
    programme = programmes.programme(code="FUND")
    programmes.participant(programme)
    calls.submitted(calls.announced(programme))
    awards.active(programme)
    awards.prepared(programme)
    events.published(programme)
    events.submitted(programme)
    return people.key(programmes.officer(programme)).secret


@DESCRIBED.parametrize()
@bounded(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
def test_every_address_does_what_it_says(case, secret):
    key = {"Authorization": f"Bearer {secret}"} if "/office/" in case.path else {}
    case.call_and_validate(headers={"Accept-Encoding": "identity", **key})
