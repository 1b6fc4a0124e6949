"""Who may do what with calls and applications."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import calls, people, programmes
from viche.calls import access
from viche.people.choices import MembershipRole

pytestmark = pytest.mark.django_db


def test_a_draft_is_the_offices_an_announced_call_everybodys():
    programme = programmes.programme()
    draft, announced = calls.draft(programme), calls.announced(programme)
    officer, reviewer = programmes.officer(programme), programmes.reviewer(programme)
    for user in (AnonymousUser(), people.user(), reviewer, programmes.officer()):
        assert access.may_see(user, announced)
        assert not access.may_see(user, draft)
    for user in (officer, programmes.observer(programme), people.administrator()):
        assert access.may_see(user, draft)


def test_a_call_of_a_hidden_programme_is_hidden():
    call = calls.announced()
    call.programme.is_public = False
    assert not access.may_see(AnonymousUser(), call)
    assert not access.may_begin(people.user(), call)


def test_officers_manage_observers_read():
    programme = programmes.programme()
    call = calls.announced(programme)
    officer, observer = programmes.officer(programme), programmes.observer(programme)
    assert access.may_manage(officer, call)
    assert access.may_prepare(officer, programme)
    assert access.may_see_office(observer, call)
    assert not access.may_manage(observer, call)
    assert not access.may_see_office(programmes.officer(), call)


def test_an_application_is_its_writers_and_once_submitted_the_offices():
    programme = programmes.programme()
    call = calls.announced(programme)
    officer = programmes.officer(programme)
    draft, done = calls.begun(call), calls.submitted(call)
    for application in (draft, done):
        assert access.may_write(calls.writer(application), application)
        assert not access.may_read(calls.writer(application), application)
        assert not access.may_write(officer, application)
        assert not access.may_read(people.head(), application)
        assert not access.may_read(AnonymousUser(), application)
    assert access.may_read(officer, done)
    assert not access.may_read(officer, draft)
    receipt = done.receipts.get()
    assert access.may_keep(calls.writer(done), receipt)
    assert not access.may_keep(officer, receipt)
    assert access.may_check(officer, receipt)
    assert access.may_check(calls.writer(done), receipt)
    assert not access.may_check(people.head(), receipt)
    assert not access.may_check(AnonymousUser(), receipt)


def test_both_roles_write_for_an_organisation():
    organisation = people.organisation()
    for role in MembershipRole:
        assert access.may_apply_for(people.member(organisation, role).user, organisation)
    assert access.may_begin(people.user(), calls.announced())
    assert not access.may_begin(AnonymousUser(), calls.announced())


def test_the_panel_reads_applications_in_reviewing_not_in_the_calls_office():
    programme = programmes.programme()
    done = calls.submitted(calls.announced(programme))
    for user in (programmes.officer(programme), programmes.observer(programme), people.administrator()):
        assert access.may_see_applications(user, done.call)
        assert access.may_read(user, done)
    panellist = programmes.panellist(programme)
    assert access.may_see_office(panellist, done.call)
    for user in (panellist, programmes.officer(), programmes.reviewer(programme), AnonymousUser()):
        assert not access.may_see_applications(user, done.call)
        assert not access.may_read(user, done)
