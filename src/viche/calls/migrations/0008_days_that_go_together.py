"""Take out days that cannot be true, so that the next migration may forbid them: nobody knows what was meant."""

from django.db import migrations
from django.db.models import F


def take_out(apps, schema_editor):
    """A decision before the reviews are in, and a work that ends before it begins."""
    calls = apps.get_model("calls", "Call").objects.using(schema_editor.connection.alias)
    calls.filter(decision_by__lt=F("review_by")).update(review_by=None)
    calls.filter(work_ends_on__lt=F("work_starts_on")).update(work_ends_on=None)


class Migration(migrations.Migration):
    dependencies = [("calls", "0007_ties_of_before")]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
