"""The table of roles: who may do what in a programme."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import people, places, programmes
from viche.programmes import access
from viche.programmes.choices import RoleKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return programmes.programme(is_public=False)


@pytest.fixture
def cast(programme):
    """Everybody whom a programme can meet, by part."""
    return {
        "visitor": AnonymousUser(),
        "stranger": people.user(),
        "officer elsewhere": programmes.officer(),
        "officer": programmes.officer(programme),
        "reviewer": programmes.reviewer(programme),
        "panel": programmes.panellist(programme),
        "consultant": programmes.consultant(programme),
        "editor": programmes.editor(programme),
        "observer": programmes.observer(programme),
        "administrator": people.administrator(),
        "deactivated officer": programmes.officer(programme, is_active=False),
    }


WORKING = {"officer", "reviewer", "panel", "consultant", "editor", "observer", "administrator"}


@pytest.mark.parametrize(
    ("may", "who"),
    [
        (access.may_see, WORKING),
        (access.may_manage, {"officer", "administrator"}),
        (access.may_see_office, {"officer", "panel", "observer", "administrator"}),
        (access.may_see_participants, {"officer", "panel", "observer", "consultant", "administrator"}),
        (access.may_review, {"reviewer"}),
    ],
)
def test_a_programme_is_opened_by_role(may, who, programme, cast):
    assert {part for part, user in cast.items() if may(user, programme)} == who


def test_a_public_programme_is_seen_by_everybody(cast):
    shown = programmes.programme(is_public=True)
    assert all(access.may_see(user, shown) for user in cast.values())


def test_only_administrators_begin_programmes(cast):
    assert {part for part, user in cast.items() if access.may_create(user)} == {"administrator"}


def test_parts_participants_and_roles_are_kept_by_who_manages(programme, cast):
    kept = {"officer", "administrator"}
    for part in (programmes.component(programme), programmes.partner(programme), programmes.team_member(programme)):
        assert {name for name, user in cast.items() if access.may_manage_part(user, part)} == kept
    participant = programmes.participant(programme)
    assert {name for name, user in cast.items() if access.may_dismiss(user, participant)} == kept
    role = programmes.role(RoleKind.EDITOR, programme)
    assert {name for name, user in cast.items() if access.may_take(user, role)} == kept


def test_a_logo_is_seen_by_whoever_sees_the_programme(programme, cast):
    partner = programmes.partner(programme)
    assert {part for part, user in cast.items() if access.may_see_logo(user, partner)} == WORKING


def test_personal_data_is_seen_by_officers_whole_and_by_consultants_in_their_oblast(programme, cast):
    own = places.oblast()
    seen = {part: access.oblasts_of_people(user, programme) for part, user in cast.items()}
    assert {part for part, oblasts in seen.items() if oblasts is None} == {"officer", "administrator"}
    assert seen.pop("consultant") == {own.pk}
    assert {part for part, oblasts in seen.items() if oblasts == frozenset()} == {
        *cast.keys() - {"officer", "administrator", "consultant"}
    }


def test_an_invitation_is_read_by_whoever_holds_it_and_withdrawn_by_who_manages(programme, cast):
    about = f"programmes.programme:{programme.pk}"
    invitation = people.invitation(about=about, grant={"programme": programme.pk, "kind": "editor", "oblast": None})
    elsewhere = people.invitation(about="programmes.programme:0", grant={"programme": 0})
    assert all(access.may_open_invitation(user, invitation) for user in cast.values())
    may = {part for part, user in cast.items() if access.may_withdraw(user, programme, invitation)}
    assert may == {"officer", "administrator"}
    assert not access.may_withdraw(cast["officer"], programme, elsewhere)


def test_has_role_asks_for_any_role_or_for_those_named(programme, cast):
    assert access.has_role(cast["editor"], programme)
    assert access.has_role(cast["editor"], programme, RoleKind.EDITOR, RoleKind.OFFICER)
    assert not access.has_role(cast["editor"], programme, RoleKind.OFFICER)
