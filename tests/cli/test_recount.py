"""`viche recount`: agrees or names the first difference, and writes the ledger anew when told to."""

import pytest

from tests.factories import awards, events, programmes
from tests.factories import results as factory
from viche.config.cli import recount
from viche.config.cli.speaking import Stop
from viche.events.models import Packed
from viche.facts import operations
from viche.facts.models import Fact, Total
from viche.formats import pieces
from viche.results.queries.sources import SOURCES

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    programme = programmes.programme()
    made = events.accepted(events.published(programme), total=9, cells={"f:youth": 6, "m:x": 3})
    awards.pay(awards.active(programme), 1)
    factory.approved(factory.indicator(programme, parts=factory.PARTS), 20, parts={"women": "12"})
    operations.mend(SOURCES)
    return made


def said(capsys, *arguments, code):
    assert recount.run(list(arguments)) == code
    return capsys.readouterr().out


def test_an_empty_installation_agrees_with_itself(capsys):
    assert said(capsys, code=0).splitlines() == [
        "Звірено фактів: 0, сум: 0",
        "Звірено чисел на карті заходів: 0",
        "Звірено заходів у календарях: 0, ще не записано: 0",
        "Усе сходиться.",
    ]


def test_a_ledger_that_agrees_tells_how_much_was_compared(report, capsys):
    out = said(capsys, code=0)
    assert f"Звірено фактів: {Fact.objects.count()}, сум: {Total.objects.count()}" in out
    assert out.endswith("Усе сходиться.\n")
    assert "записано наново" not in out


def test_a_fact_changed_by_hand_is_named_with_both_rows(report, capsys):
    Fact.objects.filter(kind="event", measure="heads", split="").update(value=8, shown=None)
    lines = said(capsys, code=1).splitlines()
    assert lines[1] == f"Не сходиться: event:{report.event_id} heads"
    assert lines[2].startswith("  у книзі: ")
    assert " 8" in lines[2]
    assert lines[3].startswith("  за записами: ")
    assert " 9" in lines[3]
    assert "Усе сходиться." not in lines


def test_a_fact_that_is_missing_is_told_to_be_none(report, capsys):
    Fact.objects.filter(kind="event", measure="ideas").delete()
    out = said(capsys, code=1)
    assert f"Не сходиться: event:{report.event_id} ideas" in out
    assert "  у книзі: немає" in out


def test_a_fact_of_no_record_is_told_to_be_none_by_the_records(report, capsys):
    extra = Fact.objects.filter(kind="value", split="").get()
    extra.pk, extra.record = None, extra.record + 100
    extra.save()
    out = said(capsys, code=1)
    assert f"Не сходиться: value:{extra.record}" in out
    assert "  за записами: немає" in out


@pytest.mark.parametrize("measure", ["heads", "paid.UAH"])
def test_a_sum_changed_by_hand_is_named_by_measure_and_months(report, capsys, measure):
    changed = Total.objects.filter(measure=measure, split="", level=0).order_by("span").first()
    Total.objects.filter(pk=changed.pk).update(value=changed.value + 1)
    out = said(capsys, code=1)
    assert f"Не сходиться: {changed.programme} {measure} {changed.span} whole" in out
    assert str(changed.value + 1) in out


def test_looking_alone_mends_nothing(report, capsys):
    Fact.objects.filter(measure="ideas").delete()
    assert said(capsys, code=1) == said(capsys, code=1)


@pytest.mark.parametrize(
    "harm",
    [
        lambda: Fact.objects.all().delete(),
        lambda: Total.objects.all().delete(),
        lambda: Fact.objects.filter(measure="heads").update(value=1, shown=1),
        lambda: Total.objects.update(untold=5),
        lambda: Fact.objects.filter(kind="tranche").update(programme=99),
    ],
)
def test_mending_writes_right_whatever_was_harmed(report, capsys, harm):
    before = set(Fact.objects.values_list("kind", "record", "measure", "split", "value", "shown"))
    harm()
    assert "Не сходиться" in said(capsys, code=1)
    assert said(capsys, "--mend", code=0).splitlines()[0] == "Книгу записано наново за записами."
    assert set(Fact.objects.values_list("kind", "record", "measure", "split", "value", "shown")) == before
    assert "Усе сходиться." in said(capsys, code=0)


def test_an_unknown_word_is_refused_with_the_code_of_misuse(capsys):
    with pytest.raises((Stop, SystemExit)) as no:
        recount.run(["--guess"])
    assert no.value.code == 2


def test_a_calendar_that_says_what_its_event_does_not_is_named_and_mended(report, capsys):
    assert "Звірено заходів у календарях: 1, ще не записано: 0" in said(capsys, code=0)
    Packed.objects.update(uk=pieces.pack(b"UID:x"))
    assert said(capsys, code=1).endswith(f"Не сходиться: календар заходу {report.event.code}\n")
    assert said(capsys, "--mend", code=0).endswith("Усе сходиться.\n")
    Packed.objects.all().delete()
    assert "Звірено заходів у календарях: 0, ще не записано: 1" in said(capsys, code=0)
