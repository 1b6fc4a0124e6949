"""Lists that go over all programmes tell the same numbers as the dashboard of each; figures elsewhere are text, never markup."""

from datetime import date

import pytest
from lxml import etree

from tests.factories import events, facts, programmes
from tests.factories import results as factory
from viche.facts.choices import Level
from viche.facts.queries import ever, figures
from viche.facts.queries.figures import NOTHING, Asked
from viche.methods.ledger import WHOLE, split
from viche.results.exports import badge
from viche.results.queries import board, harvest

pytestmark = pytest.mark.django_db
ON = date(2024, 7, 1)
EVIL = '<script>alert("1")</script> & «мешканці»'
CELLS = [{"f:adult": 20, "m:adult": 9}, {"f:adult": 40, "m:adult": 2, "m:youth": 3}, {"f:youth": 5}]


@pytest.fixture
def several():
    """Three programmes, each with indicators of every kind and events of its own."""
    made = [programmes.programme(code=code) for code in ("HUBS", "FUND", "CLUB")]
    for number, (programme, cells) in enumerate(zip(made, CELLS, strict=True)):
        for _again in range(number + 1):
            events.accepted(events.published(programme), total=sum(cells.values()), cells=cells)
        heads, meetings = factory.counted(programme, "heads"), factory.counted(programme, "events")
        factory.counted(programme, "heads", split="sex:f")
        factory.counted(programme, "attended", how="once")
        for how in ("hromadas", "oblasts"):
            factory.counted(programme, "events", how=how)
            factory.counted(programme, "events", how=how, split="format:seminar")
        factory.counted(programme, "paid.UAH")
        factory.ratio(heads, meetings)
        factory.ratio(heads, factory.counted(programme, "awards"))
        factory.approved(factory.indicator(programme), 10 * (number + 1))
        factory.target(heads, 100 * (number + 1))
    return made


def test_all_at_once_come_to_what_each_comes_to(several):
    wanted = list(harvest.indicators())
    assert len(wanted) == 3 * 13
    together = harvest.came_to(wanted)
    for programme in several:
        own = board.of_programme(programme, is_office=False)
        shown = board.counted(own, Asked.ever(programme.pk), is_office=False, on=ON)
        told = {one.indicator.pk: (one.value, one.is_complete) for one in shown}
        assert told == {one.pk: together[one.pk] for one in own}
    assert {number for number, _is_complete in together.values() if number}


def test_targets_at_once_are_those_of_each(several):
    aims = harvest.aims(list(harvest.indicators()))
    assert sorted(aims.values()) == [100, 200, 300]
    for programme in several:
        own = list(board.of_programme(programme, is_office=False))
        assert {pk: value for (pk, _part), value in board.targets(own, None).items()} == {
            one.pk: aims[one.pk] for one in own if one.pk in aims
        }


def test_figures_of_several_are_those_of_each(several):
    parts = [("heads", WHOLE), ("heads", split(sex="f")), ("events", WHOLE), ("nothing", WHOLE)]
    found = ever.figures((programme.pk, part) for programme in several for part in parts)
    for programme in several:
        alone = figures.of(Asked.ever(programme.pk), parts)
        assert {part: found[programme.pk, part] for part in parts} == {part: alone.get(part, NOTHING) for part in parts}
    assert found[several[0].pk, ("events", WHOLE)].value == 1
    assert found[several[2].pk, ("events", WHOLE)].value == 3


@pytest.mark.parametrize("level", [Level.OBLAST, Level.HROMADA])
def test_places_of_several_are_those_of_each(several, level):
    parts = [("events", WHOLE), ("events", split(format="seminar")), ("heads", WHOLE), ("nothing", WHOLE)]
    found = ever.reached([(programme.pk, part) for programme in several for part in parts], level)
    for programme in several:
        alone = figures.reached(Asked.ever(programme.pk), parts, level)
        assert {part: found[programme.pk, part] for part in parts} == {part: alone.get(part, 0) for part in parts}


def test_what_is_asked_twice_is_told_once_and_nothing_costs_nothing(several, django_assert_max_num_queries):
    whose = (several[1].pk, ("heads", WHOLE))
    assert list(ever.figures([whose, whose])) == [whose]
    with django_assert_max_num_queries(0):
        assert ever.reached([], Level.OBLAST) == {}
    assert harvest.came_to([]) == {}


@pytest.mark.parametrize("most", [5])
def test_all_programmes_cost_as_much_as_one(several, most, django_assert_max_num_queries):
    wanted = list(harvest.indicators())
    with django_assert_max_num_queries(most):
        harvest.came_to(wanted)
    with django_assert_max_num_queries(most):
        harvest.came_to([one for one in wanted if one.programme == several[0]])


