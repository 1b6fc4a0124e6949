"""Tables of events, by what they tell of: the frame, the event, who comes, what came of it."""

from viche.events.models.coming import Feed, Registration
from viche.events.models.events import Event, Mark, Numbering
from viche.events.models.frames import Campaign, Policy, Series
from viche.events.models.results import Photo, Report, Tally

__all__ = [
    "Campaign",
    "Event",
    "Feed",
    "Mark",
    "Numbering",
    "Photo",
    "Policy",
    "Registration",
    "Report",
    "Series",
    "Tally",
]
