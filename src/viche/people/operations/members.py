"""Who belongs to an organisation: asking to be let in, answering, changing roles, leaving."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viche.journal import operations as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access, queries
from viche.people.choices import Answer, MembershipRole
from viche.people.models import JoinRequest, Membership, Organisation, User
from viche.people.operations import invitations, letters, patience


@transaction.atomic
def ask_to_join(organisation: Organisation, *, note: str, by: User, at: datetime) -> JoinRequest:
    """Ask the heads of an organisation to be let in; where it has none, the administrators are asked."""
    if not access.may_register(by):
        raise NotAllowed
    if access.is_member(by, organisation):
        raise Refused(_("Ви вже в цій організації."), status=409)
    sentence = _("За добу можна попросити до %(most)s організацій. До решти попросіть завтра.")
    most = settings.REQUESTS_TO_JOIN_A_DAY
    patience.require(by=by, verb="people.asked_to_join", most=most, sentence=sentence, at=at)
    try:
        with transaction.atomic():
            asked = JoinRequest.objects.create(user=by, organisation=organisation, note=note, asked_at=at)
    except IntegrityError:
        raise Refused(_("Ви вже попросили. Щойно вам дадуть відповідь, ми напишемо."), status=409) from None
    letter = letters.Wording(
        kind="people.membership",
        subject=gettext_lazy("%(person)s просить долучитися до «%(organisation)s»"),
        words={"person": str(by), "organisation": organisation.name},
        template="people/letters/asked",
        page="people:members",
        action=gettext_lazy("Відповісти"),
        context={"person_email": by.email, "note": note},
        why=gettext_lazy("Ви отримали цей лист, бо можете запрошувати людей до цієї організації."),
    )
    for reader in queries.heads_of(organisation) or queries.administrators():
        letters.to_user(reader, letter, args=[organisation.pk], at=at)
    journal.record(verb="people.asked_to_join", subject=organisation, by=by, at=at, after={"user": by.pk})
    return asked


@transaction.atomic
def answer(
    asked: JoinRequest, *, accept: bool, role: str = MembershipRole.PREPARER, by: User, at: datetime
) -> JoinRequest:
    """Let somebody who asked in, or not; the first answer holds, and a letter tells it.

    An invitation written to them before says nothing any more.
    """
    if not access.may_answer(by, asked):
        raise NotAllowed
    said = Answer.ACCEPTED if accept else Answer.DECLINED
    waiting = JoinRequest.objects.filter(pk=asked.pk, answer=Answer.NONE)
    if not waiting.update(answer=said, answered_by=by, answered_at=at):
        raise Refused(_("На це прохання вже відповіли."), status=409)
    organisation = asked.organisation
    if accept:
        Membership.objects.get_or_create(
            user=asked.user, organisation=organisation, defaults={"role": role, "since": at}
        )
    withdrawn = invitations.withdraw_all(asked.user.email, at=at, organisation=organisation)
    letter = letters.Wording(
        kind="people.membership",
        subject=gettext_lazy("Відповідь на ваше прохання: «%(organisation)s»"),
        words={"organisation": organisation.name},
        template="people/letters/answered",
        page="people:organisations",
        action=gettext_lazy("Мої організації"),
        context={"accepted": accept},
        why=gettext_lazy("Ви отримали цей лист, бо просили долучити вас до організації."),
    )
    letters.to_user(asked.user, letter, at=at)
    after = {"user": asked.user_id, "role": role if accept else "", "answer": said}
    before = {"invitations": withdrawn}
    journal.record(verb="people.join_answered", subject=organisation, by=by, at=at, before=before, after=after)
    asked.refresh_from_db()
    return asked


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User, at: datetime) -> Membership:
    """Give a member another role; an organisation keeps at least one head."""
    if not access.may_change_membership(by, membership):
        raise NotAllowed
    membership = _locked(membership)
    before = membership.role
    if role == before:
        return membership
    if before == MembershipRole.HEAD:
        _require_another_head(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    journal.record(
        verb="people.role_changed",
        subject=membership.organisation,
        by=by,
        at=at,
        before={"user": membership.user_id, "role": before},
        after={"user": membership.user_id, "role": role},
    )
    return membership


@transaction.atomic
def remove(membership: Membership, *, by: User, at: datetime) -> None:
    """Take a person out of an organisation, or leave it oneself; the last head stays until there is another.

    No invitation written before leads back in.
    """
    if not access.may_end_membership(by, membership):
        raise NotAllowed
    membership = _locked(membership)
    if membership.role == MembershipRole.HEAD:
        _require_another_head(membership)
    organisation = membership.organisation
    withdrawn = invitations.withdraw_all(membership.user.email, at=at, organisation=organisation)
    before = {"user": membership.user_id, "role": membership.role, "invitations": withdrawn}
    membership.delete()
    journal.record(verb="people.member_removed", subject=organisation, by=by, at=at, before=before)


def _locked(membership: Membership) -> Membership:
    """Lock the organisation, so that two heads cannot leave at the same moment, and read the membership anew."""
    Organisation.objects.select_for_update(no_key=True).get(pk=membership.organisation_id)
    found = Membership.objects.select_related("organisation", "user").filter(pk=membership.pk).first()
    if found is None:
        raise Refused(_("Ця людина вже не в організації."), status=409)
    return found


def _require_another_head(membership: Membership) -> None:
    if not queries.heads_of(membership.organisation).exclude(pk=membership.user_id).exists():
        raise Refused(_("Організація не може лишитися без голови. Спершу дайте цю роль ще комусь."), status=409)
