"""The description of an API: what OpenAPI 3.1 wants of it, and what it says of lists, records, keys and wrong questions."""

import pytest

from viche.formats import openapi
from viche.formats.openapi import Description, Field, Operation, Parameter, Record

WORDS = {name: f"({name})" for name in ["200", "304", "400", "401", "403", "404", "422", "429", "key", "items", "next"]}
CALLS = Record(
    "calls",
    "Конкурси",
    "Оголошені",
    (
        Field("code", "код"),
        Field("state", "стан", choices=("open", "closed")),
        Field("closes_at", "коли", openapi.MOMENT, is_null=True),
        Field("outcome", "рішення", is_null=True, choices=("yes",)),
    ),
)
LIMIT = Parameter("limit", "скільки", {"type": "integer", "minimum": 1}, example=50)
CODE = Parameter("code", "код", {"type": "string"}, is_path=True)


@pytest.fixture
def told():
    operations = (
        Operation("/api/v1/calls", "calls", "Конкурси", "calls", is_list=True, parameters=(LIMIT,)),
        Operation("/api/v1/calls/{code}", "calls_code", "Конкурс", "calls", is_list=False, parameters=(CODE,)),
        Operation("/api/v1/office/calls", "office", "Свої", "calls", is_list=True, scope="calls:read"),
    )
    return openapi.document(
        Description(
            "Віче", "Читати", "1", "https://viche.example", "CC", "https://cc.example", WORDS, (CALLS,), operations
        )
    )


def test_it_says_which_standard_where_and_under_which_licence(told):
    assert told["openapi"].startswith("3.1.")
    assert told["servers"] == [{"url": "https://viche.example"}]
    assert told["info"]["license"] == {"name": "CC", "url": "https://cc.example"}
    assert list(told["paths"]) == ["/api/v1/calls", "/api/v1/calls/{code}", "/api/v1/office/calls"]


def test_a_list_comes_in_pages_and_a_record_as_it_is(told):
    page = told["paths"]["/api/v1/calls"]["get"]
    assert page["responses"]["200"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/calls_page"
    }
    assert set(page["responses"]["200"]["headers"]) == {"ETag", "Link"}
    assert page["parameters"] == [
        {
            "name": "limit",
            "in": "query",
            "description": "скільки",
            "required": False,
            "schema": LIMIT.schema,
            "example": 50,
        }
    ]
    one = told["paths"]["/api/v1/calls/{code}"]["get"]
    assert one["responses"]["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/calls"}
    assert one["parameters"][0]["in"] == "path"
    assert one["parameters"][0]["required"]
    assert "example" not in one["parameters"][0]


def test_what_may_go_wrong_is_told_of_each(told):
    wrong = {
        path: [status for status in one["get"]["responses"] if status >= "4"] for path, one in told["paths"].items()
    }
    assert wrong == {
        "/api/v1/calls": ["400", "422", "429"],
        "/api/v1/calls/{code}": ["404", "422", "429"],
        "/api/v1/office/calls": ["400", "401", "403", "422", "429"],
    }
    slow = told["paths"]["/api/v1/calls"]["get"]["responses"]["429"]
    assert "Retry-After" in slow["headers"]
    assert list(slow["content"]) == ["application/problem+json"]


def test_only_what_wants_a_key_names_one(told):
    assert "security" not in told["paths"]["/api/v1/calls"]["get"]
    assert told["paths"]["/api/v1/office/calls"]["get"]["security"] == [{"key": ["calls:read"]}]
    assert told["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_properties_are_typed_and_say_whether_they_may_be_empty(told):
    schema = told["components"]["schemas"]["calls"]
    assert schema["required"] == ["code", "state", "closes_at", "outcome"]
    assert schema["properties"]["code"] == {"type": "string", "description": "код"}
    assert schema["properties"]["state"]["enum"] == ["open", "closed"]
    assert schema["properties"]["closes_at"]["type"] == ["string", "null"]
    assert schema["properties"]["closes_at"]["format"] == "date-time"
    assert schema["properties"]["outcome"]["enum"] == ["yes", None]
