"""Calls and applications."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.calls.choices import ROLLING, ApplicationState, CallKind, CallState, Outcome, Stage, TieWhy, Who
from viche.ui.wording import spoken


class Call(models.Model):
    """What may be applied for, by whom, until when, by which form and criteria."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="calls")
    component = models.ForeignKey(
        "programmes.Component", null=True, blank=True, on_delete=models.SET_NULL, related_name="calls"
    )
    code = models.SlugField(_("код"), max_length=16, unique=True)
    kind = models.CharField(_("що отримає переможець"), max_length=10, choices=CallKind.choices)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    title = models.CharField(_("назва"), max_length=200)
    title_en = models.CharField(_("назва англійською"), max_length=200, blank=True)
    lead = models.CharField(_("одним реченням"), max_length=400)
    lead_en = models.CharField(_("одним реченням, англійською"), max_length=400, blank=True)
    about = models.TextField(_("за що платимо і чого чекаємо"), blank=True)
    about_en = models.TextField(_("за що платимо і чого чекаємо, англійською"), blank=True)
    opens_at = models.DateTimeField(_("відкривається"), null=True, blank=True)
    closes_at = models.DateTimeField(_("закривається"), null=True, blank=True)
    decision_by = models.DateField(_("рішення до"), null=True, blank=True)
    work_starts_on = models.DateField(_("робота починається"), null=True, blank=True)
    work_ends_on = models.DateField(_("робота закінчується"), null=True, blank=True)
    who = models.CharField(_("хто може податися"), max_length=10, choices=Who.choices, default=Who.ANYONE)
    who_kinds = models.JSONField(_("види організацій"), default=list, blank=True)
    who_oblasts = models.ManyToManyField("places.Oblast", verbose_name=_("області"), blank=True, related_name="+")
    who_hromadas = models.ManyToManyField("places.Hromada", verbose_name=_("громади"), blank=True, related_name="+")
    who_organisations = models.ManyToManyField(
        "people.Organisation", verbose_name=_("запрошені організації"), blank=True, related_name="invited_to"
    )
    who_call = models.ForeignKey(
        "self",
        verbose_name=_("конкурс, у якому підтримали"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    currency = models.CharField(_("валюта"), max_length=3, default="UAH")
    budget = models.DecimalField(_("бюджет конкурсу"), max_digits=14, decimal_places=2, null=True, blank=True)
    award_least = models.DecimalField(_("найменша сума"), max_digits=14, decimal_places=2, null=True, blank=True)
    award_most = models.DecimalField(_("найбільша сума"), max_digits=14, decimal_places=2, null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("скільки підтримаємо"), null=True, blank=True)
    form = models.ForeignKey(
        "questionnaires.Version",
        verbose_name=_("форма заявки"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calls",
    )
    reviewers_wanted = models.PositiveSmallIntegerField(_("скільки людей оцінює одну заявку"), default=3)
    review_by = models.DateField(_("оцінити до"), null=True, blank=True)
    next_number = models.PositiveIntegerField(default=1)
    cancelled_why = models.TextField(_("чому скасовано"), blank=True)
    haystack = models.TextField(editable=False, default="")
    created_at = models.DateTimeField()

    class Meta:
        ordering = [F("opens_at").desc(nulls_first=True), "code"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CallKind.values), name="call_kind_known"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="call_stage_known"),
            models.CheckConstraint(condition=Q(who__in=Who.values), name="call_who_known"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(review_by__isnull=True) | Q(decision_by__isnull=True) | Q(decision_by__gte=F("review_by")),
                name="call_decides_after_reviews",
            ),
            models.CheckConstraint(
                condition=Q(work_starts_on__isnull=True)
                | Q(work_ends_on__isnull=True)
                | Q(work_ends_on__gte=F("work_starts_on")),
                name="call_work_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.CANCELLED])
                | Q(opens_at__isnull=False, form__isnull=False)
                & (Q(closes_at__isnull=False) | Q(kind__in=ROLLING))
                & (~Q(kind=CallKind.GRANT) | Q(budget__isnull=False, award_most__isnull=False)),
                name="call_announced_is_whole",
            ),
            models.CheckConstraint(condition=Q(budget__isnull=True) | Q(budget__gt=0), name="call_budget_positive"),
            models.CheckConstraint(
                condition=Q(award_least__isnull=True) | Q(award_least__gte=0), name="call_least_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(award_least__isnull=True)
                | Q(award_most__isnull=True)
                | Q(award_most__gte=F("award_least")),
                name="call_most_not_below_least",
            ),
            models.CheckConstraint(
                condition=Q(reviewers_wanted__gte=1, reviewers_wanted__lte=9), name="call_reviewers_one_to_nine"
            ),
        ]
        indexes = [models.Index(fields=["stage", "closes_at"], name="call_stage_closes")]

    def __str__(self):
        return self.title

    called, in_short, at_length = spoken("title"), spoken("lead"), spoken("about")

    def get_absolute_url(self):
        """The public page."""
        return reverse("calls:call", args=[self.code])

    def state(self, at: datetime) -> CallState:
        """What the call is at this moment: the stage that the office set, and the clock."""
        if self.stage != Stage.SCHEDULED:
            return CallState(self.stage)
        if at < self.opens_at:
            return CallState.SCHEDULED
        if self.closes_at is None or at < self.closes_at:
            return CallState.OPEN
        return CallState.CLOSED

    def is_frozen(self, at: datetime) -> bool:
        """Whether form and criteria may no longer change: from the opening on."""
        return self.state(at) not in {CallState.DRAFT, CallState.SCHEDULED}


class Criterion(models.Model):
    """By what applications are judged. Weights of a call add up to 100."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("критерій"), max_length=200)
    name_en = models.CharField(_("критерій англійською"), max_length=200, blank=True)
    help = models.CharField(_("пояснення"), max_length=400, blank=True)
    help_en = models.CharField(_("пояснення англійською"), max_length=400, blank=True)
    weight = models.PositiveSmallIntegerField(_("вага, %"))
    scale = models.PositiveSmallIntegerField(_("найвищий бал"), default=5)

    class Meta:
        ordering = ["call", "position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="criterion_position_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_1_to_100"),
            models.CheckConstraint(condition=Q(scale__gte=1, scale__lte=100), name="criterion_scale_1_to_100"),
        ]

    def __str__(self):
        return self.name

    called, explained = spoken("name"), spoken("help")


class Application(models.Model):
    """A filled form of one organisation, with a receipt once it is submitted."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="applications")
    # Where the organisation stood when it submitted: it may move afterwards, its application does not. A draft has none.
    hromada = models.ForeignKey("places.Hromada", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Given at submission: FUND-24-017. A draft has none.
    code = models.CharField(_("номер"), max_length=24, null=True, blank=True, unique=True)
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default=Outcome.NONE)
    outcome_reason = models.TextField(blank=True)
    # What the panel gave to one that it supported; nothing where the support is no money.
    granted = models.DecimalField(_("надано"), max_digits=14, decimal_places=2, null=True, blank=True)
    sheet = models.OneToOneField("questionnaires.Sheet", on_delete=models.PROTECT, related_name="application")
    # Copied from the answers by their meaning when the application is saved or submitted, for lists.
    title = models.CharField(_("назва проєкту"), max_length=300, blank=True)
    summary = models.TextField(_("короткий зміст"), blank=True)
    amount = models.DecimalField(_("просять"), max_digits=14, decimal_places=2, null=True, blank=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # When its writers were written to how it ended, decided or cancelled, so that nobody is told twice.
    told_at = models.DateTimeField(null=True, blank=True)
    haystack = models.TextField(editable=False, default="")

    class Meta:
        ordering = [F("submitted_at").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="application_outcome_known"),
            models.UniqueConstraint(fields=["call", "organisation"], name="application_once_per_call"),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.SUBMITTED) | Q(submitted_at__isnull=False, code__isnull=False),
                name="application_submitted_has_number",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(state=ApplicationState.SUBMITTED), name="application_outcome_of_submitted"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="application_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True) | Q(granted__gt=0, outcome=Outcome.SUPPORTED),
                name="application_granted_of_supported",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "-submitted_at", "-id"], name="application_newest_first"),
            # The sums of a call are read from this alone, without its texts.
            models.Index(fields=["call", "state", "outcome", "amount"], name="application_sums_of_call"),
        ]

    def __str__(self):
        return self.code or f"{self.organisation} – {self.call_id}"

    @property
    def named(self):
        """The title of the project; where its form asked none, the organisation."""
        return self.title or self.organisation.called

    @property
    def moved_from(self):
        """Where its organisation stood when it submitted, if it stands elsewhere now: whom the call is for was judged there."""
        return None if self.hromada_id in {None, self.organisation.hromada_id} else self.hromada

    def get_absolute_url(self):
        """The applicant's page of this application."""
        return reverse("calls:application", args=[self.pk])


class Tie(models.Model):
    """Somebody who must not judge an application, nor read it in the office.

    Written at each submission: whoever wrote it, and everybody who at that moment belongs to its organisation or to any
    other in its hromada. So nobody shakes a tie off afterwards by leaving, or by moving an organisation to another
    hromada. Reviewing adds whoever steps aside. Ties that appear later are seen in the memberships (`access.is_tied`).
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="ties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=14, choices=TieWhy.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="tie_once"),
            models.CheckConstraint(condition=Q(why__in=TieWhy.values), name="tie_why_known"),
        ]

    def __str__(self):
        return f"{self.user_id}/{self.application_id} {self.why}"


class Receipt(models.Model):
    """Proof of one submission: number, moment, and the SHA-256 of the frozen answers."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="receipts")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # The frozen answers as canonical JSON; `sha256` is over exactly these bytes in UTF-8.
    frozen = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["application", "-number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="receipt_number_once")]

    def __str__(self):
        return f"{self.application}/{self.number}"


class Reminder(models.Model):
    """A letter that was sent before a close, so that nobody gets it twice. A later close is told of again."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reminders")
    closes_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "closes_at", "days"], name="reminder_once")]

    def __str__(self):
        return f"{self.application_id}: {self.days}"
