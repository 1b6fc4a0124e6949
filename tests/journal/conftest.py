"""The triggers of the journal, taken off and put back."""

from importlib import import_module

import pytest
from django.db import connection

triggers = import_module("viche.journal.migrations.0002_append_only")


@pytest.fixture
def guarded(db):
    """Every trigger on, as in an installation; the test's transaction takes it back."""
    triggers.guard(connection)


@pytest.fixture
def unguarded(db):
    """No trigger, as for somebody who owns the database; the test's transaction takes it back."""
    triggers.unguard(connection)
