"""Keys by which programs read in a person's name: made, used, ended."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access
from viche.people.choices import Scope
from viche.people.models import AccessKey, User

MARK = "viche_"  # what scanners for leaked secrets look for
BYTES = 32
MOST = 20
LONGEST_DAYS = 366
NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_key(
    user: User, *, name: str, scopes: Iterable[str], days: int, by: User, at: datetime
) -> tuple[AccessKey, str]:
    """Make a key of one's own for so many days; the secret is returned here and never again."""
    if by.pk != user.pk or not access.may_hold_keys(by):
        raise NotAllowed
    chosen = [scope for scope in Scope.values if scope in set(scopes)]
    if not chosen:
        raise Refused(_("Виберіть, що ключ дозволяє читати."), field="scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(_("Ключ діє від 1 до %(n)s днів.") % {"n": LONGEST_DAYS}, field="days")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if AccessKey.objects.filter(user=user, revoked_at=None, expires_at__gt=at).count() >= MOST:
        raise Refused(_("У вас уже %(n)s чинних ключів. Спершу припиніть непотрібні.") % {"n": MOST}, status=409)
    secret = f"{MARK}{secrets.token_urlsafe(BYTES)}"
    key = AccessKey.objects.create(
        user=user,
        name=name,
        scopes=chosen,
        beginning=secret[: len(MARK) + 5],
        digest=_digest(secret),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    after = {"scopes": chosen, "expires_at": key.expires_at.isoformat()}
    journal.record(verb="people.key_made", subject=key, by=by, at=at, after=after)
    return key, secret


@transaction.atomic
def revoke_key(key: AccessKey, *, by: User, at: datetime) -> AccessKey:
    """End a key for good; one that has ended already stays as it is."""
    if not access.may_revoke(by, key):
        raise NotAllowed
    if AccessKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        journal.record(verb="people.key_revoked", subject=key, by=by, at=at)
    key.refresh_from_db()
    return key


def opened(secret: str, *, scope: str, at: datetime) -> User:
    """Whose key this is, noting once an hour that it is used. Refuses with 401, or 403 where the key does not allow this.

    What the owner may read is asked each time: a key is never more than the person at that moment.
    """
    key = AccessKey.objects.select_related("user").filter(digest=_digest(secret)).first()
    if key is None or not key.is_open(at) or not access.is_somebody(key.user):
        raise Refused(_("Цей ключ не діє. Зробіть новий у своєму кабінеті."), status=401)
    if scope not in key.scopes:
        said = _("Ключ не дозволяє читати це. Зробіть ключ, який дозволяє «%(scope)s».")
        raise Refused(said % {"scope": Scope(scope).label}, status=403)
    if key.used_at is None or at - key.used_at >= NOTED_EVERY:
        AccessKey.objects.filter(pk=key.pk).update(used_at=at)
    return key.user


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
