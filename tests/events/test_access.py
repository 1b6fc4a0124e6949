"""Who may do what with events: the answers for visitors, which no page asks for because the door stands before it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import events, people, places, programmes
from viche.events import access
from viche.events.choices import SeriesKind
from viche.events.models import Series

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def test_a_visitor_moderates_nothing():
    event = events.published()
    assert access.in_reach(VISITOR, event.programme) is None
    assert not access.may_moderate(VISITOR, event)
    assert not access.may_see_registrations(VISITOR, event)
    assert not access.may_count(VISITOR, event)
    assert not access.may_write(VISITOR, event)


def test_a_consultant_reaches_the_own_oblast_and_officers_all():
    event = events.published()
    far = programmes.consultant(event.programme, oblast=places.oblast(name="Львівська"))
    assert event.__class__.objects.filter(access.in_reach(events.consultant(event), event.programme)).exists()
    assert not event.__class__.objects.filter(access.in_reach(far, event.programme)).exists()
    assert access.in_reach(people.user(), event.programme) is None
    officer = programmes.officer(event.programme)
    assert event.__class__.objects.filter(access.in_reach(officer, event.programme)).exists()


def test_a_campaign_that_is_not_for_everybody_is_for_its_office():
    hidden = events.campaign(is_public=False)
    assert not access.may_see_campaign(VISITOR, hidden)
    assert not access.may_see_campaign(people.user(), hidden)
    assert access.may_see_campaign(programmes.officer(hidden.programme), hidden)
    assert access.may_see_campaign(programmes.observer(hidden.programme), hidden)
    hidden.is_public = True
    assert access.may_see_campaign(VISITOR, hidden)


def test_series_are_kept_by_officers_and_the_consultant_of_their_oblast():
    programme = programmes.programme()
    oblast = places.oblast()
    series = Series.objects.create(
        programme=programme, kind=SeriesKind.PRESS_CLUB, name="Пресклуб", oblast=oblast, created_at=events.MOMENT
    )
    assert not access.may_manage_series(VISITOR, series)
    assert not access.may_manage_series(people.user(), series)
    assert not access.may_manage_series(
        programmes.consultant(programme, oblast=places.oblast(name="Львівська")), series
    )
    for user in (
        programmes.officer(programme),
        people.administrator(),
        programmes.consultant(programme, oblast=oblast),
    ):
        assert access.may_manage_series(user, series)
