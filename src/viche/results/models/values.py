"""What the platform does not hold itself: values that people report, with evidence, approved by somebody else."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from viche.results.choices import EvidenceKind, ValueState


class Value(models.Model):
    """One value of a reported indicator, of one period and place; only an approved one is a fact."""

    indicator = models.ForeignKey("results.Indicator", on_delete=models.PROTECT, related_name="values")
    period = models.ForeignKey("results.Period", on_delete=models.PROTECT, related_name="values")
    oblast = models.ForeignKey("places.Oblast", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hromada = models.ForeignKey("places.Hromada", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # In which month it happened: a day of the period.
    on = models.DateField(_("коли"))
    # A draft may have none yet.
    value = models.DecimalField(_("значення"), max_digits=16, decimal_places=2, null=True, blank=True)
    parts = models.JSONField(default=dict, blank=True)  # by the codes of the indicator's parts: {"women": "12"}
    note = models.TextField(_("пояснення"), blank=True)
    # What was typed into a draft and cannot be read yet, by field: nothing typed is lost.
    unread = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=ValueState.choices, default=ValueState.DRAFT)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reported_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(_("питання"), blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ValueState.values), name="value_state_known"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(reported_by__isnull=True) | ~Q(decided_by=F("reported_by")),
                name="value_approved_by_another",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="value_not_negative"),
            models.CheckConstraint(
                condition=~Q(state__in=[ValueState.SUBMITTED, ValueState.APPROVED]) | Q(value__isnull=False),
                name="value_there_when_submitted",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "state", "on"], name="value_of_indicator")]

    def __str__(self):
        return f"{self.indicator_id} {self.value}"


class Evidence(models.Model):
    """What proves a reported value: a file or a link. Private; who may see the value in the office may see it."""

    value = models.ForeignKey(Value, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("що це"), max_length=10, choices=EvidenceKind.choices)
    stored = models.ForeignKey("files.Stored", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(_("посилання"), max_length=500, blank=True)
    caption = models.CharField(_("що на ньому"), max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["value", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
            models.CheckConstraint(
                condition=Q(stored__isnull=True) & ~Q(link="") | Q(stored__isnull=False, link=""),
                name="evidence_file_or_link",
            ),
        ]

    def __str__(self):
        return self.caption
