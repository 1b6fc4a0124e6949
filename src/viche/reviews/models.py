"""Conflicts, assignments, scores, the panel and its decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import Outcome, TieWhy
from viche.reviews.choices import AssignmentState


class Conflict(models.Model):
    """A reviewer or panel member who must not see this application judged, as the office reads it.

    Each is a `calls.Tie` too, so that the office of calls hides the application from them as well.
    """

    application = models.ForeignKey("calls.Application", on_delete=models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=14, choices=TieWhy.choices)
    note = models.CharField(_("пояснення"), max_length=400, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "user"], name="conflict_once")]

    def __str__(self):
        return f"{self.user_id}/{self.application_id} {self.why}"


class Assignment(models.Model):
    """One reviewer's place at one application. A slot is held by one living assignment."""

    application = models.ForeignKey("calls.Application", on_delete=models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    slot = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.WAITING)
    due_on = models.DateField(_("оцінити до"), null=True, blank=True)
    assigned_at = models.DateTimeField()
    # The review itself: an overall comment, saved as typed; `revision` counts saves.
    comment = models.TextField(_("загальне враження"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    # What the office asked to complete when it gave the review back; empty again once it is handed in.
    reopened_why = models.TextField(_("що доповнити"), blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    # 0–100, one decimal, set when the review is submitted (methods.ranking).
    total = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering = ["due_on", "application"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "slot"],
                condition=~Q(state=AssignmentState.RELEASED),
                name="assignment_slot_once",
            ),
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                condition=~Q(state=AssignmentState.RELEASED),
                name="assignment_reviewer_once",
            ),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=9), name="assignment_slot_1_to_9"),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.DONE) | Q(submitted_at__isnull=False, total__isnull=False),
                name="assignment_done_has_total",
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "state"], name="assignment_of_reviewer")]

    def __str__(self):
        return f"{self.reviewer_id}/{self.application_id}"


class Score(models.Model):
    """Points for one criterion, with the reason in words."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("calls.Criterion", on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("бал"), null=True, blank=True)
    reason = models.TextField(_("чому саме стільки"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "criterion"], name="score_once")]

    def __str__(self):
        return f"{self.assignment_id}/{self.criterion_id}: {self.points}"


class Panel(models.Model):
    """The meeting that decides a call."""

    call = models.OneToOneField("calls.Call", on_delete=models.PROTECT, related_name="panel")
    meets_at = models.DateTimeField(_("засідає"))
    place = models.CharField(_("де"), max_length=200, blank=True)
    protocol = models.TextField(_("протокол"), blank=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Seat", blank=True, related_name="panels")
    closed_at = models.DateTimeField(null=True, blank=True)
    # When everybody was written to, so that nobody gets the decision twice.
    told_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.call_id} {self.meets_at:%Y-%m-%d}"


class Seat(models.Model):
    """Somebody's place in a panel."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "user"], name="seat_once")]

    def __str__(self):
        return f"{self.panel_id}/{self.user_id}"


class Decision(models.Model):
    """What the panel says of one application, prepared until the panel is closed, then published with letters."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="decisions")
    application = models.OneToOneField("calls.Application", on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(_("рішення"), max_length=10, choices=[choice for choice in Outcome.choices if choice[0]])
    amount = models.DecimalField(_("сума"), max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.TextField(_("чому"))
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0, outcome=Outcome.SUPPORTED),
                name="decision_amount_of_supported",
            ),
        ]

    def __str__(self):
        return f"{self.application_id}: {self.outcome}"
