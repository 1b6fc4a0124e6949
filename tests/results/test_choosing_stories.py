"""Stories through their pages: who may do what with them, what happens at the ends of the list, what everybody reads."""

import pytest
from django.urls import reverse

from tests.factories import events, programmes
from viche.results.models import Highlight

pytestmark = pytest.mark.django_db
ACTS = ("choose", "change", "move", "remove")


@pytest.fixture
def office(client):
    programme = programmes.programme()
    programme.client, programme.officer = client, programmes.officer(programme)
    programme.held = [
        events.accepted(events.published(programme, title=title)).event for title in ("Перша", "Друга", "Третя")
    ]
    programme.stories = [
        Highlight.objects.create(
            programme=programme, kind="event", record=event.pk, position=at, chosen_by=programme.officer,
            chosen_at=events.MOMENT,
        )
        for at, event in enumerate(programme.held[:2])
    ]  # fmt: skip
    return programme


def post(office, act, at=0, **data):
    if act == "choose":
        address = reverse("results:highlight_choose", args=[office.code])
        data = {"kind": "event", "record": office.held[2].pk, **data}
    else:
        name = "highlight" if act == "change" else f"highlight_{act}"
        address = reverse(f"results:{name}", args=[office.code, office.stories[at].pk])
    return office.client.post(address, data)


def order(office):
    return list(Highlight.objects.filter(programme=office).order_by("position").values_list("record", flat=True))


def told(office, lang=""):
    return office.client.get(f"{lang}/programmes/{office.code}/results/").content.decode()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["observer", "reviewer", "editor", "panellist", "officer of another", "nobody"])
def test_whoever_is_no_officer_changes_nothing(office, act, who):
    if who == "officer of another":
        office.client.force_login(programmes.officer())
    elif who != "nobody":
        office.client.force_login(getattr(programmes, who)(office))
    before = order(office)
    answer = post(office, act, lead="Чужі слова", lead_en="")
    assert answer.status_code in {403, 404}
    assert order(office) == before
    assert not Highlight.objects.exclude(lead="").exists()


@pytest.mark.parametrize(
    ("at", "up", "expected"), [(0, True, [0, 1]), (0, False, [1, 0]), (1, True, [1, 0]), (1, False, [0, 1])]
)
def test_a_story_moves_by_one_and_stays_at_the_ends(office, at, up, expected):
    office.client.force_login(office.officer)
    assert post(office, "move", at, **({"up": ""} if up else {"down": ""})).status_code == 302
    assert order(office) == [office.held[one].pk for one in expected]


@pytest.mark.parametrize("act", ["choose", "move"])
def test_what_changes_something_is_not_done_by_looking(office, act):
    office.client.force_login(office.officer)
    args = [office.code] if act == "choose" else [office.code, office.stories[0].pk]
    assert office.client.get(reverse(f"results:highlight_{act}", args=args)).status_code == 405


def test_a_story_is_found_under_its_own_programme_alone(office):
    other = programmes.programme()
    office.client.force_login(programmes.officer(other))
    for name in ("highlight", "highlight_remove"):
        address = reverse(f"results:{name}", args=[other.code, office.stories[0].pk])
        assert office.client.get(address).status_code == 404


@pytest.mark.parametrize(("lead", "status"), [("а" * 300, 302), ("а" * 301, 422), ("", 302)])
def test_why_it_matters_is_a_sentence(office, lead, status):
    office.client.force_login(office.officer)
    answer = post(office, "change", lead=lead, lead_en="")
    assert answer.status_code == status
    assert Highlight.objects.get(pk=office.stories[0].pk).lead == (lead if status == 302 else "")
    if status == 422:
        assert lead in answer.content.decode()


def test_each_language_reads_its_own_words_and_ukrainian_where_there_are_none(office):
    office.client.force_login(office.officer)
    post(office, "change", 0, lead="Прийшли всі", lead_en="Everybody came")
    post(office, "change", 1, lead="Вирішили разом", lead_en="")
    assert "Прийшли всі" in told(office)
    assert "Everybody came" not in told(office)
    english = told(office, "/en")
    assert "Everybody came" in english
    assert "Вирішили разом" in english


def test_taking_one_off_is_asked_first_and_offers_the_record_again(office):
    office.client.force_login(office.officer)
    page = reverse("results:highlights", args=[office.code])
    offered = {row.record for row in office.client.get(page).context["page"]}
    assert offered == {office.held[2].pk}
    asked = office.client.get(reverse("results:highlight_remove", args=[office.code, office.stories[0].pk]))
    assert asked.status_code == 200
    assert len(order(office)) == 2
    post(office, "remove")
    assert order(office) == [office.held[1].pk]
    assert {row.record for row in office.client.get(page).context["page"]} == {office.held[0].pk, office.held[2].pk}
    assert "Друга" in told(office)
    assert "Перша" not in told(office)
