"""Words by which events are found stand in Latin letters from now on: the text to search in has them in both alphabets."""

from django.db import migrations

from viche.methods import words

BATCH = 500


def of_word(word):
    return f"w:{words.fold(words.transliterate(word))[:38]}"


def write(apps, schema_editor):
    """What is searched, each word under its new mark, for events that are shown: only those have marks."""
    event_model, mark_model = apps.get_model("events", "Event"), apps.get_model("events", "Mark")
    shown = event_model.objects.filter(marks__isnull=False).distinct().order_by("pk").values_list("pk", flat=True)
    mark_model.objects.filter(word__startswith="w:").delete()
    keys = list(shown)
    for begin in range(0, len(keys), BATCH):
        rows = event_model.objects.filter(pk__in=keys[begin : begin + BATCH]).only("haystack", "starts_at")
        mark_model.objects.bulk_create(
            mark_model(event=row, word=word, starts_at=row.starts_at)
            for row in rows
            for word in sorted({of_word(word) for word in row.haystack.split()})
        )


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_held_by_whom"),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
