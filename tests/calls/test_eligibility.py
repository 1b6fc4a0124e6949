"""Who may apply: kinds, oblasts, hromadas, invitations, outcomes of another call."""

import pytest

from tests.factories import calls, people, places
from viche.calls.models import Application
from viche.calls.queries import eligibility

pytestmark = pytest.mark.django_db


def test_anyone_may_apply_where_nothing_is_said():
    assert eligibility.obstacles(calls.announced(), people.organisation()) == []


def test_kinds_are_told_in_words():
    call = calls.announced(who_kinds=["library", "ngo"])
    assert eligibility.kind_labels(call) == ["бібліотека", "громадська організація"]
    assert "рада громади" in eligibility.obstacles(call, people.organisation(kind="council"))[0]
    assert eligibility.obstacles(call, people.organisation(kind="ngo")) == []


def test_only_the_listed_may_apply():
    invited, other = people.organisation(), people.organisation()
    call = calls.announced(who="listed", who_organisations=[invited])
    assert eligibility.obstacles(call, invited) == []
    assert "лише для запрошених" in eligibility.obstacles(call, other)[0]


def test_oblasts_and_hromadas_both_open_the_door():
    near, far = places.hromada(), places.hromada()
    call = calls.announced(who_oblasts=[near.oblast])
    assert eligibility.obstacles(call, people.organisation(hromada=near)) == []
    other = places.hromada(oblast=places.oblast(name="Сумська"))
    assert near.oblast.name in eligibility.obstacles(call, people.organisation(hromada=other))[0]
    named = calls.announced(who_hromadas=[far])
    assert eligibility.obstacles(named, people.organisation(hromada=far)) == []
    assert "1 названої громади" in eligibility.obstacles(named, people.organisation(hromada=other))[0]
    both = calls.announced(who_oblasts=[near.oblast], who_hromadas=[places.hromada(oblast=places.oblast())])
    assert eligibility.obstacles(both, people.organisation(hromada=near)) == []
    said = eligibility.obstacles(both, people.organisation(hromada=other))[0]
    assert near.oblast.name in said
    assert "для 1 названої" in said


def test_a_good_outcome_elsewhere_opens_the_door():
    before = calls.submitted()
    call = calls.announced(who="outcome", who_call=before.call)
    assert before.call.title in eligibility.obstacles(call, before.organisation)[0]
    Application.objects.filter(pk=before.pk).update(outcome="supported")
    assert eligibility.obstacles(call, before.organisation) == []
