"""No number for everybody is a dead end: each opens what it is made of, down to what proves it."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from tests.factories import awards, events, facts, places, programmes
from tests.factories import results as factory
from viche.places import queries as known
from viche.programmes.models import Participant

pytestmark = pytest.mark.django_db
LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.DOTALL)
CELL = re.compile(r'<td class="num"([^>]*)>(.*?)</td>', re.DOTALL)
TYPED = ("Ціль", "Виконано")  # what people promised, and how far the fact beside it is


@pytest.fixture
def programme():
    """A programme with all that a dashboard can have: events with people of both sexes, values people report, money, places."""
    made = awards.closed().programme
    made.reported = factory.indicator(made, code="PRESS", name="Пресофіцерів навчено", unit="людей", are_people=True)
    heads = factory.counted(made, "heads", code="PEOPLE", name="Людей прийшло", unit="людей", is_headline=True)
    held = factory.counted(made, code="EVENTS", name="Заходів", unit="заходів", is_headline=True)
    factory.ratio(heads, held, code="MEAN", name="Людей на захід")
    factory.target(heads, 100)
    volyn = places.oblast(name="Волинська", code=next(code for code in known.middles() if code.startswith("UA07")))
    near, far = places.hromada(), places.hromada(oblast=volyn)
    parts = [({"sex": "f"}, 20, 20), ({"sex": "m"}, 6, 6)]
    for record, place in enumerate((near, far)):
        facts.keep(facts.told(made.pk, value=33, hromada=place, parts=parts, record=800 + record))
        facts.keep(facts.told(made.pk, value=1, hromada=place, measure="events", kind="other", record=800 + record))
    Participant.objects.create(
        programme=made, organisation=made.awards.first().organisation, kind="hub", since=facts.DAY
    )
    return made


def page(client, name, *args, **query):
    answer = client.get(reverse(f"results:{name}", args=args), query)
    assert answer.status_code == 200
    return answer


def test_every_number_of_the_dashboard_opens_something(client, programme):
    factory.approved(programme.reported, 168)
    said = page(client, "dashboard", programme.code).content.decode()
    main = said[said.index("<main") : said.index("</main>")]
    assert '<span class="figure">' not in LINK.sub("", main)
    cells = [(kind, LINK.sub("", inner)) for kind, inner in CELL.findall(main)]
    # Nothing opens where there is nothing yet.
    bare = [inner for kind, inner in cells if re.search(r"[1-9]", inner) and not any(name in kind for name in TYPED)]
    assert len(cells) > 20
    assert bare == []
    coverage = LINK.sub("", main[main.index("Куди ще не дійшли") :].split("</section>")[0])
    assert not re.search(r">[^<]*\d", coverage)
    for address in set(re.findall(r'<a class="figure" href="([^"]+)"', main)):
        assert client.get(address.replace("&amp;", "&")).status_code == 200, address


def test_the_map_says_whose_its_numbers_and_its_rhombs_are(client, programme):
    said = page(client, "dashboard", programme.code).content.decode()
    figure = said[said.index('<svg class="map"') :].split("</figure>")[0]
    assert "Колір і число: Людей прийшло" in figure
    assert "Ромб: Заходів" in figure


def test_a_reported_value_has_a_page_for_everybody(client, programme):
    value = factory.approved(programme.reported, 168, hromada=places.hromada())
    [(row, _said)] = page(client, "records", programme.code, "PRESS").context["rows"]
    assert row.proofs == [("підтвердила команда", row.address)]
    answer = client.get(row.address)
    said = answer.content.decode()
    assert "168 людей" in said
    assert value.hromada.label in said
    assert "1 підтвердження" in said
    assert "посилання" in said
    # The evidence itself names people, and the note is the team's.
    assert "protocol-17" not in said
    assert "Протокол сесії" not in said
    rows = page(client, "records_file", programme.code, "PRESS", "json").json()
    assert rows[0]["url"].endswith(row.address)


def test_its_page_tells_no_few_people_and_none_that_nobody_approved(client, programme):
    few = factory.approved(programme.reported, 3, proved=False)
    said = page(client, "told_value", programme.code, "PRESS", few.pk).content.decode()
    assert "менше 5" in said
    assert "3 людини" not in said
    assert "без доданих файлів" in said
    for value in (factory.submitted(programme.reported, 12), factory.approved(factory.indicator(code="OTHER"), 12)):
        address = reverse("results:told_value", args=[programme.code, "PRESS", value.pk])
        assert client.get(address).status_code == 404


def test_a_value_of_the_team_alone_has_no_page_for_everybody(client, programme):
    hidden = factory.indicator(programme, code="INNER", is_public=False)
    value = factory.approved(hidden, 12)
    address = reverse("results:told_value", args=[programme.code, "INNER", value.pk])
    assert client.get(address).status_code == 404
    client.force_login(programmes.officer(programme))
    [(row, _said)] = page(client, "records", programme.code, "INNER").context["rows"]
    assert row.address == ""


def test_an_event_is_proved_by_its_report_and_its_public_photographs(client, programme):
    event = events.accepted(events.published(programme), total=12).event
    for is_shown in (True, True, False):
        events.photo(event, has_consent=is_shown, public_from=localdate() if is_shown else None)
    rows = page(client, "records", programme.code, "EVENTS").context["rows"]
    [row] = [row for row, _said in rows if row.described.code == event.code]
    report, photographs = row.proofs
    assert report == ("звіт", f"{event.get_absolute_url()}#outcome")
    assert photographs == ("2 світлини", f"{event.get_absolute_url()}#photos")
    assert 'id="photos"' in client.get(photographs[1].partition("#")[0]).content.decode()
    client.force_login(programmes.officer(programme))
    rows = page(client, "office_records", programme.code, "EVENTS").context["rows"]
    [row] = [row for row, _said in rows if row.described.code == event.code]
    assert [words for words, _href in row.proofs] == ["звіт", "3 світлини"]


def test_who_takes_part_is_in_the_report_as_all_there_were(client):
    """A level is told whole in the months of a report, its parts too: also whoever had come before them."""
    programme = programmes.programme(code="FUND")
    taking = factory.counted(programme, "participants", code="TAKING", name="Учасників", unit="організацій")
    for number, on in enumerate((date(2023, 5, 2), date(2024, 5, 20))):
        given = [({"kind": "hub"}, 1, 1)]
        facts.keep(facts.told(programme.pk, on=on, value=1, measure="participants", parts=given, record=900 + number))
    report = factory.donor_report(programme)
    report.sections = [{"kind": "figures", "title": "", "body": "", "indicators": [taking.code]}]
    report.save()
    client.force_login(programmes.officer(programme))
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(page(client, "donor_report_file", programme.code, report.pk, "xlsx"))), data_only=True
    )
    told, parts, rows = book["Показники"], book["Складові"], book["Факти"]
    assert (told["E2"].value, told["H2"].value, parts["F2"].value) == (2, 2, 2)
    added = {}
    for row in rows.iter_rows(min_row=2, values_only=True):
        added[row[2]] = added.get(row[2], 0) + row[11]
    assert added == {"whole": 2, "kind:hub": 2}


def test_both_sides_say_that_they_are_at_least_as_many(client, programme):
    facts.keep(facts.told(programme.pk, value=3, shown=None, hromada=places.hromada(), record=820))
    rows = {row["indicator"].code: row for row in page(client, "compare", programme.code).context["rows"]}
    assert (rows["PEOPLE"]["first"], rows["PEOPLE"]["second"]) == ("щонайменше 66", "щонайменше 66")
    assert rows["MEAN"]["first"] == "приблизно 33"
    assert rows["EVENTS"]["first"] == "2"
    client.force_login(programmes.officer(programme))
    rows = {row["indicator"].code: row for row in page(client, "office_compare", programme.code).context["rows"]}
    assert rows["PEOPLE"]["first"] == "69"


def test_the_unit_goes_with_the_big_number(client, programme):
    answer = page(client, "figure", programme.code, "EVENTS")
    assert "<dt>заходи<" in answer.content.decode()
