"""Properties are tried on the same examples everywhere and are not failed by a slow machine; the official schema of 360Giving."""

import json

import pytest
from hypothesis import settings
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

settings.register_profile("viche", deadline=None, derandomize=True, database=None)
settings.load_profile("viche")

BASE = "https://raw.githubusercontent.com/ThreeSixtyGiving/standard/{}/schema/360-giving-schema.json"


@pytest.fixture(scope="session")
def official(shared):
    """The schema that 360Giving publishes. It names itself 1.4.3, the package refers to 1.4.2, and its dialect has http://."""
    folder = shared / "standards" / "threesixtygiving"
    one = json.loads((folder / "360-giving-schema.json").read_text())
    whole = json.loads((folder / "360-giving-package-schema.json").read_text())
    resource = DRAFT202012.create_resource(one)
    registry = Registry().with_resources((BASE.format(version), resource) for version in ("1.4.2", "1.4.3"))
    checker = FormatChecker()
    assert {"date-time", "uri"} <= checker.checkers.keys()
    return Draft202012Validator(whole, registry=registry, format_checker=checker)
