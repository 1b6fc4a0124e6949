"""Programmes and awards as donors are told of them."""

from datetime import UTC, datetime

import pytest

from tests.factories import awards, people, programmes
from viche.awards.models import Award
from viche.people.choices import OrganisationKind
from viche.programmes.choices import PartnerRole

NOW = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
PUBLISHER = {"id": "UA-EDR-00000000", "name": "Спілка громад", "name_en": "Union", "kind": "", "prefix": ""}


@pytest.fixture(autouse=True)
def publisher(settings, tmp_path):
    """Somebody publishes; editions lie in a folder of this test."""
    settings.PUBLISHER = PUBLISHER
    settings.VAR = tmp_path
    settings.SITE_ADDRESS = "https://viche.example"


@pytest.fixture
def fund():
    """A programme with partners and an officer; `.officer`."""
    made = programmes.programme(code="FUND", name="Фонд малих проєктів", name_en="Fund", lead_en="Small grants.")
    programmes.partner(made, name="Фонд солідарності", org_id="XI-IATI-1")
    programmes.partner(made, name="Виконавиця", role=PartnerRole.IMPLEMENTER)
    programmes.partner(made, name="Приятель", role=PartnerRole.PARTNER)
    made.officer = programmes.officer(made)
    return made


@pytest.fixture
def library(fund):
    """A closed grant of a library, of which some money came back."""
    one = people.organisation(name="Світла бібліотека", name_en="Light library", kind=OrganisationKind.LIBRARY)
    award = awards.closed(awards.active(fund, officer=fund.officer, organisation=one))
    Award.objects.filter(pk=award.pk).update(returned=1_600, closed_at=awards.LATER)
    return Award.objects.get(pk=award.pk)
