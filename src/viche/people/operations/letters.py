"""Letters of this package: in the reader's language, with a whole address of the page they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from viche.mail import operations as mail
from viche.people.choices import Language
from viche.people.models import User


@dataclass(frozen=True)
class Wording:
    """What a letter says, before it is known to whom: all texts are lazy, so that each reader gets their language.

    `words` fill the subject and are at hand in the template; `page` names the address behind the button `action`;
    `about` is what it tells of, by which the office finds it, and may be kept from it.
    """

    kind: str
    subject: Promise
    template: str
    page: str
    action: Promise
    words: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    why: Promise | str = ""
    programme_code: str = ""
    signed_by: str = ""
    about: Model | None = None


def to_user(user: User, wording: Wording, *, args: Sequence[Any] = (), at: datetime) -> None:
    """Post a letter to somebody who has an account; `args` complete the address of the page."""
    to_mailbox(user.email, user, wording, args=args, at=at)


def to_mailbox(email: str, reader: User | None, wording: Wording, *, args: Sequence[Any] = (), at: datetime) -> None:
    """Post a letter to a mailbox, whose owner may have no account yet."""
    language = reader.language if reader else Language.UK
    with override(language):
        subject = str(wording.subject) % wording.words
        address = reverse(wording.page, args=args)
    signature = {"signed_by": wording.signed_by} if wording.signed_by else {}
    mail.post(
        kind=wording.kind,
        to=email,
        user_id=reader.pk if reader else None,
        language=language,
        subject=subject,
        template=wording.template,
        context={
            "salutation": reader.vocative if reader else "",
            "action_label": wording.action,
            "action_address": address,
            "why": wording.why,
            **signature,
            **wording.words,
            **wording.context,
        },
        about=wording.about,
        programme_code=wording.programme_code,
        at=at,
    )
