"""The daily digest: what waits for it is gathered into one letter."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import ngettext

from viche.mail import kinds, rendering
from viche.mail.choices import State
from viche.mail.models import Letter
from viche.mail.operations.outbox import post


def send_digest(at: datetime) -> int:
    """Gather what waits into one letter for each address and language; how many digests were written."""
    waiting = Letter.objects.filter(state=State.HELD, carried_by=None, created_at__lte=at).order_by("to", "language")
    addressees = list(waiting.values_list("to", "language").distinct())
    return sum(_gather(waiting.filter(to=to, language=language), to, language, at) for to, language in addressees)


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
