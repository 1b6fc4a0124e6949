"""The demonstration tells donors what a real installation would, and says that it is invented."""

import io
import json

import pytest
from django.utils import timezone
from lxml import etree

from tests.factories import places
from tests.formats.conftest import official
from viche.demo import fund, prepare, stage
from viche.formats.iati import checking as iati
from viche.formats.iati import schema
from viche.formats.threesixty import checking as threesixty
from viche.site import operations

pytestmark = pytest.mark.django_db
__all__ = ["official"]


@pytest.fixture
def played(settings, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path
    for oblast in {told[3] for told in stage.texts("hromadas")["hromadas"]}:
        places.oblast(name=oblast)
    prepare.play(fund.play)


def test_five_grants_of_the_fund_pass_everything(played, client, official):
    now = timezone.now()
    assert [(one.published, one.findings) for one in operations.publish(at=now)] == [(6, []), (5, [])]
    answer = client.get("/open/iati/activities.xml")
    content = b"".join(answer.streaming_content)
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'filename="demo-activities.xml"' in answer["Content-Disposition"]
    assert list(iati.check(io.BytesIO(content), now=now)) == []
    assert etree.XMLSchema(etree.parse(schema.folder() / "iati-activities-schema.xsd")).validate(
        etree.fromstring(content)
    )
    told = etree.fromstring(content)
    described = told.xpath("iati-activity/description/narrative[not(@xml:lang)]/text()")
    assert len(described) == 6
    assert all(one.startswith("Вигадано для показу.") for one in described)
    assert set(told.xpath("iati-activity[@hierarchy='2']/activity-status/@code")) == {"4"}
    paid = told.xpath("sum(iati-activity/transaction[transaction-type/@code='3']/value)")
    promised = told.xpath("sum(iati-activity/transaction[transaction-type/@code='2']/value)")
    assert paid == promised > 0

    content = b"".join(client.get("/open/360giving.json").streaming_content)
    assert list(threesixty.check(io.BytesIO(content), now=now)) == []
    assert [error.message for error in official.iter_errors(json.loads(content))] == []
    given = json.loads(content)
    assert given["description"].startswith("Вигадано для показу.")
    assert all(one["description"].startswith("Вигадано для показу.") for one in given["grants"])
