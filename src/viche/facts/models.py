"""Tables of the ledger: facts, and the sums of them that pages read."""

from django.db import models
from django.db.models import F, Q

from viche.facts.choices import Level


class Ledger(models.Model):
    """The ledger of one programme. Its row is locked by whoever writes, so two acts never wait for each other's sums."""

    # By its number: the programme stands above, see the package.
    programme = models.PositiveBigIntegerField(unique=True)
    # Grows with every write: what pages that keep a figure compare.
    version = models.PositiveBigIntegerField(default=1)

    def __str__(self):
        return f"{self.programme}"


class Fact(models.Model):
    """One number that one record gives: the whole of a measure (`split` is empty), or a part of it.

    Never changed by hand: `facts.operations.keep` writes what the record gives, nothing else does.
    """

    programme = models.PositiveBigIntegerField()
    measure = models.CharField(max_length=40)
    split = models.CharField(max_length=80, blank=True, default="")
    on = models.DateField()
    oblast = models.ForeignKey(
        "places.Oblast", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hromada = models.ForeignKey(
        "places.Hromada", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12)
    record = models.PositiveBigIntegerField()
    # In units of the measure; money in hundredths.
    value = models.BigIntegerField()
    # What everybody may know of it: nothing where the people are too few to be told.
    shown = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record", "measure", "split", "on"], name="fact_once"),
            models.CheckConstraint(
                condition=Q(shown__isnull=True) | Q(shown=F("value")), name="fact_shown_is_the_value"
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "id"], name="fact_by_key"),
            models.Index(fields=["programme", "measure", "split", "on", "id"], name="fact_by_day"),
            models.Index(fields=["programme", "measure", "split", "oblast", "on", "id"], name="fact_by_oblast"),
            # Parts in a hromada are added up from this alone, without a look at the rows themselves. The programme stands behind the
            # day, so that what keeps SQLite from the indexes above (`facts.queries.figures`) does not keep it from measures here.
            models.Index(
                fields=["hromada", "measure", "split", "on", "programme", "value", "shown"], name="fact_by_hromada"
            ),
        ]

    def __str__(self):
        return f"{self.kind}:{self.record} {self.measure} {self.split} {self.value}"


class Presence(models.Model):
    """Somebody among those whom a fact counts, by a number that is the same whenever the programme meets this person again.

    Whose number it is the ledger does not know; the record knows while it keeps names. Never changed by hand, as facts are not.
    """

    programme = models.PositiveBigIntegerField()
    measure = models.CharField(max_length=40)
    on = models.DateField()
    oblast = models.ForeignKey(
        "places.Oblast", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hromada = models.ForeignKey(
        "places.Hromada", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12)
    record = models.PositiveBigIntegerField()
    person = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record", "measure", "person"], name="presence_once"),
        ]
        indexes = [
            models.Index(fields=["programme", "measure", "on", "person"], name="presence_by_day"),
            models.Index(fields=["programme", "measure", "oblast", "on", "person"], name="presence_by_oblast"),
            models.Index(fields=["hromada", "programme", "measure", "on", "person"], name="presence_by_hromada"),
        ]

    def __str__(self):
        return f"{self.kind}:{self.record} {self.measure} {self.person}"


class Total(models.Model):
    """The sum of the facts of one measure and part, in all time, a year, quarter or month, of everything or of one place.

    Of hromadas only wholes are kept; their parts are few enough to be added up when asked for.
    """

    programme = models.PositiveBigIntegerField()
    measure = models.CharField(max_length=40)
    split = models.CharField(max_length=80, blank=True, default="")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    place = models.PositiveBigIntegerField(default=0)  # the key of the oblast or hromada
    span = models.CharField(max_length=7)  # "ever", "2025", "2025Q2", "2025-04"
    facts = models.IntegerField(default=0)
    value = models.BigIntegerField(default=0)
    # The same of what everybody may know, and how many facts are not told.
    shown = models.BigIntegerField(default=0)
    untold = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "measure", "level", "split", "span", "place"], name="total_once"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="total_level_known"),
        ]

    def __str__(self):
        return f"{self.measure} {self.split} {self.span} {self.level}:{self.place} {self.value}"
