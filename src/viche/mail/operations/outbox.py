"""Writing a letter into the outbox, and sending one that came back once more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.mail import kinds, queries, rendering
from viche.mail.choices import Delivery, State
from viche.mail.models import Letter
from viche.methods import typed
from viche.methods.refusals import Refused
from viche.work import operations as work

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


def _looks_right(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _unlike(address: str) -> str:
    return _("«%(address)s» не схоже на адресу пошти. Виправте її й надішліть ще раз.") % {"address": address}
