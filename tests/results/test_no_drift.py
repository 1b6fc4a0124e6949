"""Whatever is renamed, moved, ended or forgotten afterwards, the ledger is what a recount of the records gives."""

from datetime import timedelta

import pytest

from tests.factories import awards, events, people, places, programmes
from tests.factories import results as factory
from tests.places import books
from viche.awards.models import Award
from viche.awards.operations import granting
from viche.config.cli import places as command
from viche.config.cli.speaking import Stop
from viche.events.operations import reporting
from viche.facts import operations
from viche.facts.choices import Level
from viche.facts.models import Fact, Total
from viche.facts.queries import recounting
from viche.people import operations as accounts
from viche.places.models import Hromada, Oblast
from viche.results.operations import deciding
from viche.results.queries.sources import SOURCES

pytestmark = pytest.mark.django_db
AT = factory.MOMENT
AFTER = ("UA59000000000057109", "UA59060000000012345")


def agree():
    """Whether the ledger is what the records give; the first difference where it is not."""
    verdict = recounting.compare(SOURCES)
    assert verdict.facts > 0
    return verdict.difference


@pytest.fixture
def scene():
    """A programme with an event, an award paid, a hub and an approved value, all in one hromada."""
    made = programmes.programme()
    made.officer, made.author = programmes.officer(made), programmes.editor(made)
    made.hromada = places.hromada()
    made.organisation = people.organisation(hromada=made.hromada)
    made.event = events.published(made, organisation=made.organisation)
    made.report = events.accepted(made.event, total=9, cells={"f:youth": 6, "m:x": 3})
    made.award = awards.active(made)
    awards.pay(made.award, 1)
    programmes.participant(made, organisation=made.organisation)
    made.value = factory.approved(
        factory.indicator(made, parts=factory.PARTS), 20, hromada=made.hromada, reported_by=made.author
    )
    operations.mend(SOURCES)
    assert agree() is None
    return made


def test_an_organisation_called_otherwise_and_moved_to_another_oblast(scene):
    there = places.hromada(oblast=places.oblast(name="Сумська"))
    for organisation in (scene.organisation, scene.award.organisation):
        accounts.change_organisation(
            organisation,
            name="Нова назва",
            name_en="New name",
            website="",
            hromada=there,
            by=people.administrator(),
            at=AT,
        )
        assert agree() is None
    assert Fact.objects.filter(kind="participant", hromada=there).exists()
    # What was done before stays where it was done.
    assert Fact.objects.filter(kind="event").exclude(hromada=there).exists()


def test_an_organisation_that_becomes_the_branch_of_another(scene):
    accounts.correct_organisation(
        scene.organisation,
        name=scene.organisation.name,
        name_en="",
        kind=scene.organisation.kind,
        edrpou=scene.organisation.edrpou,
        parent=people.organisation(),
        by=people.administrator(),
        at=AT,
    )
    assert agree() is None


def test_an_award_whose_payment_is_taken_back_and_that_is_ended(scene):
    tranche = scene.award.tranches.get(state="paid")
    granting.revoke_payment(tranche, why="Повернулося з банку.", by=scene.officer, at=AT)
    assert agree() is None
    assert not Fact.objects.filter(measure="paid.UAH").exists()
    award = Award.objects.get(pk=scene.award.pk)
    granting.end(award, why="Відмовилися.", by=scene.officer, at=AT + timedelta(days=1))
    assert agree() is None


def test_a_report_and_a_value_that_are_taken_back(scene):
    reporting.reopen(scene.report, remark="Уточніть.", by=scene.officer, at=AT)
    assert agree() is None
    deciding.withdraw(scene.value, why="Двічі.", by=scene.officer, at=AT)
    assert agree() is None
    assert not Fact.objects.filter(kind__in=["event", "value"]).exists()


def test_a_person_forgotten_who_wrote_values_and_held_keys(scene):
    key = people.key(scene.author)
    before = list(Fact.objects.order_by("pk").values())
    scene.author.roles.all().delete()
    accounts.forget(scene.author, by=scene.author, at=AT)
    assert list(Fact.objects.order_by("pk").values()) == before
    assert not type(key).objects.exists()
    assert agree() is None


def moved_rows():
    """The plain codifier, with the first hromada in another oblast."""
    oblast, raion = AFTER
    rows = [([oblast], "O", "Сумська"), ([oblast, raion], "P", "Сумський")]
    for codes, letter, name in books.PLAIN:
        is_moved = books.FIRST in codes
        rows.append(([oblast, raion, *codes[2:]] if is_moved else codes, letter, name))
    return rows


def test_the_codifier_that_moves_a_hromada_moves_all_that_was_counted_there(tmp_path, capsys):
    command.run(["--file", str(books.book(tmp_path))])
    hromada = Hromada.objects.get(code=books.FIRST)
    here, programme = hromada.oblast, programmes.programme()
    organisation = people.organisation(hromada=hromada)
    events.accepted(events.published(programme, organisation=organisation, hromada=hromada, oblast=here), total=9)
    programmes.participant(programme, organisation=organisation)
    factory.approved(factory.indicator(programme), 20, hromada=hromada)
    operations.mend(SOURCES)
    kinds = {"event", "participant", "value"}
    assert set(Fact.objects.filter(oblast=here).values_list("kind", flat=True)) == kinds
    assert command.run(["--file", str(books.book(tmp_path, moved_rows()))]) == 0
    there = Oblast.objects.get(code=AFTER[0])
    hromada.refresh_from_db()
    assert hromada.oblast == there
    assert set(Fact.objects.filter(oblast=there).values_list("kind", flat=True)) == kinds
    assert not Fact.objects.filter(oblast=here).exists()
    assert not Total.objects.filter(level=Level.OBLAST, place=here.pk).exists()
    assert agree() is None
    assert "виправлено" in capsys.readouterr().out


def test_a_codifier_that_cannot_be_read_changes_nothing(scene, tmp_path):
    before = list(Fact.objects.order_by("pk").values())
    broken = tmp_path / "kodyfikator.xlsx"
    broken.write_bytes(b"not a workbook")
    with pytest.raises(Stop):
        command.run(["--file", str(broken)])
    assert list(Fact.objects.order_by("pk").values()) == before
    assert agree() is None
    assert scene.value.hromada == scene.hromada
