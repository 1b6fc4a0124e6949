"""Sending what is due.

An attempt is claimed by a conditional UPDATE before anything goes over the wire, so two workers never send one letter
twice; a worker that dies in between leaves a letter that is tried again when its lease is over.

A mail server that cannot be reached is nobody's attempt: letters wait as they did, and the server is asked again after a
pause. That pause is kept in the cache all processes share; a lost cache means no more than asking sooner.
"""

from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.core.cache import cache
from django.core.mail import get_connection
from django.db.models import F
from django.utils.translation import gettext as _

from viche.mail import kinds, sending
from viche.mail.choices import State
from viche.mail.models import Letter

# A letter is tried at once, and then again after each of these.
WAITS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12)]
# Longer than any talk with a mail server lasts.
LEASE = timedelta(minutes=15)
BATCH = 200
# How long a server that could not be reached is left alone: after the first time, the second… and from the last on always.
PAUSES = [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5), timedelta(minutes=10)]
PAUSE = "viche.mail.pause"


def send_due(at: datetime) -> int:
    """Send what is due, oldest first; how many letters went. Not atomic on purpose: each attempt is written by itself.

    Where the mail server cannot be reached everything stays due and no letter loses an attempt, however long it lasts. A
    talk that breaks off costs an attempt the one letter it was about; the rest goes next time.
    """
    failures = _failures(at)
    if failures is None:
        return 0
    connection = get_connection()
    started, sent, broken = monotonic(), 0, False
    due = Letter.objects.filter(state=State.WAITING, next_attempt_at__lte=at).order_by("next_attempt_at", "pk")
    try:
        for pk in list(due.values_list("pk", flat=True)[:BATCH]):
            now = at + timedelta(seconds=monotonic() - started)
            letter = _claimed(pk, now)
            if letter is None:
                continue
            outcome = sending.send(letter, connection)
            _settle(letter, outcome, now)
            sent += outcome.state == State.SENT
            broken = outcome.server_gone or outcome.talk_over
            if broken:
                break
    finally:
        connection.close()
    if broken:
        _pause(0 if sent else failures, at)
    elif failures and sent:
        cache.delete(PAUSE)
    return sent


def _failures(at: datetime) -> int | None:
    """How often in a row the server could not be reached; None while it is left alone."""
    failures, until = cache.get(PAUSE, (0, at))
    # A pause longer than any is of a clock that has been set back since.
    return None if at < until <= at + PAUSES[-1] else failures


def _pause(failures: int, at: datetime) -> None:
    """Leave the server alone for a while, the longer the oftener it could not be reached."""
    cache.set(PAUSE, (failures + 1, at + PAUSES[min(failures, len(PAUSES) - 1)]), timeout=None)


def _claimed(pk: int, at: datetime) -> Letter | None:
    """Take the letter for one attempt, unless another worker took it first."""
    # Looked at afresh: a worker that was quicker has moved the next attempt away.
    letter = Letter.objects.filter(pk=pk, state=State.WAITING, next_attempt_at__lte=at).first()
    if letter is None:
        return None
    claim = Letter.objects.filter(
        pk=pk, state=State.WAITING, attempts=letter.attempts, next_attempt_at=letter.next_attempt_at
    )
    if letter.attempts > len(WAITS):
        # The worker died during the last attempt: whether it went is not known, so a person decides.
        claim.update(state=State.FAILED, fault=_("Останню спробу перервано. Надішліть ще раз, якщо листа не отримали."))
        return None
    if not claim.update(attempts=F("attempts") + 1, next_attempt_at=at + LEASE):
        return None
    letter.attempts += 1
    return letter


def _settle(letter: Letter, outcome: sending.Outcome, at: datetime) -> None:
    """Write down what came of the attempt, for the letter and for those that a digest carried."""
    state = outcome.state
    changes: dict[str, Any] = {"fault": outcome.fault}
    if state == State.SENT:
        changes |= {"sent_at": at} | ({} if letter.readable else {"text": "", "html": "", "brief": ""})
    elif outcome.server_gone:
        # The attempt is given back, and the letter keeps its place in the row.
        changes |= {"attempts": letter.attempts - 1, "next_attempt_at": letter.next_attempt_at}
    elif state == State.WAITING and letter.attempts > len(WAITS):
        state = State.FAILED
    elif state == State.WAITING:
        changes["next_attempt_at"] = at + WAITS[letter.attempts - 1]
    tried = Letter.objects.filter(pk=letter.pk)
    if state != State.SENT:
        # Whoever was forgotten, or declined, while the talk lasted gets no further attempt.
        tried = tried.filter(state=State.WAITING)
    if tried.update(state=state, **changes) and letter.kind == kinds.DIGEST and state != State.WAITING:
        letter.carried.update(state=state, fault=outcome.fault, sent_at=at if state == State.SENT else None)
