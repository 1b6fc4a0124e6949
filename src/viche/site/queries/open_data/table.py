"""Every dataset that is given to everybody: the one table from which the page, the catalogue and the API are described.

A dataset more is one entry here: its name, what it is, its columns in the order of its files, the page on which people read it,
what its rows are made of, and what the journal calls its records. A column `latitude` gives it a GeoJSON file; files in
other formats stand in `more`.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardKind, AwardState
from viche.awards.queries import awards
from viche.calls.choices import CallKind, CallState
from viche.calls.queries import calls
from viche.events.queries import harvest, held
from viche.formats.openapi import DAY, INTEGER, LINK, MOMENT, NUMBER
from viche.people.choices import OrganisationKind
from viche.places import queries as places
from viche.places.choices import HromadaKind, OblastKind
from viche.programmes import queries as programmes
from viche.programmes.choices import ParticipantKind
from viche.site.queries import registers
from viche.site.queries.open_data.describing import Column, Dataset, Often
from viche.site.queries.open_data.donors import DONORS
from viche.site.queries.open_data.events import EVENTS
from viche.site.queries.open_data.results import COUNTED

CURRENCY = Column("currency", _("валюта, ISO 4217"))
PAGE = Column("url", _("адреса сторінки"), LINK)
NAME, NAME_EN = Column("name", _("назва")), Column("name_en", _("назва англійською"))
KATOTTG = Column("code", _("код КАТОТТГ"))
PROGRAMME = Column("programme", _("код програми"))
ORGANISATION = Column("organisation", _("організація"))
CODE_OF_ORGANISATION = Column("edrpou", _("код ЄДРПОУ; порожньо, якщо організація не має власного"))
PLACED = (
    Column("hromada", _("громада")),
    Column("hromada_code", _("код громади за КАТОТТГ")),
    Column("oblast", _("область")),
    Column("latitude", _("широта центру громади"), NUMBER, is_null=True),
    Column("longitude", _("довгота центру громади"), NUMBER, is_null=True),
)
# Lists that only a new edition of the codifier changes.
Places = partial(Dataset, page="places:hromadas", often=Often.WITH_CODIFIER)
# Lists of announced events: the same columns, different events.
Events = partial(Dataset, columns=EVENTS)
SHOWN_CALLS = tuple(str(state) for state in CallState if state != CallState.DRAFT)
SHOWN_AWARDS = tuple(str(state) for state in AwardState if state != AwardState.PREPARED)

DATASETS = (
    Dataset(
        "programmes",
        _("Програми"),
        _("Програми, відкриті для всіх."),
        (
            Column("code", _("код програми")),
            NAME,
            NAME_EN,
            Column("starts_on", _("перший день"), DAY),
            Column("ends_on", _("останній день"), DAY),
            PAGE,
        ),
        page="programmes:list",
        rows=programmes.public_programmes,
        subjects=("programmes.programme",),
    ),
    Dataset(
        "calls",
        _("Конкурси"),
        _("Усі оголошені конкурси публічних програм."),
        (
            Column("code", _("код конкурсу")),
            PROGRAMME,
            Column("kind", _("що отримає переможець"), choices=tuple(CallKind.values)),
            Column("title", _("назва")),
            Column("state", _("стан тепер"), choices=SHOWN_CALLS),
            Column("opens_at", _("коли відкривається"), MOMENT, is_null=True),
            Column("closes_at", _("коли закривається; порожньо, якщо приймаємо постійно"), MOMENT, is_null=True),
            Column("budget", _("бюджет"), NUMBER, is_null=True),
            CURRENCY,
            PAGE,
        ),
        page="calls:list",
        rows=calls.public,
        subjects=("calls.call",),
    ),
    Dataset(
        "awards",
        _("Підтримка"),
        _("Кого підтримано: з дня, коли підписано угоду."),
        (
            Column("code", _("код підтримки")),
            PROGRAMME,
            ORGANISATION,
            PLACED[0],
            Column("amount", _("сума; порожньо, якщо підтримка не грошова"), NUMBER, is_null=True),
            CURRENCY,
            Column("awarded_on", _("день рішення"), DAY),
            Column("state", _("стан"), choices=SHOWN_AWARDS),
            PAGE,
            Column("kind", _("що надано"), choices=tuple(AwardKind.values), is_beside=True),
            Column("title", _("що роблять"), is_beside=True),
            *(column._replace(is_beside=True) for column in PLACED[1:]),
        ),
        page="awards:list",
        rows=awards.public,
        subjects=("awards.award", "awards.tranche", "awards.report"),
    ),
    Events(
        "events",
        _("Заходи"),
        _("Оголошені заходи публічних програм: попереду, а з відбором і ті, що відбулися. У файлі до 1000 заходів."),
        page="events:list",
        rows=harvest.found,
        subjects=("events.event",),
        more=(("ics", "events:file"),),
    ),
    Events(
        "events-held",
        _("Заходи, що відбулися"),
        _("Заходи з прийнятим звітом: із них складаються всі публічні числа про заходи й людей."),
        page="events:held",
        rows=held.counted,
        subjects=("events.event", "events.report"),
    ),
    Dataset(
        "organisations",
        _("Організації"),
        _("Хто зареєстрований: ради громад, бібліотеки, громадські організації, групи. Жодних людей."),
        (
            Column("id", _("номер у Віче"), INTEGER),
            NAME,
            NAME_EN,
            Column("kind", _("вид"), choices=tuple(OrganisationKind.values)),
            CODE_OF_ORGANISATION,
            Column("org_id", _("номер для донорських форматів: UA-EDR-код")),
            *PLACED,
            PAGE,
        ),
        page="site:search",
        files="site:organisations_file",
        rows=registers.organisations,
        subjects=("people.organisation",),
    ),
    Dataset(
        "participants",
        _("Учасники програм"),
        _("Хаби, пресклуби, реформаторські групи, пілотні громади публічних програм."),
        (
            PROGRAMME,
            ORGANISATION,
            CODE_OF_ORGANISATION,
            Column("kind", _("як хто бере участь"), choices=tuple(ParticipantKind.values)),
            *PLACED,
            Column("since", _("відколи"), DAY),
            PAGE,
        ),
        page="programmes:list",
        files="site:all_participants_file",
        rows=registers.participants,
        subjects=("programmes.participant",),
    ),
    Places(
        "hromadas",
        _("Громади"),
        _("Усі громади за кодифікатором КАТОТТГ."),
        (
            KATOTTG,
            Column("name", _("повна назва")),
            Column("name_en", _("назва латинкою, за постановою № 55")),
            Column("kind", _("вид"), choices=tuple(HromadaKind.values)),
            Column("centre", _("центр")),
            Column("oblast", _("область")),
            Column("raion", _("район"), is_null=True),
            Column("slug", _("назва в адресі")),
            Column("latitude", _("широта центру"), NUMBER, is_null=True),
            Column("longitude", _("довгота центру"), NUMBER, is_null=True),
            PAGE,
        ),
        rows=places.hromadas,
    ),
    Places(
        "oblasts",
        _("Області"),
        _("24 області, Автономна Республіка Крим, Київ і Севастополь."),
        (
            KATOTTG,
            NAME,
            NAME_EN,
            Column("kind", _("вид"), choices=tuple(OblastKind.values)),
            Column("slug", _("назва в адресі й у фільтрах")),
            PAGE,
        ),
        files="places:oblasts_file",
        rows=places.oblasts,
    ),
    *COUNTED,
    *DONORS,
)
