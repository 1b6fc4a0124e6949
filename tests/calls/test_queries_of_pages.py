"""The number of queries of a page is the same with one row, three and many."""

import pytest
from django.urls import reverse

from tests.factories import calls, people, places, programmes
from viche.calls.models import Application

pytestmark = pytest.mark.django_db
MOST = 12
MOST_PUBLIC = 5
MOST_WRITES = 40


def counted(client, address, django_assert_max_num_queries, most):
    client.get(address)
    with django_assert_max_num_queries(most) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_public_list(client, django_assert_max_num_queries):
    calls.announced()
    address = reverse("calls:list")
    one = counted(client, address, django_assert_max_num_queries, MOST_PUBLIC)
    for _ in range(2):
        calls.announced()
    assert counted(client, address, django_assert_max_num_queries, MOST_PUBLIC) == one


def test_the_public_page(client, django_assert_max_num_queries):
    call = calls.announced()
    one = counted(client, call.get_absolute_url(), django_assert_max_num_queries, MOST)
    for _ in range(3):
        calls.submitted(call)
    assert counted(client, call.get_absolute_url(), django_assert_max_num_queries, MOST) == one


def test_a_pasted_circle_costs_the_same_for_three_lines_and_three_hundred(client, django_assert_max_num_queries):
    programme = programmes.programme()
    client.force_login(programmes.officer(programme))
    call = calls.draft(programme)
    address = reverse("calls:office_circle", args=[programme.code, call.code])
    hromadas = [places.hromada() for _ in range(300)]
    organisations = [people.organisation(hromada=hromada) for hromada in hromadas]
    found = []
    for count in (3, 300):
        named = hromadas[:count]
        typed = {
            "who": "listed",
            "hromadas": "\n".join(one.code if number % 2 else one.label for number, one in enumerate(named)),
            "organisations": "\n".join(one.edrpou for one in organisations[:count]),
        }
        with django_assert_max_num_queries(MOST_WRITES) as captured:
            assert client.post(address, typed).status_code == 302
        found.append(len(captured))
        assert call.who_hromadas.count() == call.who_organisations.count() == count
    assert found[0] == found[1]


def test_three_hundred_applications_cost_what_three_do(client, django_assert_max_num_queries):
    programme = programmes.programme()
    client.force_login(programmes.officer(programme))
    call = calls.announced(programme)
    addresses = [
        reverse(name, args=[programme.code, call.code]) for name in ("calls:office", "calls:office_applications")
    ]
    calls.submitted(call)
    one = [counted(client, address, django_assert_max_num_queries, MOST) for address in addresses]
    for _ in range(299):
        copied = calls.begun(call)
        Application.objects.filter(pk=copied.pk).update(
            state="submitted", code=f"{call.code}-{copied.pk}", submitted_at=calls.WHILE_OPEN, amount=60_000
        )
    assert [counted(client, address, django_assert_max_num_queries, MOST) for address in addresses] == one


def test_the_office_lists(client, django_assert_max_num_queries):
    programme = programmes.programme()
    client.force_login(programmes.officer(programme))
    call = calls.announced(programme)
    calls.submitted(call)
    addresses = [
        reverse("calls:office_list", args=[programme.code]),
        reverse("calls:office", args=[programme.code, call.code]),
        reverse("calls:office_applications", args=[programme.code, call.code]),
    ]
    one = [counted(client, address, django_assert_max_num_queries, MOST) for address in addresses]
    calls.announced(programme)
    for _ in range(2):
        calls.submitted(call)
    assert [counted(client, address, django_assert_max_num_queries, MOST) for address in addresses] == one


def test_the_pages_of_an_application(client, django_assert_max_num_queries):
    organisation = people.organisation()
    head = people.head(organisation)
    application = calls.complete(organisation=organisation, by=head)
    client.force_login(head)
    for address in (
        application.get_absolute_url(),
        reverse("calls:section", args=[application.pk, 2]),
        reverse("calls:check", args=[application.pk]),
    ):
        counted(client, address, django_assert_max_num_queries, MOST)


def test_choosing_an_organisation(client, django_assert_max_num_queries):
    call, user = calls.announced(), people.user()
    client.force_login(user)
    people.preparer(user=user)
    address = reverse("calls:apply", args=[call.code])
    one = counted(client, address, django_assert_max_num_queries, MOST)
    for _ in range(2):
        people.preparer(user=user)
    assert counted(client, address, django_assert_max_num_queries, MOST) == one
