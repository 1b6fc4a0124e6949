"""Twenty threads write at once: no gap, no twin, no broken link, no error."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from tests.factories import journal as factories
from viche.journal import queries
from viche.journal.models import Entry

THREADS, EACH = 20, 10


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain():
    def write(thread):
        try:
            for _ in range(EACH):
                with transaction.atomic():
                    factories.entry(by=factories.Person(pk=thread))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))
    assert queries.verify() == queries.Verdict(THREADS * EACH, 0, None)
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, THREADS * EACH + 1))


@pytest.mark.django_db(transaction=True)
def test_the_journal_is_empty_again_in_the_next_test():
    assert queries.verify().read == 0
    factories.entry()
    assert queries.verify().read == 1
