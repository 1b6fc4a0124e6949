"""The form of one section, as the pages of other packages draw it."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from tests.factories import questionnaires as made
from viche.questionnaires import fields, queries

pytestmark = pytest.mark.django_db


def drawn(form):
    return render_to_string("questionnaires/section.html", {"form": form, "files_at": "/files/"})


def posted(**given):
    data = QueryDict(mutable=True)
    for name, value in given.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_every_kind_is_drawn():
    for section in queries.outline(made.version(frozen=True)):
        assert drawn(fields.section_form(section)).count("<label") >= 1
