"""The list of hromadas as rows for other programs."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.places.models import Hromada

COLUMNS = [
    ("code", _("Код")),
    ("name", _("Громада")),
    ("name_en", _("Англійською")),
    ("kind", _("Вид")),
    ("centre", _("Центр")),
    ("oblast", _("Область")),
    ("raion", _("Район")),
    ("slug", _("Назва в адресі")),
    ("url", _("Сторінка")),
]
STAND_IN = "slug"


def rows(hromadas: Iterable[Hromada]) -> Iterator[list[str | None]]:
    """A row per hromada, in the order of `COLUMNS`; `kind` is a word for programs: city, settlement, village."""
    # Working an address out takes longer than the rest of a row, and they differ in the slug alone.
    before, after = reverse("site:hromada", kwargs={"slug": STAND_IN}).split(STAND_IN)
    for one in hromadas:
        raion = one.raion.label if one.raion else None
        page = f"{settings.SITE_ADDRESS}{before}{one.slug}{after}"
        yield [one.code, one.label, one.name_en, one.kind, one.centre_name, one.oblast.label, raion, one.slug, page]
