"""Forgetting a person for good."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from viche.journal import operations as journal
from viche.journal import queries as history
from viche.mail import operations as mail
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access, queries
from viche.people.models import AccessKey, Invitation, JoinRequest, User
from viche.people.operations import accounts, invitations

# How letters of this package to others tell of somebody: the sentences of their templates and subjects.
NAMING = (
    gettext_lazy("%(person)s просить долучитися до «%(organisation)s»"),
    gettext_lazy("%(person)s (%(person_email)s) просить долучитися до організації «%(organisation)s»."),
    gettext_lazy(
        "%(person)s (%(person_email)s) реєструє «%(branch)s» і називає вашу організацію «%(organisation)s» головною."
    ),
    gettext_lazy("%(inviter)s запрошує вас до організації «%(organisation)s». Ваша роль: %(role)s."),
)
ABOUT_ONESELF = gettext_lazy("Про себе: %(note)s")
NOTHING = "…"

Eraser = Callable[..., None]
# What higher packages take out of their tables: each names its own when it starts, see `also`.
ERASERS: list[Eraser] = []


class Known(dict):
    """What is known of a sentence's gaps; the first that is not known ends what can be looked for."""

    END = "\0"

    def __missing__(self, gap: str) -> str:
        """Mark the gap."""
        return self.END


def also(eraser: Eraser) -> None:
    """Have `eraser(user, addresses=…, at=…)` called in the same transaction whenever somebody is forgotten."""
    if eraser not in ERASERS:
        ERASERS.append(eraser)


@transaction.atomic
def forget(user: User, *, by: User, at: datetime, naming: Iterable[Promise] = ()) -> User:
    """Forget a person for good: name, mailbox and memberships go, the acts stay in the journal without the name.

    Whoever is the last head of an organisation with other members, or the last administrator, hands that over first.
    `naming`: sentences in which letters of a higher package name who invites.
    """
    if not access.may_forget(by, user):
        raise NotAllowed
    if user.forgotten_at:
        return user
    accounts.lock_administrators()
    accounts.require_another_administrator(user)
    orphaned = queries.orphaned_by(user)
    if orphaned:
        raise Refused(
            _("Спершу передайте роль голови в організації «%(name)s»: без вас нікому буде запрошувати людей.")
            % {"name": orphaned[0].name},
            status=409,
        )
    addresses = _addresses(user)
    written = Invitation.objects.filter(invited_by=user)
    mail.forget(*addresses, user_id=user.pk, about=written, sayings=_sayings(user, addresses, (*NAMING, *naming)))
    _erase(user, addresses, at)
    for eraser in ERASERS:
        eraser(user, addresses=addresses, at=at)
    journal.forget(subject=user, by=by, at=at)
    journal.record(verb="people.forgotten", subject=user, by=by, at=at)
    return user


def _addresses(user: User) -> set[str]:
    """Every address that the person has confirmed to be theirs, unless somebody else signs in with it now.

    One that was typed and never confirmed may be a stranger's: nothing of the stranger's is touched for it.
    """
    found = set(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))
    # Both were confirmed then: the one left and the one come to.
    for values in _kept(user, "people.mailbox_changed"):
        found |= set(values.values())
    return {address.lower() for address in found if not accounts.is_anothers(address, user)}


def _kept(user: User, verb: str) -> list[Mapping[str, str]]:
    """What the journal keeps of such acts of the person: the values before and after each."""
    entries = history.of(user).filter(verb=verb, values__erased_by=None)
    return [values for entry in entries for values in (entry.values.before, entry.values.after)]


def _sayings(user: User, addresses: Iterable[str], sentences: Iterable[Promise]) -> dict[str, str]:
    """What letters to others say of the person in each language, and what they say from now on.

    A letter has no list of those whom it names, and a name may be any words at all: so it is looked for only with the
    words of the sentence around it, as far as they are known, and `mail` looks only where it knows that this person is meant.
    """
    names = {user.name, *(values.get("name", "") for values in _kept(user, "people.profile_changed"))} - {""}
    notes = {note for note in JoinRequest.objects.filter(user=user).values_list("note", flat=True) if note}
    sentences, found = list(sentences), {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            instead = _("Людина, яка пішла")
            for sentence in sentences:
                after = _beginning(sentence, instead, NOTHING)
                found |= {_beginning(sentence, name, address): after for name in names for address in addresses}
            found |= {ABOUT_ONESELF % {"note": note}: "" for note in notes}
    return found


def _beginning(sentence: Promise, name: str, address: str) -> str:
    """A sentence about somebody, up to what is not about them."""
    known = Known(person=name, inviter=name, person_email=address)
    return (str(sentence) % known).partition(Known.END)[0]


def _erase(user: User, addresses: set[str], at: datetime) -> None:
    """Take out of our tables everything that says who the person was; no letter sent to them lets anybody in."""
    for address in addresses:
        invitations.withdraw_all(address, at=at)
    for invitation in Invitation.objects.filter(email__in=addresses):
        # Two open ones into one organisation may not have one address.
        invitation.email, invitation.name = f"forgotten-invitation-{invitation.pk}@viche.invalid", ""
        invitation.save(update_fields=["email", "name"])
    JoinRequest.objects.filter(user=user, answer="").delete()
    JoinRequest.objects.filter(user=user).update(note="")
    user.memberships.all().delete()
    AccessKey.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.email, user.name, user.vocative = _nowhere(user), "", ""
    user.is_active = user.is_administrator = False
    user.forgotten_at = at
    user.set_unusable_password()
    user.save()


def _nowhere(user: User) -> str:
    """An address that is unique and, by RFC 2606, can belong to nobody."""
    return f"forgotten-{user.pk}@viche.invalid"
