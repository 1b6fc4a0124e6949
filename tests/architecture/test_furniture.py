"""Each piece of furniture holds what it is for, and whatever people read goes through the catalogues."""

import ast
import re

import pytest

from tests.architecture import house

CYRILLIC = re.compile(r"[А-ЩЬЮЯҐЄІЇа-щьюяґєії]")
TRANSLATING = {
    "_",
    "_now",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
# Where Ukrainian is not said to people on a page: the invented texts, the words that are computed with, the console.
UNSAID = {"demo", "methods", "formats", "config"}
# Ready-made forms, which become the programme's own words; Ukrainian's own months; samples for the gallery; words of the codifier.
KNOWN = re.compile(
    r"questionnaires/choices/patterns/|ui/(?:wording|samples|context)\.py|places/(?:operations|queries|choices)\.py"
)
TAG = re.compile(
    r"{#.*?#}|{% comment.*?endcomment %}|{% blocktranslate.*?endblocktranslate %}|{%.*?%}|{{.*?}}|<!--.*?-->", re.DOTALL
)


def pieces(*names):
    """Give the modules of these pieces of furniture in every room."""
    return [
        path
        for path in house.modules()
        if len(path.relative_to(house.SOURCE).parts) > 1
        and path.relative_to(house.SOURCE).with_suffix("").parts[1] in names
        and path.relative_to(house.SOURCE).parts[0] not in house.OWN_FURNITURE
    ]


def test_only_queries_and_operations_ask_tables():
    asking = re.compile(r"\.objects\b(?!\.none\(\))|\.(?:filter|exclude|aggregate|annotate|select_related)\(")
    found = [
        f"{house.short(path)}:{number}"
        for path in pieces("views", "forms", "exports")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if asking.search(line)
    ]
    assert found == []


WRITING = {"save", "delete", "create", "bulk_create", "update_or_create", "get_or_create"}


def written_in(path):
    """Give the lines of a module that write rows themselves, not through a function of a module that it imports."""
    tree = ast.parse(path.read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    known = {name.asname or name.name for node in imports for name in node.names}
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
        if called and called.attr in WRITING and getattr(called.value, "id", "") not in known:
            yield f"{house.short(path)}:{node.lineno}"


def test_views_write_nothing_themselves():
    assert [line for path in pieces("views", "forms", "exports") for line in written_in(path)] == []


def test_operations_name_what_they_are_given():
    """Whoever acts and when is said by name, and so is everything after the subject."""
    unnamed = []
    for path in pieces("operations"):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith(("_", "require_")):
                continue
            positional = {one.arg for one in (*node.args.posonlyargs, *node.args.args)}
            if "by" in positional or (len(positional) > 1 and "at" in positional):
                unnamed.append(f"{house.short(path)}:{node.name}")
    assert unnamed == []


def said_in(path):
    """Give the Ukrainian texts of a module that no catalogue knows: (line, text)."""
    tree = ast.parse(path.read_text())
    quiet = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            quiet.add(node.value)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TRANSLATING:
            quiet |= {inner for inner in ast.walk(node) if isinstance(inner, ast.Constant)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and node not in quiet and CYRILLIC.search(node.value):
            yield f"{house.short(path)}:{node.lineno}: {node.value}"


def test_what_code_says_goes_through_the_catalogues():
    found = [
        said
        for path in house.modules()
        if path.relative_to(house.SOURCE).parts[0] not in UNSAID and not KNOWN.match(house.short(path))
        for said in said_in(path)
    ]
    assert found == []


@pytest.mark.parametrize("letters", [False, True])
def test_what_pages_and_letters_say_goes_through_the_catalogues(letters):
    found = [
        f"{house.short(path)}: {line.strip()}"
        for path in house.templates()
        if ("letters" in path.parts) == letters and "gallery" not in path.parts
        for line in TAG.sub("", path.read_text()).splitlines()
        if CYRILLIC.search(line.replace(">Віче<", ""))
    ]
    assert found == []
