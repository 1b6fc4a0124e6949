"""Who or what is called otherwise is found by the new words, and calendars learn the name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import people, places
from viche.config.cli import places as command
from viche.events.models import Event, Mark
from viche.events.operations import naming
from viche.events.queries import finding
from viche.people import operations
from viche.places.models import Hromada
from viche.work import worker

pytestmark = pytest.mark.django_db
LATER = factory.AFTER


def found(words):
    asked = finding.Asked(q=words, when=finding.ALL)
    return finding.keys(asked, at=factory.MOMENT)


def renamed(organisation, name="Книгозбірня імені Стуса", **changes):
    values = {"name": name, "name_en": "", "website": "", "hromada": organisation.hromada, **changes}
    head = people.member(organisation, "head").user
    operations.change_organisation(organisation, by=head, at=LATER, **values)


def test_events_are_found_by_the_new_name_and_not_by_the_old():
    organisation = people.organisation(name="Бібліотека на Подолі")
    event = factory.published(organisation=organisation)
    draft = factory.draft(organisation=organisation)
    assert found("подолі") == [event.pk]
    renamed(organisation)
    worker.drain()
    assert (found("подолі"), found("книгозбірня"), found("stus")) == ([], [event.pk], [event.pk])
    stored = Event.objects.get(pk=event.pk)
    assert stored.changed_at > event.changed_at
    assert stored.sequence == event.sequence
    assert not Mark.objects.filter(event=draft).exists()


def test_an_administrators_correction_counts_too():
    organisation = people.organisation(name="Бібліотека на Подолі")
    event = factory.published(organisation=organisation)
    operations.correct_organisation(
        organisation,
        name="Книгозбірня",
        name_en="",
        kind=organisation.kind,
        edrpou=organisation.edrpou,
        parent=None,
        by=people.administrator(),
        at=LATER,
    )
    worker.drain()
    assert found("книгозбірня") == [event.pk]


def test_a_new_website_writes_nothing_anew():
    organisation = people.organisation()
    factory.published(organisation=organisation)
    renamed(organisation, name=organisation.name, website="https://library.example")
    assert worker.drain() == 0


def test_many_events_go_in_portions(monkeypatch):
    monkeypatch.setattr(naming, "PORTION", 2)
    organisation = people.organisation(name="Бібліотека на Подолі")
    for _number in range(5):
        factory.published(organisation=organisation)
    renamed(organisation)
    assert worker.drain() == 3
    assert len(found("стуса")) == 5


def test_run_twice_it_changes_nothing_more():
    event = factory.published()
    naming.refresh([event.pk], at=LATER + timedelta(days=1))
    assert Event.objects.get().changed_at == event.changed_at


def test_a_renamed_hromada_and_one_that_has_moved_to_another_oblast(monkeypatch):
    monkeypatch.setattr(naming, "PORTION", 1)
    event, draft, other = factory.published(), factory.draft(), places.oblast()
    beside = factory.published(hromada=event.hromada, oblast=event.oblast)
    abroad = factory.draft(hromada=draft.hromada, oblast=None, country="Польща")
    Hromada.objects.filter(pk=event.hromada_id).update(name="Новоназванська")
    Hromada.objects.filter(pk=draft.hromada_id).update(oblast=other)
    naming.places_changed([event.hromada_id, draft.hromada_id], at=LATER)
    assert worker.drain() == 2
    assert found("новоназванська") == [event.pk, beside.pk]
    assert Event.objects.get(pk=draft.pk).oblast == other
    assert Event.objects.get(pk=abroad.pk).oblast is None
    assert Event.objects.get(pk=event.pk).oblast == event.oblast


def test_taking_the_codifier_in_renews_the_words(tmp_path, capsys):
    from tests.places import books

    command.run(["--file", str(books.book(tmp_path))])
    hromada = Hromada.objects.exclude(code__startswith="UA8").order_by("pk").first()
    event = factory.published(hromada=hromada, oblast=hromada.oblast)
    name = hromada.name
    Hromada.objects.filter(pk=hromada.pk).update(name="Колишня")
    naming.refresh([event.pk], at=timezone.now())
    assert found("колишня") == [event.pk]
    command.run(["--file", str(books.book(tmp_path))])
    worker.drain()
    assert (found("колишня"), found(name)) == ([], [event.pk])
