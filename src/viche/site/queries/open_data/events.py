"""The columns of events, as everybody may know them: where the organiser keeps the exact place private, it is in none of them."""

from django.utils.translation import gettext_lazy as _

from viche.events.choices import SHOWN, Entry, Format, Mode
from viche.formats.openapi import INTEGER, LINK, MOMENT, NUMBER
from viche.site.queries.open_data.describing import Column

EVENTS = (
    Column("code", _("номер заходу")),
    Column("title", _("назва")),
    Column("state", _("стан"), choices=tuple(map(str, SHOWN))),
    Column("starts_at", _("початок"), MOMENT),
    Column("ends_at", _("кінець"), MOMENT),
    Column("format", _("формат"), choices=tuple(Format.values)),
    Column("mode", _("наживо чи онлайн"), choices=tuple(Mode.values)),
    Column("hromada", _("громада")),
    Column("oblast", _("область")),
    Column("country", _("країна, якщо не Україна")),
    Column("venue", _("місце, якщо воно для всіх")),
    Column("address", _("адреса, якщо вона для всіх")),
    Column("latitude", _("широта"), NUMBER, is_null=True),
    Column("longitude", _("довгота"), NUMBER, is_null=True),
    Column("point", _("чия це точка: заходу чи громади"), choices=("", "event", "hromada")),
    Column("online_link", _("посилання для участі, якщо воно для всіх")),
    Column("shelter", _("найближче укриття")),
    Column("languages", _("мови, через пробіл")),
    Column("access", _("доступність, через пробіл")),
    Column("goals", _("цілі сталого розвитку, через пробіл")),
    Column("organisation", _("хто запрошує")),
    Column("partners", _("партнери, через крапку з комою")),
    Column("entry", _("як потрапити"), choices=tuple(Entry.values)),
    Column("seats_left", _("скільки місць вільно; порожньо, якщо їх не лічать"), INTEGER, is_null=True),
    Column(
        "heads",
        _("скільки людей прийшло за прийнятим звітом; порожньо, якщо звіту ще немає або людей менш як 5"),
        INTEGER,
        is_null=True,
    ),
    Column("programme", _("код програми")),
    Column("campaign", _("код кампанії")),
    Column("url", _("адреса сторінки"), LINK),
)
