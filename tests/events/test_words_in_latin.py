"""The marks that an older version wrote are written anew as publishing writes them now."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.factories import events
from viche.events.models import Mark
from viche.events.operations import publishing

pytestmark = pytest.mark.django_db

migration = import_module("viche.events.migrations.0009_words_in_latin")


def marks():
    return set(Mark.objects.values_list("event", "word"))


def test_words_are_marked_as_publishing_marks_them():
    event, draft = events.published(title="Щастя, гарбузи й каша"), events.draft()
    publishing.told(event, at=event.changed_at)
    wanted = marks()
    Mark.objects.filter(word__startswith="w:").delete()
    Mark.objects.create(event=event, word="w:щастя,", starts_at=event.starts_at)
    migration.write(apps, None)
    assert marks() == wanted
    assert not draft.marks.exists()
