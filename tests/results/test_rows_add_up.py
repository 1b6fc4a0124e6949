"""After any history the rows at the address of every figure add up to it exactly, for everybody and for the office."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from tests.factories import programmes
from tests.factories import results as factory
from tests.facts.test_histories import History
from viche.results.choices import How
from viche.results.queries import printing

pytestmark = pytest.mark.django_db
STEPS = 25
COUNTED = (
    *(("heads", ""), ("heads", "sex:f"), ("heads", "age:youth sex:m"), ("heads", "group:older")),
    *(("events", ""), ("events", "format:seminar"), ("ideas", ""), ("attended", "")),
    *(("participants", ""), ("participants", "kind:hub"), ("paid.UAH", ""), ("granted.UAH", ""), ("applications", "")),
)


@pytest.mark.parametrize("seed", [3, 11])
def test_rows_add_up_whatever_has_happened(seed, client):
    history = History(seed)
    for _ in range(STEPS):
        history.step()
    programme = history.programme
    made = [factory.counted(programme, measure, split=split) for measure, split in COUNTED]
    made += [factory.counted(programme, "events", how=how) for how in (How.HROMADAS, How.OBLASTS)]
    made += [factory.counted(programme, "attended", how=How.ONCE)]
    own = factory.indicator(programme, parts=factory.PARTS, are_people=True)
    for number in history.chance.sample(range(1, 40), 4):
        factory.approved(own, number, parts={"women": str(history.chance.randint(0, number))})
    factory.ratio(made[0], made[4])
    factory.ratio(made[0], made[-1])
    officer = programmes.officer(programme)
    for one in printing.figures(programme, on=date(2024, 7, 1)):
        path = one["records_url"].removeprefix(settings.SITE_ADDRESS)
        client.logout()
        assert _sum(client, f"{path}.json") == Decimal(str(one["actual"] or 0)), one["code"]
        client.force_login(officer)
        office = f"/office{path.removeprefix('/programmes')}"
        rows = client.get(f"/office/{programme.code}/results.json").json()
        (shown,) = [row for row in rows if row["code"] == one["code"]]
        assert _sum(client, f"{office}.json") == Decimal(str(shown["actual"] or 0)), one["code"]


def _sum(client, address):
    return sum(Decimal(str(row["value"] or 0)) for row in client.get(address).json())
