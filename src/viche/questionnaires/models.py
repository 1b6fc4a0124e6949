"""Questionnaires, their versions, and sheets of answers. An answer belongs to a version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from viche.questionnaires.choices import LostWhy, Meaning, QuestionKind


class Questionnaire(models.Model):
    """A form under a name: an application, a report. Its content lies in versions."""

    name = models.CharField(_("назва"), max_length=200)
    # Which programme's office may edit it, kept by the package that made it (soft key: programmes stand above).
    owner_key = models.CharField(max_length=80, db_index=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Version(models.Model):
    """One content of a questionnaire; frozen when somebody may answer it."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 over rows and content, written at freezing: proves that nothing changed and names the cached outline.
    sha256 = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, sha256="") | (Q(frozen_at__isnull=False) & ~Q(sha256="")),
                name="version_frozen_has_sha256",
            ),
        ]

    def __str__(self):
        return f"{self.questionnaire} v{self.number}"

    @property
    def is_frozen(self):
        """Whether somebody may have answered it, so that it can change no more."""
        return self.frozen_at is not None


class Section(models.Model):
    """One page of a questionnaire."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("назва розділу"), max_length=200)
    intro = models.TextField(_("вступ"), blank=True)

    class Meta:
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="section_position_once")]

    def __str__(self):
        return self.title


class Question(models.Model):
    """One question. `settings` holds what its kind needs.

    short, long: {"limit": characters}; number: {"least", "most", "whole"}; money: {"least", "most"} in hryvnias as text;
    date: {"first", "last"} ISO; choice, several: {"options": [{"value", "label"}]}; file, photos: {"most": files};
    budget: {"rows": most rows}; declaration: {"text": what is declared}.
    """

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    kind = models.CharField(_("вид відповіді"), max_length=12, choices=QuestionKind.choices)
    meaning = models.CharField(
        _("що це означає"), max_length=10, choices=Meaning.choices, blank=True, default=Meaning.NONE
    )
    label = models.CharField(_("запитання"), max_length=300)
    help = models.TextField(_("пояснення"), blank=True)
    required = models.BooleanField(_("обов’язкове"), default=True)
    settings = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="question_position_once"),
            models.UniqueConstraint(fields=["section", "key"], name="question_key_once"),
        ]

    def __str__(self):
        return self.label


class Sheet(models.Model):
    """One filled, or being filled, copy of a version. What it is for is known to the package that holds it."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sheets")
    created_at = models.DateTimeField()

    def __str__(self):
        return f"{self.version} #{self.pk}"


class Answers(models.Model):
    """What was typed in one section of a sheet, as typed. `revision` counts saves: a save names the one it began from."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="answers")
    revision = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict)
    is_complete = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "section"], name="answers_section_once"),
            models.CheckConstraint(condition=Q(revision__gte=0), name="answers_revision_counts_up"),
        ]

    def __str__(self):
        return f"{self.sheet_id}/{self.section_id} r{self.revision}"


class Hand(models.Model):
    """Somebody who ever wrote in a sheet: saved a section, added a file or took one out. `saved_by_id` knows the last alone."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="hands")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "user"], name="hand_once")]

    def __str__(self):
        return f"{self.sheet_id}/{self.user_id}"


class Lost(models.Model):
    """A text that could not be saved (older than what a colleague wrote, or late), kept so that nothing typed is ever lost."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="lost")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict)
    why = models.CharField(_("чому не збережено"), max_length=10, choices=LostWhy.choices)
    kept_at = models.DateTimeField()
    kept_for_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-kept_at", "-pk"]

    def __str__(self):
        return f"{self.sheet_id}/{self.section_id} {self.why}"
