"""Calls for other programs, and with a key the applications that were submitted to them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from viche.calls import access, exports
from viche.calls.choices import ApplicationState, CallKind, CallState
from viche.calls.queries import applications, calls, ties
from viche.people import operations as people
from viche.people.choices import Scope
from viche.programmes import queries as programmes
from viche.ui import api, asking
from viche.ui.asking import Kind, Param

STATES = (CallState.OPEN, CallState.SCHEDULED, CallState.CLOSED, CallState.DECIDED, CallState.CANCELLED)
PARAMS = (
    asking.PROGRAMME,
    Param("kind", _("що отримає переможець"), Kind.CHOICE, tuple(CallKind.values), example="grant"),
    Param("state", _("стан конкурсу зараз"), Kind.CHOICE, tuple(map(str, STATES)), example="open"),
    asking.WORDS,
)
SUBMITTED = (ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN)
OFFICE_PARAMS = (
    Param("call", _("код конкурсу"), example="FUND-24"),
    Param("state", _("стан заявки"), Kind.CHOICE, tuple(map(str, SUBMITTED)), example="submitted"),
)


@api.listed("calls", PARAMS)
def call_list(request, asked):
    """All announced calls of public programmes."""
    at = timezone.now()
    found = calls.chosen(at, **{param.name: asked.get(param.name, "") for param in PARAMS})
    columns = exports.CALL_COLUMNS
    return api.page(request, found, asked, columns=columns, told=lambda rows: exports.call_rows(rows, at))


@api.single("calls", asking.CODE)
def call(request, code):
    """One of them."""
    del request
    return api.record(exports.CALL_COLUMNS, exports.call_rows([calls.announced(code)], timezone.now()))


@api.keyed(
    "office_applications",
    scope=Scope.APPLICATIONS,
    opened=people.opened,
    may=access.may_see_applications_of,
    thing=programmes.programme,
    params=OFFICE_PARAMS,
    path=(asking.PROGRAMME,),
)
def office_applications(request, programme, by, asked):
    """What was submitted in a programme, but for those with which the reader is tied."""
    found = applications.of_programme(
        programme, call=asked.get("call", ""), state=asked.get("state", ""), secret=ties.shut(by)
    )
    columns = exports.PROGRAMME_COLUMNS
    return api.page(request, found, asked, columns=columns, told=exports.rows_of_programme)
