"""What a chosen applicant gets, how it is paid, reported and closed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardKind, AwardState, ReportState, TrancheState


class Award(models.Model):
    """A grant or a status given to one organisation by a panel's decision. Public from its agreement on."""

    application = models.OneToOneField("calls.Application", on_delete=models.PROTECT, related_name="award")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="awards")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="awards")
    code = models.CharField(_("код"), max_length=24, unique=True)
    kind = models.CharField(_("вид"), max_length=10, choices=AwardKind.choices)
    state = models.CharField(_("стан"), max_length=10, choices=AwardState.choices, default=AwardState.PREPARED)
    title = models.CharField(_("назва"), max_length=300)
    promised = models.TextField(_("що обіцяно"), blank=True)
    done = models.TextField(_("що зроблено"), blank=True)
    amount = models.DecimalField(_("сума"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("валюта"), max_length=3, default="UAH")
    awarded_on = models.DateField(_("дата рішення"))
    starts_on = models.DateField(_("починається"))
    ends_on = models.DateField(_("закінчується"))
    agreement_number = models.CharField(_("номер угоди"), max_length=40, blank=True)
    agreed_on = models.DateField(_("угоду підписано"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Of the money paid: what came back, and why the rest has no account; written when the award is closed.
    returned = models.DecimalField(_("повернуто"), max_digits=14, decimal_places=2, null=True, blank=True)
    left_why = models.TextField(_("чому не сходиться"), blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(_("чому припинено"), blank=True)
    haystack = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["-awarded_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AwardKind.values), name="award_kind_known"),
            models.CheckConstraint(condition=Q(state__in=AwardState.values), name="award_state_known"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="award_amount_positive"),
            models.CheckConstraint(
                condition=~Q(kind=AwardKind.GRANT) | Q(amount__isnull=False), name="award_grant_has_amount"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="award_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state__in=[AwardState.ACTIVE, AwardState.CLOSED])
                | (Q(agreed_on__isnull=False) & ~Q(agreement_number="")),
                name="award_active_has_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(state=AwardState.CLOSED) | Q(closed_at__isnull=False), name="award_closed_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=AwardState.ENDED) | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="award_ended_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state"], name="award_in_programme"),
            models.Index(fields=["-awarded_on", "id"], name="award_newest_first"),
            models.Index(fields=["-agreed_on", "-id"], name="award_agreed_last_first"),
            # The counts and sums of public pages are read from this alone, without the awards' texts.
            models.Index(
                fields=["programme", "agreed_on", "organisation", "state", "currency", "amount", "awarded_on"],
                name="award_counts",
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        """The public page."""
        return reverse("awards:award", args=[self.code])

    @property
    def is_agreed(self):
        """Whether its agreement was signed, which is when it becomes public."""
        return self.agreed_on is not None


class Report(models.Model):
    """A report due from the organisation; the last one is final. Accepted by somebody else than its author."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="reports")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("назва"), max_length=200)
    is_final = models.BooleanField(default=False)
    due_on = models.DateField(_("подати до"))
    # A later day, given when the report is returned with questions.
    again_by = models.DateField(_("доповнити до"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    form = models.ForeignKey(
        "questionnaires.Version", verbose_name=_("форма"), on_delete=models.PROTECT, related_name="reports"
    )
    # Laid out when the agreement is signed; until then the plan may still change.
    sheet = models.OneToOneField(
        "questionnaires.Sheet", null=True, blank=True, on_delete=models.PROTECT, related_name="report"
    )
    # Copied from the answers by their meaning at submission, for lists and for the public page.
    spent = models.DecimalField(_("витрачено"), max_digits=14, decimal_places=2, null=True, blank=True)
    returned = models.DecimalField(_("повертають"), max_digits=14, decimal_places=2, null=True, blank=True)
    done = models.TextField(_("що зроблено"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remark = models.TextField(_("зауваження"), blank=True)

    class Meta:
        ordering = ["award", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.UniqueConstraint(fields=["award", "position"], name="report_position_once"),
            models.UniqueConstraint(fields=["award"], condition=Q(is_final=True), name="report_final_once"),
            models.CheckConstraint(
                condition=Q(state=ReportState.WAITING) | Q(sheet__isnull=False), name="report_begun_has_sheet"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.SUBMITTED) | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="report_submitted_has_author",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.ACCEPTED)
                | (Q(checked_by__isnull=False, submitted_by__isnull=False) & ~Q(checked_by=F("submitted_by"))),
                name="report_accepted_by_another",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="report_state_due")]

    def __str__(self):
        return f"{self.award}: {self.title}"

    def get_absolute_url(self):
        """The page on which its organisation writes it."""
        return reverse("awards:report", args=[self.award.code, self.position])

    @property
    def expected_on(self):
        """The day by which it is awaited now."""
        return self.again_by or self.due_on

    @property
    def is_ours_to_write(self):
        """Whether it waits for the organisation."""
        return self.state in {ReportState.WAITING, ReportState.DRAFT, ReportState.RETURNED}


class Submission(models.Model):
    """Proof that a report was handed in: number, moment, SHA-256 of the frozen answers; and what was said of it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The frozen answers as canonical JSON; `sha256` is over exactly these bytes in UTF-8.
    frozen = models.TextField()
    sha256 = models.CharField(max_length=64)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_accepted = models.BooleanField(null=True)
    remark = models.TextField(_("зауваження"), blank=True)

    class Meta:
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="submission_number_once"),
            models.CheckConstraint(
                condition=Q(is_accepted__isnull=True) | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="submission_checked_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.report} {self.number}"

    @property
    def digest(self):
        """The SHA-256 in groups of eight, as people compare it."""
        return [self.sha256[at : at + 8] for at in range(0, len(self.sha256), 8)]


class Tranche(models.Model):
    """A payment. It unlocks when the report it waits for is accepted; one without a report unlocks with the agreement."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="tranches")
    position = models.PositiveSmallIntegerField()
    amount = models.DecimalField(_("сума"), max_digits=14, decimal_places=2)
    after = models.ForeignKey(
        Report, verbose_name=_("після звіту"), null=True, blank=True, on_delete=models.PROTECT, related_name="unlocks"
    )
    planned_on = models.DateField(_("планова дата"))
    state = models.CharField(max_length=10, choices=TrancheState.choices, default=TrancheState.LOCKED)
    paid_on = models.DateField(_("сплачено"), null=True, blank=True)
    payment_note = models.CharField(_("номер платіжки"), max_length=80, blank=True)

    class Meta:
        ordering = ["award", "position"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TrancheState.values), name="tranche_state_known"),
            models.UniqueConstraint(fields=["award", "position"], name="tranche_position_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_amount_positive"),
            models.CheckConstraint(
                condition=~Q(state=TrancheState.PAID) | Q(paid_on__isnull=False), name="tranche_paid_has_date"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "planned_on"], name="tranche_state_planned"),
            models.Index(fields=["award", "state", "amount"], name="tranche_sums"),
        ]

    def __str__(self):
        return f"{self.award}/{self.position}"


class Photograph(models.Model):
    """A photograph of a report in words, and from when everybody may see it. That people agreed is kept with the file."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="photographs")
    stored = models.OneToOneField("files.Stored", on_delete=models.PROTECT, related_name="photograph")
    caption = models.CharField(_("що на фото"), max_length=300)
    credit = models.CharField(_("хто знімав"), max_length=150, blank=True)
    # Set by the office; empty: not chosen for the public page.
    public_from = models.DateField(_("показувати з"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["award", "position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(caption=""), name="photograph_has_words")]

    def __str__(self):
        return self.caption


class Reminder(models.Model):
    """A letter about a report that is due or late, so that nobody gets it twice."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="reminders")
    expected_on = models.DateField()
    # Days after the day on which the report is expected; negative: before it.
    day = models.SmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "expected_on", "day"], name="report_reminder_once")]

    def __str__(self):
        return f"{self.report_id}: {self.day}"
