"""Programmes for other programs: those for everybody, and with a key those in which its owner works."""

from django.http import Http404

from viche.people import operations as people
from viche.people.choices import Scope
from viche.programmes import access, exports, queries
from viche.ui import api, asking

COLUMNS = [column[0] for column in exports.PROGRAMMES]


@api.listed("programmes")
def programmes(request, asked):
    """The programmes that everybody may see."""
    return api.page(request, queries.public_programmes(), asked, columns=COLUMNS, told=exports.programmes)


@api.single("programmes", asking.CODE)
def programme(request, code):
    """One of them."""
    del request
    found = queries.programme(code)
    if not found.is_public:
        raise Http404
    return api.record(COLUMNS, exports.programmes([found]))


@api.keyed("office_programmes", scope=Scope.PROGRAMMES, opened=people.opened, may=access.may_work)
def office_programmes(request, by, asked):
    """The programmes in which the owner of the key works, closed ones too."""
    found = queries.worked_in(by)
    return api.page(request, found, asked, columns=exports.OWN_COLUMNS, told=exports.own_programmes)
