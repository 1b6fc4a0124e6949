"""The table of uploaded files; the bytes lie beside the database, under `var/files/`."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Longer sides, in pixels, of the smaller copies that are made of every photograph.
COPY_SIZES = (480, 1280)


class Consent(models.TextChoices):
    """Whether the people in a photograph agreed to its publication."""

    NONE = "none", _("Згоди не записано")
    RECORDED = "recorded", _("Згоду записано")


class Stored(models.Model):
    """One file that somebody handed in: what it is, whose it is, and whether the people in a photograph agreed.

    Owner and uploader are soft keys, for this package stands below those that own files. A removed file keeps its row,
    so that what referred to it can say so; its bytes are gone.
    """

    key = models.UUIDField(_("ключ"), primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("назва файлу"), max_length=150)
    content_type = models.CharField(_("тип"), max_length=100)
    size = models.PositiveBigIntegerField(_("розмір у байтах"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    owner_kind = models.CharField(_("до чого належить"), max_length=60)
    owner_id = models.CharField(_("ключ того, до чого належить"), max_length=64)
    uploaded_by = models.CharField(_("хто додав"), max_length=64, blank=True)
    uploaded_at = models.DateTimeField(_("коли додано"))
    is_image = models.BooleanField(_("світлина"), default=False)
    width = models.PositiveIntegerField(_("ширина"), null=True, blank=True)
    height = models.PositiveIntegerField(_("висота"), null=True, blank=True)
    consent = models.CharField(_("згода людей на світлині"), max_length=10, choices=Consent, default=Consent.NONE)
    consent_note = models.CharField(_("як і від кого отримано згоду"), max_length=500, blank=True)
    removed_at = models.DateTimeField(_("коли вилучено"), null=True, blank=True)

    class Meta:
        verbose_name = _("файл")
        verbose_name_plural = _("файли")
        ordering = ["uploaded_at", "key"]
        indexes = [models.Index(fields=["owner_kind", "owner_id", "uploaded_at"], name="files_owner")]
        constraints = [
            models.CheckConstraint(
                name="files_image_has_measures",
                condition=models.Q(is_image=False) | models.Q(width__gt=0, height__gt=0),
            ),
            models.CheckConstraint(
                name="files_consent_known",
                condition=models.Q(consent__in=["none", "recorded"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return place(self.key)

    def copy_path(self, size: int) -> Path:
        """Where the smaller copy of that size lies, or will lie once it is made."""
        return self.path.with_name(f"{self.key}.{size}")


def root() -> Path:
    """The folder of all uploaded bytes."""
    return Path(settings.VAR) / "files"


def place(key: uuid.UUID) -> Path:
    """Where the bytes of that key lie: 256 folders keep every one of them small."""
    return root() / key.hex[:2] / str(key)
