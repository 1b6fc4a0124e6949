"""Locks of rows: on PostgreSQL a foreign key is checked at the commit, when the journal is locked already."""

import ast

from tests.architecture import house

# Nothing points at the end of the journal's chain.
ALONE = {"journal/operations.py"}


def locks(text):
    """Give every call of `select_for_update` in a source text, and whether it leaves the key free."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "select_for_update":
            yield node.lineno, any(word.arg == "no_key" for word in node.keywords)


def test_a_lock_that_only_orders_leaves_the_key_free():
    """Else whoever holds a row and waits for the journal, and whoever points at it and holds the journal, wait for ever."""
    found = {path.relative_to(house.SOURCE).as_posix(): path for path in house.SOURCE.rglob("*.py")}
    bound = [
        f"{name}:{line}"
        for name, path in sorted(found.items())
        for line, free in locks(path.read_text())
        if not free and name not in ALONE
    ]
    assert bound == []


def test_a_planted_lock_is_found():
    assert list(locks("User.objects.select_for_update().get(pk=1)")) == [(1, False)]
    assert list(locks('User.objects.select_for_update(of=("self",), no_key=True).get(pk=1)')) == [(1, True)]
