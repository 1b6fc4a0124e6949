"""What a programme aims at: periods, indicators with their definition sheets, targets; and what was known when a period closed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.results.choices import Direction, How, IndicatorKind
from viche.ui.wording import spoken


class Period(models.Model):
    """Whole months for which a programme sets targets and tells results. Periods of a programme do not overlap."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="periods")
    name = models.CharField(_("назва"), max_length=80)
    name_en = models.CharField(_("назва англійською"), max_length=80, blank=True)
    starts_on = models.DateField(_("від"))  # the first day of a month
    ends_on = models.DateField(_("до"))  # the last day of a month
    # Since when its targets and reported values stay as they are; empty while it is open.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    called = spoken("name")

    class Meta:
        ordering = ["programme", "starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="period_ends_after_start"),
            models.UniqueConstraint(fields=["programme", "starts_on"], name="period_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_closed(self):
        """Whether nothing of it is to change any more."""
        return self.closed_at is not None


class Reopening(models.Model):
    """The recorded exception: a closed period was opened again, by whom and why."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reopenings")
    why = models.TextField(_("чому"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["period", "-at"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="reopening_has_reason")]

    def __str__(self):
        return f"{self.period_id} {self.at:%Y-%m-%d}"


class Indicator(models.Model):
    """What a programme promises a figure of, with the sheet that says what counts."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="indicators")
    goal = models.ForeignKey(
        "programmes.Goal", verbose_name=_("ціль"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    code = models.SlugField(_("код"), max_length=24)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("назва"), max_length=200)
    name_en = models.CharField(_("назва англійською"), max_length=200, blank=True)
    kind = models.CharField(_("звідки значення"), max_length=10, choices=IndicatorKind.choices)
    # Of a counted one: the measure of the ledger, the part of it ("" is the whole), and how facts become a value.
    measure = models.CharField(_("що рахуємо"), max_length=40, blank=True)
    split = models.CharField(_("яку частину"), max_length=80, blank=True)
    how = models.CharField(_("як рахуємо"), max_length=10, choices=How.choices, default=How.SUM)
    # Of a ratio: `times` × `over` / `under`.
    over = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    under = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveIntegerField(_("помножити на"), default=1)
    unit = models.CharField(_("одиниця"), max_length=60)
    unit_en = models.CharField(_("одиниця англійською"), max_length=60, blank=True)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.UP)
    baseline = models.DecimalField(_("було на початку"), max_digits=16, decimal_places=2, default=0)
    baseline_on = models.DateField(_("на яку дату"), null=True, blank=True)
    # The definition sheet.
    what_counts = models.TextField(_("що зараховуємо"), blank=True)
    who_counts = models.CharField(_("хто рахує"), max_length=200, blank=True)
    doubles = models.TextField(_("як уникаємо подвійного обліку"), blank=True)
    source = models.TextField(_("чим підтверджуємо"), blank=True)
    goals = models.JSONField(_("цілі сталого розвитку"), default=list, blank=True)  # numbers, 1 to 17
    donor_codes = models.JSONField(_("коди донорів"), default=list, blank=True)  # [{"donor": "…", "code": "…"}]
    # Of a reported one: into what its values are split, [{"code": "women", "name": "жінки"}]; the parts do not overlap.
    parts = models.JSONField(_("складові"), default=list, blank=True)
    # Of a reported one: whether people are counted, few of whom are not told to everybody.
    are_people = models.BooleanField(_("рахуємо людей"), default=False)
    is_headline = models.BooleanField(_("головний показник"), default=False)
    is_public = models.BooleanField(_("видно всім"), default=True)

    called, unit_called = spoken("name"), spoken("unit")

    class Meta:
        ordering = ["programme", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="indicator_code_once"),
            models.CheckConstraint(condition=Q(kind__in=IndicatorKind.values), name="indicator_kind_known"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="indicator_how_known"),
            models.CheckConstraint(condition=~Q(unit=""), name="indicator_has_unit"),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.COUNTED) | ~Q(measure=""), name="indicator_counted_has_measure"
            ),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.RATIO)
                | Q(over__isnull=False, under__isnull=False) & ~Q(over=F("under")) & Q(times__gte=1),
                name="indicator_ratio_has_two",
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        """The public page of its figure."""
        return reverse("results:figure", args=[self.programme.code, self.code])

    @property
    def is_told(self):
        """Whether everybody may know it: of a ratio both parts are to be known too."""
        return self.is_public and all(part.is_public for part in (self.over, self.under) if part)

    @property
    def own_measure(self):
        """Under which measure the ledger keeps its facts; a reported one has its own. A ratio has none."""
        return f"own.{self.pk}" if self.kind == IndicatorKind.REPORTED else self.measure


class Target(models.Model):
    """What an indicator, or a part of it, is to come to: in a period, or by the end of the programme."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    period = models.ForeignKey(Period, null=True, blank=True, on_delete=models.PROTECT, related_name="targets")
    split = models.CharField(max_length=80, blank=True, default="")
    value = models.DecimalField(_("мета"), max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["indicator", F("period__starts_on").asc(nulls_first=True), "split"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "period", "split"], name="target_once"),
            models.UniqueConstraint(
                fields=["indicator", "split"], condition=Q(period__isnull=True), name="target_of_programme_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="target_not_negative"),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.split} {self.value}"


class Kept(models.Model):
    """What an indicator had come to when a period closed; what it comes to now, where it differs, is a correction."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="kept")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="kept")
    # Of a ratio with nought below there is none.
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    shown = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "indicator"], name="kept_once")]

    def __str__(self):
        return f"{self.period_id} {self.indicator_id} {self.value}"
