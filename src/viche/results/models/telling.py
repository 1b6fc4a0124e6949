"""What is told of results: records worth a story, and reports to donors."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Highlight(models.Model):
    """A record chosen for a story: an accepted report of an event, a closed award. Its words and photographs are the record's own."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="highlights")
    kind = models.CharField(max_length=12)  # of the ledger's records: "event", "award"
    record = models.PositiveBigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    lead = models.CharField(_("чому це важливо"), max_length=300, blank=True)
    lead_en = models.CharField(_("чому це важливо, англійською"), max_length=300, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "kind", "record"], name="highlight_once")]

    def __str__(self):
        return f"{self.kind}:{self.record}"


class DonorReport(models.Model):
    """A report that a donor gets: months, sections in their order, which indicators and stories. Figures are never kept in it."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="donor_reports")
    title = models.CharField(_("назва"), max_length=200)
    donor = models.CharField(_("донор"), max_length=200, blank=True)
    language = models.CharField(_("мова"), max_length=2, default="uk")
    since = models.DateField(_("від"))
    until = models.DateField(_("до"))
    # [{"kind": "figures", "title": "…", "body": "…", "indicators": ["P1"]}], kinds of `SectionKind`.
    sections = models.JSONField(default=list, blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(until__gte=F("since")), name="donor_report_ends_after_start")]

    def __str__(self):
        return self.title
