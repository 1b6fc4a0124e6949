"""The public page of a programme."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import awards, calls, events, people, places, programmes
from tests.site.pages import queries_of, text_of, visits
from viche.calls.models import Call

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """A programme with everything that describes it."""
    made = programmes.programme(
        name="Опора громад", contact_email="opora@viche.example", contact_phone="+380 44 000 00 00"
    )
    root = programmes.goal(made, text="Спроможні громади")
    programmes.goal(made, text="Школи близько до дому", parent=root)
    programmes.component(made, name="Гранти громадам")
    programmes.partner(made, name="Фонд солідарності")
    programmes.team_member(made, duty="Відповідає на запитання про звіти")
    programmes.participant(made)
    return made


def test_it_tells_all_that_describes_the_programme(client, programme):
    award = awards.active(programme)
    awards.pay(award, 1)
    answer = client.get(programme.get_absolute_url())
    said = text_of(answer)
    for words in (
        "Опора громад",
        "1.1 Школи близько до дому",
        "Гранти громадам",
        "Фонд солідарності",
        "Відповідає на запитання про звіти",
        "opora@viche.example",
        "1 організація бере участь",
        "Завершено",
    ):
        assert words in said
    assert [item["value"] for item in answer.context["figures"]][:2] == [1, 0]
    assert f"/awards/?programme={programme.code}" in answer.content.decode()


def test_its_calls_say_how_they_stand(client, programme):
    call = calls.announced(programme)
    draft = calls.draft(programme, title="Ще не оголошений")
    calls.submitted(call)
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() + timedelta(days=9))
    answer = client.get(programme.get_absolute_url())
    assert [(row.described.call, row.submitted, row.supported) for row in answer.context["calls"]] == [(call, 1, 0)]
    assert "Відкрито до" in text_of(answer)
    assert draft.title not in text_of(answer)


def test_without_awards_the_map_shows_participants(client, programme):
    answer = client.get(programme.get_absolute_url())
    assert answer.context["map"].total == 1
    assert "Звідки учасники" in text_of(answer)


def test_a_bare_programme_is_a_calm_page(client):
    answer = client.get(programmes.programme().get_absolute_url())
    assert "map" not in answer.context
    assert "Конкурси програми" not in text_of(answer)


def test_a_hidden_programme_is_seen_by_those_who_work_in_it_alone(client):
    programme = programmes.programme()
    calls.announced(programme)
    type(programme).objects.filter(pk=programme.pk).update(is_public=False)
    address = programme.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(people.user())
    assert client.get(address).status_code == 404
    client.force_login(programmes.observer(programme))
    answer = client.get(address)
    assert "Ще не для всіх" in text_of(answer)
    assert len(answer.context["calls"]) == 1


def test_an_unknown_code_is_404(client):
    assert client.get(reverse("site:programme", args=["NEMA"])).status_code == 404


def test_queries_do_not_grow(client, programme):
    awards.active(programme)
    client.force_login(people.user())
    one = queries_of(client, programme.get_absolute_url())
    for _ in range(2):
        awards.active(programme)
        calls.announced(programme)
        programmes.participant(programme, organisation=people.organisation(hromada=places.hromada()))
        programmes.partner(programme)
        programmes.goal(programme)
    assert queries_of(client, programme.get_absolute_url()) == one <= 12
    # What is counted from many rows is kept until anybody writes anything.
    assert visits(client, programme.get_absolute_url())[1] <= 9


def test_its_events_and_what_came_of_them(client, programme):
    now = timezone.now()
    events.published(
        programme, title="Читання", starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1)
    )
    events.accepted(events.published(programme), total=31, cells={})
    events.accepted(events.published(programme), total=3, cells={})
    answer = client.get(programme.get_absolute_url())
    assert "Читання" in text_of(answer)
    figures = answer.context["figures"]
    assert [item["value"] for item in figures] == [2, 31]
    listed = client.get(figures[1]["href"]).context
    assert (listed["sums"].events, sum(line.heads or 0 for line in listed["page"])) == (2, 31)


def test_english(client, programme):
    assert "Partners" in text_of(client.get(f"/en{programme.get_absolute_url()}"))


# --- participants -----------------------------------------------------------------------------------------------------


def participants(client, programme, **asked):
    answer = client.get(reverse("site:participants", args=[programme.code]), asked)
    return [one.organisation.name for one in answer.context["page"]]


def test_participants_are_searched_filtered_and_ordered(client):
    programme = programmes.programme()
    lviv = places.hromada(name="Городоцька", oblast=places.oblast(name="Львівська"))
    library = people.organisation(name="Бібліотека на Греблі", hromada=lviv)
    council = people.organisation(name="Рада громади")
    programmes.participant(programme, organisation=library, kind="hub")
    programmes.participant(programme, organisation=council)
    programmes.participant()
    assert participants(client, programme) == [library.name, council.name]
    assert participants(client, programme, sort="-name") == [council.name, library.name]
    assert participants(client, programme, q="БІБЛІО") == [library.name]
    assert participants(client, programme, kind="pilot") == [council.name]
    assert participants(client, programme, oblast=lviv.oblast.slug) == [library.name]
    assert participants(client, programme, q="нікого такого") == []
    (row,) = client.get(f"/programmes/{programme.code}/participants.json?kind=hub").json()
    assert (row["organisation"], row["hromada"], row["since"]) == (library.name, lviv.label, "2024-02-01")
    assert "Організація".encode() in client.get(f"/programmes/{programme.code}/participants.csv").content


def test_participants_of_a_hidden_programme_are_hidden(client):
    programme = programmes.programme(is_public=False)
    client.force_login(people.user())
    for ending in ("/", ".csv"):
        assert client.get(f"/programmes/{programme.code}/participants{ending}").status_code == 404


def test_the_programme_counts_participants_by_oblast(client, programme):
    oblast = places.oblast(name="Сумська")
    hromada = places.hromada(name="Ґрунська", oblast=oblast)
    for _ in range(2):
        programmes.participant(programme, organisation=people.organisation(hromada=hromada))
    shares = {
        share.oblast: (share.organisations, share.hromadas, href)
        for share, href in client.get(programme.get_absolute_url()).context["shares"]
    }
    assert shares[oblast] == (2, 1, f"/programmes/{programme.code}/participants/?oblast={oblast.slug}")


def test_queries_of_participants_do_not_grow(client):
    programme = programmes.programme()
    address = reverse("site:participants", args=[programme.code])
    programmes.participant(programme)
    one = queries_of(client, address)
    for _ in range(2):
        programmes.participant(programme)
    assert queries_of(client, address) == one <= 6
