"""What an indicator must hold to be one; each refusal is a sentence at its field."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from viche.events.choices import Goal
from viche.facts.choices import Unit
from viche.methods import indicators as methods
from viche.methods import ledger, words
from viche.methods.indicators import IndicatorFault
from viche.methods.refusals import Refused
from viche.results.choices import How, IndicatorKind
from viche.results.models import Indicator
from viche.results.queries import definitions, sources

CODE = re.compile(r"[A-Z0-9]+([-_][A-Z0-9]+)*")
PART_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE_LONGEST, PART_LONGEST = 24, 40
MOST_TIMES = 1_000_000


def check_code(code: str) -> str:
    """The code in capitals: Latin letters, digits, hyphens."""
    code = code.strip().upper()
    if len(code) > CODE_LONGEST or not CODE.fullmatch(code):
        raise Refused(
            _("Код «%(code)s» не підходить: лишіть латинські літери, цифри й дефіси, до 24 знаків.")
            % {"code": code[:CODE_LONGEST]},
            field="code",
        )
    return code


def check(one: Indicator) -> None:
    """See that the definition can be; fills what follows from it."""
    try:
        one.unit = methods.check_unit(one.unit)
    except IndicatorFault:
        raise Refused(_("Напишіть одиницю: без неї число нічого не каже."), field="unit") from None
    if set(one.goals) - set(Goal.values):
        raise Refused(_("Цілей сталого розвитку сімнадцять: виберіть з них."), field="goals")
    if one.goal_id and one.goal.programme_id != one.programme_id:
        raise Refused(_("Це ціль іншої програми."), field="goal")
    _check_donor_codes(one.donor_codes)
    {IndicatorKind.COUNTED: _counted, IndicatorKind.REPORTED: _reported, IndicatorKind.RATIO: _ratio}[one.kind](one)


def _counted(one: Indicator) -> None:
    if one.how not in How.values:
        raise Refused(_("Виберіть, як рахувати."), field="how")
    if not definitions.can_count(one.measure, one.split):
        raise Refused(_("Такого Віче не рахує: виберіть зі списку, що рахувати і яку частину."), field="counts")
    if one.how == How.ONCE:
        _require_people_known(one)
    else:
        _require_countable_places(one)
    if not one.what_counts.strip():
        with override("uk"):
            one.what_counts = str(sources.measure_of(one.measure).counts)
    one.over = one.under = None
    one.parts, one.are_people = [], False


def _require_people_known(one: Indicator) -> None:
    """Only whom Viche tells apart can be counted once; heads are never passed off as different people."""
    if not sources.measure_of(one.measure).knows_people or one.split:
        raise Refused(
            _("Різних людей Віче знає лише серед тих, хто зареєструвався й прийшов: полічені голови повторюються."),
            field="how",
        )


def _require_countable_places(one: Indicator) -> None:
    """Places are not counted by a part of the people there: a place with one such person would be told."""
    parts = ledger.parts(one.split)
    if one.how != How.SUM and sources.measure_of(one.measure).unit == Unit.PEOPLE and parts.keys() - {"format"}:
        raise Refused(
            _(
                "Громади й області рахуємо за всіма людьми, а не за статтю, віком чи групою: так видно було б і одну людину."
            ),
            field="how",
        )


def _reported(one: Indicator) -> None:
    one.parts = _coded(one.parts)
    one.measure, one.split, one.how = "", "", How.SUM
    one.over = one.under = None


def _ratio(one: Indicator) -> None:
    for field in ("over", "under"):
        part = getattr(one, field)
        if part is None:
            raise Refused(_("Виберіть показник."), field=field)
        if part.pk == one.pk:
            raise Refused(_("Показник не обчислюється із самого себе."), field=field)
        if part.programme_id != one.programme_id:
            raise Refused(_("Цей показник – іншої програми."), field=field)
        if part.kind == IndicatorKind.RATIO:
            raise Refused(
                _("«%(name)s» сам обчислюється з двох інших. Візьміть ті, з яких він.") % {"name": part.called},
                field=field,
            )
    if one.over.pk == one.under.pk:
        raise Refused(_("Ділити показник на самого себе немає сенсу: вийде завжди те саме."), field="under")
    if not 1 <= one.times <= MOST_TIMES:
        raise Refused(_("Множити можна на ціле число від 1 до 1 000 000."), field="times")
    one.measure, one.split, one.how = "", "", How.SUM
    one.parts, one.are_people = [], False


def _coded(parts: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Parts of people's values, each under a code: its own, or one made of its name."""
    coded = []
    for part in parts:
        name = " ".join(str(part.get("name", "")).split())
        code = str(part.get("code", "")) or words.slug(name)[:PART_LONGEST].strip("-")
        if name and not (PART_CODE.fullmatch(code) and len(code) <= PART_LONGEST):
            raise Refused(
                _("Складова «%(name)s»: перед двокрапкою стоїть код із малих латинських літер, цифр і дефісів.")
                % {"name": name},
                field="parts",
            )
        coded.append({"code": code, "name": name})
    try:
        methods.check_parts([part["name"] for part in coded])
        methods.check_parts([part["code"].replace("-", "") for part in coded])
    except IndicatorFault as fault:
        raise Refused(_said(fault), field="parts") from None
    return coded


def _said(fault: IndicatorFault) -> str:
    if fault.why == "empty":
        return _("У складової немає назви.")
    if fault.why == "twice":
        return _("Складову «%(name)s» названо двічі.") % {"name": fault.names[0]}
    one, other = fault.names
    return _("«%(one)s» і «%(other)s» перетинаються: ту саму людину полічили б двічі.") % {"one": one, "other": other}


def _check_donor_codes(codes: Sequence[Mapping[str, str]]) -> None:
    seen = set()
    for one in codes:
        pair = (str(one.get("donor", "")).strip(), str(one.get("code", "")).strip())
        if not all(pair):
            raise Refused(_("Біля кожного донора потрібен код: «донор: код»."), field="donor_codes")
        if pair in seen:
            raise Refused(
                _("Код %(code)s донора «%(donor)s» записано двічі.") % {"donor": pair[0], "code": pair[1]},
                field="donor_codes",
            )
        seen.add(pair)
