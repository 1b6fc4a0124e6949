"""No page of the office offers a link that answers 404, whoever reads it. The menu is the same for all."""

import re
from html import unescape

import pytest
from django.urls import reverse

from tests.factories import awards, people, programmes
from tests.factories import reviews as made
from viche.reviews.operations import assigning

pytestmark = pytest.mark.django_db
WHO = ("officer", "panel", "observer", "administrator", "conflicted")


@pytest.fixture(params=WHO)
def reader(request, client):
    """A decided call, an award with a report, and somebody of the office, signed in."""
    stage = made.decided(applications=2, reviewers=2)
    stage.award = awards.active(stage.programme)
    awards.submitted(awards.report(stage.award))
    user = {
        "officer": lambda: stage.officer,
        "panel": lambda: stage.members[0],
        "observer": lambda: programmes.observer(stage.programme),
        "administrator": people.administrator,
        "conflicted": lambda: programmes.officer(stage.programme),
    }[request.param]()
    if request.param == "conflicted":
        assigning.recuse(stage.applications[0], note="", by=user, at=made.LATER)
        made.tie(user, stage.award.application)
    client.force_login(user)
    return stage


def addresses(stage):
    code, call = stage.programme.code, stage.call.code
    yield reverse("calls:office_list", args=[code])
    yield reverse("calls:office", args=[code, call])
    yield reverse("calls:office_applications", args=[code, call])
    yield reverse("reviews:office_list", args=[code])
    for name in ("office", "ranking", "panel", "protocol"):
        yield reverse(f"reviews:{name}", args=[code, call])
    for one in stage.applications:
        yield reverse("reviews:application", args=[code, call, one.code])
        yield reverse("calls:office_application", args=[code, call, one.code])
    yield reverse("awards:office_list", args=[code])
    yield reverse("awards:office", args=[code, stage.award.code])
    yield reverse("awards:office_report", args=[code, stage.award.code, 1])


def test_every_link_of_the_office_opens(client, reader):
    followed, dead = {}, []
    for page in addresses(reader):
        answer = client.get(page)
        if answer.status_code == 404:
            continue
        _menu, _end, text = unescape(answer.content.decode()).partition("<h1")
        for link in re.findall(r'href="(/(?:office|me|awards|calls)/[^"#]*)"', text):
            if link not in followed:
                followed[link] = client.get(link).status_code
            if followed[link] == 404:
                dead.append((page, link))
    assert dead == []
    assert len(followed) > 10
