from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0014_persons_of_before"),
    ]

    operations = [
        migrations.CreateModel(
            name="Spread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("campaign", models.PositiveBigIntegerField(default=0)),
                ("programme", models.PositiveBigIntegerField(default=0)),
                ("oblast", models.PositiveBigIntegerField(default=0)),
                ("hromada", models.PositiveBigIntegerField(default=0)),
                ("shown", models.IntegerField(default=0)),
                ("ahead", models.IntegerField(default=0)),
                ("since", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["hromada"], name="spread_in_hromada")],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "programme", "oblast", "hromada"), name="spread_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["ends_at", "state", "programme", "campaign", "oblast", "hromada"], name="event_by_end"
            ),
        ),
    ]
