"""What is proved, as data: indicators, and the facts that their figures are made of."""

from django.utils.translation import gettext_lazy as _

from viche.formats.openapi import DAY, INTEGER, LINK, NUMBER, TRUTH
from viche.results.choices import How, IndicatorKind
from viche.results.queries import harvest
from viche.site.queries.open_data.describing import Column, Dataset

PROGRAMME = Column("programme", _("код програми"))
MEASURE = Column("measure", _("що пораховано; гроші з валютою, як-от paid.UAH"), is_null=True)
PART = Column("part", _("яка частина, як-от sex:f; порожньо, якщо все"), is_null=True)
COUNTED = (
    Dataset(
        "indicators",
        _("Показники"),
        _(
            "Що програми обіцяли і що з того вийшло. Кожне значення пораховано з записів; де is_complete каже «ні», малих груп людей у числі немає, і насправді їх більше."
        ),
        (
            PROGRAMME,
            Column("code", _("код показника")),
            Column("name", _("назва")),
            Column("name_en", _("назва англійською")),
            Column("goal", _("ціль програми"), is_null=True),
            Column("goal_en", _("ціль програми англійською"), is_null=True),
            Column("kind", _("звідки значення"), choices=tuple(IndicatorKind.values)),
            Column("unit", _("одиниця")),
            MEASURE,
            PART,
            Column("how", _("як пораховано"), choices=tuple(How.values)),
            Column("target", _("мета на всю програму"), NUMBER, is_null=True),
            Column("actual", _("що вийшло досі"), NUMBER, is_null=True),
            Column(
                "is_complete",
                _("чи число повне; якщо ні, малих груп людей у ньому немає: сума щонайменше така, а частка приблизна"),
                TRUTH,
            ),
            Column("url", _("адреса сторінки"), LINK),
            Column("records_url", _("адреса записів, із яких складено значення"), LINK),
        ),
        page="programmes:list",
        files="results:open_indicators",
        rows=harvest.indicators,
        subjects=("results.indicator", "events.event", "awards.award", "results.value"),
    ),
    Dataset(
        "facts",
        _("Факти"),
        _("Із чого складено числа: кожен порахований запис і кожна його частина. Групи до п’яти людей без числа."),
        (
            Column("id", _("номер факту"), INTEGER),
            PROGRAMME,
            MEASURE._replace(is_null=False),
            PART,
            Column("on", _("день"), DAY),
            Column("oblast_code", _("код області за КАТОТТГ"), is_null=True),
            Column("hromada_code", _("код громади за КАТОТТГ"), is_null=True),
            Column("record", _("що це за запис")),
            Column("value", _("скільки; порожньо, якщо людей замало, щоб називати"), NUMBER, is_null=True),
            Column("url", _("адреса запису"), LINK, is_null=True),
        ),
        page="programmes:list",
        subjects=("events.event", "awards.award", "results.value"),
        has_files=False,
    ),
)
