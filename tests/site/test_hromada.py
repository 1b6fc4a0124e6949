"""The page of one hromada: what is known of it, and nothing invented."""

import pytest
from django.urls import reverse

from tests.factories import awards, calls, people, places, programmes
from tests.site.pages import queries_of, text_of, visits
from viche.calls.choices import Outcome
from viche.people.choices import OrganisationKind
from viche.places.choices import SettlementKind
from viche.programmes.choices import ParticipantKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def hromada():
    made = places.hromada()
    places.settlement(hromada=made, name="Калинопіль", kind=SettlementKind.CITY, is_centre=True)
    places.settlement(hromada=made, name="Тарнавиця")
    return made


def page(client, hromada):
    return client.get(hromada.get_absolute_url())


def test_it_says_where_and_what_the_hromada_is(client, hromada):
    said = text_of(page(client, hromada))
    for words in (hromada.label, "м. Калинопіль", hromada.raion.label, hromada.oblast.label, hromada.code):
        assert words in said
    assert "2 населені пункти" in said
    assert "м. Калинопіль, с. Тарнавиця" in said
    assert "вигадано" not in said


def test_without_support_it_leads_on(client, hromada):
    said = text_of(page(client, hromada))
    assert "Тут поки нічого не підтримано" in said
    assert "Жодна організація громади ще не зареєструвалася" in said


def test_supported_applications_alone_are_shown_with_sums_of_agreed_awards(client, hromada):
    def here(**changes):
        return people.organisation(hromada=hromada, **changes)

    agreed = awards.active(organisation=here(name="Рада громади"))
    waiting = awards.prepared(organisation=here(name="Бібліотека", kind=OrganisationKind.LIBRARY))
    declined = awards.application(organisation=here(), outcome=Outcome.DECLINED, title="Не підтримано це")
    calls.submitted(organisation=here())
    answer = page(client, hromada)
    said = text_of(answer)
    assert {row.application for row in answer.context["supported"]} == {agreed.application, waiting.application}
    assert agreed.get_absolute_url() in answer.content.decode()
    assert waiting.get_absolute_url() not in answer.content.decode(), "no agreement yet, so not public"
    assert "Угоду готують" in said
    assert "Разом за угодами: 180 000 ₴" in said
    assert declined.title not in said


def test_what_a_hidden_programme_gives_is_not_told(client, hromada):
    programme = programmes.programme(is_public=False)
    award = awards.active(programme, organisation=people.organisation(hromada=hromada))
    programmes.participant(programme, organisation=award.organisation)
    said = text_of(page(client, hromada))
    assert award.title not in said
    assert programme.name not in said
    assert award.organisation.name in said


def test_organisations_say_where_they_take_part(client, hromada):
    part = programmes.participant(organisation=people.organisation(hromada=hromada))
    said = text_of(page(client, hromada))
    assert f"пілотна громада – {part.programme.name}" in said


def test_a_programme_is_named_once_whatever_the_ways_of_an_organisation(client, hromada):
    part = programmes.participant(organisation=people.organisation(hromada=hromada))
    programmes.participant(part.programme, organisation=part.organisation, kind=ParticipantKind.HUB)
    said = text_of(page(client, hromada))
    assert f"пілотна громада, хаб – {part.programme.name}" in said
    assert said.count(part.programme.name) == 1


def test_what_there_is_comes_before_what_there_is_not(client, hromada):
    said = text_of(page(client, hromada))
    assert said.index("Заходів тут ще не оголошували") < said.index("Тут поки нічого не підтримано")


def test_what_was_supported_comes_first(client, hromada):
    awards.active(organisation=people.organisation(hromada=hromada))
    said = text_of(page(client, hromada))
    assert said.index("Що підтримано") < said.index("Заходів тут ще не оголошували")


def test_an_invented_hromada_says_so(client):
    made = places.hromada(is_invented=True)
    said = text_of(page(client, made))
    assert "Цієї громади немає на карті" in said
    assert "Вигаданий код" in said


def test_a_hromada_that_is_no_more_keeps_its_page(client):
    said = text_of(page(client, places.hromada(gone_at=awards.MOMENT)))
    assert "Цієї громади вже немає" in said


def test_its_oblast_alone_is_shaded_on_the_map(client, hromada):
    oblast = places.oblast(code="UA46000000000026241", name="Львівська")
    made = places.hromada(oblast=oblast, name="Городоцька")
    body = page(client, made).content.decode()
    assert body.count('<g class="r4"><path') == 1
    assert body.count('<g class="r') >= 27


def test_an_unknown_hromada_is_404(client):
    assert client.get(reverse("site:hromada", args=["nema-takoi"])).status_code == 404


def test_queries_do_not_grow(client, hromada):
    def more():
        award = awards.active(organisation=people.organisation(hromada=hromada))
        programmes.participant(award.programme, organisation=award.organisation)

    more()
    one = queries_of(client, hromada.get_absolute_url())
    more()
    more()
    assert queries_of(client, hromada.get_absolute_url()) == one <= 12


def test_it_is_kept_for_visitors(client, hromada):
    page(client, hromada)
    assert visits(client, hromada.get_absolute_url())[1] == 2
