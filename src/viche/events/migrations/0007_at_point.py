"""What the map of events reads: how many each hromada has, and the points that everybody may know."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0006_outcomes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["hromada", "starts_at", "ends_at", "state", "programme"], name="event_counted_by_place"
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("is_place_private", False), ("latitude__isnull", False)),
                fields=["latitude", "longitude", "starts_at", "ends_at", "state", "programme", "hromada"],
                name="event_at_point",
            ),
        ),
    ]
