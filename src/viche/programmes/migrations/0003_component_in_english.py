"""A component has an English name too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_publishing")]

    operations = [
        migrations.AddField(
            model_name="component",
            name="name_en",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="складова англійською"),
        ),
    ]
