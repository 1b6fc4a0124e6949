"""Who may prepare, pay, report, accept and close."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from viche.awards.choices import AwardState, ReportState
from viche.awards.models import Award, Photograph, Report
from viche.calls.models import Call
from viche.people import access as people
from viche.people.models import User
from viche.programmes import access as programmes
from viche.programmes.models import Programme

Visitor = User | AnonymousUser


def may_see(user: Visitor, award: Award) -> bool:
    """An award is public from its agreement on, in a public programme; before that it is its office's and its organisation's."""
    if award.state != AwardState.PREPARED and award.programme.is_public:
        return True
    return may_see_office(user, award) or may_report(user, award)


def may_manage(user: Visitor, award: Award) -> bool:
    """Agree, pay, accept, close: the programme's officers."""
    return programmes.may_manage(user, award.programme)


def may_prepare(user: Visitor, call: Call) -> bool:
    """Turn decisions into awards."""
    return programmes.may_manage(user, call.programme)


def may_see_office(user: Visitor, award: Award) -> bool:
    """Read the award's office pages."""
    return programmes.may_see_office(user, award.programme)


def may_see_programme(user: Visitor, programme: Programme) -> bool:
    """Read the list of a programme's awards in the office."""
    return programmes.may_see_office(user, programme)


def may_report(user: Visitor, award: Award) -> bool:
    """Read the agreement and write reports: those who write for the organisation."""
    return people.may_write_for(user, award.organisation)


def may_write(user: Visitor, report: Report) -> bool:
    """Write in a report: its organisation's writers, while it is theirs to write."""
    open_states = {ReportState.WAITING, ReportState.DRAFT, ReportState.RETURNED}
    return report.award.state == AwardState.ACTIVE and report.state in open_states and may_report(user, report.award)


def may_read(user: Visitor, report: Report) -> bool:
    """Its organisation always; the office once it has been submitted for the first time."""
    if may_report(user, report.award):
        return True
    return report.submitted_at is not None and may_see_office(user, report.award)


def may_check(user: Visitor, report: Report) -> bool:
    """Accept or return: an officer who did not write it, nor belongs to its organisation."""
    if not user.is_authenticated or not may_manage(user, report.award):
        return False
    if report.submitted_by_id == user.pk:
        return False
    return not user.memberships.filter(organisation=report.award.organisation_id).exists()


def may_see_photograph(user: Visitor, photograph: Photograph, on: date) -> bool:
    """Everybody, with consent and from its date on; else the office and the organisation."""
    award = photograph.award
    if photograph.consent and photograph.public_from and photograph.public_from <= on and may_see(user, award):
        return photograph.stored.removed_at is None
    return may_see_office(user, award) or may_report(user, award)
