"""One letter over the wire: the message with its headers, and what the mail server's answer means."""

import smtplib
from email.utils import formataddr
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from viche.mail import kinds, rendering
from viche.mail.choices import State
from viche.mail.models import Letter
from viche.methods import typed

LONGEST_REPLY = 300
# Answers from here on are final: the server will say the same tomorrow.
FINAL = 500
# The server ends the talk; the letter is too large for it.
CLOSING, TOO_LARGE = 421, 552


class Outcome(NamedTuple):
    """What came of one attempt: sent, to be tried again (waiting), bounced or failed; and why.

    `server_gone`: the server could not be reached or takes nothing from us, whatever the letter. `talk_over`: it hung up
    while it was told of this letter, so that nobody knows whether it took it.
    """

    state: State
    fault: str = ""
    server_gone: bool = False
    talk_over: bool = False


def message(letter: Letter, connection: Any = None) -> EmailMultiAlternatives:
    """The letter as it goes over the wire. Its Message-ID is the same at every attempt, so a second copy is known as one.

    Whatever a name or a subject holds, it goes into the head in one line: no header takes more.
    """
    host = urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
    headers = {
        "Message-ID": f"<{letter.key}@{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    kind = kinds.KINDS.get(letter.kind)
    if kind and not kind.always:
        with translation.override(letter.language):
            headers["List-Unsubscribe"] = f"<{rendering.stop_address(letter.to, letter.kind)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        typed.line(letter.subject),
        letter.text,
        formataddr((typed.line(letter.sender), settings.DEFAULT_FROM_EMAIL)),
        [letter.to],
        headers=headers,
        reply_to=[letter.reply_to] if letter.reply_to else None,
        connection=connection,
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def send(letter: Letter, connection: Any) -> Outcome:
    """Try once. In the demonstration nothing leaves the machine."""
    if settings.DEMO:
        return Outcome(State.SENT)
    try:
        # One talk with the server for all letters of a batch; open already is well too.
        connection.open()
    except (OSError, ValueError) as fault:
        return _gone(fault)
    try:
        message(letter, connection).send()
    except (OSError, ValueError) as fault:
        return _meaning(letter, fault)
    return Outcome(State.SENT)


def _meaning(letter: Letter, fault: OSError | ValueError) -> Outcome:
    """What a fault means for the letter; every fault of SMTP is an `OSError` too."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        # A server that names nobody has refused nobody for good.
        code, reply = next(iter(fault.recipients.values()), (CLOSING, ""))
        return _refused(letter, code, _said(code, reply))
    too_large = isinstance(fault, smtplib.SMTPSenderRefused) and fault.smtp_code == TOO_LARGE
    if too_large or isinstance(fault, smtplib.SMTPDataError):
        return _untaken(fault.smtp_code, _said(fault.smtp_code, fault.smtp_error))
    if isinstance(fault, smtplib.SMTPNotSupportedError):
        return _untaken(FINAL, str(fault))
    if isinstance(fault, ValueError):
        return Outcome(State.FAILED, _("Лист не вдалося скласти: %(said)s.") % {"said": fault})
    if isinstance(fault, smtplib.SMTPResponseException):
        return _gone(fault)
    broken = _("Розмова з поштовим сервером обірвалася: %(said)s.") % {"said": _words(fault)}
    return Outcome(State.WAITING, broken, talk_over=True)


def _gone(fault: OSError | ValueError) -> Outcome:
    """The server cannot be reached or takes nothing from us; that is no fault of the letter."""
    sentence = _("Поштовий сервер недоступний: %(said)s. Спробуємо ще раз самі.")
    return Outcome(State.WAITING, sentence % {"said": _words(fault)}, server_gone=True)


def _untaken(code: int, said: str) -> Outcome:
    """The server did not take this letter's words."""
    if code < FINAL:
        return _later(code, said)
    return Outcome(State.FAILED, _("Поштовий сервер не взяв цього листа: %(said)s.") % {"said": said})


def _refused(letter: Letter, code: int, said: str) -> Outcome:
    if code < FINAL:
        return _later(code, said)
    sentence = _(
        "Адреса %(to)s не приймає листів. Її поштовий сервер відповів: %(said)s. "
        "Перевірте, чи немає в адресі помилки, і надішліть ще раз."
    )
    return Outcome(State.BOUNCED, sentence % {"to": letter.to, "said": said})


def _later(code: int, said: str) -> Outcome:
    sentence = _("Поштовий сервер попросив надіслати пізніше: %(said)s.") % {"said": said}
    return Outcome(State.WAITING, sentence, talk_over=code == CLOSING)


def _words(fault: OSError | ValueError) -> str:
    """What the server or the network said."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return _said(fault.smtp_code, fault.smtp_error)
    return " ".join(str(fault).split())[:LONGEST_REPLY].rstrip(". ") or type(fault).__name__


def _said(code: int, reply: bytes | str) -> str:
    """The server's own words on one line."""
    words = reply.decode("utf-8", errors="replace") if isinstance(reply, bytes) else reply
    return " ".join(f"{code} {words}".split())[:LONGEST_REPLY].rstrip(". ")
