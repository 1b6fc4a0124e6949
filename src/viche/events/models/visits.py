"""Who of the programme goes to an event."""

from django.conf import settings
from django.db import models


class Visit(models.Model):
    """That somebody of the programme goes to an event: a stop of their itinerary. Taken away when they change their mind."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="visits", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="visit_once")]

    def __str__(self):
        return f"{self.event_id} {self.user_id}"
