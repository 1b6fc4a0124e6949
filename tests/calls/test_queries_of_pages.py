"""The number of queries of a page is the same with one row, three and many."""

import pytest
from django.urls import reverse

from tests.factories import calls, people, programmes

pytestmark = pytest.mark.django_db
MOST = 12
MOST_PUBLIC = 5


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
