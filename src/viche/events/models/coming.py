"""Who comes."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from viche.events.choices import Need, SeatState
from viche.people.choices import Language


class Registration(models.Model):
    """A person's or a delegation's place at an event: a seat, or a place in the queue. Erased with the person."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="registrations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    # Whose delegation it is; empty for a person.
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    name = models.CharField(_("ім’я та прізвище"), max_length=150, blank=True)
    email = models.EmailField(_("пошта"), blank=True)
    people = models.PositiveSmallIntegerField(_("скільки вас"), default=1)
    access = models.JSONField(_("що вам потрібно"), default=list, blank=True)  # words of `Need`
    needs = models.CharField(_("що ще потрібно, щоб узяти участь"), max_length=500, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.UK)
    state = models.CharField(max_length=10, choices=SeatState.choices)
    # SHA-256 of the word in the letter's link; the word itself is in the letter alone.
    token_digest = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    promoted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)
    # Who has come, told apart from others of the programme: the key of the first registration by which this person came. Says nothing
    # of who it is, so it stays when the name is erased. Empty: this very one.
    person = models.PositiveBigIntegerField(null=True, blank=True)
    reminded_for = models.DateTimeField(null=True, blank=True)  # the start of which the person has been reminded
    # Until when a seat waits for its mailbox to be confirmed; then it goes to the queue, if there is one. Empty: confirmed.
    held_until = models.DateTimeField(null=True, blank=True)
    told_of = models.PositiveIntegerField(default=0)  # the event's SEQUENCE of which the person knows
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["registered_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SeatState.values), name="registration_state_known"),
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=~Q(state=SeatState.CANCELLED) & ~Q(email="") & Q(organisation__isnull=True),
                name="registration_once",
            ),
            models.UniqueConstraint(
                fields=["event", "organisation"],
                condition=~Q(state=SeatState.CANCELLED) & Q(organisation__isnull=False),
                name="delegation_once",
            ),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=50), name="registration_people"),
            models.CheckConstraint(
                condition=~Q(state=SeatState.CANCELLED) | Q(cancelled_at__isnull=False),
                name="registration_cancelled_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "registered_at", "id"], name="registration_queue"),
            models.Index(fields=["user", "-registered_at"], name="registration_of_user"),
            models.Index(fields=["email"], condition=~Q(email=""), name="registration_of_mailbox"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="registration_of_person"),
        ]

    def __str__(self):
        return f"{self.event_id} {self.pk}"

    @property
    def access_words(self) -> list[str]:
        """What lets these people take part, in words."""
        return [str(Need(code).label) for code in self.access if code in Need.values]


class Feed(models.Model):
    """The secret address of a person's own calendar; a new one takes the place of the old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # As of a registration: the word is in the address alone, and is made anew from the moment.
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self):
        return f"{self.user_id}"


class Guest(models.Model):
    """One person of a delegation, as its writer named them. Erased when the registration is."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("ім’я та прізвище"), max_length=150)
    access = models.JSONField(_("що потрібно"), default=list, blank=True)  # words of `Need`
    needs = models.CharField(_("що ще потрібно"), max_length=300, blank=True)

    class Meta:
        ordering = ["registration", "pk"]

    def __str__(self):
        return f"{self.registration_id} {self.pk}"

    @property
    def needed(self) -> str:
        """What lets this person take part, in one line."""
        return ", ".join([*(str(Need(code).label) for code in self.access if code in Need.values), self.needs]).strip(
            ", "
        )


class RouteFeed(models.Model):
    """The secret address of somebody's itinerary in a programme; what it tells follows the rights of the person that day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "programme"], name="route_feed_once")]

    def __str__(self):
        return f"{self.user_id} {self.programme_id}"
