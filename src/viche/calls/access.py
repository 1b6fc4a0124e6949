"""Who may do what with calls and applications."""

from django.contrib.auth.models import AnonymousUser

from viche.calls.choices import ApplicationState, Stage
from viche.calls.models import Application, Call, Receipt, Tie
from viche.people import access as people
from viche.people.models import Membership, Organisation, User
from viche.programmes import access as programmes
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme

Visitor = User | AnonymousUser


def may_see(user: Visitor, call: Call) -> bool:
    """An announced call of a public programme is for everybody; a draft only for its office."""
    if call.stage != Stage.DRAFT and call.programme.is_public:
        return True
    return programmes.may_see_office(user, call.programme)


def may_manage(user: Visitor, call: Call) -> bool:
    """Prepare, announce, cancel: the programme's officers."""
    return programmes.may_manage(user, call.programme)


def may_prepare(user: Visitor, programme: Programme) -> bool:
    """Start a new call in a programme."""
    return programmes.may_manage(user, programme)


def may_see_office(user: Visitor, call: Call) -> bool:
    """Read the call's office pages: officers, the panel, the donor's observer."""
    return programmes.may_see_office(user, call.programme)


def may_see_applications(user: Visitor, call: Call) -> bool:
    """Read what was submitted, list, files and all: officers and the donor's observer.

    The panel reads applications in reviewing, where it is known with which of them somebody has a conflict of interest.
    """
    return may_see_applications_of(user, call.programme)


def may_see_applications_of(user: Visitor, programme: Programme) -> bool:
    """The same of all calls of a programme."""
    return programmes.may_manage(user, programme) or programmes.has_role(user, programme, RoleKind.OBSERVER)


def may_apply_for(user: Visitor, organisation: Organisation) -> bool:
    """Apply in the name of an organisation: its members who write for it."""
    return people.may_write_for(user, organisation)


def may_begin(user: Visitor, call: Call) -> bool:
    """Come to the door of an application: whoever has signed in and sees the call."""
    return people.is_somebody(user) and may_see(user, call)


def may_keep(user: Visitor, receipt: Receipt) -> bool:
    """Read a receipt: those who may write its application."""
    return may_write(user, receipt.application)


def may_check(user: Visitor, receipt: Receipt) -> bool:
    """Take the bytes that a receipt's digest is over: whoever keeps it, and whoever reads its application in the office."""
    return may_keep(user, receipt) or may_read(user, receipt.application)


def may_write(user: Visitor, application: Application) -> bool:
    """Fill, submit, withdraw."""
    return people.may_write_for(user, application.organisation)


def may_read(user: Visitor, application: Application) -> bool:
    """Read an application in the office once it was submitted, unless tied with it.

    A draft is the applicant's alone, who reads it in the cabinet.
    """
    if application.state == ApplicationState.DRAFT or not may_see_applications(user, application.call):
        return False
    return not is_tied(user, application)


def is_tied(user: Visitor, application: Application) -> bool:
    """Whether the person neither reads nor judges this application: a tie on record, or a place in its hromada today.

    Both hromadas count, that of the submission and that where its organisation stands now; so its organisation does too.
    """
    if not people.is_somebody(user):
        return False
    hromadas = {application.hromada_id, application.organisation.hromada_id}
    if Membership.objects.filter(user=user, organisation__hromada__in=hromadas - {None}).exists():
        return True
    return Tie.objects.filter(user=user, application=application).exists()
