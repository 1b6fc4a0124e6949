"""How a condition is asked where it is not to choose the index.

SQLite does not count before it chooses: what is asked as an addition (`programme + 0 = 1`) it can look up in no index, so it
reads the one that is meant. PostgreSQL has counted, chooses well by itself, and an addition would hide from it how many there are.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import F, Lookup, Q
from django.db.models.lookups import Exact, In


def beside(name: str, value: Any) -> Q:
    """That a field is so, said besides what chooses the index; `value` may be a query of one number."""
    return Q(Exact(F(name) + 0, value)) if connection.vendor == "sqlite" else Q(**{name: value})


def among(name: str, values: Iterable[int]) -> Q:
    """That a field is one of these, said besides what chooses the index."""
    return Q(In(F(name) + 0, list(values))) if connection.vendor == "sqlite" else Q(**{f"{name}__in": list(values)})


def keyed(name: str, keys: Iterable[int]) -> Q:
    """That a field is one of many keys, told as one value: to tell a thousand values takes as long as to read their rows."""
    return Q(_OneOf(F(name), list(keys)))


class _OneOf(Lookup[Any]):
    lookup_name = "one_of"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The keys as a list of JSON."""
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]  # noqa: S608 — a column

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The keys as an array."""
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s)", [*params, self.rhs]
