"""The list of hromadas as rows for other programs."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from viche.places.models import Hromada


def titles() -> list[str]:
    """Headers of the columns for people who open the list in a spreadsheet."""
    return [
        _("Код"),
        _("Громада"),
        _("Англійською"),
        _("Вид"),
        _("Центр"),
        _("Область"),
        _("Район"),
        _("Адреса сторінки"),
    ]


def lines(hromadas: Iterable[Hromada]) -> Iterator[tuple[Any, ...]]:
    """Cells under those headers."""
    for one in hromadas:
        raion = one.raion.label if one.raion else ""
        page = f"{settings.SITE_ADDRESS}{one.get_absolute_url()}"
        yield one.code, one.label, one.name_en, one.get_kind_display(), one.centre_name, one.oblast.label, raion, page


def objects(hromadas: Iterable[Hromada]) -> Iterator[dict[str, Any]]:
    """The same for programs: `kind` is a word of ours, `slug` the last part of the page's address."""
    for one in hromadas:
        yield {
            "code": one.code,
            "name": one.label,
            "name_en": one.name_en,
            "kind": one.kind,
            "centre": one.centre_name,
            "oblast": one.oblast.label,
            "raion": one.raion.label if one.raion else None,
            "slug": one.slug,
            "url": f"{settings.SITE_ADDRESS}{one.get_absolute_url()}",
        }
