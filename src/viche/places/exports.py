"""The list of hromadas as rows for other programs."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from viche.places.models import Hromada, Oblast

COLUMNS = [
    ("code", _("Код")),
    ("name", _("Громада")),
    ("name_en", _("Англійською")),
    ("kind", _("Вид")),
    ("centre", _("Центр")),
    ("oblast", _("Область")),
    ("raion", _("Район")),
    ("slug", _("Назва в адресі")),
    ("latitude", _("Широта")),
    ("longitude", _("Довгота")),
    ("url", _("Сторінка")),
]
OBLAST_COLUMNS = ["code", "name", "name_en", "kind", "slug", "url"]
STAND_IN = "slug"


def rows(hromadas: Iterable[Hromada]) -> Iterator[list[str | float | None]]:
    """A row per hromada, in the order of `COLUMNS`; `kind` is a word for programs: city, settlement, village."""
    # Working an address out takes longer than the rest of a row, and they differ in the slug alone.
    before, after = reverse("site:hromada", kwargs={"slug": STAND_IN}).split(STAND_IN)
    for one in hromadas:
        raion = one.raion.label if one.raion else None
        page = f"{settings.SITE_ADDRESS}{before}{one.slug}{after}"
        named = [one.code, one.label, one.name_en, one.kind, one.centre_name, one.oblast.label, raion, one.slug]
        yield [*named, one.latitude, one.longitude, page]


def oblast_rows(oblasts: Iterable[Oblast]) -> Iterator[list[str]]:
    """A row per region, in the order of `OBLAST_COLUMNS`; its page is the list of its hromadas."""
    address = f"{settings.SITE_ADDRESS}{reverse('places:hromadas')}?oblast="
    for one in oblasts:
        yield [one.code, one.label, one.name_en, one.kind, one.slug, f"{address}{one.slug}"]
