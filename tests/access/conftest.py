"""The scene of the access table, made once; whatever a test does to it is taken back."""

import pytest


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Everything that addresses can name, and one person of every role."""
    from django.db import transaction

    from tests.factories import scene

    with django_db_blocker.unblock(), transaction.atomic():
        yield scene.whole()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def browsers(scene):
    """A client for everybody, signed in where they can be."""
    from django.test import Client

    from tests.factories.scene import cast

    clients = {}
    for role, person in cast(scene).items():
        clients[role] = Client(raise_request_exception=False)
        if person is not None:
            clients[role].force_login(person)
    return clients


@pytest.fixture
def asked(scene, browsers):
    """Ask an address as somebody; what that changes is taken back after each asking."""
    from django.db import transaction

    def ask(role, address, method="get", **more):
        with transaction.atomic():
            answer = getattr(browsers[role], method)(address, **more)
            transaction.set_rollback(True)
        return answer

    return ask
