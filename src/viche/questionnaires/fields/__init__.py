"""The form of one section, for the pages of whatever package asks: applications, reports.

    form = section_form(section, data=request.POST, files=request.FILES, answers=row)
    operations.save(sheet, section, form.typed, revision=form.revision, …)

A form is judged by `queries.faults_of`, the same judge as at submission. Buttons beside the main one come back by name:
`add`, `remove` (rows of a budget table: `typed` has them done already), `attach`, `detach` (files); `form.stays` says
that one of these was pressed, `form.anchor` where the page should be looked at again.
"""

from viche.questionnaires.fields.drawing import Asked, steps
from viche.questionnaires.fields.section import SectionForm, section_form
from viche.questionnaires.fields.turns import Acts, Turn, mistaken, mistakes, reopened, save_turn

__all__ = [
    "Acts",
    "Asked",
    "SectionForm",
    "Turn",
    "mistaken",
    "mistakes",
    "reopened",
    "save_turn",
    "section_form",
    "steps",
]
