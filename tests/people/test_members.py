"""Members of an organisation: asking, answering, inviting, changing roles, leaving."""

from datetime import timedelta

import pytest

from tests.factories import people
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.people import operations, queries
from viche.people.choices import Answer, MembershipRole
from viche.people.models import Invitation, JoinRequest, Membership

pytestmark = pytest.mark.django_db
AT = people.MOMENT


@pytest.fixture
def organisation():
    return people.organisation(name="Калинопільська міська рада")


@pytest.fixture
def head(organisation):
    return people.head(organisation, email="head@example.org", vocative="Шановна Олено")


def token_of(letter):
    """The token as it stands in the letter's address."""
    return next(line for line in letter.text.splitlines() if "/invitations/" in line).strip().rstrip("/").split("/")[-1]


def test_somebody_asks_and_the_heads_get_a_letter(organisation, head):
    people.head(organisation, is_active=False)
    person = people.user(name="Завідувачка відділу", email="asks@example.org")
    asked = operations.ask_to_join(organisation, note="завідувачка", by=person, at=AT)
    letter = Letter.objects.get()
    assert (letter.to, letter.kind) == ("head@example.org", "people.membership")
    assert letter.subject == "Завідувачка відділу просить долучитися до «Калинопільська міська рада»"
    assert "Шановна Олено" in letter.text
    assert "asks@example.org" in letter.text
    assert f"/me/organisations/{organisation.pk}/" in letter.text
    assert list(queries.requests_of(organisation)) == [asked]
    assert list(queries.requests_by(person)) == [asked]
    assert list(queries.requests_waiting_for(head)) == [asked]
    assert not Membership.objects.filter(user=person).exists()


def test_where_there_is_no_head_the_administrators_are_asked(organisation):
    administrator = people.administrator()
    operations.ask_to_join(organisation, note="", by=people.user(), at=AT)
    assert Letter.objects.get().to == administrator.email


def test_asking_twice_is_refused_and_a_member_need_not_ask(organisation, head):
    person = people.user()
    operations.ask_to_join(organisation, note="", by=person, at=AT)
    with pytest.raises(Refused, match="Ви вже попросили"):
        operations.ask_to_join(organisation, note="", by=person, at=AT)
    with pytest.raises(Refused, match="Ви вже в цій організації"):
        operations.ask_to_join(organisation, note="", by=head, at=AT)
    with pytest.raises(NotAllowed):
        operations.ask_to_join(organisation, note="", by=people.user(is_active=False), at=AT)
    assert JoinRequest.objects.count() == 1


@pytest.mark.parametrize(("accept", "answer"), [(True, Answer.ACCEPTED), (False, Answer.DECLINED)])
def test_a_head_answers_once_and_a_letter_tells_it(accept, answer, organisation, head):
    asked = people.join_request(organisation=organisation)
    answered = operations.answer(asked, accept=accept, by=head, at=AT)
    assert (answered.answer, answered.answered_by) == (answer, head)
    assert Membership.objects.filter(user=asked.user, organisation=organisation).exists() == accept
    assert Letter.objects.get().to == asked.user.email
    with pytest.raises(Refused, match="вже відповіли"):
        operations.answer(asked, accept=not accept, by=head, at=AT)


def test_a_preparer_answers_nobody(organisation):
    asked = people.join_request(organisation=organisation)
    with pytest.raises(NotAllowed):
        operations.answer(asked, accept=True, by=people.preparer(organisation), at=AT)


def test_an_invitation_carries_its_token_in_the_letter_alone(organisation, head):
    made = operations.invite(organisation, email="New@Example.org", name="", role=MembershipRole.HEAD, by=head, at=AT)
    letter = Letter.objects.get()
    assert (made.email, letter.to, letter.kind) == ("new@example.org", "new@example.org", "people.invitation")
    assert letter.subject == "Вас запрошують до «Калинопільська міська рада»"
    token = token_of(letter)
    assert queries.invitation_by_token(token) == made
    assert queries.invitation_into_organisation(token) == made
    assert token not in str(Invitation.objects.values())
    assert "голова" in letter.text
    assert list(queries.invitations_of(organisation)) == [made]
    assert queries.invitation(organisation.pk, made.pk) == made


def test_inviting_the_same_mailbox_again_renews_the_letter(organisation, head):
    first = operations.invite(organisation, email="a@example.org", name="", role="preparer", by=head, at=AT)
    old = token_of(Letter.objects.latest("pk"))
    again = operations.invite(organisation, email="A@example.org", name="Н", role="head", by=head, at=AT)
    assert (again.pk, again.membership_role) == (first.pk, "head")
    with pytest.raises(Invitation.DoesNotExist):
        queries.invitation_by_token(old)


def test_members_are_not_invited_and_preparers_do_not_invite(organisation, head):
    preparer = people.preparer(organisation)
    with pytest.raises(Refused, match="вже в організації") as refused:
        operations.invite(organisation, email=preparer.email, name="", role="head", by=head, at=AT)
    assert refused.value.field == "email"
    with pytest.raises(NotAllowed):
        operations.invite(organisation, email="x@example.org", name="", role="head", by=preparer, at=AT)


