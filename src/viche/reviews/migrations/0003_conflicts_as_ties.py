"""Conflicts on record become ties too: by these the office of calls hides an application."""

from django.db import migrations

BATCH = 500


def mirror(apps, _schema_editor):
    """Make a tie of every conflict."""
    conflicts = apps.get_model("reviews", "Conflict").objects.order_by("pk")
    tie = apps.get_model("calls", "Tie")
    rows = (
        tie(application_id=application, user_id=user, why=why)
        for application, user, why in conflicts.values_list("application_id", "user_id", "why")
    )
    tie.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0007_ties_of_before"),
        ("reviews", "0002_ties_that_authors_have"),
    ]

    operations = [migrations.RunPython(mirror, migrations.RunPython.noop)]
