"""Telling people apart who come to events of a programme, so that each can be counted once (docs/decisions/0018).

Somebody is known by the account, else by the mailbox. The number under which a person is counted is the key of the first
registration by which that person came; it goes along when names are erased. A delegation is counted by its organisation, as
nobody knows who of it came.
"""

from django.db.models import Q, QuerySet

from viche.events.models import Registration
from viche.events.queries import figures
from viche.facts import operations as facts


def lock(registration: Registration) -> None:
    """Let doors of one programme recognise one after the other. Before the registration is locked: another door may number it anew."""
    if registration.organisation_id is None:
        facts.lock({registration.event.programme_id})


def come(registration: Registration) -> None:
    """Let a registration that was just marked at the door, or unmarked, count in the ledger; the caller has locked the programme."""
    if registration.organisation_id is not None:
        return
    programme = registration.event.programme_id
    changed = _recognise(registration) if registration.came_at else set()
    facts.keep(figures.SOURCE.of(sorted({registration.event_id, *changed}), programme=programme))


def _recognise(registration: Registration) -> set[int]:
    """Give a person one number in the programme; the events where it was another one until now."""
    known = {row.person or row.pk: row for row in _same(registration)}
    registration.person = min([registration.pk, *known])
    registration.save(update_fields=["person"])
    others = [number for number in known if number != registration.person]
    rest = Registration.objects.filter(Q(person__in=others) | Q(pk__in=others))
    changed = set(rest.values_list("event", flat=True))
    rest.update(person=registration.person)
    return changed


def _same(registration: Registration) -> QuerySet[Registration]:
    """By what the same person came before. Somebody without an account is whoever came by the mailbox last, and nobody else."""
    came = Registration.objects.filter(event__programme=registration.event.programme_id, came_at__isnull=False)
    came = came.filter(organisation=None).exclude(pk=registration.pk).order_by("-came_at", "-pk")
    by_mailbox = Q(email=registration.email) if registration.email else Q(pk=None)
    if registration.user_id is None:
        return came.filter(by_mailbox)[:1]
    return came.filter(Q(user=registration.user_id) | by_mailbox & Q(user=None))
