"""The datasets as a catalogue for portals of open data."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from viche.formats import dcat
from viche.site.queries.open_data import Offer, offers
from viche.site.queries.open_data.describing import labelled
from viche.ui import wording

TITLE = _("Відкриті дані")
ABOUT = _("Програми, конкурси, підтримка й заходи, якими громади зміцнюють самоврядування.")
API_TITLE = _("Дані для програм")


def told() -> dcat.Catalogue:
    """The catalogue in all languages; its addresses are the same whoever asks, for by them its parts are known."""
    with override(settings.LANGUAGE_CODE):
        return _told(offers())


def _told(offered: Iterable[Offer]) -> dcat.Catalogue:
    site, page = settings.SITE_ADDRESS, f"{settings.SITE_ADDRESS}{reverse('site:open_data')}"
    return dcat.Catalogue(
        url=f"{page}#catalogue",
        page=page,
        title=labelled(f"{settings.SITE_NAME}:", TITLE),
        about=labelled(ABOUT),
        publisher=settings.SITE_NAME,
        publisher_url=f"{site}{reverse('site:about')}",
        licence=settings.OPEN_LICENCE_URL,
        api=f"{site}{reverse('site:api')}",
        api_description=f"{site}{reverse('site:openapi')}",
        api_title=labelled(API_TITLE),
        datasets=[_dataset(one, page) for one in offered if not one.lacking],
    )


def _dataset(offer: Offer, page: str) -> dcat.Dataset:
    one = offer.dataset
    return dcat.Dataset(
        url=f"{page}#{one.name}",
        page=f"{settings.SITE_ADDRESS}{offer.href}",
        title=labelled(one.title),
        about=labelled(one.about),
        often=str(one.often),
        files=[
            dcat.Distribution(f"{settings.SITE_ADDRESS}{file.path}", file.media, file.kind, size)
            for file, size in offer.files
        ],
        changed_at=offer.changed_at and wording.in_kyiv(offer.changed_at),
    )
