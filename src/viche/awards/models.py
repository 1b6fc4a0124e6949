"""What a chosen applicant gets, how it is paid, reported and closed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardKind, AwardState, ReportState, TrancheState


class Award(models.Model):
    """A grant or a status given to one organisation by a panel's decision. Everybody may see it once it is active."""

    application = models.OneToOneField("calls.Application", on_delete=models.PROTECT, related_name="award")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="awards")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="awards")
    code = models.CharField(_("код"), max_length=24, unique=True)
    kind = models.CharField(max_length=10, choices=AwardKind.choices)
    state = models.CharField(max_length=10, choices=AwardState.choices, default=AwardState.PREPARED)
    title = models.CharField(_("назва"), max_length=300)
    promised = models.TextField(_("що обіцяно"), blank=True)
    done = models.TextField(_("що зроблено"), blank=True)
    amount = models.DecimalField(_("сума"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="UAH")
    awarded_on = models.DateField(_("дата рішення"))
    starts_on = models.DateField(_("починається"))
    ends_on = models.DateField(_("закінчується"))
    agreement_number = models.CharField(_("номер угоди"), max_length=40, blank=True)
    agreed_on = models.DateField(_("угоду підписано"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.TextField(_("чому припинено"), blank=True)
    haystack = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["-awarded_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="award_amount_positive"),
            models.CheckConstraint(condition=~Q(kind=AwardKind.GRANT) | Q(amount__isnull=False), name="award_grant_has_amount"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="award_ends_after_start"),
            models.CheckConstraint(condition=~Q(state=AwardState.CLOSED) | Q(closed_at__isnull=False), name="award_closed_has_moment"),
        ]
        indexes = [models.Index(fields=["programme", "state"], name="award_in_programme")]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        """The public page."""
        return reverse("awards:award", args=[self.code])


class Report(models.Model):
    """A report due from the organisation; the last one is final. Accepted by somebody else than its author."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="reports")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("назва"), max_length=200)
    is_final = models.BooleanField(default=False)
    due_on = models.DateField(_("подати до"))
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.WAITING)
    sheet = models.OneToOneField("questionnaires.Sheet", on_delete=models.PROTECT, related_name="report")
    spent = models.DecimalField(_("витрачено"), max_digits=14, decimal_places=2, null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frozen = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField(_("зауваження"), blank=True)

    class Meta:
        ordering = ["award", "position"]
        constraints = [
            models.UniqueConstraint(fields=["award", "position"], name="report_position_once"),
            models.CheckConstraint(
                condition=~Q(state=ReportState.ACCEPTED) | (Q(checked_by__isnull=False, submitted_by__isnull=False) & ~Q(checked_by=F("submitted_by"))),
                name="report_accepted_by_another",
            ),
        ]

    def __str__(self):
        return f"{self.award_id}: {self.title}"


class Tranche(models.Model):
    """A payment. It unlocks when the report it waits for is accepted; one without a report unlocks with the agreement."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="tranches")
    position = models.PositiveSmallIntegerField()
    amount = models.DecimalField(_("сума"), max_digits=14, decimal_places=2)
    after = models.ForeignKey(Report, verbose_name=_("після звіту"), null=True, blank=True, on_delete=models.PROTECT, related_name="unlocks")
    planned_on = models.DateField(_("планова дата"))
    state = models.CharField(max_length=10, choices=TrancheState.choices, default=TrancheState.LOCKED)
    paid_on = models.DateField(_("сплачено"), null=True, blank=True)
    payment_note = models.CharField(_("номер платіжки"), max_length=80, blank=True)

    class Meta:
        ordering = ["award", "position"]
        constraints = [
            models.UniqueConstraint(fields=["award", "position"], name="tranche_position_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_amount_positive"),
            models.CheckConstraint(condition=~Q(state=TrancheState.PAID) | Q(paid_on__isnull=False), name="tranche_paid_has_date"),
        ]

    def __str__(self):
        return f"{self.award_id}/{self.position}"


class Photograph(models.Model):
    """A photograph of a report that may be shown to everybody, and from when."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="photographs")
    stored = models.OneToOneField("files.Stored", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("що на фото"), max_length=300)
    credit = models.CharField(_("автор"), max_length=150, blank=True)
    consent = models.BooleanField(_("люди на фото погодилися"), default=False)
    public_from = models.DateField(_("показувати з"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["award", "position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(public_from__isnull=True) | Q(consent=True), name="photograph_public_with_consent")]

    def __str__(self):
        return self.caption
