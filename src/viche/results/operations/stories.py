"""Records chosen to be told of on the dashboard: chosen, put in order, taken off. Their words and photographs stay the record's own."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes.models import Programme
from viche.results import access
from viche.results.models import Highlight
from viche.results.queries import choosing

MOST = 12
FIELDS = ("lead", "lead_en")


@transaction.atomic
def choose(programme: Programme, *, kind: str, record: int, by: User, at: datetime) -> Highlight:
    """Put an accepted report or a closed award on the dashboard, last; one that is there already stays where it is.

    Raises `Refused` for a record that does not count, and when there are enough.
    """
    if not access.may_manage(by, programme):
        raise NotAllowed
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    there = Highlight.objects.filter(programme=programme)
    if found := there.filter(kind=kind, record=record).first():
        return found
    if not choosing.may_be_chosen(programme, kind, record):
        raise Refused(_("Розповісти можна про захід із прийнятим звітом або про завершену підтримку."))
    if there.count() >= MOST:
        raise Refused(
            _("Історій уже %(n)s, більше ніхто не прочитає. Спершу приберіть одну.") % {"n": MOST}, status=409
        )
    last = there.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    made = Highlight.objects.create(
        programme=programme, kind=kind, record=record, position=position, chosen_by=by, chosen_at=at
    )
    told = {"kind": kind, "record": record}
    journal.record(verb="results.story_chosen", subject=programme, by=by, at=at, after=told)
    return made


@transaction.atomic
def change(highlight: Highlight, *, values: Mapping[str, str], by: User, at: datetime) -> Highlight:
    """Write why a story matters."""
    if not access.may_change_story(by, highlight):
        raise NotAllowed
    highlight = (
        Highlight.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=highlight.pk)
    )
    before = {name: getattr(highlight, name) for name in FIELDS}
    for name in FIELDS:
        setattr(highlight, name, values[name])
    highlight.save(update_fields=FIELDS)
    after = {name: getattr(highlight, name) for name in FIELDS}
    if before != after:
        subject = highlight.programme
        journal.record(verb="results.story_changed", subject=subject, by=by, at=at, before=before, after=after)
    return highlight


@transaction.atomic
def move(highlight: Highlight, *, up: bool, by: User, at: datetime) -> None:
    """Let a story change places with its neighbour; at the end of the list nothing happens."""
    if not access.may_change_story(by, highlight):
        raise NotAllowed
    programme = Programme.objects.select_for_update(no_key=True).get(pk=highlight.programme_id)
    rows = Highlight.objects.filter(programme=programme).order_by("position", "pk")
    order = list(rows.values_list("pk", flat=True))
    here = order.index(highlight.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, pk in enumerate(order):
        Highlight.objects.filter(pk=pk).update(position=position)
    journal.record(verb="results.story_moved", subject=programme, by=by, at=at, after={"order": order})


@transaction.atomic
def remove(highlight: Highlight, *, by: User, at: datetime) -> None:
    """Take a story off the dashboard; the record itself stays as it is."""
    if not access.may_change_story(by, highlight):
        raise NotAllowed
    told = {"kind": highlight.kind, "record": highlight.record, "lead": highlight.lead}
    programme = highlight.programme
    Highlight.objects.filter(pk=highlight.pk).delete()
    journal.record(verb="results.story_removed", subject=programme, by=by, at=at, before=told)
