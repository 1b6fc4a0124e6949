"""Links that come by letter open a page with a button, and the button works in a real browser at the first press."""

import re

import pytest
from django.urls import reverse

from tests.browser.visits import DESK, PHONE
from tests.factories import people, programmes
from viche.mail import rendering
from viche.mail.models import Preference
from viche.people.models import Membership
from viche.programmes import queries
from viche.programmes.models import Role

pytestmark = pytest.mark.browser


def test_an_invitation_into_an_organisation_is_accepted_at_the_first_press(visit):
    person, organisation = people.user(), people.organisation()
    people.invitation("слово", organisation=organisation, email=person.email, expires_at=people.LATER)
    page = visit(person, width=PHONE).opens(reverse("people:invitation", args=["слово"])).page
    page.get_by_role("button", name="Прийняти запрошення").click()
    page.wait_for_url(lambda address: "/invitations/" not in address)
    assert Membership.objects.filter(user=person, organisation=organisation).exists()


def test_an_invitation_into_a_programme_is_accepted_at_the_first_press(visit):
    person, programme = people.user(), programmes.programme()
    grant = {"programme": programme.pk, "kind": "reviewer", "oblast": None}
    about = queries.about(programme)
    people.invitation("слово", about=about, grant=grant, email=person.email, expires_at=people.LATER)
    page = visit(person, width=DESK).opens(reverse("programmes:invitation", args=["слово"])).page
    page.get_by_role("button", name="Прийняти запрошення").click()
    page.wait_for_url(lambda address: "/invitations/" not in address)
    assert Role.objects.filter(user=person, programme=programme, kind="reviewer").exists()


def test_letters_are_stopped_at_the_first_press(visit):
    address = rendering.stop_address("reader@example.org", "calls.reminder")
    page = visit(width=PHONE).opens(re.sub("^https?://[^/]+", "", address)).page
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert Preference.objects.filter(address="reader@example.org").exists()
