"""Reminders know of which close they told, so that an extended call reminds again."""

from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce


def told_of_the_present_close(apps, schema_editor):
    """Take those already sent as told of the close that the call has now."""
    Application, Reminder = apps.get_model("calls", "Application"), apps.get_model("calls", "Reminder")
    close = Application.objects.filter(pk=OuterRef("application")).values("call__closes_at")
    Reminder.objects.update(closes_at=Coalesce(Subquery(close), F("sent_at")))


class Migration(migrations.Migration):

    dependencies = [("calls", "0003_announced_is_whole")]

    operations = [
        migrations.AddField("reminder", "closes_at", models.DateTimeField(null=True)),
        migrations.RunPython(told_of_the_present_close, migrations.RunPython.noop),
        migrations.AlterField("reminder", "closes_at", models.DateTimeField()),
        migrations.RemoveConstraint("reminder", "reminder_once"),
        migrations.AddConstraint(
            "reminder",
            models.UniqueConstraint(fields=["application", "closes_at", "days"], name="reminder_once"),
        ),
    ]
