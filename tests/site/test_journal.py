"""The journal on screen: who reads it, how it is searched, in which words it speaks."""

import re

import pytest
from django.urls import reverse

from tests.architecture import house
from tests.factories import awards, calls, journal, people, programmes
from tests.site.pages import queries_of, text_of
from viche.journal import operations
from viche.journal.models import Entry
from viche.site import choices
from viche.site.queries import journal as journals

pytestmark = pytest.mark.django_db
ADDRESS = "/office/journal/"


def test_administrators_alone_read_it(client):
    assert client.get(ADDRESS).status_code == 302
    for user in (people.head(), programmes.officer(), programmes.observer()):
        client.force_login(user)
        assert client.get(reverse("site:journal")).status_code == 404
        assert client.get(reverse("site:journal_file", args=["csv"])).status_code == 404
    client.force_login(people.administrator())
    assert client.get(ADDRESS).status_code == 200


def listed(client, **asked):
    return [line.entry.verb for line in client.get(ADDRESS, asked).context["rows"]]


def test_it_tells_who_did_what_to_what(client):
    actor = people.user(name="Координаторка")
    journal.entry(by=actor, before={"сума": 10, "рядки": ["а", "б"]}, after={"сума": 20, "стан": ""})
    client.force_login(people.administrator())
    said = text_of(client.get(ADDRESS))
    for words in ("Заявку подано", "заявка: Заявка FUND-24-017", "Координаторка", "сума : 10 → 20", "рядки : а, б → —"):
        assert words in said
    assert "стан : — → —" in said


def test_an_unknown_act_is_told_by_its_code_and_the_platform_has_no_name(client):
    thing = journal.Thing()
    thing._meta = journal.SimpleNamespace(label_lower="later.thing")
    journal.entry(verb="later.thought_of", subject=thing, by=None)
    client.force_login(people.administrator())
    said = text_of(client.get(ADDRESS))
    assert "later.thought_of" in said
    assert "later.thing" in said
    assert "платформа" in said


def test_what_was_forgotten_is_said_to_be_forgotten(client):
    user = people.user(name="Олена")
    operations.record(
        verb="people.profile_changed", subject=user, by=user, at=journal.MOMENT, before={}, after={"name": "Олена"}
    )
    operations.forget(subject=user, by=user, at=journal.MOMENT)
    client.force_login(people.administrator())
    assert "значення стерто" in text_of(client.get(ADDRESS))


def test_it_is_searched_by_person_act_thing_and_programme(client):
    award = awards.active()
    other = calls.submitted()
    officer = programmes.officer(award.programme, name="Ганна Керівниця")
    operations.record(verb="programmes.changed", subject=award.programme, by=officer, at=journal.MOMENT)
    invitation = people.invitation(about=f"programmes.programme:{award.programme_id}")
    operations.record(verb="programmes.invited", subject=invitation, by=officer, at=journal.MOMENT)
    client.force_login(people.administrator())
    assert listed(client, actor="ганна") == ["programmes.invited", "programmes.changed"]
    assert set(listed(client, act="calls.submitted")) == {"calls.submitted"}
    assert set(listed(client, thing="awards.award")) <= {"awards.agreed", "awards.planned", "awards.prepared"}
    ours = listed(client, programme=award.programme.code)
    assert {"programmes.changed", "programmes.invited", "awards.agreed"} <= set(ours)
    assert "calls.submitted" not in ours
    assert "calls.submitted" in listed(client, programme=other.call.programme.code)
    assert len(listed(client, programme="NEMA", act="nonsense")) == min(25, Entry.objects.count())
    assert "Таких записів немає" in text_of(client.get(ADDRESS, {"actor": "ніхто такий"}))


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_it_leaves_as_files(client, ending):
    journal.entries(3)
    client.force_login(people.administrator())
    answer = client.get(reverse("site:journal_file", args=[ending]))
    assert answer.status_code == 200
    if ending == "json":
        assert [row["number"] for row in answer.json()] == [3, 2, 1]


def test_long_files_come_in_parts(monkeypatch):
    from viche.site import exports

    monkeypatch.setattr(exports, "TOGETHER", 2)
    journal.entries(5)
    assert [row[0] for row in exports.acts(journals.entries())] == [5, 4, 3, 2, 1]


def test_queries_do_not_grow(client):
    client.force_login(people.administrator())
    journal.entry(by=people.user())
    one = queries_of(client, ADDRESS)
    for _ in range(2):
        journal.entry(by=people.user())
    assert queries_of(client, ADDRESS) == one <= 8


def test_every_act_that_the_product_records_has_words():
    said = re.compile(r'verb="([a-z_]+\.[a-z_]+)"')
    verbs = {verb for path in house.modules() for verb in said.findall(path.read_text())}
    assert sorted(verbs - set(choices.ACTS)) == []