def test_an_invitation_is_spent_once_by_its_mailbox(organisation):
    person = people.user()
    invitation = people.invitation(organisation=organisation, email=person.email, membership_role="head")
    with pytest.raises(Refused, match="написано на іншу пошту") as refused:
        operations.accept(invitation, by=people.user(), at=AT)
    assert refused.value.status == 403
    membership = operations.accept(invitation, by=person, at=AT)
    assert (membership.user, membership.role) == (person, MembershipRole.HEAD)
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by, invitation.is_open) == (AT, person, False)
    with pytest.raises(Refused, match="уже скористалися"):
        operations.accept(invitation, by=person, at=AT)
    assert Entry.objects.filter(verb="people.invitation_accepted").count() == 1


def test_an_expired_invitation_says_so_and_can_be_sent_again(organisation, head):
    person = people.user()
    invitation = people.invitation(organisation=organisation, email=person.email)
    late = invitation.expires_at
    assert queries.why_closed(invitation, late - timedelta(seconds=1)) == ""
    with pytest.raises(Refused, match="Термін запрошення минув"):
        operations.accept(invitation, by=person, at=late)
    operations.repeat(invitation, by=head, at=late)
    renewed = queries.invitation_by_token(token_of(Letter.objects.get()))
    assert operations.accept(renewed, by=person, at=late).user == person


def test_a_withdrawn_invitation_says_so(organisation, head):
    person = people.user()
    invitation = people.invitation(organisation=organisation, email=person.email)
    operations.withdraw(invitation, by=head, at=AT)
    with pytest.raises(Refused, match="відкликали"):
        operations.accept(invitation, by=person, at=AT)
    with pytest.raises(Refused, match="відкликали"):
        operations.withdraw(invitation, by=head, at=AT)
    with pytest.raises(Refused, match="відкликали"):
        operations.repeat(invitation, by=head, at=AT)


@pytest.mark.parametrize("going", ["removed", "left", "declined", "deactivated", "forgotten"])
def test_no_old_letter_leads_back_in(going, organisation, head):
    person, elsewhere = people.user(), people.organisation()
    letter = operations.invite(organisation, email=person.email, name="", role="head", by=head, at=AT)
    other = operations.invite(elsewhere, email=person.email, name="", role="head", by=people.head(elsewhere), at=AT)
    asked = operations.ask_to_join(organisation, note="", by=person, at=AT)
    operations.answer(asked, accept=going != "declined", by=head, at=AT)
    letter.refresh_from_db()
    assert not letter.is_open
    Invitation.objects.filter(pk=letter.pk).update(withdrawn_at=None)
    if going in {"removed", "left"}:
        operations.remove(person.memberships.get(), by=head if going == "removed" else person, at=AT)
    elif going == "deactivated":
        person.memberships.all().delete()
        operations.deactivate(person, by=people.administrator(), at=AT)
        operations.reactivate(person, by=people.administrator(), at=AT)
    elif going == "forgotten":
        operations.forget(person, by=person, at=AT)
    elif going == "declined":
        return
    letter, other = (Invitation.objects.get(pk=one.pk) for one in (letter, other))
    assert (letter.is_open, other.is_open) == (False, going in {"removed", "left"})
    reader = people.user() if going == "forgotten" else person
    reader.email = letter.email
    with pytest.raises(Refused, match="відкликали"):
        operations.accept(letter, by=reader, at=AT)


def test_a_letter_brings_nobody_in_when_its_writer_may_invite_no_more(organisation, head):
    person, second = people.user(), people.head(organisation)
    letter = operations.invite(organisation, email=person.email, name="", role="head", by=second, at=AT)
    operations.remove(second.memberships.get(), by=head, at=AT)
    assert "уже нікого не запрошує" in queries.why_closed(letter, AT)
    with pytest.raises(Refused, match="уже нікого не запрошує") as no:
        operations.accept(letter, by=person, at=AT)
    assert no.value.status == 409
    again = operations.repeat(Invitation.objects.get(), by=head, at=AT)
    assert operations.accept(again, by=person, at=AT).role == MembershipRole.HEAD


def test_nobody_writes_to_strangers_without_end(organisation, head, settings):
    settings.INVITATIONS_A_DAY = 3
    values = {"name": "", "role": "preparer", "by": head}
    for number in range(3):
        operations.invite(organisation, email=f"a{number}@example.org", at=AT, **values)
    other, second = people.organisation(), people.head(organisation)
    people.member(other, "head", user=head)
    late = AT + timedelta(days=1) - timedelta(seconds=1)
    for act in (
        lambda: operations.invite(other, email="b@example.org", at=late, **values),
        lambda: operations.repeat(Invitation.objects.first(), by=head, at=late),
        lambda: operations.write_invitation(
            about="x:1", email="b@example.org", name="", grant={}, letter=None, by=head, at=late
        ),
    ):
        with pytest.raises(Refused, match="до 3 запрошень") as no:
            act()
        assert no.value.status == 429
    assert Letter.objects.count() == Invitation.objects.count() == 3
    operations.invite(organisation, email="c@example.org", at=late, **{**values, "by": second})
    operations.invite(other, email="b@example.org", at=AT + timedelta(days=1), **values)


