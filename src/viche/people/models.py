"""Users and what they agreed to, the organisations they belong to, and how they come into them."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from viche.formats import edrpou
from viche.methods import words
from viche.people.choices import Answer, Consented, Language, MembershipRole, OrganisationKind, Scope
from viche.ui.wording import spoken


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
    name = models.CharField(_("ім’я та прізвище"), max_length=150, blank=True)
    vocative = models.CharField(
        _("звертання"), max_length=150, blank=True, help_text=_("Як починати листи до вас, наприклад «Шановна Олено».")
    )
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
        constraints = [
            models.CheckConstraint(condition=Q(forgotten_at=None) | Q(is_active=False), name="user_forgotten_is_out"),
        ]

    def __str__(self):
        if self.forgotten_at:
            return gettext("Людина, яка пішла")
        return self.name or self.email

    def get_full_name(self):
        """The name a letter or a page shows."""
        return str(self)


class Consent(models.Model):
    """To what a person agreed, and when; one row for each thing and each time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="consents")
    what = models.CharField(max_length=10, choices=Consented.choices)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]

    def __str__(self):
        return f"{self.user_id} {self.what} {self.given_at:%Y-%m-%d}"


class Organisation(models.Model):
    """A hromada council, library, NGO, reform group… that may apply, host and report."""

    name = models.CharField(_("назва"), max_length=250)
    name_en = models.CharField(_("назва англійською"), max_length=250, blank=True)
    kind = models.CharField(_("вид"), max_length=20, choices=OrganisationKind.choices)
    # Eight digits with the right check digit; a branch or an informal group has none and names its parent.
    edrpou = models.CharField(_("ЄДРПОУ"), max_length=8, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("головна організація"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="branches",
    )
    # When a head of the parent, or an administrator, said that this is its branch; shown as one from then on.
    parent_confirmed_at = models.DateTimeField(null=True, blank=True)
    hromada = models.ForeignKey(
        "places.Hromada", verbose_name=_("громада"), on_delete=models.PROTECT, related_name="organisations"
    )
    website = models.URLField(_("сайт"), blank=True)
    is_invented = models.BooleanField(default=False)
    haystack = models.TextField(editable=False, default="")
    sort_key = models.TextField(editable=False, default="")
    created_at = models.DateTimeField()

    called = spoken("name")

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edrpou"], condition=~Q(edrpou=""), name="organisation_edrpou_once"),
            models.CheckConstraint(
                condition=~Q(edrpou="") | Q(parent__isnull=False), name="organisation_code_or_parent"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")), name="organisation_not_own_parent"
            ),
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="organisation_kind_known"),
        ]
        indexes = [models.Index(fields=["hromada", "kind"], name="organisation_of_hromada")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep what search and alphabetical order need beside the name."""
        self.haystack = f" {words.haystack(self.name, self.name_en, self.edrpou)}"
        self.sort_key = words.collation_key(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """The public page of the organisation."""
        return reverse("site:organisation", args=[self.pk])

    @property
    def awaits_parent(self):
        """Whether the parent it names has not said yes."""
        return self.parent_id is not None and self.parent_confirmed_at is None

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
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=MembershipRole.values), name="membership_role_known"),
        ]

    def __str__(self):
        return f"{self.user} – {self.organisation} ({self.get_role_display()})"


class JoinRequest(models.Model):
    """Somebody asks the heads of an organisation that is already here to be let in."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="join_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    note = models.CharField(_("хто ви в цій організації"), max_length=300, blank=True)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True, default=Answer.NONE)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(answer=Answer.NONE), name="join_request_open_once"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.NONE, answered_at=None)
                | (~Q(answer=Answer.NONE) & Q(answered_at__isnull=False)),
                name="join_request_answer_has_moment",
            ),
        ]

    def __str__(self):
        return f"{self.user_id} → {self.organisation_id}"


class Invitation(models.Model):
    """A letter that brings somebody into an organisation or a role; spent once, by the person who reads that mailbox."""

    email = models.EmailField(_("пошта"))
    name = models.CharField(_("ім’я та прізвище"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    membership_role = models.CharField(_("роль"), max_length=10, choices=MembershipRole.choices, blank=True)
    # What a higher package grants when the letter is answered, e.g. {"programme": 3, "kind": "reviewer"}; it reads it.
    grant = models.JSONField(default=dict, blank=True)
    # The programme or whatever else the grant is about, for finding it: "programmes.programme:3".
    about = models.CharField(max_length=80, blank=True, db_index=True)
    # SHA-256 of the token; the token itself is in the letter alone.
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, membership_role__in=MembershipRole.values, about="")
                | (Q(organisation__isnull=True, membership_role="") & ~Q(about="")),
                name="invitation_into_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
            models.UniqueConstraint(
                fields=["email", "organisation"],
                condition=Q(organisation__isnull=False, accepted_at=None, withdrawn_at=None),
                name="invitation_open_once",
            ),
        ]

    def __str__(self):
        return self.email

    @property
    def is_open(self):
        """Whether nobody has answered or withdrawn it; it may have expired all the same."""
        return self.accepted_at is None and self.withdrawn_at is None


class AccessKey(models.Model):
    """By which a program reads in a person's name what that person may read, and no more; the secret is shown once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(_("для чого"), max_length=100)
    scopes = models.JSONField(_("що читати"), default=list)
    # How the secret begins, to tell keys apart, and the SHA-256 of it whole: it is long and random, so a quick digest is enough.
    beginning = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="key_expires_after_it_was_made"),
        ]

    def __str__(self):
        return f"{self.beginning}… {self.name}"

    @property
    def scope_labels(self):
        """What it lets read, in words."""
        return [str(Scope(one).label) for one in self.scopes if one in Scope.values]

    def is_open(self, at):
        """Whether it opens anything at this moment."""
        return self.revoked_at is None and self.expires_at > at


class CacheRow(models.Model):
    """What all processes count together where there is no Redis: tries to sign in. Django's database cache writes it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self):
        return self.cache_key
