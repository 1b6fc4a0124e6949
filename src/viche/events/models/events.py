"""An event, and what lists of events are found by."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.events.choices import (
    SHOWN,
    WRITTEN,
    DeclineReason,
    Entry,
    Format,
    Mode,
    PostponedWhy,
    State,
    registers,
)


class Event(models.Model):
    """Something people come to. A draft may lack anything but its programme; what is published is whole."""

    # Programme, campaign, series, organisation, hromada and oblast have indexes below that begin with them: one of their own would
    # only tempt a database away from these.
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, related_name="events", db_index=False
    )
    campaign = models.ForeignKey(
        "events.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    component = models.ForeignKey(
        "programmes.Component", null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    series = models.ForeignKey(
        "events.Series", null=True, blank=True, on_delete=models.SET_NULL, related_name="events", db_index=False
    )
    # The table from which it came, if from one.
    plan = models.ForeignKey("events.Plan", null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    # Whose event it is; a person may hold one in their own name.
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="events", db_index=False
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    code = models.CharField(_("номер"), max_length=24, unique=True)
    # Names the event in every calendar for ever.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    title = models.CharField(_("назва"), max_length=200, blank=True)
    about = models.TextField(_("про захід"), blank=True)
    format = models.CharField(_("формат"), max_length=12, choices=Format.choices, blank=True)
    mode = models.CharField(_("наживо чи онлайн"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    starts_at = models.DateTimeField(_("початок"), null=True, blank=True)
    ends_at = models.DateTimeField(_("кінець"), null=True, blank=True)
    languages = models.JSONField(_("мова"), default=list, blank=True)

    country = models.CharField(_("країна"), max_length=60, blank=True)  # empty: Ukraine
    hromada = models.ForeignKey(
        "places.Hromada",
        verbose_name=_("громада"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        db_index=False,
    )
    oblast = models.ForeignKey(
        "places.Oblast", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    venue = models.CharField(_("місце"), max_length=200, blank=True)
    address = models.CharField(_("адреса"), max_length=250, blank=True)
    latitude = models.FloatField(_("широта"), null=True, blank=True)
    longitude = models.FloatField(_("довгота"), null=True, blank=True)
    online_link = models.URLField(_("посилання для участі онлайн"), max_length=500, blank=True)
    # Venue, address, point and link are for registered people alone.
    is_place_private = models.BooleanField(_("точне місце лише для зареєстрованих"), default=False)
    shelter = models.CharField(_("найближче укриття"), max_length=250, blank=True)
    access = models.JSONField(_("доступність"), default=list, blank=True)

    organisers = models.CharField(_("хто ще організовує"), max_length=300, blank=True)
    partners = models.JSONField(_("партнери"), default=list, blank=True)  # names
    speakers_women = models.PositiveSmallIntegerField(_("спікерок"), default=0)
    speakers_men = models.PositiveSmallIntegerField(_("спікерів"), default=0)
    speakers_unknown = models.PositiveSmallIntegerField(_("ще не відомо"), default=0)
    groups = models.JSONField(_("вразливі групи"), default=list, blank=True)  # [{"group": "older", "how": "…"}]
    voices = models.JSONField(_("чиї голоси почують"), default=list, blank=True)
    goals = models.JSONField(_("цілі сталого розвитку"), default=list, blank=True)
    hashtags = models.JSONField(_("хештеги"), default=list, blank=True)

    entry = models.CharField(_("як потрапити"), max_length=8, choices=Entry.choices, default=Entry.FREE)
    capacity = models.PositiveIntegerField(_("скільки місць"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("реєстрація до"), null=True, blank=True)
    invited = models.ManyToManyField("people.Organisation", blank=True, related_name="invited_to_events")
    # Kept by registering, under the event's lock.
    seated = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    revision = models.PositiveIntegerField(default=0)  # of the text, for two tabs
    # What was typed into a draft and could not be read, by field, as it was typed: {"starts_at": "31.02.2025 10:00"}.
    unread = models.JSONField(default=dict, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # RFC 5545: grows with every change that calendars must learn
    # Since when the public text is as it is: for feeds and ETags.
    changed_at = models.DateTimeField()
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=10, choices=DeclineReason.choices, blank=True)
    remark = models.TextField(_("питання від програми"), blank=True)
    postponed_why = models.CharField(max_length=10, choices=PostponedWhy.choices, blank=True)
    postponed_note = models.CharField(max_length=300, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True)
    # Who called it off: the programme, or its organiser. Only that side brings it back.
    is_cancelled_by_office = models.BooleanField(default=False)
    # What a moderator has accepted where it reads otherwise now, and since when: {"title": "…"}; until one has looked again.
    accepted = models.JSONField(default=dict, blank=True)
    mended_at = models.DateTimeField(null=True, blank=True)
    # Once its report was accepted: how many came. Lists read it from here, figures from the report.
    heads = models.PositiveIntegerField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)
    haystack = models.TextField(editable=False, default="")

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="event_state_known"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*WRITTEN, State.DECLINED])
                | (~Q(title="") & ~Q(format="") & Q(starts_at__isnull=False, ends_at__isnull=False)),
                name="event_shown_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="event_point_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(seated__lte=F("capacity")), name="event_seats_hold"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECLINED) | ~Q(decline_reason=""), name="event_declined_for_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "starts_at", "id"], name="event_by_start"),
            # What is coming, in its order, counted and put on the map without a look at the rows themselves.
            models.Index(
                fields=["starts_at", "id", "state", "ends_at", "programme", "hromada", "oblast"], name="event_in_time"
            ),
            # How many of what is coming each hromada has, for the map, without a look at the rows themselves.
            models.Index(
                fields=["hromada", "starts_at", "ends_at", "state", "programme"], name="event_counted_by_place"
            ),
            # What ended between two moments, by all that `Spread` counts by, without a look at the rows themselves.
            models.Index(
                fields=["ends_at", "state", "programme", "campaign", "oblast", "hromada"], name="event_by_end"
            ),
            # The points that everybody may know, for a part of the map seen from near.
            models.Index(
                fields=["latitude", "longitude", "starts_at", "ends_at", "state", "programme", "hromada"],
                condition=Q(is_place_private=False, latitude__isnull=False),
                name="event_at_point",
            ),
            models.Index(fields=["oblast", "state", "starts_at"], name="event_of_oblast"),
            models.Index(fields=["hromada", "state", "starts_at"], name="event_of_hromada"),
            models.Index(fields=["programme", "state", "starts_at"], name="event_of_programme"),
            # Of a campaign also counted by hromada, for its map, without a look at the rows themselves.
            models.Index(
                fields=["campaign", "starts_at", "id", "state", "ends_at", "programme", "hromada", "heads"],
                name="event_of_campaign",
            ),
            # What the API gives of a programme, in the order of its keys: a page of it is read, not all keys sorted.
            models.Index(fields=["programme", "id", "state"], name="event_by_key"),
            # The office's list in its orders.
            models.Index(fields=["programme", "starts_at", "id", "state", "ends_at", "oblast"], name="event_in_office"),
            models.Index(fields=["programme", "title", "id", "state"], name="event_by_title"),
            models.Index(fields=["programme", "heads", "id"], condition=Q(heads__isnull=False), name="event_by_heads"),
            models.Index(
                fields=["series", "starts_at", "id", "state", "ends_at", "programme", "heads"], name="event_of_series"
            ),
            # Of an organisation also counted, planned and held, without a look at the rows themselves.
            models.Index(
                fields=["organisation", "starts_at", "id", "state", "ends_at", "programme", "heads"],
                name="event_of_organisation",
            ),
            models.Index(fields=["author", "-created_at"], name="event_of_author"),
            # What was held and accepted, summed without a look at the rows themselves.
            models.Index(
                fields=["programme", "oblast", "hromada", "organisation", "campaign", "state", "heads"],
                condition=Q(heads__isnull=False),
                name="event_counted",
            ),
            models.Index(
                fields=["programme", "answer_due_on"], condition=Q(state=State.SUBMITTED), name="event_to_answer"
            ),
            models.Index(
                fields=["programme", "mended_at"], condition=Q(mended_at__isnull=False), name="event_mended_since"
            ),
        ]

    def __str__(self):
        return self.title or self.code

    def get_absolute_url(self):
        """The public page."""
        return reverse("events:event", args=[self.code])

    @property
    def calendar_uid(self) -> str:
        """By what every calendar knows the event for ever, also a registered person's."""
        return f"{self.uid}@viche"

    @property
    def is_shown(self) -> bool:
        """Whether everybody may see it, if its programme is public."""
        return self.state in SHOWN

    @property
    def is_abroad(self) -> bool:
        """Whether it is held in another country."""
        return bool(self.country)

    @property
    def is_online(self) -> bool:
        """Whether one can take part from afar."""
        return self.mode != Mode.IN_PERSON

    @property
    def takes_registrations(self) -> bool:
        """Whether people register: where seats are kept, or where the place is told to registered people alone."""
        return registers(self.entry, is_place_private=self.is_place_private)

    @property
    def vetted_title(self) -> str:
        """Its name as a moderator has last read it: for letters."""
        return str(self.accepted.get("title", self.title))

    @property
    def seats_left(self) -> int | None:
        """How many seats are free; None where they are not counted."""
        return None if self.capacity is None else max(0, self.capacity - self.seated)

    def has_ended(self, at: datetime) -> bool:
        """Whether it is over by the clock."""
        return self.ends_at is not None and self.ends_at <= at

    def was_held(self, at: datetime) -> bool:
        """Whether it took place: announced, not put off, and over."""
        return self.state == State.PUBLISHED and self.has_ended(at)


class Mark(models.Model):
    """A word by which a shown event is found: "goal:4", "access:step_free", "language:uk". Rewritten with the event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="marks")
    word = models.CharField(max_length=40)
    starts_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "word"], name="mark_once")]
        indexes = [models.Index(fields=["word", "starts_at", "event"], name="mark_found_by")]

    def __str__(self):
        return f"{self.event_id} {self.word}"


class Numbering(models.Model):
    """The next number of an event in a programme and a year; locked while one is given."""

    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    next_number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "year"], name="event_numbering_once")]

    def __str__(self):
        return f"{self.programme_id} {self.year}"
