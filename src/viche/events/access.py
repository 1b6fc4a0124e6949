"""Who may do what with events, campaigns, series, registrations and reports."""

from typing import NamedTuple

from django.db.models import Q

from viche.events.choices import SHOWN, State
from viche.events.models import Campaign, Event, Photo, Plan, Registration, Report, Series, asking
from viche.people import access as people
from viche.people.access import Visitor
from viche.programmes import access as programmes
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme, Role

# Who reads the events' office of a programme; a consultant reads only the own oblasts, see `Reach`.
READERS = (RoleKind.OFFICER, RoleKind.OBSERVER, RoleKind.CONSULTANT)


def may_see(user: Visitor, event: Event) -> bool:
    """A shown event of a public programme is for everybody; any other for its writers and its office."""
    if event.state in SHOWN and event.programme.is_public:
        return True
    return may_write(user, event) or may_see_in_office(user, event)


def may_write(user: Visitor, event: Event) -> bool:
    """Write the event, its counts and its report: its author, and who writes for its organisation."""
    if not people.is_somebody(user):
        return False
    if event.organisation is not None:
        return people.may_write_for(user, event.organisation)
    return event.author_id == user.pk


def may_write_plan(user: Visitor, plan: Plan) -> bool:
    """Hand in what came from one table: who made the drafts of it, and who writes for its organisation."""
    if not people.is_somebody(user):
        return False
    if plan.organisation is not None:
        return people.may_write_for(user, plan.organisation)
    return plan.author_id == user.pk


def may_begin(user: Visitor, programme: Programme) -> bool:
    """Begin an event in a public programme: whoever has signed in (allauth lets nobody in with an unconfirmed mailbox)."""
    return people.is_somebody(user) and (programme.is_public or programmes.may_see(user, programme))


def in_reach(user: Visitor, programme: Programme) -> Q | None:
    """Which events of the programme the person moderates and visits: all, those of the own oblasts, or none (None).

    An event without an oblast (on line, abroad) belongs to the officers.
    """
    if programmes.may_manage(user, programme):
        return Q(programme=programme)
    if not people.is_somebody(user):
        return None
    held = Role.objects.filter(user=user, programme=programme, kind=RoleKind.CONSULTANT)
    oblasts = list(held.values_list("oblast_id", flat=True))
    return Q(programme=programme, oblast__in=oblasts) if oblasts else None


class Reach(NamedTuple):
    """How far a person's work in the events' office of a programme goes: the whole of it, or some oblasts."""

    programme: Programme
    manages: bool
    oblasts: frozenset[int] | None
    """Keys of the oblasts of a consultant; None means all of Ukraine, and what is in no oblast."""

    @property
    def knows_places(self) -> bool:
        """Whether a place told to registered people alone is shown: to who moderates, and not to the donor's observer."""
        return self.manages or self.oblasts is not None

    @property
    def events(self) -> Q:
        """The events that the office shows this person: never drafts."""
        return self.all_events & ~Q(state=State.DRAFT)

    @property
    def all_events(self) -> Q:
        """Those of the programme, or of the oblasts: there are fewer in these, so these are looked for."""
        if self.oblasts is None:
            return Q(programme=self.programme)
        return self._of_programme & Q(oblast__in=self.oblasts)

    @property
    def in_time(self) -> Q:
        """The same as `events` where a list is read in its order: of the programme, and the oblasts as an addition."""
        return Q(programme=self.programme) & self._of_oblasts & ~Q(state=State.DRAFT)

    @property
    def few_events(self) -> Q:
        """The same as `all_events` where something narrower is asked besides: as additions, so that no index of theirs is read."""
        return self._of_programme & self._of_oblasts

    @property
    def _of_programme(self) -> Q:
        return asking.beside("programme", self.programme.pk)

    @property
    def _of_oblasts(self) -> Q:
        return Q() if self.oblasts is None else asking.among("oblast", sorted(self.oblasts))

    def covers(self, oblast: int | None) -> bool:
        """Whether what lies in this oblast (None: in none) is within reach."""
        return self.oblasts is None or oblast in self.oblasts


def reach(user: Visitor, programme: Programme) -> Reach | None:
    """How far the person reads the events' office: officers and observers all, a consultant the own oblasts. One query."""
    if people.is_administrator(user):
        return Reach(programme, manages=True, oblasts=None)
    if not people.is_somebody(user):
        return None
    held = list(Role.objects.filter(user=user, programme=programme).values_list("kind", "oblast_id"))
    kinds = {kind for kind, _oblast in held}
    programme.last_read = user.pk, frozenset(kinds)
    if not kinds & set(READERS):
        return None
    whole = bool(kinds & {RoleKind.OFFICER, RoleKind.OBSERVER})
    return Reach(
        programme,
        manages=RoleKind.OFFICER in kinds,
        oblasts=None if whole else frozenset(oblast for _kind, oblast in held if oblast),
    )


class Desk:
    """The events' office of a programme as somebody opens it; `reach` is known once they were let in."""

    reach: Reach

    def __init__(self, programme: Programme) -> None:
        """Keep the programme."""
        self.programme = programme


def may_open(user: Visitor, desk: Desk) -> bool:
    """Open the events' office of a programme: officers, consultants, the donor's observer. One query."""
    found = reach(user, desk.programme)
    if found is not None:
        desk.reach = found
    return found is not None


def may_open_office(user: Visitor, programme: Programme) -> bool:
    """Open the events' office of a programme: officers, consultants, the donor's observer."""
    return people.is_administrator(user) or programmes.has_role(user, programme, *READERS)


