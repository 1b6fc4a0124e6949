"""The cabinet: what waits for this person, and until when."""

from django.shortcuts import render
from django.utils import timezone

from viche.site import access
from viche.site.queries import cabinet as cabinets
from viche.site.queries import home as homes
from viche.ui.access import signed_in


@signed_in
def cabinet(request):
    """The nearest thing first, then everything else that goes on; a newcomer is shown where to begin."""
    at = timezone.now()
    found = cabinets.of(request.user, at)
    context = {
        "at": at,
        "cabinet": found,
        "first": found.agenda[0] if found.agenda else None,
        "later": found.agenda[1:],
        "calls": None if found.agenda else homes.open_and_coming(at),
        "has_desk": bool(found.roles) or access.may_read_journal(request.user),
    }
    return render(request, "site/cabinet/cabinet.html", context)
