"""What events belong to: campaigns, series, and the rules that a programme sets for its events."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.events.choices import SeriesKind
from viche.methods import inclusion
from viche.ui.wording import spoken


class Campaign(models.Model):
    """A dated frame that many organisers fill with events, as Open Government Week is; one programme runs it."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="campaigns")
    code = models.SlugField(_("код"), max_length=16, unique=True)
    name = models.CharField(_("назва"), max_length=200)
    name_en = models.CharField(_("назва англійською"), max_length=200, blank=True)
    lead = models.CharField(_("одним реченням"), max_length=400)
    lead_en = models.CharField(_("одним реченням англійською"), max_length=400, blank=True)
    about = models.TextField(_("про кампанію"), blank=True)
    about_en = models.TextField(_("про кампанію англійською"), blank=True)
    starts_on = models.DateField(_("початок"))
    ends_on = models.DateField(_("кінець"))
    hashtags = models.JSONField(_("хештеги"), default=list, blank=True)  # without the sign: ["OpenGovWeek"]
    goals = models.JSONField(_("цілі сталого розвитку"), default=list, blank=True)  # numbers, 1 to 17
    # What methods.inclusion judges events by, see there: {"speakers": {"share": 40, "blocks": true}, …}.
    rules = models.JSONField(_("правила інклюзії"), default=dict, blank=True)
    contact_email = models.EmailField(_("публічна пошта"), blank=True)
    picture = models.ForeignKey("files.Stored", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_public = models.BooleanField(_("видно всім"), default=False)
    created_at = models.DateTimeField()

    called, told, explained = spoken("name"), spoken("lead"), spoken("about")

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_start")
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The public page."""
        return reverse("events:campaign", args=[self.code])

    @property
    def has_broken_rules(self) -> bool:
        """Whether what it keeps are no rules of inclusion; no form of ours writes such, a row changed by hand may hold them."""
        try:
            inclusion.read(self.rules)
        except inclusion.BadRules:
            return True
        return False


class Policy(models.Model):
    """How a programme treats events: whom it trusts, how soon it answers, when reports are due."""

    programme = models.OneToOneField("programmes.Programme", on_delete=models.CASCADE, related_name="event_policy")
    # Events of participants appear at once; of everybody else after somebody has looked.
    trusts_participants = models.BooleanField(_("заходи учасників програми без перевірки"), default=True)
    moderation_days = models.PositiveSmallIntegerField(_("відповідаємо за скільки робочих днів"), default=3)
    report_days = models.PositiveSmallIntegerField(_("звіт за скільки днів після заходу"), default=7)
    far_km = models.PositiveSmallIntegerField(_("попереджати, якщо точка далі від громади, ніж, км"), default=60)
    # Days after the end of an event until names, mailboxes and needs of those who registered are erased.
    seats_days = models.PositiveSmallIntegerField(_("імена зареєстрованих стираємо за скільки днів"), default=180)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(moderation_days__gte=1, moderation_days__lte=60), name="policy_answers"),
            models.CheckConstraint(condition=Q(report_days__gte=1, report_days__lte=120), name="policy_reports"),
            models.CheckConstraint(condition=Q(seats_days__gte=30, seats_days__lte=1095), name="policy_seats"),
        ]

    def __str__(self):
        return f"{self.programme_id}"


class Series(models.Model):
    """Meetings that belong together: a press club of an oblast, a weekly meeting, a consultant's tour of hubs."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(_("вид"), max_length=12, choices=SeriesKind.choices)
    name = models.CharField(_("назва"), max_length=200)
    oblast = models.ForeignKey(
        "places.Oblast", verbose_name=_("область"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Where the press club sits, or whose weekly meeting it is.
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="series"
    )
    members = models.ManyToManyField("people.Organisation", blank=True, related_name="member_of_series")
    created_by = models.ForeignKey("people.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "kind", "name", "pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=SeriesKind.values), name="series_kind_known")]

    def __str__(self):
        return self.name


class Plan(models.Model):
    """Events that came from one table: the drafts of an organiser's year, handed in together once they are whole."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey("people.User", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    # Rows of which no draft came, with why: [{"number": 11, "cells": {"title": "…"}, "wrong": ["…"]}].
    bad_rows = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.programme_id} {self.made_at:%Y-%m-%d}"
