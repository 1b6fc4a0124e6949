"""Tables of results: what is aimed at and counted, and what is told of it to donors."""

from viche.results.models.aims import Indicator, Kept, Period, Reopening, Target
from viche.results.models.telling import DonorReport, Highlight
from viche.results.models.values import Evidence, Value

__all__ = [
    "DonorReport",
    "Evidence",
    "Highlight",
    "Indicator",
    "Kept",
    "Period",
    "Reopening",
    "Target",
    "Value",
]
