"""Who may open the pages that put packages together: the desk, the outbox, the journal."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from viche.calls import access as calls
from viche.calls.models import Application
from viche.mail.models import Letter
from viche.people import access as people
from viche.people.models import User
from viche.programmes import access as programmes
from viche.programmes import queries as programmes_queries
from viche.programmes.models import Programme

Visitor = User | AnonymousUser


def may_see(user: Visitor, thing: object) -> bool:
    """Open what is public whoever asks."""
    del user, thing
    return True


def may_sit_at_desk(user: Visitor) -> bool:
    """Open the desk: whoever works in a programme, an administrator."""
    return people.is_administrator(user) or (people.is_somebody(user) and programmes_queries.worked_in(user).exists())


def works_in_office(user: Visitor) -> bool:
    """Whether the person may open the office of any programme."""
    return people.is_somebody(user) and programmes_queries.worked_in(user, *programmes.OFFICE).exists()


def may_read_letters(user: Visitor) -> bool:
    """Read the outbox of the whole installation: administrators; in the demonstration everybody of an office."""
    return people.is_administrator(user) or (settings.DEMO and works_in_office(user))


def may_read_letters_of(user: Visitor, programme: Programme) -> bool:
    """Read the letters of one programme: its officers; in the demonstration everybody of its office."""
    if programmes.may_manage(user, programme):
        return True
    return settings.DEMO and programmes.may_see_office(user, programme)


def may_read_letter(user: Visitor, letter: Letter) -> bool:
    """Read one letter: who may read the whole outbox, or that of the programme it speaks for.

    Not where it tells, itself or by a letter that it carries, of an application with which the reader is tied.
    """
    if _tells_of_a_tie(user, letter):
        return False
    if may_read_letters(user):
        return True
    programme = programmes_queries.coded(letter.programme_code)
    return programme is not None and may_read_letters_of(user, programme)


def may_resend(user: Visitor, letter: Letter) -> bool:
    """Send a letter once more: administrators, and the officers of its programme, where they may read it."""
    if _tells_of_a_tie(user, letter):
        return False
    if people.is_administrator(user):
        return True
    programme = programmes_queries.coded(letter.programme_code)
    return programme is not None and programmes.may_manage(user, programme)


def may_read_journal(user: Visitor) -> bool:
    """Read who did what: administrators."""
    return people.is_administrator(user)


def _tells_of_a_tie(user: Visitor, letter: Letter) -> bool:
    told = Letter.objects.filter(Q(pk=letter.pk) | Q(carried_by=letter), about_kind="calls.application")
    keys = list(told.order_by().values_list("about_id", flat=True))
    found = Application.objects.filter(pk__in=keys).select_related("organisation") if keys else ()
    return any(calls.is_tied(user, application) for application in found)
