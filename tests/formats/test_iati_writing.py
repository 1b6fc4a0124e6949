"""Activities that we write: valid by the official schema, and nothing is found in them by any layer."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.formats.exports import NOW, iati_faults
from viche.formats.iati import checking, schema, writing
from viche.formats.iati import records as r

texts = st.text(max_size=20).filter(lambda told: writing.said(told).strip())
loose = st.one_of(st.just(""), st.text(max_size=12))
languages = st.sampled_from(["uk", "en", "pl"])
worded = st.dictionaries(languages, texts, min_size=1, max_size=2)
maybe = st.one_of(st.just({}), worded)
amounts = st.one_of(st.integers(0, 10**12), st.decimals(0, 10**12, places=2))
past = st.dates(date(2000, 1, 1), date(2026, 11, 22))
refs = st.from_regex(r"UA-EDR-[0-9]{8}", fullmatch=True)
kinds = st.sampled_from(["10", "21", "22", "80"])


@st.composite
def organisations(draw, role=""):
    ref, name = draw(st.one_of(st.just(""), refs)), draw(maybe)
    return r.Organisation(name=name if ref else name or {"uk": "н"}, ref=ref, kind=draw(kinds), role=role)


@st.composite
def spans(draw, longest=1_000):
    start = draw(past)
    return start, start + timedelta(days=draw(st.integers(0, longest)))


@st.composite
def shares(draw, codes, **more):
    """Codes whose percentages make a hundred; a single one has none."""
    chosen = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=len(codes), unique=True))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(chosen) - 1, max_size=len(chosen) - 1)))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return [
        r.Share(code, percentage=part if len(chosen) > 1 else None, **more)
        for code, part in zip(chosen, parts, strict=True)
    ]


documents = st.builds(
    r.Document,
    url=st.just("https://viche.example/звіт?a=1&b=2"),
    format=st.sampled_from(["application/pdf", "text/html"]),
    title=worded,
    categories=st.lists(st.sampled_from(["A01", "A08", "B01"]), min_size=1, max_size=2),
    description=maybe,
    languages=st.lists(languages, max_size=2),
    dated_on=st.none() | past,
)
dimensions = st.dictionaries(texts, texts, max_size=2)


@st.composite
def indicators(draw):
    measure = draw(st.sampled_from(["1", "2", "3", "4", "5"]))
    numbers = st.none() | amounts
    values = st.builds(
        r.Value,
        value=numbers,
        dimensions=dimensions,
        locations=st.lists(texts, max_size=1),
        comment=maybe,
        documents=st.lists(documents, max_size=1),
    )
    baselines = st.builds(
        r.Baseline,
        year=st.integers(1990, 2030),
        value=numbers,
        dated_on=st.none() | past,
        dimensions=dimensions,
        comment=maybe,
    )
    periods = []
    for start, end in draw(st.lists(spans(), max_size=2)):
        periods.append(r.Period(start, end, draw(st.lists(values, max_size=2)), draw(st.lists(values, max_size=3))))
    return r.Indicator(
        measure=measure,
        title=draw(worded),
        periods=periods,
        ascending=draw(st.booleans()),
        aggregates=draw(st.none() | st.booleans()),
        description=draw(maybe),
        references=draw(st.lists(st.just(r.Reference("99", "A1", "https://viche.example/a1")), max_size=1)),
        baselines=draw(st.lists(baselines, max_size=2)),
    )


results = st.builds(
    r.Result,
    kind=st.sampled_from(["1", "2", "3", "9"]),
    title=worded,
    indicators=st.lists(indicators(), min_size=1, max_size=2),
    aggregates=st.none() | st.booleans(),
    description=maybe,
)


@st.composite
def budgets(draw):
    start, end = draw(spans(365))
    return r.Budget(start, end, draw(amounts), draw(st.sampled_from(["", "EUR"])), committed=draw(st.booleans()))


transactions = st.builds(
    r.Transaction,
    kind=st.sampled_from(["1", "2", "3", "4"]),
    happened_on=past,
    amount=amounts,
    ref=loose,
    currency=st.sampled_from(["", "USD"]),
    description=maybe,
    provider=st.none() | organisations(),
    receiver=st.none() | organisations(),
)
locations = st.builds(
    r.Location,
    ref=loose,
    name=maybe,
    administrative=st.lists(st.tuples(st.just("G1"), st.none() | st.integers(0, 4), texts), max_size=2),
    point=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    exact=st.booleans(),
)


@st.composite
def activities(draw, number=0):
    dates = {r.PLANNED_START: date(2024, 1, 1), r.PLANNED_END: date(2027, 1, 1)}
    dates |= draw(
        st.sampled_from(
            [{}, {r.ACTUAL_START: date(2024, 2, 1)}, {r.ACTUAL_START: date(2024, 2, 1), r.ACTUAL_END: date(2024, 2, 1)}]
        )
    )
    ref = draw(refs)
    return r.Activity(
        identifier=f"{ref}-{number}",
        reporting=r.Organisation({"uk": "Спілка"}, ref, "22"),
        title=draw(worded),
        description=draw(worded),
        participating=[
            draw(organisations(role)) for role in draw(st.lists(st.sampled_from("1234"), min_size=1, max_size=3))
        ],
        status=draw(st.sampled_from("123456")),
        dates=dates,
        language=draw(languages),
        hierarchy=draw(st.none() | st.integers(1, 2)),
        updated_at=draw(st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2026, 11, 1), timezones=st.just(UTC))),  # noqa: DTZ001
        humanitarian=draw(st.none() | st.booleans()),
        secondary=draw(st.none() | st.booleans()),
        contacts=draw(
            st.lists(
                st.builds(
                    r.Contact,
                    organisation=maybe,
                    telephone=loose,
                    email=loose,
                    website=st.sampled_from(["", "https://viche.example"]),
                    address=maybe,
                ),
                max_size=1,
            )
        ),
        scope=draw(st.sampled_from(["", "4"])),
        countries=draw(shares(["UA", "PL", "MD"])),
        locations=draw(st.lists(locations, max_size=2)),
        sectors=draw(shares(["15112", "15150", "16061"])),
        tags=draw(st.lists(st.just(r.Share("16", "2", name={"en": "Peace"})), max_size=1)),
        scopes=draw(st.lists(st.just(r.Scope("1", "1-2", "EQ-2024-1", {"uk": "т"})), max_size=1)),
        collaboration=draw(st.sampled_from(["", "1"])),
        flow=draw(st.sampled_from(["", "10"])),
        finance=draw(st.sampled_from(["", "110"])),
        aid=draw(st.sampled_from(["", "C01"])),
        tied=draw(st.sampled_from(["", "5"])),
        budgets=draw(st.lists(budgets(), max_size=2)),
        transactions=draw(st.lists(transactions, max_size=3)),
        documents=draw(st.lists(documents, max_size=2)),
        related=draw(st.lists(st.just(r.Related("UA-EDR-00000000-P", r.PARENT)), max_size=1)),
        results=draw(st.lists(results, max_size=2)),
    )


def written(*given_activities):
    return b"".join(writing.document(given_activities, generated_at=NOW))


XSD = etree.XMLSchema(etree.parse(schema.folder() / "iati-activities-schema.xsd"))


@given(activities(1), activities(2))
@settings(max_examples=25)
def test_whatever_we_write_passes_all_three_layers(one, other):
    told = written(one, other)
    assert XSD.validate(etree.fromstring(told)), XSD.error_log
    assert iati_faults(told) == []


def award(**more):
    told = {
        "identifier": "UA-EDR-00000000-F1",
        "reporting": r.Organisation({"uk": "Спілка"}, "UA-EDR-00000000", "22"),
        "title": {"uk": "Куток", "en": "Corner"},
        "description": {"uk": "Про куток"},
        "participating": [r.Organisation({"uk": "Бібліотека"}, role=r.IMPLEMENTING)],
        "status": "2",
        "dates": {r.ACTUAL_START: date(2024, 1, 1)},
        "countries": [r.Share("UA")],
        "sectors": [r.Share("15112")],
    }
    return r.Activity(**told | more)


def read(activity, path):
    return etree.fromstring(written(activity)).xpath(f"iati-activity/{path}")


def test_a_text_in_the_activitys_own_language_needs_no_mark():
    assert read(award(), "title/narrative[not(@xml:lang)]/text()") == ["Куток"]
    assert read(award(), "title/narrative[@xml:lang='en']/text()") == ["Corner"]
    assert read(award(language="en"), "title/narrative[not(@xml:lang)]/text()") == ["Corner"]


def test_disaggregated_actuals_stand_beside_the_whole():
    period = r.Period(
        date(2024, 1, 1),
        date(2024, 12, 31),
        [r.Value(300)],
        [
            r.Value(Decimal("310.50")),
            r.Value(200, {"sex": "female"}, ["kyiv"]),
            r.Value(None, {"sex": "male"}, comment={"uk": "Менше п’яти"}),
        ],
    )
    told = award(results=[r.Result(r.OUTPUT, {"uk": "Заходи"}, [r.Indicator(r.UNIT, {"uk": "Люди"}, [period])])])
    assert read(told, "result/indicator/period/target/@value") == ["300"]
    assert read(told, "result/indicator/period/actual/@value") == ["310.50", "200"]
    assert read(told, "result/indicator/period/actual[dimension[@name='sex'][@value='female']]/location/@ref") == [
        "kyiv"
    ]
    assert b"\xd0\x9c\xd0\xb5\xd0\xbd\xd1\x88\xd0\xb5" not in written(told)


def test_what_is_qualitative_has_words_and_no_value():
    period = r.Period(date(2024, 1, 1), date(2024, 12, 31), actuals=[r.Value(5, comment={"uk": "Довіри більше"})])
    told = award(
        results=[r.Result(r.OUTCOME, {"uk": "Довіра"}, [r.Indicator(r.QUALITATIVE, {"uk": "Довіра"}, [period])])]
    )
    assert read(told, "result/indicator/period/actual/@value") == []
    assert read(told, "result/indicator/period/actual/comment/narrative/text()") == ["Довіри більше"]


def test_levels_money_and_places_are_told():
    told = award(
        hierarchy=2,
        related=[r.Related("UA-EDR-00000000-P", r.PARENT)],
        transactions=[
            r.Transaction(
                r.DISBURSEMENT,
                date(2024, 3, 1),
                Decimal("90000.00"),
                provider=r.Organisation(ref="UA-EDR-1", activity="UA-EDR-1-A"),
            )
        ],
        locations=[r.Location("lib", {"uk": "Громада"}, [("G1", 3, "UA05020030000031457")], (49.23278, 28.48097))],
        contacts=[r.Contact({"uk": "Спілка"}, email="office@viche.example")],
    )
    assert read(told, "@hierarchy") == ["2"]
    assert read(told, "transaction/value/text()") == ["90000.00"]
    assert read(told, "transaction/provider-org/@provider-activity-id") == ["UA-EDR-1-A"]
    assert read(told, "location/point/pos/text()") == ["49.23278 28.48097"]
    assert read(told, "location/exactness/@code") == ["2"]
    assert read(told, "contact-info/email/text()") == ["office@viche.example"]
    assert read(told, "related-activity/@ref") == ["UA-EDR-00000000-P"]
    assert iati_faults(written(told)) == []


def test_regions_and_references_of_results_are_told():
    reference = r.Reference("99", "R1", "https://viche.example/r1")
    told = award(
        countries=[],
        regions=[r.Share("89", "1", 100)],
        results=[r.Result(r.IMPACT, {"uk": "Довіра"}, [r.Indicator(r.UNIT, {"uk": "Люди"})], references=[reference])],
    )
    assert read(told, "recipient-region[@vocabulary='1'][@percentage='100']/@code") == ["89"]
    assert read(told, "result/reference/@vocabulary-uri") == ["https://viche.example/r1"]
    assert iati_faults(written(told)) == []


def test_what_xml_cannot_hold_is_left_out():
    told = award(title={"uk": "а\x00б\ud800в<&>"})
    assert read(told, "title/narrative/text()") == ["аб?в<&>"]


def test_a_file_without_activities_is_refused_before_a_byte():
    with pytest.raises(ValueError, match="at least one"):
        next(writing.document([], generated_at=NOW))


def test_a_moment_is_written_in_utc():
    kyiv = datetime.fromisoformat("2024-02-01T12:00:00+02:00")
    assert read(award(updated_at=kyiv), "@last-updated-datetime") == ["2024-02-01T10:00:00Z"]


def test_a_remark_for_people_stands_before_the_activities():
    told = b"".join(writing.framed([writing.piece(award())], generated_at=NOW, remark="Вигадано -- для показу"))
    assert "<!-- Вигадано – для показу -->" in told.decode()
    assert iati_faults(told) == []


def test_an_activity_is_judged_before_it_is_put_into_a_file():
    judge = checking.Judge(NOW)
    assert judge.faults(writing.piece(award())) == []
    assert [one.rule for one in judge.faults(writing.piece(award()))] == ["duplicate-id"]
    faulty = award(identifier="UA-EDR-00000000-F2", sectors=[r.Share("99999")], status="9", participating=[])
    assert {(one.layer, one.rule) for one in judge.faults(writing.piece(faulty))} == {
        ("code", "Sector"),
        ("code", "ActivityStatus"),
        ("schema", "unexpected"),
    }


def test_it_is_written_as_it_is_asked_for():
    asked = []

    def many():
        for number in range(400):
            asked.append(number)
            yield award(identifier=f"UA-EDR-00000000-{number}")

    pieces = writing.document(many(), generated_at=NOW)
    first = next(pieces)
    assert len(asked) < 200
    whole = first + b"".join(pieces)
    assert len(asked) == 400
    assert list(checking.check(io.BytesIO(whole), now=NOW)) == []
    assert max(map(len, whole.split(b"</iati-activity>"))) < writing.PIECE
