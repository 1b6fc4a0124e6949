"""Organisations and participants of all programmes for other programs, page by page and as whole files."""

from django.utils.translation import gettext_lazy as _

from viche.people.choices import OrganisationKind
from viche.programmes.choices import ParticipantKind
from viche.site import exports
from viche.site.queries import registers
from viche.ui import api, asking, listing
from viche.ui.access import anyone
from viche.ui.asking import Kind, Param

ORGANISATIONS = [column[0] for column in exports.ORGANISATIONS]
PARTICIPANTS = [column[0] for column in exports.PARTICIPANTS]
KIND = Param("kind", _("вид організації"), Kind.CHOICE, tuple(OrganisationKind.values), example="library")
REGISTERED = (asking.OBLAST, KIND, asking.WORDS)
TAKING_PART = (
    asking.PROGRAMME,
    Param("kind", _("як хто бере участь"), Kind.CHOICE, tuple(ParticipantKind.values), example="hub"),
    asking.OBLAST,
)
NUMBER = Param("organisation", _("номер організації у Віче"), Kind.NUMBER)


@api.listed("organisations", REGISTERED)
def organisations(request, asked):
    """Everybody who is registered, but for branches whose parent has not said yes."""
    found = registers.organisations(**{param.name: asked.get(param.name, "") for param in REGISTERED})
    return api.page(request, found, asked, columns=ORGANISATIONS, told=exports.organisations)


@api.single("organisations", NUMBER)
def organisation(request, organisation):
    """One of them."""
    del request
    return api.record(ORGANISATIONS, exports.organisations([registers.organisation(organisation)]))


@api.listed("participants", TAKING_PART)
def participants(request, asked):
    """Who takes part in public programmes."""
    found = registers.participants(**{param.name: asked.get(param.name, "") for param in TAKING_PART})
    return api.page(request, found, asked, columns=PARTICIPANTS, told=exports.participants)


def _columns(columns, ending):
    return columns if ending in listing.TABLES else [column[0] for column in columns]


@anyone
def organisations_file(request, ending):
    """Everybody who is registered, whole."""
    rows = exports.organisations(listing.through(registers.organisations()))
    columns = _columns(exports.ORGANISATIONS, ending)
    return listing.answer(request, ending=ending, columns=columns, rows=rows, filename="organisations")


@anyone
def participants_file(request, ending):
    """Who takes part in public programmes, whole."""
    rows = exports.participants(listing.through(registers.participants()))
    columns = _columns(exports.PARTICIPANTS, ending)
    return listing.answer(request, ending=ending, columns=columns, rows=rows, filename="participants")
