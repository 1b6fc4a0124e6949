"""What people may type about calls."""

from viche.calls.forms.circle import Circle
from viche.calls.forms.office import Basics, Criteria, Extension, FormChoice, Terms, Why
from viche.calls.forms.searching import Applicant, ApplicationSearch, Search

__all__ = [
    "Applicant",
    "ApplicationSearch",
    "Basics",
    "Circle",
    "Criteria",
    "Extension",
    "FormChoice",
    "Search",
    "Terms",
    "Why",
]
