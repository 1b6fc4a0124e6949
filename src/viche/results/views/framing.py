"""What every office page of results shows around itself."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.results import access
from viche.ui import menu

VALUES = ("results:values", _("Подані значення"))
PARTS = (
    ("results:office", _("Показники й карта")),
    ("results:indicators", _("Перелік і цілі")),
    ("results:periods", _("Періоди")),
    VALUES,
    ("results:donor_reports", _("Звіти донорам")),
    ("results:highlights", _("Історії")),
)


def framed(request, programme, **more):
    """The menu of the programme's office, and the parts of results that this person may open. One query, two for who only reads."""
    manages = access.may_manage(request.user, programme)
    sees_all = manages or access.may_see_office(request.user, programme)
    links = menu.links(PARTS if sees_all else (VALUES,), programme.code)
    tab = links[0].href if sees_all else reverse("results:values", args=[programme.code])
    return {
        "programme": programme,
        "office_tab": tab,
        "parts": links if sees_all else [],
        "sees_all": sees_all,
        "manages": manages,
        **more,
    }
