"""Of two indexes that begin with the same column one is enough; SQLite, which knows no numbers, read the poorer one."""

import django.db.models.deletion
from django.db import migrations, models


def without_index(name, to, **options):
    field = models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to=to, **options)
    return migrations.AlterField(model_name="event", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0009_words_in_latin"),
    ]

    operations = [
        without_index("programme", "programmes.programme", related_name="events"),
        without_index("campaign", "events.campaign", blank=True, null=True, related_name="events"),
        without_index("organisation", "people.organisation", blank=True, null=True, related_name="events"),
        without_index("hromada", "places.hromada", blank=True, null=True, related_name="events", verbose_name="громада"),
        without_index("oblast", "places.oblast", blank=True, null=True, related_name="+"),
    ]
