"""A value may be begun without its number, and keeps what was typed and cannot be read yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("results", "0001_results")]
    operations = [
        migrations.AlterField(
            "value",
            "value",
            models.DecimalField("значення", max_digits=16, decimal_places=2, null=True, blank=True),
        ),
        migrations.AddField("value", "unread", models.JSONField(default=dict, blank=True)),
        migrations.AddConstraint(
            "value",
            models.CheckConstraint(
                condition=~models.Q(state__in=["submitted", "approved"]) | models.Q(value__isnull=False),
                name="value_there_when_submitted",
            ),
        ),
    ]
