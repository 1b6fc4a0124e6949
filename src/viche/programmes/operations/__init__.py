"""Writes of programmes. Called as `programmes.operations.admit(…)`."""

from viche.programmes.operations.basics import CHANGEABLE, create, update
from viche.programmes.operations.goals import Line, write_goals
from viche.programmes.operations.participants import admit, admit_many, dismiss
from viche.programmes.operations.parts import move, put_component, put_partner, put_team_member, remove_part
from viche.programmes.operations.publishing import TOLD, tell
from viche.programmes.operations.roles import (
    accept,
    give_role,
    invite,
    repeat_invitation,
    take_role,
    withdraw_invitation,
)

__all__ = [
    "CHANGEABLE",
    "TOLD",
    "Line",
    "accept",
    "admit",
    "admit_many",
    "create",
    "dismiss",
    "give_role",
    "invite",
    "move",
    "put_component",
    "put_partner",
    "put_team_member",
    "remove_part",
    "repeat_invitation",
    "take_role",
    "tell",
    "update",
    "withdraw_invitation",
    "write_goals",
]
