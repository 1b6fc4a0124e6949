"""Writing letters, sending what is due, gathering the daily digest, and keeping to what people chose.

An attempt is claimed by a conditional UPDATE before anything goes over the wire, so two workers never send one letter
twice; a worker that dies in between leaves a letter that is tried again when its lease is over.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.journal import operations as journal
from viche.mail import kinds, queries, rendering, sending
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter, Preference
from viche.methods import typed
from viche.methods.refusals import Refused
from viche.work import operations as work

# A letter is tried at once, and then again after each of these.
WAITS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12)]
# Longer than any talk with a mail server lasts.
LEASE = timedelta(minutes=15)
BATCH = 200
LONGEST_SUBJECT = 250


@transaction.atomic
def post(
    *,
    kind: str,
    to: str,
    subject: Any,
    template: str,
    context: Mapping[str, Any],
    at: datetime,
    user_id: int | None = None,
    language: str = "uk",
    about: Model | None = None,
    programme_code: str = "",
    reply_to: str = "",
) -> Letter:
    """Write a letter to the outbox in the caller's transaction; the worker sends it after commit.

    `template` names two files, `<template>.txt` and `<template>.html`; what the frame takes from `context` is told in
    `rendering.render`. A person who declined this kind gets nothing, and the outbox says so.
    """
    address = queries.plain(to)
    words = rendering.render(
        kind=kinds.known(kind), to=address, subject=subject, template=template, context=context, language=language
    )
    letter = Letter(kind=kind, to=address, user_id=user_id, language=language, reply_to=reply_to)
    letter.programme_code = programme_code
    letter.sender = typed.line(str(context.get("signed_by") or settings.SITE_NAME))
    letter.state, letter.fault = _beginning(address, kind)
    letter.created_at = letter.next_attempt_at = at
    letter.sent_at = at if letter.state == State.SENT else None
    if about is not None:
        letter.about_kind, letter.about_id = about._meta.label_lower, str(about.pk)  # noqa: SLF001 — Django's public name
    _take(letter, words)
    letter.save()
    if letter.state == State.WAITING:
        work.enqueue("viche.mail.tasks.send_due")
    return letter


def send_due(at: datetime) -> int:
    """Send what is due, oldest first; how many letters went. Not atomic on purpose: each attempt is written by itself.

    Where the mail server cannot be reached the rest stays due and loses no attempt for it.
    """
    connection = get_connection()
    started, sent = monotonic(), 0
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
            if outcome.server_gone:
                break
    finally:
        connection.close()
    return sent


def send_digest(at: datetime) -> int:
    """Gather what waits into one letter for each address and language; how many digests were written."""
    waiting = Letter.objects.filter(state=State.HELD, carried_by=None, created_at__lte=at).order_by("to", "language")
    addressees = list(waiting.values_list("to", "language").distinct())
    return sum(_gather(waiting.filter(to=to, language=language), to, language, at) for to, language in addressees)


@transaction.atomic
def resend(letter: Letter, *, by: Any, at: datetime, to: str = "") -> Letter:
    """Send once more a letter that came back or was given up, to a corrected address if one is given.

    What lets somebody in goes to the mailbox it was written for or nowhere: whoever reads it comes in as that person.
    """
    letter = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if letter.state not in {State.BOUNCED, State.FAILED}:
        raise Refused(_("Ще раз можна надіслати лише лист, який не дійшов."), status=409)
    # Neither address nor subject: the journal outlives a person who asks to be forgotten.
    before = {"kind": letter.kind, "state": letter.state}
    address = queries.plain(to) or letter.to
    if letter.is_secret and address != letter.to:
        raise Refused(
            _("Посилання в цьому листі впускає того, хто його прочитає. На іншу адресу напишіть нове запрошення."),
            field="to",
            status=409,
        )
    if not _looks_right(address):
        raise Refused(_unlike(address), field="to")
    letter.to, letter.words = address, queries.folded(f"{address} {letter.subject}")
    letter.state, letter.fault, letter.attempts, letter.next_attempt_at = State.WAITING, "", 0, at
    letter.save(update_fields=["to", "words", "state", "fault", "attempts", "next_attempt_at"])
    work.enqueue("viche.mail.tasks.send_due")
    journal.record(
        verb="mail.resent", subject=letter, by=by, at=at, before=before, after={**before, "state": letter.state}
    )
    return letter


@transaction.atomic
def choose(address: str, *, kind: str, delivery: Delivery, at: datetime) -> None:
    """Keep how the owner of an address wants letters of one kind; what waits already is treated the same way."""
    if kinds.known(kind).always:
        raise Refused(_("Такі листи надсилаємо завжди: у них рішення, квитанції або вхід."))
    address = queries.plain(address)
    Preference.objects.update_or_create(address=address, kind=kind, defaults={"delivery": delivery, "chosen_at": at})
    if delivery == Delivery.NEVER:
        waiting = Letter.objects.filter(to=address, carried_by=None, state__in=[State.WAITING, State.HELD])
        _decline(waiting.filter(kind=kind))
        if kind == kinds.DIGEST:
            _decline(waiting.filter(state=State.HELD))


def stop(address: str, *, kind: str, at: datetime) -> None:
    """Send this address no more letters of that kind."""
    choose(address, kind=kind, delivery=Delivery.NEVER, at=at)


def resume(address: str, *, kind: str, at: datetime) -> None:
    """Send letters of that kind again, in the way in which they go by themselves."""
    rules = kinds.known(kind)
    choose(address, kind=kind, delivery=Delivery.DAILY if rules.digest else Delivery.AT_ONCE, at=at)


@transaction.atomic
def forget(*addresses: str, user_id: int | None = None, name: str = "", instead: str = "") -> int:
    """Take a person out of the outbox: what they got and what tells their address is emptied, their choices are dropped.

    What still waits of it is not sent; that a letter of some kind was written at some moment stays. In other people's
    letters `name` is replaced by `instead`. Returns how many letters were emptied.
    """
    addresses = tuple(queries.plain(address) for address in addresses)
    theirs = Q(to__in=addresses) | Q(user_id=user_id) if user_id is not None else Q(to__in=addresses)
    telling = Q(pk__in=[])
    for address in addresses:
        for column in ("text", "html", "brief", "subject", "fault", "reply_to"):
            telling |= Q(**{f"{column}__icontains": address})
    Letter.objects.filter(theirs | telling, state__in=[State.WAITING, State.HELD]).update(state=State.OPTED_OUT)
    Preference.objects.filter(address__in=addresses).delete()
    empty = {"subject": "", "text": "", "html": "", "brief": "", "words": "", "fault": "", "reply_to": ""}
    emptied = Letter.objects.filter(theirs).update(to="", **empty) + Letter.objects.filter(telling).update(**empty)
    if name:
        _rename(name, instead)
    return emptied


def _rename(name: str, instead: str) -> None:
    """Call somebody otherwise in letters that other people got."""
    written = escape(name)
    named = Q(subject__contains=name) | Q(text__contains=name) | Q(brief__contains=name) | Q(html__contains=written)
    for letter in Letter.objects.filter(named):
        letter.subject = letter.subject.replace(name, instead)[:LONGEST_SUBJECT]
        letter.text, letter.brief = letter.text.replace(name, instead), letter.brief.replace(name, instead)
        letter.html = letter.html.replace(written, escape(instead))
        letter.words = queries.folded(f"{letter.to} {letter.subject}")
        letter.save(update_fields=["subject", "text", "brief", "html", "words"])


@transaction.atomic
def move_choices(before: str, after: str) -> None:
    """Keep what a person chose about letters when their address changes."""
    before, after = queries.plain(before), queries.plain(after)
    moved = Preference.objects.filter(address=before)
    Preference.objects.filter(address=after, kind__in=moved.values("kind")).delete()
    moved.update(address=after)


def _take(letter: Letter, words: rendering.Rendered) -> None:
    letter.subject = words.subject[:LONGEST_SUBJECT]
    letter.text, letter.html = words.text, words.html
    letter.brief = words.brief if letter.state == State.HELD else ""
    letter.words = queries.folded(f"{letter.to} {letter.subject}")


def _beginning(address: str, kind: str) -> tuple[State, str]:
    """In which state a letter begins, and why where it begins badly."""
    if not _looks_right(address):
        return State.FAILED, _unlike(address)
    way = queries.delivery(address, kind)
    if way == Delivery.NEVER:
        return State.OPTED_OUT, ""
    if way == Delivery.DAILY and kind != kinds.DIGEST:
        return State.HELD, ""
    # In the demonstration nothing leaves: what would be sent counts as sent.
    return (State.SENT if settings.DEMO else State.WAITING), ""


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
    elif state == State.WAITING and letter.attempts > len(WAITS):
        state = State.FAILED
    elif state == State.WAITING:
        changes["next_attempt_at"] = at + WAITS[letter.attempts - 1]
    Letter.objects.filter(pk=letter.pk).update(state=state, **changes)
    if letter.kind == kinds.DIGEST and state != State.WAITING:
        letter.carried.update(state=state, fault=outcome.fault, sent_at=at if state == State.SENT else None)


@transaction.atomic
def _gather(waiting: QuerySet[Letter], to: str, language: str, at: datetime) -> bool:
    letters = list(waiting.select_for_update(no_key=True).order_by("created_at", "pk"))
    if not letters:
        return False
    with translation.override(language):
        subject = ngettext("Огляд дня: %(count)s лист", "Огляд дня: %(count)s листи", len(letters))
        subject %= {"count": len(letters)}
        stops = {letter.kind_label: rendering.stop_address(to, letter.kind) for letter in letters}
    digest = post(
        kind=kinds.DIGEST,
        to=to,
        subject=subject,
        template="mail/letters/digest",
        context={"letters": letters, "stops": stops},
        at=at,
        user_id=letters[0].user_id,
        language=language,
    )
    carried = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    carried.update(carried_by=digest)
    if digest.state == State.SENT:
        carried.update(state=State.SENT, sent_at=at)
    return True


def _decline(letters: QuerySet[Letter]) -> None:
    letters.update(state=State.OPTED_OUT, fault="", brief="")


def _looks_right(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _unlike(address: str) -> str:
    return _("«%(address)s» не схоже на адресу пошти. Виправте її й надішліть ще раз.") % {"address": address}
