"""Taking a person out of the outbox."""

from django.db import transaction
from django.db.models import Q
from django.utils.html import escape

from viche.mail import queries
from viche.mail.choices import State
from viche.mail.models import Letter, Preference
from viche.mail.operations.outbox import LONGEST_SUBJECT


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
