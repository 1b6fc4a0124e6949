"""Who called an event off, what was accepted of it, until when a seat waits to be confirmed; one delegation an organisation."""

from django.db import migrations, models
from django.db.models import Q

CANCELLED = Q(("state", "cancelled"), _negated=True)
NAMELESS = Q(("email", ""), _negated=True)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0007_at_point"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="registration", name="registration_once"),
        migrations.AddField(model_name="event", name="accepted", field=models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            model_name="event", name="is_cancelled_by_office", field=models.BooleanField(default=False)
        ),
        migrations.AddField(model_name="event", name="mended_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            model_name="registration", name="held_until", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=Q(("mended_at__isnull", False)),
                fields=["programme", "mended_at"],
                name="event_mended_since",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=Q(CANCELLED, NAMELESS, ("organisation__isnull", True)),
                fields=("event", "email"),
                name="registration_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=Q(CANCELLED, ("organisation__isnull", False)),
                fields=("event", "organisation"),
                name="delegation_once",
            ),
        ),
    ]
