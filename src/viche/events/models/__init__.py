"""Tables of events, by what they tell of: the frame, the event, who comes, what came of it."""

from viche.events.models.coming import Feed, Guest, Registration, RouteFeed
from viche.events.models.events import Event, Mark, Numbering
from viche.events.models.frames import Campaign, Plan, Policy, Series
from viche.events.models.packed import Packed
from viche.events.models.results import Photo, Report, Tally
from viche.events.models.spread import Spread
from viche.events.models.visits import Visit

__all__ = [
    "Campaign",
    "Event",
    "Feed",
    "Guest",
    "Mark",
    "Numbering",
    "Packed",
    "Photo",
    "Plan",
    "Policy",
    "Registration",
    "Report",
    "RouteFeed",
    "Series",
    "Spread",
    "Tally",
    "Visit",
]
