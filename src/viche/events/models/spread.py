"""How many shown events there are in each hromada: kept in the transaction that changes an event."""

from django.db import models


class Spread(models.Model):
    """How many shown events one frame has in one hromada, and how many of them are not over by a moment.

    The frame is everything (0, 0), a programme (0, its key), or a campaign of a programme. Whoever asks how many are coming now
    adds and takes away the few events that end between that moment and now, see `queries.spreads`.
    Never changed by hand: `operations.spreading` writes it, nothing else does.
    """

    KEY = ("campaign", "programme", "oblast", "hromada")

    # Keys, or 0 for none: a database holds no two rows with the same keys, while it takes two nothings for different.
    campaign = models.PositiveBigIntegerField(default=0)
    programme = models.PositiveBigIntegerField(default=0)
    oblast = models.PositiveBigIntegerField(default=0)
    hromada = models.PositiveBigIntegerField(default=0)
    shown = models.IntegerField(default=0)
    # Those that end after `since`: a moment in seconds since 1970, which costs less to read than a date.
    ahead = models.IntegerField(default=0)
    since = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "programme", "oblast", "hromada"], name="spread_once")
        ]
        indexes = [models.Index(fields=["hromada"], name="spread_in_hromada")]

    def __str__(self):
        return f"{self.campaign} {self.programme} {self.oblast} {self.hromada}: {self.ahead} / {self.shown}"
