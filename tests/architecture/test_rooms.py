"""Nothing grows until nobody reads it, nothing is called by a name that says nothing."""

import re

import pytest

from tests.architecture import house

MODULE, FUNCTION, TEMPLATE = 300, 40, 120
NAMELESS = {"utils", "helpers", "common", "services", "misc", "base"}


def length(path):
    return len(path.read_text().splitlines())


def test_no_module_is_longer_than_300_lines():
    assert {house.short(path): length(path) for path in house.modules() if length(path) > MODULE} == {}


def test_no_function_is_longer_than_40_lines():
    found = {
        f"{house.short(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in house.modules()
        for node in house.functions(path)
        if node.end_lineno - node.lineno + 1 > FUNCTION
    }
    assert found == {}


def test_no_template_is_longer_than_120_lines():
    assert {house.short(path): length(path) for path in house.templates() if length(path) > TEMPLATE} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [
        house.short(path) for path in house.modules() if NAMELESS & {path.stem, *path.relative_to(house.SOURCE).parts}
    ] == []


def test_nobody_listens_to_signals():
    listening = re.compile(r"models\.signals|import signals|django\.dispatch|post_save|pre_save")
    assert [house.short(path) for path in house.modules() if listening.search(path.read_text())] == []


@pytest.mark.parametrize("furniture", ["operations", "queries", "access"])
def test_what_others_call_says_what_it_takes_and_gives(furniture):
    bare = []
    for path in house.modules():
        parts = path.relative_to(house.SOURCE).with_suffix("").parts
        if len(parts) < 2 or parts[1] != furniture:
            continue
        for node in house.functions(path):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            named = [one for one in arguments if one.arg not in {"self", "cls"}]
            if node.returns is None or any(one.annotation is None for one in named):
                bare.append(f"{house.short(path)}:{node.name}")
    assert bare == []


def test_every_package_says_what_it_is_for():
    silent = [
        name for name in house.packages() if not (house.SOURCE / name / "__init__.py").read_text().startswith('"""')
    ]
    assert silent == []
