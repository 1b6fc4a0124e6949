"""People and organisations for tests, named by what they do."""

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count

from allauth.account.models import EmailAddress
from django.utils import timezone

from tests.factories import places
from viche.formats import edrpou as codes
from viche.people import operations
from viche.people.choices import MembershipRole, OrganisationKind, Scope
from viche.people.models import Invitation, JoinRequest, Membership, Organisation, User

MOMENT = datetime(2024, 2, 1, 10, 0, tzinfo=UTC)
# For what is compared with the real clock.
LATER = datetime(2100, 1, 1, tzinfo=UTC)
PASSWORD = "калинова-сопілка-7"

numbers = count(1)


def edrpou():
    """A code with the right check digit, another one each time."""
    stem = f"{3_900_000 + next(numbers):07d}"
    return stem + codes.check_digit(stem)


def user(**changes):
    """Somebody who has confirmed the mailbox and may sign in with PASSWORD."""
    number = next(numbers)
    password = changes.pop("password", None)
    values = {"email": f"person{number}@example.org", "name": f"Голова громади {number}", **changes}
    made = User(**values)
    if password:
        made.set_password(password)
    else:
        made.set_unusable_password()
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def administrator(**changes):
    return user(**{"name": "Адміністраторка установки", "is_administrator": True, **changes})


def organisation(**changes):
    """Калинопільська міська рада, with a valid code and in a hromada of its own unless one is given."""
    values = {
        "name": f"Калинопільська міська рада {next(numbers)}",
        "kind": OrganisationKind.COUNCIL,
        "created_at": MOMENT,
        **changes,
    }
    if "edrpou" not in values and "parent" not in values:
        values["edrpou"] = edrpou()
    if "hromada" not in values:
        values["hromada"] = places.hromada()
    return Organisation.objects.create(**values)


def member(of=None, role=MembershipRole.PREPARER, **changes):
    """A new user in this role of the organisation; the membership has `.user` and `.organisation`."""
    given = changes.pop("user", None)
    return Membership.objects.create(
        user=given or user(**changes), organisation=of or organisation(), role=role, since=MOMENT
    )


def head(of=None, **changes):
    """A head of the organisation, the user."""
    return member(of, MembershipRole.HEAD, **changes).user


def preparer(of=None, **changes):
    """A preparer of the organisation, the user."""
    return member(of, MembershipRole.PREPARER, **changes).user


def invitation(token=None, **changes):
    """An invitation into an organisation, whose letter carries `token`; an administrator wrote it."""
    values = {
        "email": f"invited{next(numbers)}@example.org",
        "membership_role": MembershipRole.PREPARER,
        "created_at": MOMENT,
        "expires_at": MOMENT + timedelta(days=14),
        "token_digest": hashlib.sha256((token or f"token-{next(numbers)}").encode()).hexdigest(),
        **changes,
    }
    if "invited_by" not in values:
        values["invited_by"] = administrator()
    if "about" in values:
        values["membership_role"] = ""
    elif "organisation" not in values:
        values["organisation"] = organisation()
    return Invitation.objects.create(**values)


def join_request(**changes):
    values = {"asked_at": MOMENT, **changes}
    values.setdefault("user", None)
    values["user"] = values["user"] or user()
    if "organisation" not in values:
        values["organisation"] = organisation()
    return JoinRequest.objects.create(**values)


def key(of=None, scopes=Scope.values, at=None, **changes):
    """A key of somebody which allows everything, unless told otherwise; `.secret` is what a program sends."""
    at = at or timezone.now()
    values = {"name": "Таблиця для донора", "scopes": scopes, "days": 30, **changes}
    owner = of or user()
    made, secret = operations.make_key(owner, **values, by=owner, at=at)
    made.secret = secret
    return made