def test_nobodys_mailbox_is_filled(organisation, head, settings):
    settings.INVITATIONS_TO_ONE_MAILBOX = 2
    values = {"email": "a@example.org", "name": "", "role": "preparer"}
    letter = operations.invite(organisation, by=head, at=AT, **values)
    operations.repeat(letter, by=head, at=AT)
    other = people.organisation()
    with pytest.raises(Refused, match="вже надіслано 2 запрошень") as no:
        operations.invite(other, by=people.head(other), at=AT, **values)
    assert (no.value.field, no.value.status) == ("email", 429)
    operations.invite(other, by=people.head(other), at=AT, **{**values, "email": "b@example.org"})
    operations.repeat(letter, by=head, at=AT + timedelta(days=1))


def test_strangers_neither_repeat_nor_withdraw_nor_accept_for_a_higher_package(organisation):
    invitation = people.invitation(organisation=organisation)
    stranger = people.user()
    for act in (operations.repeat, operations.withdraw):
        with pytest.raises(NotAllowed):
            act(invitation, by=stranger, at=AT)
    higher = people.invitation("higher", about="programmes.programme:1", grant={"programme": 1}, email=stranger.email)
    with pytest.raises(NotAllowed):
        operations.accept(higher, by=stranger, at=AT)
    with pytest.raises(Invitation.DoesNotExist):
        queries.invitation_into_organisation("higher")
    with pytest.raises(NotAllowed):
        operations.spend(invitation, by=people.user(email=invitation.email, is_active=False), at=AT)


def test_a_member_who_accepts_keeps_the_role(organisation):
    preparer = people.preparer(organisation)
    invitation = people.invitation(organisation=organisation, email=preparer.email, membership_role="head")
    assert operations.accept(invitation, by=preparer, at=AT).role == MembershipRole.PREPARER


def test_roles_change_but_a_head_remains(organisation, head):
    own = head.memberships.get()
    preparer = people.preparer(organisation).memberships.get()
    with pytest.raises(Refused, match="не може лишитися без голови"):
        operations.change_role(own, role=MembershipRole.PREPARER, by=head, at=AT)
    with pytest.raises(Refused, match="не може лишитися без голови"):
        operations.remove(own, by=head, at=AT)
    people.head(organisation, is_active=False)
    with pytest.raises(Refused, match="не може лишитися без голови"):
        operations.remove(own, by=head, at=AT)
    operations.change_role(preparer, role=MembershipRole.HEAD, by=head, at=AT)
    operations.change_role(preparer, role=MembershipRole.HEAD, by=head, at=AT)
    assert Entry.objects.filter(verb="people.role_changed").count() == 1
    operations.change_role(own, role=MembershipRole.PREPARER, by=head, at=AT)
    operations.remove(own, by=head, at=AT)
    assert list(queries.heads_of(organisation)) == [preparer.user]
    with pytest.raises(Refused, match="вже не в організації"):
        operations.remove(own, by=people.administrator(), at=AT)


def test_others_change_nothing(organisation):
    membership = people.preparer(organisation).memberships.get()
    with pytest.raises(NotAllowed):
        operations.change_role(membership, role=MembershipRole.HEAD, by=membership.user, at=AT)
    with pytest.raises(NotAllowed):
        operations.remove(membership, by=people.user(), at=AT)


def test_who_writes_and_who_belongs_where(organisation, head):
    preparer = people.preparer(organisation)
    assert set(queries.writers_of(organisation)) == {head, preparer}
    assert [one.user for one in queries.members_of(organisation)] == [head, preparer]
    assert list(queries.written_for(preparer)) == [organisation]
    assert [one.organisation for one in queries.memberships_of(preparer)] == [organisation]
    assert queries.heads_by_organisation([organisation.pk]) == {organisation.pk: [head]}
    assert queries.membership(organisation.pk, preparer.memberships.get().pk).user == preparer
    asked = people.join_request(organisation=organisation)
    assert queries.join_request(organisation.pk, asked.pk) == asked
    assert str(asked) == f"{asked.user_id} → {organisation.pk}"


def test_nobody_asks_to_be_let_in_without_end(settings):
    settings.REQUESTS_TO_JOIN_A_DAY = 2
    person = people.user()
    organisations = [people.organisation() for _ in range(3)]
    for organisation in organisations:
        people.head(organisation)
    for organisation in organisations[:2]:
        operations.ask_to_join(organisation, note="", by=person, at=AT)
    with pytest.raises(Refused, match="За добу можна попросити до 2 організацій") as refused:
        operations.ask_to_join(organisations[2], note="", by=person, at=AT)
    assert (refused.value.status, Letter.objects.count(), JoinRequest.objects.count()) == (429, 2, 2)
    assert operations.ask_to_join(organisations[2], note="", by=people.user(), at=AT).pk
    assert operations.ask_to_join(organisations[2], note="", by=person, at=AT + timedelta(days=1)).pk
