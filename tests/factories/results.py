"""Indicators, periods, targets and reported values for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from tests.factories import people, programmes
from viche.facts import operations as facts
from viche.methods import indicators as methods
from viche.methods import ledger
from viche.results.choices import EvidenceKind, IndicatorKind, ValueState
from viche.results.models import Evidence, Indicator, Period, Target, Value
from viche.results.operations import telling

MOMENT = datetime(2024, 7, 1, 10, 0, tzinfo=UTC)
numbers = count(1)
PARTS = [{"code": "women", "name": "жінки"}, {"code": "men", "name": "чоловіки"}]


def indicator(of=None, **changes):
    """A public indicator that people report, of a programme of its own unless one is given."""
    number = next(numbers)
    kind = changes.get("kind", IndicatorKind.COUNTED if changes.get("measure") else IndicatorKind.REPORTED)
    values = {
        "programme": of or programmes.programme(),
        "code": f"P{number}",
        "position": number % 1000,
        "name": f"Ініціативи мешканців {number}",
        "name_en": f"Initiatives of residents {number}",
        "unit": "ініціатив",
        "unit_en": "initiatives",
        **changes,
        "kind": kind,
    }
    return Indicator.objects.create(**values)


def counted(of=None, measure="events", **changes):
    """An indicator that Viche counts from the records."""
    return indicator(of, measure=measure, **changes)


def ratio(over, under, **changes):
    """An indicator reckoned from two others."""
    return indicator(over.programme, kind=IndicatorKind.RATIO, over=over, under=under, **changes)


def period(of=None, *, since=date(2024, 4, 1), until=None, **changes):
    """The second quarter of 2024, or other whole months."""
    since, until = methods.whole_months(since, until or ledger.after(since, 2))
    values = {
        "programme": of or programmes.programme(),
        "name": f"{since:%m.%Y} – {until:%m.%Y}",
        "starts_on": since,
        "ends_on": until,
        **changes,
    }
    return Period.objects.create(**values)


def target(of=None, value=100, **changes):
    """A target of the whole programme, unless a `period` or a `split` is given."""
    return Target.objects.create(indicator=of or indicator(), value=Decimal(value), **changes)


def value(of=None, number=10, *, proved=True, **changes):
    """A reported value, a draft unless told otherwise, with a document that proves it."""
    of = of or indicator()
    within = changes.pop("period", None)
    within = within or Period.objects.filter(programme=of.programme).first() or period(of.programme)
    values = {
        "indicator": of,
        "period": within,
        "on": within.starts_on,
        "value": None if number is None else Decimal(number),
        "reported_at": MOMENT,
        **changes,
    }
    if "reported_by" not in values:
        values["reported_by"] = programmes.officer(of.programme)
    made = Value.objects.create(**values)
    if proved:
        evidence(made)
    return made


def evidence(of=None, **changes):
    """A link that proves a value."""
    values = {
        "kind": EvidenceKind.LINK,
        "link": "https://example.org/protocol-17",
        "caption": "Протокол сесії № 17",
        "added_at": MOMENT,
        **changes,
    }
    return Evidence.objects.create(value=of or value(), **values)


def submitted(of=None, number=10, **changes):
    """A reported value that waits to be approved."""
    return value(of, number, state=ValueState.SUBMITTED, **changes)


def approved(of=None, number=10, *, by=None, **changes):
    """A reported value approved by another officer: a fact of the ledger."""
    made = submitted(of, number, **changes)
    made.state, made.decided_at = ValueState.APPROVED, MOMENT
    made.decided_by = by or people.administrator()
    made.save()
    keep(made)
    return made


def keep(made):
    """Let the ledger follow what a test wrote without an operation."""
    from viche.results.queries import figures

    facts.keep(figures.SOURCE.of([made.pk], programme=made.indicator.programme_id))


def donor_report(of=None, *, by=None, **changes):
    """A report to a donor on the second quarter of 2024, as it begins."""
    of = of or programmes.programme()
    values = {
        "title": "Звіт за квартал",
        "donor": "",
        "language": "uk",
        "since": date(2024, 4, 1),
        "until": date(2024, 6, 30),
    }
    return telling.begin(of, **{**values, **changes}, by=by or programmes.officer(of), at=MOMENT)
