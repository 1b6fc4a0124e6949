"""Events for other programs: what everybody may know of them, and with a key the office's list."""

from django.utils.translation import gettext_lazy as _

from viche.events import access, exports
from viche.events.choices import State
from viche.events.queries import briefs, desk, harvest, showing, telling
from viche.people import operations as people
from viche.people.choices import Scope
from viche.ui import api, asking
from viche.ui.asking import Kind, Param

PARAMS = (
    asking.PROGRAMME,
    Param("campaign", _("код кампанії"), example="OGW24"),
    asking.OBLAST,
    Param("hromada", _("код громади за КАТОТТГ"), example="UA53060010000050498"),
    Param("since", _("починається не раніше від цього дня"), Kind.DAY, example="2024-05-20"),
    Param("until", _("починається не пізніше від цього дня"), Kind.DAY, example="2024-05-26"),
)
OFFICE_STATES = tuple(str(state) for state in State if state != State.DRAFT)
OFFICE_PARAMS = (Param("state", _("стан заходу"), Kind.CHOICE, OFFICE_STATES, example="submitted"),)
PAGED = (asking.LIMIT, asking.CURSOR)


@api.listed("events", PARAMS)
def event_list(request, asked):
    """What was announced in public programmes; an exact place that the organiser keeps private is not there."""
    limit = asked.get(asking.LIMIT, asking.USUAL)
    after = asking.place(asked[asking.CURSOR], of=request.path_info) if asking.CURSOR in asked else 0
    found = harvest.found(**{name: value for name, value in asked.items() if name not in PAGED})
    keys = harvest.keys(found, after=after, most=limit + 1)
    rows = exports.rows(map(briefs.brief, briefs.read(keys[:limit])))
    last = keys[limit - 1] if len(keys) > limit else None
    return api.pages(request, rows, columns=exports.COLUMNS, last=last)


@api.single("events", asking.CODE)
def event(request, code):
    """One of them."""
    del request
    return api.record(exports.COLUMNS, exports.rows([showing.shown(harvest.public(code))]))


@api.keyed(
    "office_events",
    scope=Scope.EVENTS,
    opened=people.opened,
    may=access.may_open,
    thing=desk.opened,
    params=OFFICE_PARAMS,
    path=(asking.PROGRAMME,),
)
def office_events(request, office, by, asked):
    """The events of a programme within the reach of the key's owner."""
    del by
    found = harvest.of_office(office.reach, state=asked.get("state", ""))
    return api.page(request, found, asked, columns=telling.COLUMNS, told=telling.rows)
