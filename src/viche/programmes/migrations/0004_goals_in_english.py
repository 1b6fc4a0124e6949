"""A goal has English words too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_component_in_english")]

    operations = [
        migrations.AddField(
            model_name="goal",
            name="text_en",
            field=models.CharField(blank=True, default="", max_length=400, verbose_name="ціль англійською"),
        ),
    ]
