"""Who may do what with results."""

from viche.people.access import Visitor
from viche.programmes import access as programmes
from viche.programmes.choices import RoleKind
from viche.programmes.models import Programme
from viche.results.models import DonorReport, Evidence, Highlight, Indicator, Period, Value

WRITERS = (RoleKind.OFFICER, RoleKind.CONSULTANT, RoleKind.EDITOR)


def may_see(user: Visitor, programme: Programme) -> bool:
    """Open the public dashboard: whoever may see the programme."""
    return programmes.may_see(user, programme)


def may_see_indicator(user: Visitor, indicator: Indicator) -> bool:
    """Open the public page of a figure; one that is not for everybody is the office's."""
    if indicator.is_told:
        return may_see(user, indicator.programme)
    return may_see_office(user, indicator.programme)


def may_see_told(user: Visitor, value: Value) -> bool:
    """Open the public page of an approved value: whoever may see the figure that it adds to."""
    return may_see_indicator(user, value.indicator)


def may_open_indicator(user: Visitor, indicator: Indicator) -> bool:
    """Open the office's page of a figure."""
    return may_see_office(user, indicator.programme)


def may_see_office(user: Visitor, programme: Programme) -> bool:
    """Read results as the office knows them: whoever reads the programme's office."""
    return programmes.may_see_office(user, programme)


def may_manage(user: Visitor, programme: Programme) -> bool:
    """Define indicators, set targets, close periods, write reports to donors: the programme's officers."""
    return programmes.may_manage(user, programme)


def may_manage_indicator(user: Visitor, indicator: Indicator) -> bool:
    """Change an indicator, its sheet and its targets."""
    return may_manage(user, indicator.programme)


def may_report(user: Visitor, programme: Programme) -> bool:
    """Report values that the platform does not hold: officers, consultants, editors."""
    return programmes.may_manage(user, programme) or programmes.has_role(user, programme, *WRITERS)


def may_open_values(user: Visitor, programme: Programme) -> bool:
    """Open the list of reported values: the office, which sees all, and those who report, who see their own."""
    return may_see_office(user, programme) or may_report(user, programme)


def may_write(user: Visitor, value: Value) -> bool:
    """Change a reported value while it is being written: whoever reported it alone, for anybody who wrote in it could not decide."""
    return value.reported_by_id == user.pk and may_report(user, value.indicator.programme)


def may_remove(user: Visitor, value: Value) -> bool:
    """Take a draft away: whoever reported it, an officer."""
    return may_write(user, value) or may_manage(user, value.indicator.programme)


def may_write_evidence(user: Visitor, evidence: Evidence) -> bool:
    """Take evidence away: whoever writes the value."""
    return may_write(user, evidence.value)


def may_manage_period(user: Visitor, period: Period) -> bool:
    """Change, close and reopen a period: the programme's officers."""
    return may_manage(user, period.programme)


def may_see_period(user: Visitor, period: Period) -> bool:
    """Read what a period has come to, and its history: the office."""
    return may_see_office(user, period.programme)


def may_see_sheet(user: Visitor, indicator: Indicator) -> bool:
    """Read an indicator as the office knows it."""
    return may_see_office(user, indicator.programme)


def may_see_value(user: Visitor, value: Value) -> bool:
    """Read a reported value with its evidence: the office, and whoever reported it."""
    return may_see_office(user, value.indicator.programme) or may_write(user, value)


def may_see_evidence(user: Visitor, evidence: Evidence) -> bool:
    """Open a file that proves a value."""
    return may_see_value(user, evidence.value)


def may_decide(user: Visitor, value: Value) -> bool:
    """Approve or return reported values; never one's own, which the operation says in a sentence."""
    return may_manage(user, value.indicator.programme)


def may_change_story(user: Visitor, highlight: Highlight) -> bool:
    """Say why a story matters, move it, take it off the dashboard: the programme's officers."""
    return may_manage(user, highlight.programme)


def may_read_report(user: Visitor, report: DonorReport) -> bool:
    """Read a report to a donor and take it along: the programme's office, the donor's observer too."""
    return may_see_office(user, report.programme)


def may_write_report(user: Visitor, report: DonorReport) -> bool:
    """Change a report to a donor, copy it, throw it away: the programme's officers."""
    return may_manage(user, report.programme)
