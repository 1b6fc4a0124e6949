"""Many at once: one invitation is spent once, one role is given once, one officer remains."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from tests.events.test_recognising_races import Beside
from tests.factories import people, places, programmes
from viche.facts import operations as facts
from viche.facts.models import Fact
from viche.journal.models import Entry
from viche.methods.refusals import Refused
from viche.people import operations as organisations
from viche.people.models import Membership, Organisation
from viche.programmes import operations
from viche.programmes.choices import RoleKind
from viche.programmes.models import Participant, Role

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = programmes.MOMENT
THREADS = 8


def together(act, things):
    """Do the act with each thing at the same time; give how many were done and how many refused."""

    def once(thing):
        try:
            act(thing)
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(things)) as pool:
        done = list(pool.map(once, things))
    return done.count(True), done.count(False)


def test_one_invitation_into_a_programme_is_spent_once():
    programme, person = programmes.programme(), people.user()
    invitation = operations.invite(
        programme, email=person.email, name="", kind=RoleKind.REVIEWER, by=people.administrator(), at=AT
    )
    assert together(lambda _n: operations.accept(invitation, by=person, at=AT), range(THREADS)) == (1, THREADS - 1)
    assert Role.objects.count() == 1
    assert Entry.objects.filter(verb="programmes.invitation_accepted").count() == 1


def test_one_invitation_into_an_organisation_is_spent_once():
    person = people.user()
    invitation = people.invitation(email=person.email)
    assert together(lambda _n: organisations.accept(invitation, by=person, at=AT), range(THREADS)) == (1, THREADS - 1)
    assert Membership.objects.filter(user=person).count() == 1


def test_one_role_is_given_once():
    programme, officer, person = programmes.programme(), people.administrator(), people.user()

    def give(_n):
        operations.give_role(programme, user=person, kind=RoleKind.PANEL, by=officer, at=AT)

    assert together(give, range(THREADS)) == (1, THREADS - 1)
    assert Role.objects.count() == Entry.objects.count() == 1


def test_of_all_officers_one_remains():
    programme, administrator = programmes.programme(), people.administrator()
    roles = [programmes.role(RoleKind.OFFICER, programme) for _ in range(THREADS)]
    taken = together(lambda role: operations.take_role(role, by=administrator, at=AT), roles)
    assert taken == (THREADS - 1, 1)
    assert Role.objects.get().kind == RoleKind.OFFICER


def test_of_all_heads_one_remains():
    organisation = people.organisation()
    for _ in range(THREADS):
        people.head(organisation)
    memberships = list(organisation.memberships.select_related("user", "organisation"))
    left = together(lambda one: organisations.remove(one, by=one.user, at=AT), memberships)
    assert left == (THREADS - 1, 1)


def test_one_code_is_registered_once():
    code, hromada = people.edrpou(), people.places.hromada()
    persons = [people.user() for _ in range(THREADS)]

    def register(person):
        organisations.register(name="Рада", kind="council", edrpou=code, hromada=hromada, by=person, at=AT)

    assert together(register, persons) == (1, THREADS - 1)
    assert Organisation.objects.count() == Membership.objects.count() == 1


def test_one_participant_is_admitted_once():
    programme, organisation, officer = programmes.programme(), people.organisation(), people.administrator()

    def admit(_n):
        operations.admit(programme, organisation, kind="hub", by=officer, at=AT)

    assert together(admit, range(THREADS)) == (THREADS, 0)
    assert Participant.objects.count() == Entry.objects.count() == 1


def test_an_organisation_that_moves_while_it_is_dismissed_is_counted_nowhere():
    with transaction.atomic():
        programme, organisation, away = programmes.programme(), people.organisation(), places.hromada()
        officer, head = programmes.officer(programme), people.head(organisation)
        participant = operations.admit(programme, organisation, kind="hub", by=officer, at=AT)

    def move():
        said = {"name": organisation.name, "name_en": "", "website": "", "hromada": away}
        organisations.change_organisation(organisation, **said, by=head, at=AT)

    other = Beside(move)
    with transaction.atomic():
        facts.lock({programme.pk})
        other.go_until_it_waits()
        operations.dismiss(participant, by=officer, at=AT)
    other.end()
    assert not Fact.objects.exists()
