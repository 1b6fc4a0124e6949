"""Organisations come into a programme and go out of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from viche.facts import operations as facts
from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed
from viche.people.models import Organisation, User
from viche.programmes import access
from viche.programmes.models import Participant, Programme
from viche.programmes.queries import figures


@transaction.atomic
def admit(
    programme: Programme, organisation: Organisation, *, kind: str, by: User, at: datetime, admitted_by: str = ""
) -> Participant:
    """Let an organisation take part, as of today by Kyiv's clock. Whoever takes part in that way already stays as they are.

    `admitted_by` names the record that did it ("awards.award:17"); empty when the office wrote it in by hand.
    """
    return admit_many(programme, [(organisation, admitted_by)], kind=kind, by=by, at=at)[0]


@transaction.atomic
def admit_many(
    programme: Programme, admissions: Iterable[tuple[Organisation, str]], *, kind: str, by: User, at: datetime
) -> list[Participant]:
    """Let several organisations in, each with the record that did it.

    The journal comes after all rows: whoever locks its end and then waits for an organisation may wait for ever, when the
    organisation's head, who holds it, waits for the journal.
    """
    if not access.may_manage(by, programme):
        raise NotAllowed
    found, new, acts = [], [], []
    for organisation, admitted_by in admissions:
        participant, is_new = Participant.objects.get_or_create(
            programme=programme,
            organisation=organisation,
            kind=kind,
            defaults={"since": localdate(at), "admitted_by": admitted_by},
        )
        found.append(participant)
        if is_new:
            new.append(participant)
            after = {"organisation": organisation.pk, "kind": kind, "admitted_by": admitted_by}
            acts.append(journal.Act("programmes.admitted", programme, after=after))
    facts.keep(figures.SOURCE.some(pk__in=[one.pk for one in new]))
    journal.record_many(acts, by=by, at=at)
    return found


@transaction.atomic
def dismiss(participant: Participant, *, by: User, at: datetime) -> None:
    """End an organisation's taking part; the journal remembers since when it did."""
    if not access.may_manage(by, participant.programme):
        raise NotAllowed
    before = {
        "organisation": participant.organisation_id,
        "kind": participant.kind,
        "since": participant.since,
        "admitted_by": participant.admitted_by,
    }
    key = participant.pk
    participant.delete()
    facts.keep(figures.SOURCE.of([key], programme=participant.programme_id))
    journal.record(verb="programmes.dismissed", subject=participant.programme, by=by, at=at, before=before)


def organisation_moved(organisation: Organisation, *, at: datetime) -> None:
    """Count what an organisation gives where it stands now; `people` calls this in its own transaction."""
    del at  # taking part is counted from the day on which it began
    mine = Participant.objects.filter(organisation=organisation)
    facts.lock(set(mine.values_list("programme", flat=True)))  # who is being dismissed meanwhile is read after that
    facts.keep(figures.SOURCE.some(organisation=organisation))
