"""What architecture tests look at: packages, their modules, templates, models and addresses."""

import ast
import tomllib
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "viche"
# Rooms without the furniture of a domain package: what they hold is told in docs/map.md.
OWN_FURNITURE = {"config", "demo", "ui", "methods", "formats"}


def contracts():
    """Give the contracts that import-linter holds us to."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def packages():
    """Name every room that exists."""
    return {found.parent.name for found in SOURCE.glob("*/__init__.py")}


def heights():
    """Tell how high each room stands: what is higher may know what is lower, neighbours do not know each other."""
    layers = next(one["layers"] for one in contracts() if one["containers"] == ["viche"])
    rows = [[name.strip(" ()") for name in layer.split("|")] for layer in layers]
    return {name: height for height, row in enumerate(reversed(rows)) for name in row}


def modules(*, migrations=False):
    """Give every module of the product, without migrations unless asked for."""
    found = sorted(SOURCE.rglob("*.py"))
    return found if migrations else [path for path in found if "migrations" not in path.parts]


def templates():
    """Give every template: pages, parts and letters."""
    return sorted(path for path in SOURCE.glob("*/templates/**/*") if path.is_file())


def short(path):
    """Name a file as people do."""
    return str(path.relative_to(SOURCE))


def functions(path):
    """Give every function and method of a module."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds)]


def our_models():
    """Give every model of ours, tables between two models included."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("viche.")]


def addresses():
    """Give (name with its package, pattern) of every address."""
    return list(_walk(get_resolver(), ()))


def _walk(resolver, spaces):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or "")), entry
        else:
            yield from _walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
