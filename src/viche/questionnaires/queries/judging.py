"""What is wrong in a section and between sums that must agree: the one judge of pages and of submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from viche.questionnaires.choices import Meaning
from viche.questionnaires.queries import kinds, reading
from viche.questionnaires.queries.kinds import Limits
from viche.questionnaires.queries.outlines import OutlineQuestion, OutlineSection
from viche.ui import wording


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, and the sentence. `cell` names a cell of a budget table ("2-price")."""

    section: OutlineSection
    question: OutlineQuestion
    sentence: str
    cell: str = ""

    @property
    def anchor(self) -> str:
        """The id of the control on the page of the section."""
        return f"id_{self.question.key}-{self.cell}" if self.cell else f"id_{self.question.key}"

    @property
    def told(self) -> str:
        """The sentence for a summary, where the question is not beside it."""
        if self.cell:
            number = int(self.cell.split("-")[0]) + 1
            return _("Рядок %(number)s: %(sentence)s") % {"number": number, "sentence": self.sentence}
        return f"{self.question.label}: {self.sentence}"


def faults_of(section: OutlineSection, values: Mapping[str, Any], limits: Limits | None = None) -> list[Fault]:
    """All that is wrong in one section, in the order of its questions."""
    found = [
        Fault(section, question, wrong.sentence, wrong.cell)
        for question in section.questions
        for wrong in kinds.judge(question, values.get(question.key), limits)
    ]
    if section.adds_up:
        asked = {q.meaning: (section, q, values.get(q.key)) for q in section.questions if q.meaning in reading.SUMS}
        found += disagreement(asked, found)
    return found


def disagreement(asked: Mapping[str, tuple[OutlineSection, OutlineQuestion, Any]], found: list[Fault]) -> list[Fault]:
    """The sentence when the asked amount and the own share do not come to the total of the budget table."""
    if Meaning.AMOUNT not in asked or Meaning.BUDGET not in asked:
        return []
    faulty = {fault.question.pk for fault in found}
    if any(question.pk in faulty for _section, question, _value in asked.values()):
        return []  # first the figures themselves
    amount, share, total = (
        reading.meant(asked[meaning][1], asked[meaning][2]) if meaning in asked else None for meaning in reading.SUMS
    )
    section, question, _value = asked[Meaning.AMOUNT]
    if not isinstance(amount, Decimal) or not isinstance(total, Decimal):
        return []
    share = share if isinstance(share, Decimal) else Decimal(0)
    if amount + share == total:
        return []
    return [Fault(section, question, disagree(amount, share, total, may_share=Meaning.OWN_SHARE in asked))]


def disagree(amount: Decimal, share: Decimal, total: Decimal, *, may_share: bool) -> str:
    """Say how far the sums are apart and what may be done."""
    said = {"total": wording.money(total), "amount": wording.money(amount), "share": wording.money(share)}
    said["apart"] = wording.money(abs(amount + share - total))
    said["sum"] = wording.money(amount + share)
    if share:
        first = _(
            "Таблиця дає %(total)s, а ви просите %(amount)s і даєте своїх %(share)s, разом %(sum)s: різниця %(apart)s."
        )
    else:
        first = _("Таблиця дає %(total)s, а ви просите %(amount)s: різниця %(apart)s.")
    if may_share and amount + share < total:
        second = _("Запишіть її як власний внесок або змініть таблицю.")
    else:
        second = _("Змініть суму або таблицю, щоб вони зійшлися.")
    return f"{first % said} {second}"
