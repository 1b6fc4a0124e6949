"""Officers choose which records are told of on the dashboard, say why, put them in order, take them off."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import awards, events, people, programmes
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.results.models import Highlight
from viche.results.operations import stories

pytestmark = pytest.mark.django_db
AT = people.MOMENT
MOST = 12


@pytest.fixture
def office(client):
    programme = programmes.programme()
    programme.client, programme.officer = client, programmes.officer(programme)
    client.force_login(programme.officer)
    programme.held = [events.accepted(events.published(programme, title=title)).event for title in ("Перша", "Друга")]
    return programme


def at(office, name, *parts):
    return reverse(f"results:{name}", args=[office.code, *parts])


def choose(office, event, **changes):
    return office.client.post(at(office, "highlight_choose"), {"kind": "event", "record": event.pk, **changes})


def order(office):
    return list(Highlight.objects.filter(programme=office).order_by("position").values_list("record", flat=True))


def test_a_story_is_chosen_told_why_moved_and_taken_off(office):
    first, second = office.held
    assert "Обрати" in office.client.get(at(office, "highlights")).content.decode()
    for event in (first, second, first):
        assert choose(office, event).status_code == 302
    assert order(office) == [first.pk, second.pk]
    one = Highlight.objects.get(record=second.pk)
    office.client.post(at(office, "highlight", one.pk), {"lead": "Прийшли й ті, хто не ходив", "lead_en": ""})
    office.client.post(at(office, "highlight_move", one.pk), {"up": ""})
    office.client.post(at(office, "highlight_move", one.pk), {"up": ""})
    assert order(office) == [second.pk, first.pk]
    said = office.client.get(reverse("results:dashboard", args=[office.code])).content.decode()
    assert "Прийшли й ті, хто не ходив" in said
    assert said.index("Друга") < said.index("Перша")
    assert "Прибрати історію?" in office.client.get(at(office, "highlight_remove", one.pk)).content.decode()
    office.client.post(at(office, "highlight_remove", one.pk))
    assert order(office) == [first.pk]
    verbs = Entry.objects.filter(verb__startswith="results.story").order_by("number").values_list("verb", flat=True)
    assert list(verbs) == [f"results.story_{verb}" for verb in ("chosen", "chosen", "changed", "moved", "removed")]


def test_what_does_not_count_is_no_story(office):
    answer = choose(office, events.published(office))
    assert "із прийнятим звітом" in office.client.get(answer.url).content.decode()
    assert choose(office, office.held[0], kind="tranche").status_code == 404
    assert choose(office, office.held[0], record="x").status_code == 404
    with pytest.raises(Refused):
        stories.choose(office, kind="award", record=office.held[0].pk, by=office.officer, at=AT)


def test_a_closed_award_may_be_told_and_one_of_another_programme_may_not(office):
    award = awards.closed()
    officer = programmes.officer(award.programme)
    stories.choose(award.programme, kind="award", record=award.pk, by=officer, at=AT)
    with pytest.raises(Refused):
        stories.choose(office, kind="award", record=award.pk, by=office.officer, at=AT)
    assert award.title in office.client.get(reverse("results:dashboard", args=[award.programme.code])).content.decode()


def test_there_are_no_more_than_anybody_reads(office, monkeypatch):
    monkeypatch.setattr(stories, "MOST", 1)
    choose(office, office.held[0])
    answer = choose(office, office.held[1])
    assert "Спершу приберіть одну" in office.client.get(answer.url).content.decode()


def test_only_officers_choose(office):
    one = stories.choose(office, kind="event", record=office.held[0].pk, by=office.officer, at=AT)
    observer = programmes.observer(office)
    more = {"by": observer, "at": AT}
    for act in (
        lambda: stories.choose(office, kind="event", record=office.held[1].pk, **more),
        lambda: stories.change(one, values={"lead": "", "lead_en": ""}, **more),
        lambda: stories.move(one, up=True, **more),
        lambda: stories.remove(one, **more),
    ):
        with pytest.raises(NotAllowed):
            act()
    # Saying the same again writes nothing.
    before = Entry.objects.count()
    stories.change(one, values={"lead": "", "lead_en": ""}, by=office.officer, at=AT)
    assert Entry.objects.count() == before
    office.client.force_login(observer)
    said = office.client.get(at(office, "highlights")).content.decode()
    assert "Перша" in said
    assert 'name="record"' not in said


def test_the_page_asks_the_same_however_many_stories_there_are(office):
    """The list is "results:highlights": six events to choose from ask as much as two."""
    address = reverse("results:highlights", args=[office.code])

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert office.client.get(address).status_code == 200
        return len(queries)

    choose(office, office.held[0])
    few = asked()
    for event in [events.accepted(events.published(office, title="Ще одна")).event for _one in range(3)]:
        choose(office, event)
    assert asked() == few <= MOST
