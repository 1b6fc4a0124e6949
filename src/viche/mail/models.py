"""The outbox, and what people chose about letters. Recipients and subjects are soft keys and text."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from viche.mail import kinds
from viche.mail.choices import Delivery, State


class Letter(models.Model):
    """A letter to one address, written in the transaction that gave cause for it and sent by the worker.

    `words` is what the list is searched by: address and subject in small letters. `brief` is the letter without greeting
    and foot, kept while it waits for the daily digest; `carried_by` is the digest that took it along, whose fate it shares.
    """

    key = models.UUIDField(_("ключ"), unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("вид"), max_length=60)
    to = models.CharField(_("кому"), max_length=254)
    user_id = models.BigIntegerField(_("ключ користувача"), null=True, blank=True)
    language = models.CharField(_("мова"), max_length=7)
    sender = models.CharField(_("від кого"), max_length=200)
    reply_to = models.CharField(_("куди відповідати"), max_length=254, blank=True)
    subject = models.CharField(_("тема"), max_length=250)
    text = models.TextField(_("текст"))
    html = models.TextField(_("текст із розміткою"))
    brief = models.TextField(_("текст для огляду"), blank=True)
    state = models.CharField(_("стан"), max_length=10, choices=State)
    attempts = models.PositiveSmallIntegerField(_("спроб"), default=0)
    next_attempt_at = models.DateTimeField(_("наступна спроба"))
    sent_at = models.DateTimeField(_("коли надіслано"), null=True, blank=True)
    fault = models.TextField(_("що стало на заваді"), blank=True)
    created_at = models.DateTimeField(_("коли написано"))
    about_kind = models.CharField(_("про що"), max_length=60, blank=True)
    about_id = models.CharField(_("ключ того, про що"), max_length=64, blank=True)
    programme_code = models.CharField(_("код програми"), max_length=40, blank=True)
    carried_by = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("у якому огляді"), null=True, blank=True, related_name="carried"
    )
    words = models.TextField(_("слова для пошуку"))

    class Meta:
        verbose_name = _("лист")
        verbose_name_plural = _("листи")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="mail_due"),
            models.Index(fields=["created_at", "id"], name="mail_created"),
            models.Index(fields=["programme_code", "created_at", "id"], name="mail_programme"),
            models.Index(fields=["about_kind", "about_id"], name="mail_about"),
            models.Index(fields=["to", "kind"], name="mail_recipient"),
        ]
        constraints = [
            models.CheckConstraint(name="mail_letter_state_known", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(
                name="mail_sent_has_moment",
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Its kind: the subject may name somebody, and the journal keeps what things are called."""
        return self.kind_label

    @property
    def kind_label(self) -> str:
        """The name of its kind; a kind that a later version no longer knows is named by its code."""
        kind = kinds.KINDS.get(self.kind)
        return str(kind.label) if kind else self.kind

    @property
    def is_secret(self) -> bool:
        """Whether it holds a link that lets somebody in."""
        kind = kinds.KINDS.get(self.kind)
        return kind is not None and kind.secret

    @property
    def readable(self) -> bool:
        """Whether its words may be shown in the outbox: never where they let somebody in, but in the demonstration."""
        return settings.DEMO or not self.is_secret


class Preference(models.Model):
    """How the owner of an address wants to get letters of one kind. Where there is none, the kind itself says."""

    address = models.CharField(_("адреса"), max_length=254)
    kind = models.CharField(_("вид листів"), max_length=60)
    delivery = models.CharField(_("як надсилати"), max_length=10, choices=Delivery)
    chosen_at = models.DateTimeField(_("коли обрано"))

    class Meta:
        verbose_name = _("вибір щодо листів")
        verbose_name_plural = _("вибори щодо листів")
        constraints = [
            models.UniqueConstraint(fields=["address", "kind"], name="mail_one_preference"),
            models.CheckConstraint(name="mail_delivery_known", condition=models.Q(delivery__in=Delivery.values)),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.kind}"
