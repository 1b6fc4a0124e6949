"""An organisation is called otherwise, or stands elsewhere: higher packages keep words and figures that follow it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from viche.people.models import Organisation

Teller = Callable[..., None]
# What higher packages do with a new name, and with a new place: each names its own when it starts, see `also`.
TELLERS: list[Teller] = []
MOVERS: list[Teller] = []


def also(teller: Teller) -> None:
    """Have `teller(organisation, at=…)` called in the same transaction whenever an organisation is called otherwise."""
    if teller not in TELLERS:
        TELLERS.append(teller)


def also_moved(teller: Teller) -> None:
    """Have `teller(organisation, at=…)` called in the same transaction whenever an organisation stands in another hromada."""
    if teller not in MOVERS:
        MOVERS.append(teller)


def tell(organisation: Organisation, *, before: dict[str, Any], at: datetime) -> None:
    """Tell everybody who wants to know, if name or hromada are not what they were before."""
    if organisation.name != before["name"]:
        for teller in TELLERS:
            teller(organisation, at=at)
    if organisation.hromada_id != before["hromada"]:
        for teller in MOVERS:
            teller(organisation, at=at)
