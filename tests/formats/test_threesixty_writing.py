"""Grants that we write: valid by the official schema, and nothing is found in them by any layer."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.exports import NOW, threesixty_faults
from viche.formats.threesixty import checking, writing
from viche.formats.threesixty import records as r

texts = st.text(st.characters(exclude_characters="@"), min_size=1, max_size=15)
loose = st.one_of(st.just(""), texts)
amounts = st.one_of(st.integers(0, 10**12), st.decimals(0, 10**12, places=2))
past = st.dates(date(1000, 1, 1), date(2026, 11, 22))
paths = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
addresses = st.one_of(
    st.just(""), paths.map(lambda told: f"https://приклад.укр/{told.replace('[', '').replace(']', '')}")
)
moments = st.none() | st.datetimes(datetime(1000, 1, 2), datetime(2026, 11, 1), timezones=st.just(UTC))  # noqa: DTZ001
places = st.builds(
    r.Place,
    name=loose,
    country=st.sampled_from(["", "UA"]),
    code=loose,
    code_kind=loose,
    point=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
organisations = st.builds(
    r.Organisation,
    id=texts,
    name=texts,
    alternate_name=loose,
    url=addresses,
    kind=loose,
    description=loose,
    places=st.lists(places, max_size=1),
)
payments = st.builds(
    r.Payment, id=texts, on=past, amount=amounts, currency=st.sampled_from(["UAH", "EUR"]), description=loose
)


@st.composite
def spans(draw):
    start = draw(past)
    end = start + timedelta(days=draw(st.integers(0, 900)))
    if end > NOW.date():
        end = start
    return draw(st.sampled_from([None, r.Span(start, end), r.Span(start), r.Span(months=draw(amounts))]))


@st.composite
def grants(draw, number=0):
    told = {"recipients": draw(st.lists(organisations, min_size=1, max_size=2))}
    if draw(st.booleans()):
        told = {"person": r.Person(draw(texts), draw(texts))}
    return r.Grant(
        id=f"360G-viche-{number}",
        title=draw(texts),
        description=draw(texts),
        currency="UAH",
        awarded=draw(amounts),
        awarded_on=draw(past),
        funders=draw(st.lists(organisations, min_size=1, max_size=2)),
        asked=draw(st.none() | amounts),
        disbursed=draw(st.none() | amounts),
        url=draw(addresses),
        planned=draw(spans()),
        actual=draw(spans()),
        places=draw(st.lists(places, max_size=2)),
        programmes=draw(
            st.lists(st.builds(r.Programme, code=texts, title=texts, description=loose, url=addresses), max_size=1)
        ),
        open_call=draw(st.none() | st.booleans()),
        classes=draw(
            st.lists(st.builds(r.Class, vocabulary=texts, code=texts, title=loose, url=addresses), max_size=1)
        ),
        documents=draw(
            st.lists(
                st.builds(r.Document, id=texts, title=texts, url=addresses, kind=loose, description=loose), max_size=1
            )
        ),
        commitments=draw(st.lists(payments, max_size=2)),
        disbursements=draw(st.lists(payments, max_size=2)),
        activities=draw(st.lists(texts, max_size=1)),
        updated_at=draw(moments),
        source=draw(addresses),
        **told,
    )


packages = st.builds(
    r.Package,
    title=texts,
    publisher=texts,
    publisher_id=loose,
    website=addresses,
    licence=addresses,
    url=addresses,
    description=loose,
    identifier=loose,
    issued_on=st.none() | past,
    modified_at=moments,
    extensions=st.lists(texts, max_size=3),
)


def written(package, *given_grants):
    return b"".join(writing.document(package, given_grants))


@given(packages, grants(1), grants(2))
@settings(max_examples=30)
def test_whatever_we_write_passes_all_layers(official, package, one, other):
    told = written(package, one, other)
    assert [error.message for error in official.iter_errors(json.loads(told))] == []
    assert threesixty_faults(told) == []


LIBRARY = r.Organisation(
    "UA-EDR-00000001", "Бібліотека", places=[r.Place("Громада", "UA", "UA05020030000031457", "KATOTTG")]
)
UNION = r.Organisation("UA-EDR-00000000", "Спілка")
PACKAGE = r.Package("Ґранти", "Спілка")


def award(**more):
    told = {
        "id": "360G-viche-1",
        "title": "Куток",
        "description": "Про куток",
        "currency": "UAH",
        "awarded": Decimal("180000.00"),
        "awarded_on": date(2024, 2, 1),
        "funders": [UNION],
        "recipients": [LIBRARY],
    }
    return r.Grant(**told | more)


def read(one):
    (told,) = json.loads(written(PACKAGE, one))["grants"]
    return told


def test_a_grant_says_what_is_known_of_it_and_no_more():
    assert read(award()) == {
        "id": "360G-viche-1",
        "title": "Куток",
        "description": "Про куток",
        "currency": "UAH",
        "amountAwarded": 180000,
        "awardDate": "2024-02-01",
        "recipientOrganization": [
            {
                "id": "UA-EDR-00000001",
                "name": "Бібліотека",
                "location": [
                    {"name": "Громада", "countryCode": "UA", "geoCode": "UA05020030000031457", "geoCodeType": "KATOTTG"}
                ],
            }
        ],
        "fundingOrganization": [{"id": "UA-EDR-00000000", "name": "Спілка"}],
    }


def test_nothing_spent_is_a_figure_too():
    told = read(award(disbursed=0, asked=Decimal("0.50"), open_call=False))
    assert (told["amountDisbursed"], told["amountAppliedFor"], told["fromOpenCall"]) == (0, 0.5, "No")


def test_points_spans_and_moments_are_told():
    kyiv = datetime.fromisoformat("2024-02-01T12:00:00+02:00")
    told = read(award(places=[r.Place(point=(0.0, 28.5))], planned=r.Span(date(2024, 2, 1), months=6), updated_at=kyiv))
    assert told["beneficiaryLocation"] == [{"latitude": 0.0, "longitude": 28.5}]
    assert told["plannedDates"] == [{"startDate": "2024-02-01", "duration": 6}]
    assert told["dateModified"] == "2024-02-01T10:00:00Z"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://viche.example/a?b=c&d#e", "https://viche.example/a?b=c&d#e"),
        ("https://viche.example/куток", "https://viche.example/%D0%BA%D1%83%D1%82%D0%BE%D0%BA"),
        ("https://viche.example/%D0%BA 100%", "https://viche.example/%D0%BA%20100%25"),
        ("https://приклад.укр/", "https://xn--80aikifvh.xn--j1amh/"),
    ],
)
def test_an_address_is_written_in_ascii(url, told):
    assert read(award(url=url))["url"] == told


def test_a_file_without_grants_is_refused_before_a_byte():
    with pytest.raises(ValueError, match="at least one"):
        next(writing.document(PACKAGE, []))


def test_it_is_written_as_it_is_asked_for():
    asked = []

    def many():
        for number in range(1_000):
            asked.append(number)
            yield award(id=f"360G-viche-{number}")

    pieces = writing.document(PACKAGE, many())
    first = next(pieces)
    assert len(asked) < 500
    whole = first + b"".join(pieces)
    assert len(asked) == 1_000
    assert list(checking.check(io.BytesIO(whole), now=NOW)) == []
