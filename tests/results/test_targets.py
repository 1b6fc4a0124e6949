"""Targets: a whole table at once, never above the whole, never in a closed period, never over somebody else's."""

import json
from decimal import Decimal

import pytest

from tests.factories import programmes
from tests.factories import results as factory
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.results.models import Target
from viche.results.operations import periods, targets
from viche.results.queries import aims

pytestmark = pytest.mark.django_db
AT = factory.MOMENT


@pytest.fixture
def one():
    programme = programmes.programme()
    made = factory.counted(programme, "heads")
    made.officer, made.period = programmes.officer(programme), factory.period(programme)
    return made


def write(one, cells, mark=None, by=None):
    cells = {cell: None if value is None else Decimal(value) for cell, value in cells.items()}
    return targets.write(one, cells, mark=mark or aims.of(one).mark, by=by or one.officer, at=AT)


def refused(*given, **named):
    with pytest.raises(Refused) as no:
        write(*given, **named)
    return no.value


def test_a_table_is_written_at_once_and_told_in_the_journal(one):
    write(one, {(None, ""): 6000, (one.period.pk, ""): 500, (one.period.pk, "sex:f"): 300})
    assert aims.stored(one) == {(None, ""): 6000, (one.period.pk, ""): 500, (one.period.pk, "sex:f"): 300}
    write(one, {(None, ""): 6500, (one.period.pk, "sex:f"): None})
    assert aims.stored(one) == {(None, ""): 6500, (one.period.pk, ""): 500}
    write(one, {(None, ""): 6500})
    entries = list(Entry.objects.filter(verb="results.targets_written").order_by("pk"))
    assert len(entries) == 2
    assert json.loads(entries[1].values.body)["before"]["targets"] == {
        "Уся програма": "6000.00",
        f"{one.period.name} sex:f": "300.00",
    }


def test_a_target_in_a_closed_period_is_refused_and_nothing_is_changed(one):
    write(one, {(one.period.pk, ""): 500})
    periods.close(one.period, by=one.officer, at=AT)
    no = refused(one, {(None, ""): 7000, (one.period.pk, ""): 501})
    assert (no.status, "закрито" in no.sentence) == (409, True)
    assert aims.stored(one) == {(one.period.pk, ""): 500}
    write(one, {(None, ""): 7000, (one.period.pk, ""): 500})
    assert Target.objects.count() == 2


def test_parts_never_come_to_more_than_the_whole(one):
    no = refused(one, {(None, ""): 100, (None, "sex:f"): 80, (None, "sex:m"): 30})
    assert "складові разом 110, а загалом 100. Зменште складові на 10" in no.sentence
    assert not Target.objects.exists()
    write(one, {(None, ""): 100, (None, "sex:f"): 80, (None, "age:youth"): 90, (None, "age:adult"): 10})
    write(one, {(None, "group:older"): 90, (None, "group:displaced"): 90})
    assert "загалом 50" in refused(one, {(None, ""): 50}).sentence
    write(one, {(None, ""): None})


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ((None, ""), -1, "від’ємною"),
        ((None, ""), 10**14, "Перевірте нулі"),
        ((None, "sex:q"), 1, "немає такої складової"),
        ((10**9, ""), 1, "іншої програми"),
    ],
)
def test_what_cannot_be_a_target_is_refused(one, cell, value, words):
    assert words in refused(one, {cell: value}).sentence
    assert not Target.objects.exists()


def test_nobody_writes_over_what_a_colleague_has_written_meanwhile(one):
    seen = aims.of(one).mark
    write(one, {(None, ""): 6000})
    with pytest.raises(targets.Stale):
        write(one, {(None, ""): 7000}, mark=seen)
    assert aims.stored(one) == {(None, ""): 6000}


def test_what_adds_up_to_nothing_has_no_parts(one):
    other = factory.indicator(one.programme)
    assert aims.dimensions_of(factory.ratio(one, other)) == []
    assert aims.dimensions_of(factory.counted(one.programme, "heads", how="oblasts")) == []
    assert aims.dimensions_of(factory.counted(one.programme, "heads", split="sex:f")) == ["age", "group", "format"]
    own = factory.indicator(one.programme, parts=factory.PARTS)
    table = aims.of(own, "part")
    assert [column.split for column in table.columns] == ["", "part:women", "part:men"]
    assert aims.of(own, "sex").by == ""


def test_officers_alone_set_targets(one):
    with pytest.raises(NotAllowed):
        write(one, {(None, ""): 1}, by=programmes.observer(one.programme))
