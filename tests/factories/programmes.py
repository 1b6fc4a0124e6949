"""Programmes for tests, with their roles and everything that describes them."""

from datetime import date
from itertools import count

from tests.factories import people, places
from viche.programmes.choices import ParticipantKind, PartnerRole, RoleKind
from viche.programmes.models import Component, Goal, Participant, Partner, Programme, Role, TeamMember

MOMENT = people.MOMENT
numbers = count(1)


def programme(**changes):
    """A public programme of the year 2024 under a code of its own."""
    number = next(numbers)
    values = {
        "code": f"PROG{number}",
        "name": f"Фонд малих проєктів {number}",
        "lead": "Гранти громадам, що повернулися зі стажування.",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2024, 12, 31),
        "is_public": True,
        "created_at": MOMENT,
        **changes,
    }
    return Programme.objects.create(**values)


def role(kind, of=None, **changes):
    """A role of this kind; `.user` is new unless given. A consultant gets an oblast unless one is given."""
    oblast = changes.pop("oblast", None)
    if kind == RoleKind.CONSULTANT and oblast is None:
        oblast = places.oblast()
    user = changes.pop("user", None) or people.user(**changes)
    return Role.objects.create(user=user, kind=kind, programme=of or programme(), oblast=oblast, given_at=MOMENT)


def officer(of=None, **changes):
    """An officer of the programme, the user."""
    return role(RoleKind.OFFICER, of, **changes).user


def reviewer(of=None, **changes):
    """Somebody who judges applications of the programme, the user."""
    return role(RoleKind.REVIEWER, of, **changes).user


def panellist(of=None, **changes):
    """Somebody of the panel, the user."""
    return role(RoleKind.PANEL, of, **changes).user


def consultant(of=None, **changes):
    """The consultant of an oblast, the user."""
    return role(RoleKind.CONSULTANT, of, **changes).user


def observer(of=None, **changes):
    """The donor's observer, the user."""
    return role(RoleKind.OBSERVER, of, **changes).user


def editor(of=None, **changes):
    """Who writes the programme's texts, the user."""
    return role(RoleKind.EDITOR, of, **changes).user


def goal(of=None, **changes):
    return Goal.objects.create(
        programme=of or programme(),
        **{"text": f"Спроможні громади {next(numbers)}", "position": next(numbers), **changes},
    )


def component(of=None, **changes):
    return Component.objects.create(
        programme=of or programme(), **{"name": f"Гранти {next(numbers)}", "position": next(numbers), **changes}
    )


def partner(of=None, **changes):
    values = {
        "name": f"Фонд солідарності {next(numbers)}",
        "role": PartnerRole.DONOR,
        "position": next(numbers),
        **changes,
    }
    return Partner.objects.create(programme=of or programme(), **values)


def team_member(of=None, **changes):
    values = {"name": "Координаторка програми", "duty": "Відповідає на запитання", "position": next(numbers), **changes}
    return TeamMember.objects.create(programme=of or programme(), **values)


def participant(of=None, **changes):
    values = {"kind": ParticipantKind.PILOT, "since": date(2024, 2, 1), **changes}
    if "organisation" not in values:
        values["organisation"] = people.organisation()
    return Participant.objects.create(programme=of or programme(), **values)
