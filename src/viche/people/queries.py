"""Reads of people and organisations. Deactivated people are nobody's head, member to write to, or administrator."""

import hashlib
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from viche.methods import words
from viche.people import access
from viche.people.choices import MembershipRole
from viche.people.models import AccessKey, Invitation, JoinRequest, Membership, Organisation, User

WRITERS = (MembershipRole.HEAD, MembershipRole.PREPARER)


def user_by_email(email: str) -> User | None:
    """The person who signs in with this address."""
    return User.objects.filter(email=email.lower()).first()


def person(person: int) -> User:
    """One person, by key; forgotten ones are nobody."""
    return User.objects.get(pk=person, forgotten_at=None)


def administrators() -> QuerySet[User]:
    """Who runs the installation."""
    return User.objects.filter(is_administrator=True, is_active=True)


def users(typed: str = "", *, only: str = "") -> QuerySet[User]:
    """People whose name or address contains what was typed; `only`: administrators, inactive or ""."""
    found = User.objects.filter(forgotten_at=None).annotate(organisations=Count("memberships"))
    for word in words.fold(typed).split():
        # Folding knows Ukrainian capitals, SQLite does not: the word is asked for in each spelling people use.
        spelled = Q(email__icontains=word)
        for spelling in {word, word.capitalize(), word.upper()}:
            spelled |= Q(name__contains=spelling)
        found = found.filter(spelled)
    if only == "administrators":
        return found.filter(is_administrator=True)
    if only == "inactive":
        return found.filter(is_active=False)
    return found


def organisation(organisation: int) -> Organisation:
    """One organisation with its place and parent, by key."""
    return _placed(Organisation.objects.select_related("parent")).get(pk=organisation)


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation with this EDRPOU."""
    return Organisation.objects.filter(edrpou=code).first() if code else None


def organisations(typed: str = "", *, seen_by: access.Visitor | None = None) -> QuerySet[Organisation]:
    """Organisations whose name or code contains every word typed, in the order of the alphabet.

    One that names a parent which has not said yes is found by its own members and administrators alone: else anybody
    could put any name on everybody's pages.
    """
    found = every_organisation(typed)
    if seen_by is not None and access.is_administrator(seen_by):
        return found
    shown = Q(parent=None) | Q(parent_confirmed_at__isnull=False)
    if seen_by is not None and access.is_somebody(seen_by):
        shown |= Exists(Membership.objects.filter(user=seen_by.pk, organisation=OuterRef("pk")))
    return found.filter(shown)


def every_organisation(typed: str = "") -> QuerySet[Organisation]:
    """The same with those that wait for their parent's word; for administrators."""
    found = _placed(Organisation.objects.all())
    for word in words.fold(typed).split():
        found = found.filter(haystack__contains=word)
    return found


def by_pks(pks: list[int]) -> dict[int, Organisation]:
    """Several organisations at once, by key."""
    return _placed(Organisation.objects.all()).in_bulk(pks)


def branches_of(organisation: Organisation) -> QuerySet[Organisation]:
    """Branches and groups of this organisation: those that it has confirmed."""
    return _placed(organisation.branches.filter(parent_confirmed_at__isnull=False))


def branches_waiting_at(organisation: Organisation) -> QuerySet[Organisation]:
    """Those that name this organisation as their parent and wait for its word."""
    return _placed(organisation.branches.filter(parent_confirmed_at=None))


def branches_waiting_for(user: User) -> QuerySet[Organisation]:
    """Those about which this person, as a head of the parent, may say it; for the cabinet."""
    led = Membership.objects.filter(user=user, role=MembershipRole.HEAD).values("organisation")
    return Organisation.objects.filter(parent__in=led, parent_confirmed_at=None).select_related("parent")


def branch(organisation: int, branch: int) -> Organisation:
    """One that names that organisation as its parent."""
    return Organisation.objects.select_related("parent").get(pk=branch, parent=organisation)


def memberships_of(user: User) -> QuerySet[Membership]:
    """Where the person belongs, in which role, in the order of the alphabet."""
    found = Membership.objects.filter(user=user).select_related("organisation__hromada__oblast", "organisation__parent")
    return found.order_by("organisation__sort_key", "pk")


