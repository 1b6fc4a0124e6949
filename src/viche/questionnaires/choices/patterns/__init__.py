"""Forms to begin with: plain data that the office copies into a form of its own and changes as it likes.

They are data of this package and no rows, so that a new installation has them at once and an upgrade brings better ones;
what was copied is the programme's own and stays as it is. Their texts are Ukrainian, as the forms are.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from viche.questionnaires.choices.patterns import applications, reports
from viche.questionnaires.choices.patterns.asking import Data


@dataclass(frozen=True)
class Pattern:
    """A form to begin with; `content` is what `operations.write` takes."""

    key: str
    name: str | Promise
    about: str | Promise
    content: Data


PATTERNS = {
    pattern.key: pattern
    for pattern in (
        Pattern(
            "grant",
            _("Заявка на грант"),
            _("Шість розділів: організація, потреба, що зробите, бюджет, команда, додатки."),
            applications.GRANT,
        ),
        Pattern(
            "hub",
            _("Заявка на статус хабу"),
            _("Три розділи: бібліотека, зустрічі, заяви. Без бюджету."),
            applications.HUB,
        ),
        Pattern("interim", _("Проміжний звіт"), _("Що зроблено, витрати, заява."), reports.INTERIM),
        Pattern("final", _("Підсумковий звіт"), _("Результат, витрати, що далі. Закриває грант."), reports.FINAL),
    )
}
