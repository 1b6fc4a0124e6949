"""A programme and all that describes it: goals, components, partners, team, roles, participants."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.programmes.choices import (
    Aid,
    Collaboration,
    Finance,
    Flow,
    ParticipantKind,
    PartnerRole,
    RoleKind,
    Tied,
)
from viche.ui.wording import spoken


class Programme(models.Model):
    """Something that is run from an announcement to a proven result, under a code that people see."""

    code = models.SlugField(
        _("код"), max_length=12, unique=True, help_text=_("Великі латинські літери й цифри, наприклад FUND.")
    )
    name = models.CharField(_("назва"), max_length=200)
    name_en = models.CharField(_("назва англійською"), max_length=200, blank=True)
    lead = models.CharField(_("одним реченням"), max_length=400)
    lead_en = models.CharField(_("одним реченням англійською"), max_length=400, blank=True)
    about = models.TextField(_("про програму"), blank=True)
    starts_on = models.DateField(_("початок"))
    ends_on = models.DateField(_("кінець"))
    is_public = models.BooleanField(_("видно всім"), default=False)
    contact_email = models.EmailField(_("публічна пошта"), blank=True)
    contact_phone = models.CharField(_("публічний телефон"), max_length=40, blank=True)
    is_invented = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # Whose roles here were read last for this page, and which kinds they are: the office menu is drawn by them.
    last_read: tuple[int | None, frozenset[str]] = (None, frozenset())

    called, told = spoken("name"), spoken("lead")

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="programme_ends_after_start")
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The public page."""
        return reverse("site:programme", args=[self.code])


class Goal(models.Model):
    """A goal of the programme; goals form a tree."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="goals")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("ціль"), max_length=400)
    text_en = models.CharField(_("ціль англійською"), max_length=400, blank=True, default="")

    called = spoken("text")

    class Meta:
        ordering = ["programme", "position", "pk"]

    def __str__(self):
        return self.text


class Component(models.Model):
    """A part of the programme's work: training, grants, press clubs."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("складова"), max_length=200)
    name_en = models.CharField(_("складова англійською"), max_length=200, blank=True, default="")
    about = models.TextField(_("про складову"), blank=True)

    called = spoken("name")

    class Meta:
        ordering = ["programme", "position", "pk"]

    def __str__(self):
        return self.name


class Partner(models.Model):
    """Who stands behind the programme, with a logo."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partners")
    role = models.CharField(_("роль"), max_length=12, choices=PartnerRole.choices)
    name = models.CharField(_("назва"), max_length=200)
    website = models.URLField(_("сайт"), blank=True)
    # As donors' registers know it ("XI-IATI-…", "UA-EDR-…"), for open data.
    org_id = models.CharField(_("ідентифікатор в IATI"), max_length=100, blank=True)
    logo = models.ForeignKey("files.Stored", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["programme", "position", "pk"]

    def __str__(self):
        return self.name


class Publishing(models.Model):
    """How a programme is told to IATI and 360Giving: what only its office knows. A programme without a row takes the defaults."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="publishing")
    is_told = models.BooleanField(_("публікувати за стандартами IATI та 360Giving"), default=True)
    # Empty: the publisher's identifier and the programme's code.
    identifier = models.CharField(_("ідентифікатор програми в IATI"), max_length=100, blank=True)
    donor_activity = models.CharField(_("ідентифікатор програми в даних донора"), max_length=100, blank=True)
    # OECD DAC; 15112 is decentralisation and support to subnational government.
    sector = models.CharField(_("галузь"), max_length=5, default="15112")
    collaboration = models.CharField(_("вид співпраці"), max_length=2, blank=True, choices=Collaboration.choices)
    flow = models.CharField(_("вид потоку"), max_length=2, blank=True, choices=Flow.choices)
    finance = models.CharField(_("вид фінансування"), max_length=4, blank=True, choices=Finance.choices)
    aid = models.CharField(_("вид допомоги"), max_length=4, blank=True, choices=Aid.choices)
    tied = models.CharField(_("прив’язка закупівель"), max_length=1, blank=True, choices=Tied.choices)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(sector=""), name="publishing_has_sector")]

    def __str__(self):
        return f"{self.programme}: IATI"


class TeamMember(models.Model):
    """Somebody of the team whom the public may write to; only what the person agreed to show."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="team")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("ім’я та прізвище"), max_length=150)
    duty = models.CharField(_("чим займається"), max_length=200)
    email = models.EmailField(_("публічна пошта"), blank=True)
    phone = models.CharField(_("публічний телефон"), max_length=40, blank=True)

    class Meta:
        ordering = ["programme", "position", "pk"]

    def __str__(self):
        return self.name


class Participant(models.Model):
    """An organisation taking part in the programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="participations")
    kind = models.CharField(_("як хто"), max_length=14, choices=ParticipantKind.choices)
    since = models.DateField(_("відколи"))
    # Which record admitted it ("awards.award:17"), empty when the office wrote it in by hand.
    admitted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "organisation", "kind"], name="participant_once")]

    def __str__(self):
        return f"{self.organisation} – {self.get_kind_display()}"


class Role(models.Model):
    """What a person may do in one programme (a consultant: in one oblast of it)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("роль"), max_length=12, choices=RoleKind.choices)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="roles")
    oblast = models.ForeignKey(
        "places.Oblast", verbose_name=_("область"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "programme"], condition=Q(oblast__isnull=True), name="role_once"
            ),
            models.UniqueConstraint(fields=["user", "kind", "programme", "oblast"], name="role_once_in_oblast"),
            models.CheckConstraint(
                condition=Q(kind=RoleKind.CONSULTANT, oblast__isnull=False)
                | (~Q(kind=RoleKind.CONSULTANT) & Q(oblast__isnull=True)),
                name="role_oblast_for_consultants_only",
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.get_kind_display()} – {self.programme}"
