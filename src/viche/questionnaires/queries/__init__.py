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
from viche.questionnaires.queries.judging import Fault, Limits, faults_of
from viche.questionnaires.queries.lists import Uses, latest, lost_of, of_owner, uses, versions_of
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
    "read_frozen",
    "shown",
    "typed_values",
    "uses",
    "versions_of",
]
