"""One person's account: joining, profile, being let out and in again; and who runs the installation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from viche.journal import operations as journal
from viche.mail import operations as mail
from viche.mail.choices import Delivery
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access, queries
from viche.people.choices import Consented, Language
from viche.people.models import CacheRow, Consent, User
from viche.people.operations import invitations


@transaction.atomic
def welcome(user: User, *, at: datetime) -> User:
    """Record what somebody who has just made an account agreed to, and that the account is there."""
    Consent.objects.bulk_create(Consent(user=user, what=what, given_at=at) for what in Consented)
    journal.record(verb="people.joined", subject=user, by=user, at=at, after={"consents": list(Consented.values)})
    return user


@transaction.atomic
def write_account_letter(
    to: str,
    *,
    subject: str | Promise,
    template: str,
    context: dict[str, Any],
    language: str | None = None,
    at: datetime,
) -> None:
    """Post a letter about an account: confirm the mailbox, reset the password, something was changed. Never opted out."""
    user = queries.user_by_email(to)
    language = user.language if user else language or Language.UK
    with override(language):
        subject = str(subject)
    mail.post(
        kind="people.account",
        to=to,
        user_id=user.pk if user else None,
        language=language,
        subject=subject,
        template=template,
        context={"salutation": user.vocative if user else "", **context},
        at=at,
    )


def is_anothers(email: str, user: User) -> bool:
    """Whether somebody else signs in with this address."""
    return User.objects.filter(email=email.lower()).exclude(pk=user.pk).exists()


@transaction.atomic
def note_new_mailbox(user: User, *, before: str, at: datetime) -> None:
    """Record that a person has confirmed another mailbox and signs in with it from now on."""
    user.refresh_from_db(fields=["email"])
    mail.move_choices(before, user.email)
    journal.record(
        verb="people.mailbox_changed",
        subject=user,
        by=user,
        at=at,
        before={"email": before},
        after={"email": user.email},
    )


@transaction.atomic
def change_profile(user: User, *, name: str, vocative: str, language: str, by: User, at: datetime) -> User:
    """Change how a person is called and in which language letters come; only the person does that."""
    if not access.is_somebody(by) or by.pk != user.pk:
        raise NotAllowed
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = _profile(user)
    user.name, user.vocative, user.language = name, vocative, language
    user.save(update_fields=["name", "vocative", "language"])
    journal.record(verb="people.profile_changed", subject=user, by=by, at=at, before=before, after=_profile(user))
    return user


@transaction.atomic
def choose_letters(user: User, chosen: Mapping[str, Delivery], *, at: datetime) -> None:
    """Keep how a person wants each kind of letters, by the kind's code."""
    for kind, way in chosen.items():
        mail.choose(user.email, kind=kind, delivery=way, at=at)


@transaction.atomic
def deactivate(user: User, *, by: User, at: datetime) -> User:
    """Close the door to a person: nothing is lost, the account may be opened again. Ends every session at once.

    Invitations written to them are withdrawn: they would bring rights whenever the door opens again.
    """
    if not access.may_administer(by):
        raise NotAllowed
    lock_administrators()
    require_another_administrator(user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        before = {"invitations": invitations.withdraw_all(user.email, at=at)}
        journal.record(verb="people.deactivated", subject=user, by=by, at=at, before=before)
    user.is_active = False
    return user


@transaction.atomic
def reactivate(user: User, *, by: User, at: datetime) -> User:
    """Open the door again, unless the person has been forgotten."""
    if not access.may_administer(by):
        raise NotAllowed
    if user.forgotten_at:
        raise Refused(_("Цю людину забуто на її прохання: повернути обліковий запис не можна."), status=409)
    if User.objects.filter(pk=user.pk, is_active=False, forgotten_at=None).update(is_active=True):
        journal.record(verb="people.reactivated", subject=user, by=by, at=at)
    user.is_active = True
    return user


@transaction.atomic
def make_administrator(user: User, *, by: User, at: datetime) -> User:
    """Let a person run the installation."""
    if not access.may_administer(by):
        raise NotAllowed
    if not user.is_active:
        raise Refused(_("Спершу дозвольте цій людині входити."), status=409)
    if User.objects.filter(pk=user.pk, is_administrator=False).update(is_administrator=True):
        journal.record(verb="people.administrator_made", subject=user, by=by, at=at)
    user.is_administrator = True
    return user


@transaction.atomic
def unmake_administrator(user: User, *, by: User, at: datetime) -> User:
    """Take the running of the installation from a person; never from the last one."""
    if not access.may_administer(by):
        raise NotAllowed
    lock_administrators()
    require_another_administrator(user)
    if User.objects.filter(pk=user.pk, is_administrator=True).update(is_administrator=False):
        journal.record(verb="people.administrator_unmade", subject=user, by=by, at=at)
    user.is_administrator = False
    return user


def prune(*, at: datetime) -> None:
    """Throw sessions that are over away, and counted tries to sign in, which name the address of a machine."""
    Session.objects.filter(expire_date__lt=at).delete()
    CacheRow.objects.filter(expires__lt=at).delete()


def lock_administrators() -> None:
    """Let only one change of administrators happen at a time."""
    list(User.objects.select_for_update(no_key=True).filter(is_administrator=True).order_by("pk").values_list("pk"))


def require_another_administrator(user: User) -> None:
    """See that somebody else runs the installation when this person goes."""
    others = User.objects.filter(is_administrator=True, is_active=True).exclude(pk=user.pk)
    was = User.objects.filter(pk=user.pk, is_administrator=True, is_active=True).exists()
    if was and not others.exists():
        raise Refused(_("Це остання людина, що керує установкою. Спершу дайте це право ще комусь."), status=409)


def _profile(user: User) -> dict[str, str]:
    return {"name": user.name, "vocative": user.vocative, "language": user.language}
