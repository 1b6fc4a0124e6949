"""A letter's words: plain text and HTML from one context, and the signed link by which its kind can be declined."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from viche.mail import kinds
from viche.methods import typed

SALT = "viche.mail.stop"


class Rendered(NamedTuple):
    """The words of one letter; `brief` is the text without greeting, signature and foot."""

    subject: str
    text: str
    html: str
    brief: str


def render(
    *, kind: kinds.Kind, to: str, subject: Any, template: str, context: Mapping[str, Any], language: str
) -> Rendered:
    """Write the letter in its language; `subject` may be a lazy translation.

    The frame `mail/letter.*` understands in the context: `salutation`, `action_label` and `action_address` (a path or a
    whole address), `signed_by`, `why` (why the person gets it).
    """
    with translation.override(language):
        line = typed.line(str(subject))
        whole = {
            "signed_by": settings.SITE_NAME,
            **context,
            "subject": line,
            "kind": kind,
            "to": to,
            "language": language,
            "site_name": settings.SITE_NAME,
            "site_address": settings.SITE_ADDRESS,
            "stop_address": "" if kind.always else stop_address(to, kind.code),
        }
        if whole.get("action_address"):
            whole["action_address"] = absolute(str(whole["action_address"]))
        text = get_template(f"{template}.txt").template
        return Rendered(
            subject=line,
            text=_tidy(text.render(Context(whole, autoescape=False))),
            html=get_template(f"{template}.html").template.render(Context(whole)),
            brief=_tidy(text.render(Context({**whole, "bare": True}, autoescape=False))),
        )


def absolute(address: str) -> str:
    """The whole address of a path on this installation; whole addresses stay as they are."""
    return urljoin(settings.SITE_ADDRESS.rstrip("/") + "/", address)


def stop_address(to: str, code: str) -> str:
    """The page on which the owner of the address can decline that kind of letters, without signing in."""
    token = signing.Signer(salt=SALT).sign_object([to, code])
    return absolute(reverse("mail:stop", kwargs={"token": token}))


def read_token(token: str) -> tuple[str, kinds.Kind] | None:
    """Whose letters of which kind the link is about; None where the link is not ours or the kind cannot be declined."""
    try:
        address, code = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    kind = kinds.KINDS.get(code)
    return None if kind is None or kind.always else (address, kind)


def _tidy(text: str) -> str:
    """No trailing spaces (but the one that marks a foot), no more than one empty line in a row, one newline at the end."""
    lines = "\n".join(line if line == "-- " else line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
