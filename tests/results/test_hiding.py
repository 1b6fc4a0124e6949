"""What few people are in is not told by the way it is counted, by another name, or by what is made of it."""

import pytest

from tests.factories import events, programmes, results
from viche.methods import headcounts
from viche.methods.refusals import Refused
from viche.results.operations import indicators

pytestmark = pytest.mark.django_db


def test_places_are_not_counted_by_a_part_of_the_people_there():
    programme = programmes.programme()
    officer = programmes.officer(programme)
    told = {"code": "IDP", "name": "Громади", "unit": "громад", "measure": "heads", "how": "hromadas"}
    with pytest.raises(Refused) as refused:
        indicators.define(programme, kind="counted", split="sex:f", by=officer, at=results.MOMENT, **told)
    assert refused.value.field == "how"
    made = indicators.define(programme, kind="counted", split="format:game", by=officer, at=results.MOMENT, **told)
    assert made.split == "format:game"


def test_a_group_that_is_an_age_is_masked_with_it():
    shown = headcounts.shown({"f:adult": 3, "f:older": 7, "f:youth": 20}, {"older": 7, "displaced": 9})
    assert (shown.ages["older"], shown.groups["older"], shown.groups["displaced"]) == (None, None, 9)


def test_a_ratio_of_what_is_not_for_everybody_is_not_either(client):
    programme = programmes.programme(code="RT")
    secret = results.counted(programme, "heads", is_public=False, name="Таємне")
    ratio = results.ratio(secret, results.counted(programme, "events"))
    events.accepted(events.published(programme))
    for address in (f"/programmes/RT/figures/{ratio.code}/", f"/programmes/RT/figures/{ratio.code}/records.json"):
        assert client.get(address).status_code == 404
    assert "Таємне" not in client.get("/programmes/RT/results/").content.decode()
