"""Who is tied with an application: whoever wrote it, belongs to it, stands in its hromada, or did when it was submitted."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from tests.factories import calls, files, people, places, programmes
from viche.calls import access
from viche.calls.choices import TieWhy
from viche.calls.models import Application, Tie
from viche.calls.operations import applications as operations
from viche.calls.operations import ties as keeping
from viche.calls.queries import ties
from viche.people import operations as people_operations
from viche.people.models import Membership
from viche.questionnaires import queries

pytestmark = pytest.mark.django_db


def move(organisation, hromada, by):
    """Let an organisation stand in another hromada."""
    return people_operations.change_organisation(
        organisation, name=organisation.name, name_en="", website="", hromada=hromada, by=by, at=calls.AFTER
    )


def leave(user):
    Membership.objects.filter(user=user).delete()


def whole(application):
    return Application.objects.select_related("organisation", "call").get(pk=application.pk)


def agreed(user, application):
    """Whether the person is tied, as every way of asking says."""
    application = whole(application)
    said = {
        access.is_tied(user, application),
        application.pk in ties.shut(user),
        application.pk in ties.shut(user, [application.call]),
        (application.pk, user.pk) in ties.known([application], [user]),
    }
    assert len(said) == 1
    return said.pop()


def test_strangers_are_free_and_members_and_neighbours_are_tied():
    application = calls.submitted()
    home = application.organisation
    assert not agreed(people.user(), application)
    assert not agreed(people.head(people.organisation()), application)
    assert not access.is_tied(AnonymousUser(), application)
    member = people.member(home).user
    neighbour = people.head(people.organisation(hromada=home.hromada))
    assert agreed(member, application)
    assert agreed(neighbour, application)
    assert ties.known([application], [member, neighbour]) == {
        (application.pk, member.pk): TieWhy.ORGANISATION,
        (application.pk, neighbour.pk): TieWhy.HROMADA,
    }
    assert ties.shut(member, [calls.announced()]) == frozenset()


def test_all_who_wrote_stay_tied_after_they_left():
    draft = calls.begun()
    beginner = calls.writer(draft)
    writer, attacher, sender = (people.preparer(draft.organisation) for _ in range(3))
    for section, values in zip(queries.outline(draft.sheet.version), calls.SHORT_ANSWERS, strict=True):
        operations.save(draft, section=section, values=values, revision=0, by=writer, at=calls.WHILE_OPEN)
    asked = next(one for one in queries.outline(draft.sheet.version).questions if one.kind == "file")
    operations.attach(draft, question=asked, upload=files.upload(), by=attacher, at=calls.WHILE_OPEN)
    for gone in (beginner, writer, attacher):
        leave(gone)
    operations.submit(draft, by=sender, clock=lambda: calls.WHILE_OPEN)
    leave(sender)
    for author in (beginner, writer, attacher, sender):
        assert agreed(author, draft)
        assert Tie.objects.get(application=draft, user=author).why == TieWhy.AUTHOR


def test_a_neighbour_who_moves_or_leaves_after_the_submission_stays_tied():
    home = people.organisation()
    near = people.organisation(hromada=home.hromada)
    head, colleague = people.head(near), people.preparer(near)
    application = calls.submitted(organisation=home)
    move(near, places.hromada(), head)
    leave(colleague)
    assert agreed(head, application)
    assert agreed(colleague, application)


def test_the_application_stays_where_it_was_submitted():
    application = calls.submitted()
    home, before = application.organisation, application.organisation.hromada
    assert application.hromada == before
    after = places.hromada()
    move(home, after, calls.writer(application))
    assert whole(application).hromada == before
    assert agreed(people.head(people.organisation(hromada=before)), application)
    assert agreed(people.head(people.organisation(hromada=after)), application)


def test_the_office_is_told_when_the_applicant_moved_after_submitting(client):
    application = calls.submitted()
    before = application.organisation.hromada
    client.force_login(programmes.officer(application.call.programme))
    here = address(application.call, "applications", application.code, "")
    assert "змінила громаду" not in client.get(here).content.decode()
    move(application.organisation, places.hromada(), calls.writer(application))
    assert f"Подавалася від громади {before.name}" in client.get(here).content.decode()


def test_a_tie_that_is_kept_twice_stays_as_it_is():
    application = calls.submitted()
    author = calls.writer(application)
    keeping.keep({(application.pk, author.pk): TieWhy.DECLARED})
    assert Tie.objects.get(application=application).why == TieWhy.AUTHOR


def test_applications_of_before_get_their_ties():
    draft, application = calls.begun(), calls.submitted()
    author = calls.writer(application)
    neighbour = people.head(people.organisation(hromada=application.organisation.hromada))
    colleague = people.preparer(application.organisation)
    Tie.objects.all().delete()
    Application.objects.update(hromada=None)
    importlib.import_module("viche.calls.migrations.0007_ties_of_before").remember(apps, None)
    assert whole(application).hromada == application.organisation.hromada
    assert whole(draft).hromada is None
    assert dict(Tie.objects.values_list("user", "why")) == {
        author.pk: "author",
        neighbour.pk: "hromada",
        colleague.pk: "organisation",
    }


@pytest.fixture(params=["officer", "observer", "administrator"])
def reader(request, client):
    """Two applications, and somebody of the office who once wrote the second one; signed in."""
    call = calls.announced()
    seen, secret = (calls.submitted(call) for _ in range(2))
    made = {
        "officer": lambda: programmes.officer(call.programme),
        "observer": lambda: programmes.observer(call.programme),
        "administrator": people.administrator,
    }
    user = made[request.param]()
    keeping.keep({(secret.pk, user.pk): TieWhy.AUTHOR})
    client.force_login(user)
    return call, seen, secret


def address(call, *more):
    return "/".join([f"/office/{call.programme.code}/calls/{call.code}", *more])


def test_the_office_hides_an_application_from_whoever_is_tied_with_it(client, reader):
    call, seen, secret = reader
    assert client.get(address(call, "applications", seen.code, "")).status_code == 200
    assert client.get(address(call, "applications", secret.code, "")).status_code == 404
    page = client.get(address(call, "applications/")).content.decode()
    assert page.count("конфлікт інтересів") == 1
    assert seen.organisation.name in page
    assert secret.organisation.name not in page
    assert secret.code not in page
    assert "180\u00a0000" in page
    assert "360\u00a0000" not in page
    file = client.get(address(call, "applications.csv")).content.decode()
    assert file.count("конфлікт інтересів") == 1
    assert secret.code not in file


@pytest.mark.parametrize("order", ["submitted", "-submitted", "amount", "-amount", "organisation"])
def test_a_hidden_row_stands_last_in_every_order(client, reader, order):
    call, seen, _secret = reader
    page = client.get(address(call, "applications/"), {"sort": order}).content.decode()
    assert page.index(seen.code) < page.index("конфлікт інтересів")


def test_no_search_finds_a_hidden_row(client, reader):
    call, seen, secret = reader
    oblast = secret.organisation.hromada.oblast.slug
    asked = (
        {"q": secret.code},
        {"q": secret.organisation.name},
        {"state": "submitted"},
        {"oblast": oblast},
        {"outcome": "none"},
    )
    for query in asked:
        for ending in ("applications/", "applications.csv"):
            assert "конфлікт інтересів" not in client.get(address(call, ending), query).content.decode(), query
    assert seen.code in client.get(address(call, "applications/"), {"state": "submitted"}).content.decode()
