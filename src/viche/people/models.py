"""Users, the organisations they belong to, and how they are invited."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.formats import edrpou
from viche.people.choices import Language, MembershipRole, OrganisationKind


class UserManager(BaseUserManager):
    """Makes users by e-mail address."""

    def create_user(self, email, password=None, **fields):
        """Make a user; without a password nobody can sign in until one is set by letter."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in by e-mail. Never deleted: deactivated and pseudonymised."""

    email = models.EmailField(_("пошта"), unique=True)
    name = models.CharField(_("імʼя та прізвище"), max_length=150, blank=True)
    vocative = models.CharField(_("звертання"), max_length=150, blank=True, help_text=_("Як звертатися в листах: «Шановна Олено»."))
    language = models.CharField(_("мова"), max_length=2, choices=Language.choices, default=Language.UK)
    is_active = models.BooleanField(_("може входити"), default=True)
    is_administrator = models.BooleanField(_("адміністратор установки"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["email"]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        """The name a letter or a page shows."""
        return str(self)


class Organisation(models.Model):
    """A hromada council, library, NGO, reform group… that may apply, host and report."""

    name = models.CharField(_("назва"), max_length=250)
    name_en = models.CharField(_("назва англійською"), max_length=250, blank=True)
    kind = models.CharField(_("вид"), max_length=20, choices=OrganisationKind.choices)
    edrpou = models.CharField(_("ЄДРПОУ"), max_length=8, blank=True, help_text=_("Вісім цифр. Філія чи гурт без коду називає головну організацію."))
    parent = models.ForeignKey("self", verbose_name=_("головна організація"), null=True, blank=True, on_delete=models.PROTECT, related_name="branches")
    hromada = models.ForeignKey("places.Hromada", verbose_name=_("громада"), on_delete=models.PROTECT, related_name="organisations")
    website = models.URLField(_("сайт"), blank=True)
    is_invented = models.BooleanField(default=False)
    haystack = models.TextField(editable=False, default="")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["edrpou"], condition=~Q(edrpou=""), name="organisation_edrpou_once"),
            models.CheckConstraint(condition=~Q(edrpou="") | Q(parent__isnull=False), name="organisation_code_or_parent"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="organisation_not_own_parent"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The public page of the organisation."""
        return reverse("people:organisation", args=[self.pk])

    @property
    def org_id(self):
        """`UA-EDR-<code>` as donors' formats want it; empty for a branch or an informal group."""
        return edrpou.org_id(self.edrpou) if self.edrpou else ""


class Membership(models.Model):
    """A person's place in an organisation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("роль"), max_length=10, choices=MembershipRole.choices)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self):
        return f"{self.user} – {self.organisation} ({self.get_role_display()})"


class Invitation(models.Model):
    """A letter that brings somebody into an organisation or a role; spent once, by the person who reads that mailbox."""

    email = models.EmailField(_("пошта"))
    name = models.CharField(_("імʼя та прізвище"), max_length=150, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations")
    membership_role = models.CharField(max_length=10, choices=MembershipRole.choices, blank=True)
    # What a higher package grants when the letter is answered, e.g. {"programme": 3, "kind": "reviewer"}; that package reads it.
    grant = models.JSONField(default=dict, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self):
        return self.email
