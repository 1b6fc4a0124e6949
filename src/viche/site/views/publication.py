"""The office looks at what of a programme is published for donors, and what is to be mended first."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viche.programmes import queries as programmes
from viche.programmes.access import may_manage, may_see_office
from viche.site import exports, operations
from viche.site.queries import findings as found
from viche.site.queries import publication
from viche.ui import listing, paging
from viche.ui.access import allowed


@allowed(may_see_office, thing=programmes.programme)
def findings(request, programme):
    """What keeps records out of the open data, each with the place to mend it."""
    checked = found.checked(timezone.now())
    page = paging.page(request, publication.told_of(programme))
    context = {
        "programme": programme,
        "page": page,
        "rows": [found.row(one) for one in page],
        "checked": checked,
        "is_last": all(one.is_last for one in checked),
        "why_not": found.why_not(programme),
        "manages": may_manage(request.user, programme),
        "office_tab": reverse("programmes:office", args=[programme.code]),
    }
    return render(request, "site/office/publication.html", context)


@allowed(may_see_office, thing=programmes.programme, also=("ending",))
def findings_file(request, programme, ending):
    """The same list for programs."""
    columns = [column[0] for column in exports.FINDINGS] if ending == "json" else exports.FINDINGS
    rows = exports.findings(map(found.row, publication.told_of(programme)))
    return listing.answer(request, ending=ending, columns=columns, rows=rows, filename="open-data-faults")


@require_POST
@allowed(may_manage, thing=programmes.programme)
def check(request, programme):
    """Have everything checked again in the background."""
    operations.check_again(programme, by=request.user)
    messages.success(request, _("Перевіримо за хвилину."))
    return redirect("site:publication", programme.code)
