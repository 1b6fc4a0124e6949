"""Reads of questionnaires: outlines, filled sheets, faults, meanings, frozen answers, lists."""

from viche.questionnaires.queries.filling import Filled, Progress, Step, faults, filled, meaning, typed_values
from viche.questionnaires.queries.freezing import (
    Shown,
    ShownFile,
    ShownRow,
    ShownSection,
    attached,
    freeze_answers,
    read_frozen,
    shown,
)
from viche.questionnaires.queries.judging import Fault, faults_of
from viche.questionnaires.queries.kinds import Limits
from viche.questionnaires.queries.lists import (
    Uses,
    latest,
    lost_of,
    of_owner,
    question_of,
    section_of,
    uses,
    version_of,
    versions_of,
)
from viche.questionnaires.queries.outlines import Outline, OutlineQuestion, OutlineSection, as_data, outline

__all__ = [
    "Fault",
    "Filled",
    "Limits",
    "Outline",
    "OutlineQuestion",
    "OutlineSection",
    "Progress",
    "Shown",
    "ShownFile",
    "ShownRow",
    "ShownSection",
    "Step",
    "Uses",
    "as_data",
    "attached",
    "faults",
    "faults_of",
    "filled",
    "freeze_answers",
    "latest",
    "lost_of",
    "meaning",
    "of_owner",
    "outline",
    "question_of",
    "read_frozen",
    "section_of",
    "shown",
    "typed_values",
    "uses",
    "version_of",
    "versions_of",
]
