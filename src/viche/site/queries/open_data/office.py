"""What offices read by a key: the rows of their own lists. Not open data: described for the documentation of the API alone."""

from django.utils.translation import gettext_lazy as _

from viche.awards.choices import AwardKind, AwardState
from viche.calls.choices import ApplicationState, Outcome
from viche.events.choices import Format, Mode, State
from viche.formats.openapi import DAY, INTEGER, MOMENT, NUMBER, TRUTH
from viche.site.queries.open_data.describing import Column
from viche.site.queries.open_data.table import (
    CODE_OF_ORGANISATION,
    CURRENCY,
    DATASETS,
    ORGANISATION,
    PAGE,
)

HROMADA = Column("hromada", _("громада"))
OBLAST = Column("oblast", _("область"))
NOT_DRAFTS = tuple(str(state) for state in State if state != State.DRAFT)
PROGRAMMES = (
    *next(one.columns for one in DATASETS if one.name == "programmes"),
    Column("is_public", _("чи бачать усі"), TRUTH),
)
APPLICATIONS = (
    Column("call", _("код конкурсу")),
    Column("code", _("номер заявки")),
    ORGANISATION,
    CODE_OF_ORGANISATION,
    HROMADA,
    OBLAST,
    Column("title", _("назва проєкту")),
    Column("amount", _("скільки просять"), NUMBER, is_null=True),
    CURRENCY,
    Column("state", _("стан"), choices=tuple(ApplicationState.values)),
    Column("outcome", _("рішення; порожньо, доки його немає"), choices=tuple(Outcome.values)),
    Column("submitted_at", _("коли подано"), MOMENT, is_null=True),
)
AWARDS = (
    Column("code", _("код підтримки")),
    Column("title", _("що роблять")),
    Column("kind", _("що надано"), choices=tuple(AwardKind.values)),
    ORGANISATION,
    CODE_OF_ORGANISATION,
    HROMADA,
    OBLAST,
    Column("amount", _("сума; порожньо, якщо підтримка не грошова"), NUMBER, is_null=True),
    Column("paid", _("скільки сплачено"), NUMBER),
    CURRENCY,
    Column("state", _("стан"), choices=tuple(AwardState.values)),
    Column("awarded_on", _("день рішення"), DAY),
    Column("agreement_number", _("номер угоди")),
    Column("agreed_on", _("день угоди"), DAY, is_null=True),
    Column("starts_on", _("перший день"), DAY),
    Column("ends_on", _("останній день"), DAY),
    Column("next_report_by", _("до якого дня наступний звіт"), DAY, is_null=True),
    PAGE,
)
EVENTS = (
    Column("code", _("номер заходу")),
    Column("title", _("назва")),
    Column("state", _("стан"), choices=NOT_DRAFTS),
    Column("format", _("формат"), choices=("", *Format.values)),
    Column("mode", _("наживо чи онлайн"), choices=("", *Mode.values)),
    Column("starts_at", _("початок"), MOMENT, is_null=True),
    Column("ends_at", _("кінець"), MOMENT, is_null=True),
    ORGANISATION,
    CODE_OF_ORGANISATION,
    HROMADA,
    OBLAST,
    Column("campaign", _("код кампанії")),
    Column("series", _("цикл")),
    Column("submitted_at", _("коли подано"), MOMENT, is_null=True),
    Column("answer_due_on", _("до якого дня обіцяно відповідь"), DAY, is_null=True),
    Column("decided_at", _("коли відповіли"), MOMENT, is_null=True),
    Column("heads", _("скільки людей прийшло; порожньо, доки звіту не прийнято"), INTEGER, is_null=True),
    Column("report", _("стан звіту; порожньо, якщо його немає")),
    PAGE,
)
RECORDS = {
    "office_programmes": (_("Програми, у яких ви працюєте"), PROGRAMMES),
    "office_applications": (_("Подані заявки програми"), APPLICATIONS),
    "office_awards": (_("Підтримка програми"), AWARDS),
    "office_events": (_("Заходи програми"), EVENTS),
}
