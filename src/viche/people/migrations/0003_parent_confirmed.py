from django.db import migrations, models
from django.db.models import F


def keep(apps, schema_editor):
    """Branches that were here before stay on the pages of their parents."""
    del schema_editor
    branches = apps.get_model("people", "Organisation").objects.filter(parent__isnull=False)
    branches.update(parent_confirmed_at=F("created_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_cache_row'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='parent_confirmed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
