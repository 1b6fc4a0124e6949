"""Who may do what with results: every function of `access` against every kind of person."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import people, programmes
from tests.factories import results as factory
from viche.programmes.models import Role
from viche.results import access
from viche.results.models import Highlight

pytestmark = pytest.mark.django_db

INSIDE = {"officer", "observer", "panellist", "reviewer", "consultant", "editor", "author"}
MANAGERS = {"officer", "administrator"}
OFFICE = MANAGERS | {"observer", "panellist"}
REPORTERS = MANAGERS | {"consultant", "editor", "author"}
EVERYBODY = INSIDE | {"administrator", "stranger", "nobody", "neighbour"}
HIDDEN = INSIDE | {"administrator"}


@pytest.fixture
def people_of():
    """Makes a programme with one person of each kind; `author` is an editor who reported the value, `neighbour` an officer elsewhere."""

    def made(**changes):
        programme = programmes.programme(**changes)
        programme.persons = {
            "nobody": AnonymousUser(),
            "stranger": people.user(),
            "neighbour": programmes.officer(),
            "administrator": people.administrator(),
            "officer": programmes.officer(programme),
            "observer": programmes.observer(programme),
            "panellist": programmes.panellist(programme),
            "reviewer": programmes.reviewer(programme),
            "consultant": programmes.consultant(programme),
            "editor": programmes.editor(programme),
            "author": programmes.editor(programme),
        }
        return programme

    return made


def who(programme, may, thing):
    return {name for name, person in programme.persons.items() if may(person, thing)}


@pytest.mark.parametrize(
    ("may", "public", "hidden"),
    [
        (access.may_see, EVERYBODY, HIDDEN),
        (access.may_see_office, OFFICE, OFFICE),
        (access.may_manage, MANAGERS, MANAGERS),
        (access.may_report, REPORTERS, REPORTERS),
        (access.may_open_values, OFFICE | REPORTERS, OFFICE | REPORTERS),
    ],
)
def test_of_a_programme(people_of, may, public, hidden):
    assert who(one := people_of(), may, one) == public
    assert who(one := people_of(is_public=False), may, one) == hidden


@pytest.mark.parametrize(
    ("may", "is_public", "expected"),
    [
        (access.may_see_indicator, True, EVERYBODY),
        (access.may_see_indicator, False, OFFICE),
        (access.may_open_indicator, True, OFFICE),
        (access.may_see_sheet, True, OFFICE),
        (access.may_manage_indicator, True, MANAGERS),
        (access.may_manage_indicator, False, MANAGERS),
    ],
)
def test_of_an_indicator(people_of, may, is_public, expected):
    programme = people_of()
    assert who(programme, may, factory.indicator(programme, is_public=is_public)) == expected


def test_a_public_indicator_of_a_hidden_programme_is_hidden_with_it(people_of):
    programme = people_of(is_public=False)
    assert who(programme, access.may_see_indicator, factory.indicator(programme)) == HIDDEN


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
@pytest.mark.parametrize(
    ("may", "expected"),
    [
        (access.may_write, {"author"}),
        (access.may_remove, MANAGERS | {"author"}),
        (access.may_see_value, OFFICE | {"author"}),
        (access.may_decide, MANAGERS),
    ],
)
def test_of_a_value_whatever_its_state(people_of, may, expected, state):
    programme = people_of()
    value = factory.value(factory.indicator(programme), reported_by=programme.persons["author"], state=state)
    assert who(programme, may, value) == expected


@pytest.mark.parametrize(
    ("may", "expected"), [(access.may_see_evidence, OFFICE | {"author"}), (access.may_write_evidence, {"author"})]
)
def test_of_evidence(people_of, may, expected):
    programme = people_of()
    value = factory.value(factory.indicator(programme), reported_by=programme.persons["author"])
    assert who(programme, may, value.evidence.get()) == expected


@pytest.mark.parametrize(("may", "expected"), [(access.may_see_period, OFFICE), (access.may_manage_period, MANAGERS)])
def test_of_a_period_open_or_closed(people_of, may, expected):
    programme = people_of()
    period = factory.period(programme)
    assert who(programme, may, period) == expected
    period.closed_at = factory.MOMENT
    period.save()
    assert who(programme, may, period) == expected


@pytest.mark.parametrize(("may", "expected"), [(access.may_read_report, OFFICE), (access.may_write_report, MANAGERS)])
def test_of_a_report_to_a_donor(people_of, may, expected):
    programme = people_of()
    assert who(programme, may, factory.donor_report(programme)) == expected


def test_of_a_story(people_of):
    programme = people_of()
    story = Highlight.objects.create(programme=programme, kind="event", record=1, chosen_at=factory.MOMENT)
    assert who(programme, access.may_change_story, story) == MANAGERS


def test_whoever_lost_the_role_writes_no_more_and_does_not_see_the_value_either(people_of):
    programme = people_of()
    author = programme.persons["author"]
    value = factory.value(factory.indicator(programme), reported_by=author)
    Role.objects.filter(user=author).delete()
    for may in (access.may_write, access.may_see_value, access.may_remove, access.may_decide):
        assert not may(author, value)
    assert not access.may_see_evidence(author, value.evidence.get())
    assert not access.may_write_evidence(author, value.evidence.get())


def test_an_editor_who_becomes_an_observer_reads_all_and_writes_nothing(people_of):
    programme = people_of()
    author = programme.persons["author"]
    own, other = (factory.value(factory.indicator(programme), reported_by=one) for one in (author, None))
    Role.objects.filter(user=author).update(kind="observer")
    assert access.may_see_value(author, own)
    assert access.may_see_value(author, other)
    assert not access.may_write(author, own)
    assert not access.may_report(author, programme)


def test_a_value_whose_author_is_gone_belongs_to_nobody(people_of):
    programme = people_of()
    value = factory.value(factory.indicator(programme), reported_by=None)
    assert who(programme, access.may_write, value) == set()
    assert who(programme, access.may_see_value, value) == OFFICE
    assert who(programme, access.may_remove, value) == MANAGERS
