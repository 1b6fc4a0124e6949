"""How many events each hromada has, of the events that are there."""

from collections import Counter

from django.db import migrations
from django.utils import timezone

SHOWN = ("published", "postponed", "cancelled")
BATCH = 1000


def write(apps, schema_editor):
    """Count every shown event once in everything, once in its programme, and once in its campaign."""
    event_model, spread_model = apps.get_model("events", "Event"), apps.get_model("events", "Spread")
    at = timezone.now().replace(microsecond=0)
    shown, ahead = Counter(), Counter()
    rows = event_model.objects.filter(state__in=SHOWN).order_by()
    columns = ("campaign_id", "programme_id", "oblast_id", "hromada_id", "ends_at")
    for campaign, programme, oblast, hromada, ends_at in rows.values_list(*columns).iterator(chunk_size=2000):
        place = (oblast or 0, hromada or 0)
        keys = [(0, 0, *place), (0, programme, *place)]
        if campaign:
            keys.append((campaign, programme, *place))
        for key in keys:
            shown[key] += 1
            ahead[key] += ends_at > at
    kept = (
        spread_model(
            campaign=key[0], programme=key[1], oblast=key[2], hromada=key[3],
            shown=number, ahead=ahead[key], since=int(at.timestamp()),
        )
        for key, number in sorted(shown.items())
    )  # fmt: skip
    spread_model.objects.bulk_create(kept, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0015_spread"),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
