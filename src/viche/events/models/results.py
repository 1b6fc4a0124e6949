"""What came of an event: heads counted on the spot, the report, its photographs."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from viche.events.choices import ReportState


class Tally(models.Model):
    """Heads counted by one person on one telephone; several add up. Numbers, never names."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="tallies")
    # Given by the telephone before the first try to send, so that sending again adds nothing.
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    # People by sex and age, {"f:youth": 12, "x:x": 3}; see methods.headcounts.
    cells = models.JSONField(default=dict)
    # Of them, people of groups: {"older": 4}. One person may belong to several, so these never add up to the whole.
    groups = models.JSONField(default=dict, blank=True)
    total = models.PositiveIntegerField()
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    counted_at = models.DateTimeField()  # by the telephone's clock
    received_at = models.DateTimeField()  # by ours
    revision = models.PositiveIntegerField(default=1)  # the telephone's: a later count of the same key replaces

    class Meta:
        ordering = ["event", "received_at", "pk"]

    def __str__(self):
        return f"{self.event_id}: {self.total}"


class Report(models.Model):
    """What the organiser tells of an event; the programme accepts it, and only then it counts."""

    event = models.OneToOneField("events.Event", on_delete=models.PROTECT, related_name="report")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    happened = models.TextField(_("що відбулося"), blank=True)
    total = models.PositiveIntegerField(_("скільки людей прийшло"), null=True, blank=True)
    cells = models.JSONField(default=dict, blank=True)
    groups = models.JSONField(default=dict, blank=True)
    media = models.JSONField(_("згадки в медіа"), default=list, blank=True)  # [{"title": "…", "link": "https://…"}]
    questions = models.JSONField(_("про що питали"), default=list, blank=True)  # texts
    followups = models.JSONField(_("що роблять далі"), default=list, blank=True)  # texts
    ideas = models.JSONField(_("які ідеї прозвучали"), default=list, blank=True)  # texts
    # What was typed and could not be read, by the field of the form, as it was typed: {"media-0-link": "…"}.
    unread = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    remark = models.TextField(_("питання до звіту"), blank=True)
    chased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="event_report_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[ReportState.DRAFT, ReportState.RETURNED])
                | Q(total__isnull=False, submitted_at__isnull=False) & ~Q(happened=""),
                name="event_report_handed_in_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.ACCEPTED) | Q(decided_at__isnull=False),
                name="event_report_accepted_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="event_report_to_read"),
            # Whether an event owes one, asked of many without a look at the rows themselves.
            models.Index(fields=["event", "state"], name="event_report_stands"),
        ]

    def __str__(self):
        return f"{self.event_id} {self.state}"


class Photo(models.Model):
    """A photograph of an event; the paper list of people is one too, and never shown."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="photos")
    key = models.UUIDField(default=uuid.uuid4, unique=True)  # given by the telephone, as of a tally
    stored = models.ForeignKey("files.Stored", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("підпис"), max_length=300, blank=True)
    credit = models.CharField(_("хто зняв"), max_length=150, blank=True)
    is_list = models.BooleanField(_("паперовий список"), default=False)
    has_consent = models.BooleanField(_("люди на світлині згодні"), default=False)
    consent_note = models.CharField(_("як отримано згоду"), max_length=300, blank=True)
    public_from = models.DateField(_("показати всім від"), null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # Somebody has asked to take it down: when, why if they said so, and where to answer; until it is shown again or removed.
    plea_at = models.DateTimeField(null=True, blank=True)
    plea = models.TextField(_("чому прибрати"), blank=True)
    plea_email = models.EmailField(_("куди відповісти"), blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["event", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(public_from__isnull=True) | Q(has_consent=True, is_list=False),
                name="event_photo_shown_with_consent",
            ),
        ]
        indexes = [
            models.Index(fields=["plea_at"], condition=Q(plea_at__isnull=False), name="event_photo_pleas"),
        ]

    def __str__(self):
        return self.caption or str(self.key)
