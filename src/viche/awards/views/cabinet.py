"""The organisation's pages of its awards: what is next and when, and the agreement that prints."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate

from viche.awards import access
from viche.awards.queries import awards, states, waiting
from viche.programmes import queries as programmes
from viche.programmes.choices import PartnerRole
from viche.ui import paging
from viche.ui.access import allowed, signed_in


@signed_in
def award_list(request):
    """The awards of all organisations this person writes for, each with what comes next."""
    on = localdate(timezone.now())
    page = paging.page(request, awards.of_user(request.user))
    rows = []
    for award in page:
        waited = waiting.next_of(list(award.reports.all())) if award.state == "active" else None
        if waited:
            waited.award = award
        rows.append((award, states.of_award(award), waited, states.of_report(waited, on) if waited else None))
    return render(request, "awards/cabinet/list.html", {"page": page, "rows": rows})


@allowed(access.may_report, thing=awards.by_code)
def award(request, award):
    """One award of ours: what is next and when, money, reports."""
    on = localdate(timezone.now())
    reports, tranches = awards.parts(award)
    context = {
        "award": award,
        "said": states.of_award(award),
        "waited": waiting.next_of(reports) if award.state == "active" else None,
        "reports": [(report, states.of_report(report, on)) for report in reports],
        "tranches": [(tranche, states.of_tranche(tranche)) for tranche in tranches],
        "paid": awards.paid(tranches),
        "on": on,
    }
    return render(request, "awards/cabinet/award.html", context)


@allowed(access.may_read_agreement, thing=awards.by_code)
def agreement(request, award):
    """The agreement, made to be printed and signed; both sides open the same page."""
    reports, tranches = awards.parts(award)
    partners = list(programmes.partners(award.programme))
    decision = getattr(award.application, "decision", None)
    context = {
        "award": award,
        # The panel decides on the day on which it meets; the award begins when that is published.
        "met_on": decision.panel.meets_at if decision else award.awarded_on,
        "reports": reports,
        "tranches": tranches,
        "implementers": [one for one in partners if one.role == PartnerRole.IMPLEMENTER],
        "donors": [one for one in partners if one.role == PartnerRole.DONOR],
    }
    return render(request, "awards/cabinet/agreement.html", context)
