"""What calendars are sent of events."""

from django.db import models

from viche.events.models.events import Event


class Packed(models.Model):
    """A shown event as calendars take it, packed (`formats.pieces`): written with the event, thrown away with its names.

    What is not here is made anew from the event, so a row may be missing and must never be wrong.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="packed")
    # The digest of a sample event as this version and this installation write it; a row of another frame is as good as none.
    frame = models.BigIntegerField()
    # The digest of all the texts below, before they were packed.
    stamp = models.BigIntegerField()
    # Since when the event is as it is, in seconds since 1970.
    changed = models.BigIntegerField()
    # Its hours on Kyiv's clock and in UTC, its words in both languages; in this order they are the event.
    kyiv = models.BinaryField()
    utc = models.BinaryField()
    uk = models.BinaryField()
    en = models.BinaryField()

    def __str__(self):
        return str(self.event_id)