@pytest.mark.parametrize("code", ["FUND", "fund", "Fund"])
def test_codes_are_found_however_they_are_typed(several, code):
    assert {one.programme.code for one in harvest.indicators(code)} == {"FUND"}
    first = harvest.indicators(code).first()
    assert harvest.indicator(code, first.code.lower()) == first
    assert set(harvest.facts(code).values_list("programme", flat=True)) == {several[1].pk}
    assert not harvest.facts("NOBODY").exists()


def test_a_programme_that_is_hidden_takes_all_with_it(several):
    type(several[0]).objects.filter(pk=several[0].pk).update(is_public=False)
    assert {one.programme.code for one in harvest.indicators()} == {"FUND", "CLUB"}
    assert several[0].pk not in set(harvest.facts().values_list("programme", flat=True))
    with pytest.raises(harvest.Indicator.DoesNotExist):
        harvest.indicators("HUBS").get()


# Figures on pages of others


@pytest.fixture
def named():
    programme = programmes.programme(code="FUND", name=f"Фонд {EVIL}")
    one = factory.counted(programme, "heads", code="H1", name=EVIL, name_en="Residents & <b>", unit="<i>людей</i>")
    facts.keep(facts.told(programme.pk, value=1240))
    return one


def embedded(client, ending="/", start=""):
    return client.get(f"{start}/embed/figures/FUND/H1{ending}")


def test_names_are_text_in_a_frame(client, named):
    page = embedded(client).content.decode()
    for markup in ("<script", "<i>людей", '"1")'):
        assert markup not in page
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; «мешканці»" in page
    assert "&lt;i&gt;людей&lt;/i&gt;" in page
    assert named.pk


def test_names_are_text_in_a_picture(client, named):
    drawn = etree.fromstring(embedded(client, ".svg").content)
    assert {etree.QName(one).localname for one in drawn.iter()} == {"svg", "title", "rect", "path", "g", "text"}
    (title,) = drawn.findall("{*}title")
    assert title.text == f"{EVIL}: 1\xa0240 <i>людей</i>"
    assert [one.text for one in drawn.iter("{*}text")] == [EVIL, "1\xa0240 <i>людей</i>"]
    assert named.pk


def test_programs_get_names_as_they_are(client, named):
    answer = embedded(client, ".json")
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    assert (told["name"], told["unit"], told["value"]) == (EVIL, "<i>людей</i>", 1240)
    assert (told["target"], told["percent"], told["programme"]) == (None, None, "FUND")
    assert named.pk


@pytest.mark.parametrize("ending", ["/", ".json", ".svg"])
def test_it_speaks_english_where_its_address_does(client, named, ending):
    body = embedded(client, ending, "/en").content.decode()
    assert "Residents" in body
    assert "мешканці" not in body.partition("<p class")[0]
    assert named.pk


@pytest.mark.parametrize("ending", ["/", ".json", ".svg"])
@pytest.mark.parametrize("codes", ["FUND/H2", "NOBODY/H1", "FUND/%00", "FUND/H1%20"])
def test_an_unknown_figure_is_not_there(client, named, codes, ending):
    assert client.get(f"/embed/figures/{codes}{ending}").status_code == 404
    assert named.pk


@pytest.mark.parametrize("ending", ["/", ".json", ".svg"])
def test_a_hidden_programme_has_no_figures_elsewhere(client, named, ending):
    type(named.programme).objects.filter(pk=named.programme.pk).update(is_public=False)
    assert embedded(client, ending).status_code == 404
    client.force_login(programmes.officer(named.programme))
    answer = embedded(client, ending)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]


@pytest.mark.parametrize("ending", ["/", ".json", ".svg"])
def test_a_figure_is_only_read(client, named, ending):
    assert client.head(f"/embed/figures/FUND/H1{ending}").status_code == 200
    assert client.post(f"/embed/figures/FUND/H1{ending}").status_code == 405
    assert named.pk


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Мешканці", "Мешканці"),
        ("", ""),
        ("слово " * 10, "слово " * 10),
        ("слово " * 11, f"{' '.join(['слово'] * 10)}…"),
        ("я" * 70, f"{'я' * 60}…"),
        ("a & b < c", "a & b < c"),
    ],
)
def test_a_long_name_is_cut_at_a_word(name, left):
    drawn = etree.fromstring(badge.drawn(name, "5"))
    texts = [one.text or "" for one in drawn.iter("{*}text")]
    assert texts == [left, "5"]
    assert int(drawn.get("width")) > sum(len(text) for text in texts) * 6
