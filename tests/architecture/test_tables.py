"""Tables know only tables below them, a person takes nothing along, and migrations match the models."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models

from tests.architecture import house


def foreign_keys():
    """Give (model, field) of every foreign key of ours."""
    return [
        (model, field)
        for model in house.our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
    ]


def test_every_foreign_key_points_downwards():
    heights = house.heights()
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model, field in foreign_keys()
        if (theirs := field.related_model._meta.app_label) != (ours := model._meta.app_label)
        and theirs in heights
        and heights[theirs] >= heights[ours]
    ]
    assert upwards == []


def test_a_person_that_goes_takes_no_row_of_ours_along():
    taken = [
        f"{model._meta.label}.{field.name}"
        for model, field in foreign_keys()
        if field.related_model is get_user_model() and field.remote_field.on_delete is models.CASCADE
    ]
    assert taken == []


@pytest.mark.django_db
def test_migrations_match_the_models():
    call_command("makemigrations", check=True, dry_run=True)


def test_migrations_of_a_package_are_one_chain():
    crowded = []
    for folder in house.SOURCE.glob("*/migrations"):
        numbers = [path.name[:4] for path in folder.glob("[0-9]*.py")]
        if len(numbers) != len(set(numbers)):
            crowded.append(folder.parent.name)
    assert crowded == []