def may_see_in_office(user: Visitor, event: Event) -> bool:
    """Read one event in the office: officers any, observers all but drafts, a consultant those of the own oblasts."""
    found = reach(user, event.programme)
    if found is None:
        return False
    if event.state == State.DRAFT:
        return found.manages or _consults(user, event)
    return found.covers(event.oblast_id)


def may_moderate(user: Visitor, event: Event) -> bool:
    """Accept, return or decline: officers, and the consultant of its oblast; nobody an event of their own."""
    if may_write(user, event):
        return False
    if people.is_administrator(user):
        return True
    if not people.is_somebody(user):
        return False
    return _answers_for(user, event)


def _answers_for(user: Visitor, thing: Event | Series) -> bool:
    """Whether somebody who has signed in holds the role that answers for it: officer, or consultant of its oblast."""
    answering = Q(kind=RoleKind.OFFICER)
    if thing.oblast_id is not None:
        answering |= Q(kind=RoleKind.CONSULTANT, oblast=thing.oblast_id)
    return Role.objects.filter(answering, user=user, programme=thing.programme_id).exists()


def _consults(user: Visitor, event: Event) -> bool:
    if not people.is_somebody(user) or event.oblast_id is None:
        return False
    held = Role.objects.filter(user=user, programme=event.programme_id, kind=RoleKind.CONSULTANT)
    return held.filter(oblast=event.oblast_id).exists()


def may_move(user: Visitor, event: Event) -> bool:
    """Put off, call off or set a new time for a published event: its writers and who moderates it."""
    return may_write(user, event) or may_moderate(user, event)


def may_visit(user: Visitor, event: Event) -> bool:
    """Put the event on one's own itinerary: officers, and the consultant of its oblast."""
    return people.is_administrator(user) or (people.is_somebody(user) and _answers_for(user, event))


def may_see_registrations(user: Visitor, event: Event) -> bool:
    """Read names and mailboxes of those who registered: the event's writers, officers, the consultant of its oblast."""
    return may_write(user, event) or programmes.may_manage(user, event.programme) or _consults(user, event)


def may_register(user: Visitor, event: Event) -> bool:
    """Ask for a seat: anybody who sees the event, with or without an account."""
    return may_see(user, event)


def may_hold(user: Visitor, registration: Registration) -> bool:
    """See and cancel a registration from the cabinet: whose it is, of a delegation who writes for its organisation.

    By letter its word is the key, not the person.
    """
    if not people.is_somebody(user):
        return False
    if registration.organisation is not None:
        return people.may_write_for(user, registration.organisation)
    return registration.user_id == user.pk


def may_use_link(user: Visitor, registration: Registration) -> bool:
    """Open a registration by the word in its letter: whoever has it; of a delegation no more once who got it has left.

    Then those who write for the organisation now open it, signed in.
    """
    left = registration.organisation is not None and registration.user is not None
    left = left and not people.may_write_for(registration.user, registration.organisation)
    return not left or may_hold(user, registration)


def may_name(user: Visitor, registration: Registration) -> bool:
    """Name and mend the people of a delegation: who writes for its organisation."""
    return registration.organisation is not None and people.may_write_for(user, registration.organisation)


def may_count(user: Visitor, event: Event) -> bool:
    """Count heads and take pictures on the spot: the event's writers, its consultant and officers."""
    return may_see_registrations(user, event)


def may_report(user: Visitor, event: Event) -> bool:
    """Write and submit the report: the event's writers."""
    return may_write(user, event)


def may_see_report(user: Visitor, report: Report) -> bool:
    """Read the whole report: the event's writers and its office."""
    return may_write(user, report.event) or may_see_in_office(user, report.event)


def may_judge(user: Visitor, report: Report) -> bool:
    """Accept or return a report: who moderates the event and has neither written nor submitted it."""
    return may_moderate(user, report.event) and report.submitted_by_id != getattr(user, "pk", None)


def may_see_photo(user: Visitor, photo: Photo) -> bool:
    """See a photograph before it is public, or a paper list: the event's writers and its office."""
    if photo.is_list:
        return may_see_registrations(user, photo.event)
    return may_write(user, photo.event) or may_see_in_office(user, photo.event)


def may_hide_photo(user: Visitor, event: Event) -> bool:
    """Say what is on the event's photographs, show and hide them: its writers, and who moderates it."""
    return may_write(user, event) or may_moderate(user, event)


def may_see_campaign(user: Visitor, campaign: Campaign) -> bool:
    """A public campaign of a public programme is for everybody; any other for the programme's office."""
    if campaign.is_public and campaign.programme.is_public:
        return True
    return may_open_office(user, campaign.programme)


def may_manage_campaign(user: Visitor, campaign: Campaign) -> bool:
    """Change a campaign: its programme's officers."""
    return programmes.may_manage(user, campaign.programme)


def may_manage_series(user: Visitor, series: Series) -> bool:
    """Change a series: officers, and the consultant of its oblast."""
    if people.is_administrator(user):
        return True
    if not people.is_somebody(user):
        return False
    return _answers_for(user, series)


def may_add_series(user: Visitor, programme: Programme) -> bool:
    """Begin a series: officers, and the programme's consultants (each in the own oblast, see `may_manage_series`)."""
    return programmes.may_manage(user, programme) or programmes.has_role(user, programme, RoleKind.CONSULTANT)


def may_see_series(user: Visitor, series: Series) -> bool:
    """Read a series in the office: officers and observers any, a consultant those of the own oblasts."""
    found = reach(user, series.programme)
    return found is not None and found.covers(series.oblast_id)
