"""The journal's tables: entries in a chain, their erasable values, and the chain's head."""

import json
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q


class Entry(models.Model):
    """One act: who did what to what, and when. Never changed, never deleted (triggers see to it, migration 0002).

    `mac` seals every other field together with the seal of the entry before (`previous`), so that a changed, removed
    or inserted row breaks the chain. Actor and subject are soft ids: the journal stands below the packages it speaks of.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    values_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "number"], name="journal_entry_subject"),
            models.Index(fields=["actor_id", "number"], name="journal_entry_actor"),
            models.Index(fields=["verb", "number"], name="journal_entry_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject_kind}:{self.subject_id}"

    @property
    def subject_label(self) -> str:
        """What the subject was called at the time; empty once forgotten."""
        return self.values.label


class Values(models.Model):
    """What an entry's subject was called, and what it held before and after. Erasable: the chain keeps a digest only.

    `body` is the canonical JSON that was digested with `salt`; both become empty when a person is forgotten, and
    `erased_by` then names the entry that says so. Plain text, not a JSON column: a database that rewrites numbers
    (PostgreSQL's jsonb) would change the digest.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="values")
    salt = models.CharField(max_length=32)
    body = models.TextField()
    erased_by = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["erased_by"], name="journal_values_erased", condition=Q(erased_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.label}"

    @cached_property
    def _read(self) -> dict[str, Any]:
        return json.loads(self.body) if self.body else {"label": "", "before": None, "after": None}

    @property
    def label(self) -> str:
        """What the subject was called at the time."""
        return self._read["label"]

    @property
    def before(self) -> dict[str, Any] | None:
        """The values before the act, or None."""
        return self._read["before"]

    @property
    def after(self) -> dict[str, Any] | None:
        """The values after the act, or None."""
        return self._read["after"]


class Head(models.Model):
    """The end of the chain: one row, locked by everybody who writes, so that numbers have no gap and no twin."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="journal_head_is_one")]

    def __str__(self) -> str:
        return str(self.number)
