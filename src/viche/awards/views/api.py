"""Awards for other programs: the public register, and with a key those of an office."""

from django.http import Http404
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from viche.awards import access, exports
from viche.awards.choices import AwardKind, AwardState
from viche.awards.queries import awards
from viche.people import operations as people
from viche.people.choices import Scope
from viche.programmes import queries as programmes
from viche.ui import api, asking
from viche.ui.asking import Kind, Param

KIND = Param("kind", _("що надано"), Kind.CHOICE, tuple(AwardKind.values), example="grant")
YEAR = Param("year", _("рік рішення"), Kind.NUMBER, least=awards.YEARS[0], most=awards.YEARS[-1], example="2024")
PUBLIC_STATES = (AwardState.ACTIVE, AwardState.CLOSED, AwardState.ENDED)
STATE = Param("state", _("стан підтримки"), Kind.CHOICE, tuple(map(str, PUBLIC_STATES)), example="closed")
OFFICE_STATE = Param("state", _("стан підтримки"), Kind.CHOICE, tuple(AwardState.values), example="active")
BESIDE = (asking.OBLAST, KIND, YEAR, asking.WORDS)
PARAMS = (asking.PROGRAMME, STATE, *BESIDE)
OFFICE_PARAMS = (OFFICE_STATE, *BESIDE)


def _chosen(params, asked):
    """What is asked, in the words that the list takes."""
    return {param.name: str(asked.get(param.name, "")) for param in params}


@api.listed("awards", PARAMS)
def award_list(request, asked):
    """The public register."""
    found = awards.register(**_chosen(PARAMS, asked))
    return api.page(request, found, asked, columns=exports.OPEN_COLUMNS, told=exports.open_rows)


@api.single("awards", asking.CODE)
def award(request, code):
    """One award of the register."""
    del request
    found = awards.by_code(code)
    if not access.is_public(found):
        raise Http404
    return api.record(exports.OPEN_COLUMNS, exports.open_rows([found]))


@api.keyed(
    "office_awards",
    scope=Scope.AWARDS,
    opened=people.opened,
    may=access.may_see_programme,
    thing=programmes.programme,
    params=OFFICE_PARAMS,
    path=(asking.PROGRAMME,),
)
def office_awards(request, programme, by, asked):
    """The awards of a programme, prepared ones too."""
    del by
    found = awards.of_office(programme, localdate(timezone.now()), **_chosen(OFFICE_PARAMS, asked))
    return api.page(request, found, asked, columns=exports.OFFICE_COLUMNS, told=exports.office_rows)
