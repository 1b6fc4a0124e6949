"""Which hromadas and organisations a call is for; and which are meant by pasted lines, hundreds of them at once."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from viche.calls.models import Call
from viche.methods import words
from viche.people.models import Organisation
from viche.places import queries as places
from viche.places.models import Hromada


def hromadas_of(call: Call) -> list[Hromada]:
    """The hromadas that a call names."""
    return list(call.who_hromadas.select_related("oblast"))


def organisations_of(call: Call) -> list[Organisation]:
    """The organisations that a call invites."""
    return list(call.who_organisations.order_by("sort_key"))


def hromadas(lines: Sequence[str]) -> dict[str, list[Hromada]]:
    """What each line may mean. One query for codes and names; only what fits none of them alone is searched for by itself."""
    known = defaultdict(list)
    for one in Hromada.objects.filter(gone_at=None).select_related("raion", "oblast") if lines else []:
        for key in {
            one.code,
            one.slug,
            words.fold(f"{one.label}, {one.whereabouts}"),
            words.fold(one.placed),
            places.needle_of(one.name),
        }:
            known[key].append(one)
    return {line: _hromadas(line, known) for line in dict.fromkeys(lines)}


def _hromadas(line: str, known: dict[str, list[Hromada]]) -> list[Hromada]:
    for key in (line.upper(), line.lower(), words.fold(line), places.needle_of(line)):
        if len(known.get(key, [])) == 1:
            return known[key]
    return [found.hromada for found in places.meant(line)]


def organisations(lines: Sequence[str]) -> dict[str, list[Organisation]]:
    """Who is registered by this EDRPOU or under exactly this name. One query."""
    known = defaultdict(list)
    for one in Organisation.objects.filter(Q(edrpou__in=lines) | Q(name__in=lines)) if lines else []:
        for key in {one.edrpou, one.name}:
            known[key].append(one)
    return {line: known.get(line, []) for line in lines}
