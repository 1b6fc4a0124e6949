"""The land under the map of events."""

from functools import lru_cache

from django.template.loader import render_to_string

from viche.places import queries as places


@lru_cache(maxsize=8)
def _land(known):
    del known  # for which it was drawn
    return render_to_string("events/public/_map_land.html", {"shapes": places.map_of({}).regions})


def land(oblasts):
    """The regions as drawn, with their names; drawn once per process, language and state of the codifier."""
    return _land(tuple((one.code, one.label) for one in oblasts))
