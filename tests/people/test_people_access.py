"""Who may do what with organisations and people."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import people
from viche.people import access
from viche.people.choices import MembershipRole

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def organisation():
    return people.organisation()


@pytest.fixture
def cast(organisation):
    """Everybody whom an organisation can meet, by part."""
    return {
        "visitor": VISITOR,
        "stranger": people.user(),
        "head elsewhere": people.head(),
        "preparer": people.preparer(organisation),
        "head": people.head(organisation),
        "administrator": people.administrator(),
        "deactivated head": people.head(organisation, is_active=False),
        "deactivated administrator": people.administrator(is_active=False),
    }


@pytest.mark.parametrize(
    ("may", "who"),
    [
        (access.is_member, {"preparer", "head"}),
        (access.may_write_for, {"preparer", "head"}),
        (access.may_see_members, {"preparer", "head", "administrator"}),
        (access.may_manage_members, {"head", "administrator"}),
        (access.may_edit_organisation, {"head", "administrator"}),
    ],
)
def test_an_organisation_is_opened_by_role(may, who, organisation, cast):
    assert {part for part, user in cast.items() if may(user, organisation)} == who


def test_only_active_administrators_administer(cast):
    assert {part for part, user in cast.items() if access.may_administer(user)} == {"administrator"}


def test_whoever_is_signed_in_may_register_an_organisation(cast):
    shut_out = {part for part, user in cast.items() if not access.may_register(user)}
    assert shut_out == {"visitor", "deactivated head", "deactivated administrator"}


def test_a_membership_is_changed_by_heads_and_ended_also_by_its_owner(organisation, cast):
    membership = cast["preparer"].memberships.get()
    assert {part for part, user in cast.items() if access.may_change_membership(user, membership)} == {
        "head",
        "administrator",
    }
    assert {part for part, user in cast.items() if access.may_end_membership(user, membership)} == {
        "preparer",
        "head",
        "administrator",
    }


def test_requests_and_invitations_are_the_heads_business(organisation, cast):
    asked = people.join_request(organisation=organisation)
    invitation = people.invitation(organisation=organisation)
    for may, thing in ((access.may_answer, asked), (access.may_withdraw, invitation)):
        assert {part for part, user in cast.items() if may(user, thing)} == {"head", "administrator"}


def test_an_invitation_of_a_higher_package_is_not_withdrawn_here():
    invitation = people.invitation(about="programmes.programme:1", grant={"programme": 1})
    assert not access.may_withdraw(people.administrator(), invitation)


def test_a_letter_belongs_to_the_mailbox_it_was_written_to():
    invitation = people.invitation(email="olena@example.org")
    assert access.is_addressee(people.user(email="olena@example.org"), invitation)
    assert not access.is_addressee(people.user(), invitation)
    assert not access.is_addressee(VISITOR, invitation)


def test_people_are_forgotten_by_themselves_or_an_administrator(cast):
    person = cast["stranger"]
    assert {part for part, user in cast.items() if access.may_forget(user, person)} == {"stranger", "administrator"}


def test_role_in_names_the_role(organisation, cast):
    assert access.role_in(cast["head"], organisation) == MembershipRole.HEAD
    assert access.role_in(cast["stranger"], organisation) is None
    assert access.role_in(VISITOR, organisation) is None
