"""Writes of mail: the outbox, its sending, the daily digest, what people chose. Called as `mail.operations.post(…)`."""

from viche.mail.operations.delivery import send_due
from viche.mail.operations.digests import send_digest
from viche.mail.operations.forgetting import empty_about, forget
from viche.mail.operations.outbox import post, resend
from viche.mail.operations.wishes import choose, move_choices, resume, stop

__all__ = [
    "choose",
    "empty_about",
    "forget",
    "move_choices",
    "post",
    "resend",
    "resume",
    "send_digest",
    "send_due",
    "stop",
]
