"""Whoever is known to have written in a sheet before hands were kept: the last to save a section, and who added files."""

from django.db import migrations

BATCH = 500


def remember(apps, _schema_editor):
    """Make a row of every person and sheet that answers and files tell of."""
    models = {name: apps.get_model("questionnaires", name) for name in ("Sheet", "Answers", "Hand")}
    people = set(apps.get_model("people", "User").objects.values_list("pk", flat=True))
    sheets = set(models["Sheet"].objects.values_list("pk", flat=True))
    saved = models["Answers"].objects.exclude(saved_by_id=None).values_list("sheet_id", "saved_by_id")
    stored = apps.get_model("files", "Stored").objects.filter(owner_kind="questionnaires.sheet")
    added = stored.values_list("owner_id", "uploaded_by")
    pairs = set(saved) | {(int(sheet), int(user)) for sheet, user in added if sheet.isdecimal() and user.isdecimal()}
    hands = [
        models["Hand"](sheet_id=sheet, user_id=user)
        for sheet, user in sorted(pairs)
        if sheet in sheets and user in people
    ]
    models["Hand"].objects.bulk_create(hands, batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("people", "0001_initial"),
        ("questionnaires", "0002_hands"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
