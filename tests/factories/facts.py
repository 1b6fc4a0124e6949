"""Facts for tests, as a package would give them."""

from datetime import date
from itertools import count

from viche.facts import operations
from viche.methods.ledger import WHOLE, Given, Told, split

DAY = date(2024, 5, 20)
numbers = count(10**6)  # no key of a record that a test makes by itself


def told(
    programme=1, *, on=DAY, value=10, shown=0, hromada=None, record=None, measure="heads", parts=None, kind="event"
):
    """What an event gives: so many heads, and parts of them by name; `shown` as the value unless told otherwise."""
    given = [Given(measure, WHOLE, on, value, value if shown == 0 else shown)]
    given += [Given(measure, split(**part), on, number, seen) for part, number, seen in parts or ()]
    oblast = hromada.oblast_id if hromada else None
    return Told(kind, record or next(numbers), programme, oblast, hromada and hromada.pk, tuple(given))


def keep(*records, **changes):
    """Write records into the ledger; one is made of the changes where none is given."""
    records = records or (told(**changes),)
    operations.keep(records)
    return records[0]
