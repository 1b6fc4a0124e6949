from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0011_office_orders"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="bad_rows",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="report",
            name="unread",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
