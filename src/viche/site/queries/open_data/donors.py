"""What donors read: whole editions in their own standards, checked before they are shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from viche.site.queries import publication, told
from viche.site.queries.open_data.describing import Dataset

AWARDED = ("awards.award", "awards.tranche")
NO_PUBLISHER = _("Тут поки нічого немає: установка ще не зазначила, яка організація публікує її дані (PUBLISHER_ID).")
NOTHING = _("Тут поки нічого немає: жодного запису, який можна опублікувати за цим стандартом.")


def _empty(standard: str) -> str | Promise:
    """That the last edition holds nothing; whether the first will is not known before it is made."""
    last = publication.kept(standard)
    return NOTHING if last and not last.published else ""


def _iati() -> str | Promise:
    return _empty(publication.IATI) if told.publisher().id else NO_PUBLISHER


def _threesixty() -> str | Promise:
    return _empty(publication.THREESIXTY)


DONORS = (
    Dataset(
        "iati",
        _("Програми й підтримка для донорів: IATI 2.03"),
        _("Діяльності з результатами, грошима, місцями й документами, за міжнародним стандартом відкритості допомоги."),
        (),
        page="programmes:list",
        subjects=("programmes.programme", *AWARDED, "awards.report"),
        more=(("xml", "site:iati"),),
        lacking=_iati,
    ),
    Dataset(
        "360giving",
        _("Гранти: 360Giving 1.4"),
        _("Угоди про гранти, за стандартом даних грантодавців."),
        (),
        page="awards:list",
        subjects=AWARDED,
        more=(("json", "site:threesixty"),),
        lacking=_threesixty,
    ),
)
