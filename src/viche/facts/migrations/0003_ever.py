"""Keep one sum of all time beside those of years, and let parts of a few hromadas be looked up by their measure."""

from django.db import migrations, models

KEY = "programme, measure, split, level, place"
# Every fact is in the sum of exactly one year; no sum of all time is there yet.
FILL = (
    f"INSERT INTO facts_total ({KEY}, span, facts, value, shown, untold) "  # noqa: S608 — names of ours
    f"SELECT {KEY}, 'ever', SUM(facts), SUM(value), SUM(shown), SUM(untold) "
    f"FROM facts_total WHERE LENGTH(span) = 4 GROUP BY {KEY}"
)


class Migration(migrations.Migration):
    dependencies = [("facts", "0002_presence")]

    operations = [
        migrations.RunSQL(FILL, "DELETE FROM facts_total WHERE span = 'ever'"),
        migrations.RemoveIndex(model_name="fact", name="fact_by_hromada"),
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(
                fields=["hromada", "measure", "split", "on", "programme", "value", "shown"], name="fact_by_hromada"
            ),
        ),
    ]