def written_for(user: User) -> QuerySet[Organisation]:
    """Organisations for which the person may write applications and reports."""
    mine = Membership.objects.filter(user=user, role__in=WRITERS, organisation=OuterRef("pk"))
    return _placed(Organisation.objects.filter(Exists(mine)))


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to the organisation, heads first."""
    return organisation.memberships.select_related("user", "organisation").order_by("role", "since", "pk")


def heads_of(organisation: Organisation) -> QuerySet[User]:
    """The heads of the organisation who may sign in."""
    return User.objects.filter(
        memberships__organisation=organisation, memberships__role=MembershipRole.HEAD, is_active=True
    )


def writers_of(organisation: Organisation) -> QuerySet[User]:
    """Heads and preparers: to whom letters about applications and reports go."""
    return User.objects.filter(
        memberships__organisation=organisation, memberships__role__in=WRITERS, is_active=True
    ).distinct()


def heads_by_organisation(pks: list[int]) -> dict[int, list[User]]:
    """The heads of several organisations in one query."""
    found: dict[int, list[User]] = {}
    heads = Membership.objects.filter(organisation__in=pks, role=MembershipRole.HEAD, user__is_active=True)
    for membership in heads.select_related("user").order_by("since", "pk"):
        found.setdefault(membership.organisation_id, []).append(membership.user)
    return found


def orphaned_by(user: User) -> list[Organisation]:
    """Organisations with other members which would be left without a head if this person went."""
    others = Membership.objects.filter(organisation=OuterRef("pk"), user__is_active=True).exclude(user=user)
    led = Organisation.objects.filter(memberships__user=user, memberships__role=MembershipRole.HEAD)
    return list(led.filter(Exists(others)).exclude(Exists(others.filter(role=MembershipRole.HEAD))))


def membership(organisation: int, membership: int) -> Membership:
    """One membership of that organisation."""
    return Membership.objects.select_related("organisation", "user").get(pk=membership, organisation=organisation)


def invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Open invitations into the organisation, the newest first."""
    return organisation.invitations.filter(accepted_at=None, withdrawn_at=None).select_related("organisation")


def invitation(organisation: int, invitation: int) -> Invitation:
    """One invitation into that organisation."""
    return Invitation.objects.select_related("organisation").get(pk=invitation, organisation=organisation)


def open_invitations(about: str) -> QuerySet[Invitation]:
    """Open invitations of a higher package into one thing, the newest first."""
    return Invitation.objects.filter(about=about, accepted_at=None, withdrawn_at=None).select_related("invited_by")


def invitation_by_token(token: str) -> Invitation:
    """The invitation whose letter carries this token."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return Invitation.objects.select_related("organisation__hromada", "invited_by").get(token_digest=digest)


def invitation_into_organisation(token: str) -> Invitation:
    """The invitation of that letter, if it is into an organisation; others open elsewhere."""
    found = invitation_by_token(token)
    if found.organisation is None:
        raise Invitation.DoesNotExist
    return found


def why_closed(invitation: Invitation, at: datetime) -> str:
    """Say why an invitation cannot be accepted any more; empty while it can."""
    if invitation.accepted_at:
        return _("Цим запрошенням уже скористалися. Якщо це були ви, просто увійдіть.")
    if invitation.withdrawn_at:
        return _("Це запрошення відкликали. Спитайте тих, хто вас запрошував.")
    if invitation.expires_at <= at:
        return _("Термін запрошення минув. Попросіть надіслати його ще раз.")
    if invitation.organisation is not None and not access.may_still_invite(invitation):
        return inviter_gone()
    return ""


def inviter_gone() -> str:
    """Say that whoever wrote an invitation may invite nobody any more."""
    return _("Людина, яка вас запросила, уже нікого не запрошує. Попросіть про нове запрошення.")


def requests_of(organisation: Organisation) -> QuerySet[JoinRequest]:
    """Who asks to be let into the organisation and waits for an answer."""
    return organisation.join_requests.filter(answer="").select_related("user", "organisation")


def join_request(organisation: int, asked: int) -> JoinRequest:
    """One such request of that organisation."""
    return JoinRequest.objects.select_related("user", "organisation").get(pk=asked, organisation=organisation)


def requests_by(user: User) -> QuerySet[JoinRequest]:
    """What the person asked for and has no answer to."""
    return user.join_requests.filter(answer="").select_related("organisation")


def requests_waiting_for(user: User) -> QuerySet[JoinRequest]:
    """Requests that this person, as a head, may answer; for the cabinet."""
    led = Membership.objects.filter(user=user, role=MembershipRole.HEAD).values("organisation")
    return JoinRequest.objects.filter(answer="", organisation__in=led).select_related("user", "organisation")


def keys_of(user: User) -> QuerySet[AccessKey]:
    """The person's keys, the newest first."""
    return AccessKey.objects.filter(user=user)


def key(key: int) -> AccessKey:
    """One key with its owner."""
    return AccessKey.objects.select_related("user").get(pk=key)


def _placed(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return found.select_related("hromada__oblast", "hromada__raion")
