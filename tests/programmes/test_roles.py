"""Roles of a programme: given, taken, offered by letter and taken up."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import people, places, programmes
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import Invitation
from viche.programmes import operations, queries
from viche.programmes.choices import RoleKind
from viche.programmes.models import Role

pytestmark = pytest.mark.django_db
AT = programmes.MOMENT


@pytest.fixture
def programme():
    return programmes.programme(code="FUND", name="Фонд малих проєктів")


@pytest.fixture
def officer(programme):
    return programmes.officer(programme, name="Керівниця програми")


def token_of(letter):
    line = next(line for line in letter.text.splitlines() if "/invitations/programmes/" in line)
    return line.strip().rstrip("/").split("/")[-1]


def invite(programme, officer, **changes):
    values = {"email": "reviewer@example.org", "name": "", "kind": RoleKind.REVIEWER, "by": officer, "at": AT}
    return operations.invite(programme, **{**values, **changes})


def test_the_office_invites_by_letter_and_the_role_is_taken_up(programme, officer):
    invitation = invite(programme, officer)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.programme_code) == ("programmes.invitation", "reviewer@example.org", "FUND")
    assert letter.subject == "Вас запрошують до програми «Фонд малих проєктів»"
    assert "Керівниця програми запрошує вас" in letter.text
    assert "оцінює заявки" in letter.text
    assert queries.invitation_by_token(token_of(letter)) == invitation
    assert [(one, grant.kind) for one, grant in queries.invitations_of(programme)] == [(invitation, RoleKind.REVIEWER)]
    person = people.user(email="reviewer@example.org")
    role = operations.accept(invitation, by=person, at=AT)
    assert (role.user, role.kind, role.given_by, role.oblast) == (person, RoleKind.REVIEWER, officer, None)
    assert list(queries.people_with(programme, RoleKind.REVIEWER)) == [person]
    assert queries.invitations_of(programme) == []
    assert [entry.verb for entry in Entry.objects.order_by("number")] == [
        "programmes.invited",
        "programmes.invitation_accepted",
    ]
    with pytest.raises(Refused, match="уже скористалися"):
        operations.accept(invitation, by=person, at=AT)


def test_a_consultant_is_invited_for_an_oblast(programme, officer):
    oblast = places.oblast()
    invitation = invite(programme, officer, kind=RoleKind.CONSULTANT, oblast=oblast)
    assert "Полтавська область" in Letter.objects.get().text
    assert queries.grant(invitation).oblast == oblast
    person = people.user(email="reviewer@example.org")
    assert operations.accept(invitation, by=person, at=AT).oblast == oblast
    for kind, place in ((RoleKind.CONSULTANT, None), (RoleKind.EDITOR, oblast)):
        with pytest.raises(Refused) as refused:
            invite(programme, officer, kind=kind, oblast=place)
        assert refused.value.field == "oblast"


def test_the_same_invitation_is_sent_anew_another_role_is_another_letter(programme, officer):
    first = invite(programme, officer)
    assert invite(programme, officer, email="Reviewer@Example.org").pk == first.pk
    assert invite(programme, officer, kind=RoleKind.PANEL).pk != first.pk
    assert Invitation.objects.count() == 2
    assert Letter.objects.count() == 3


def test_who_has_the_role_is_not_invited_into_it(programme, officer):
    reviewer = programmes.reviewer(programme)
    with pytest.raises(Refused, match="вже має цю роль"):
        invite(programme, officer, email=reviewer.email)


def test_an_invitation_is_repeated_and_withdrawn_by_the_office(programme, officer):
    invitation = invite(programme, officer)
    old = token_of(Letter.objects.get())
    operations.repeat_invitation(programme, invitation, by=officer, at=AT)
    with pytest.raises(Invitation.DoesNotExist):
        queries.invitation_by_token(old)
    operations.withdraw_invitation(programme, queries.invitation(programme, invitation.pk), by=officer, at=AT)
    with pytest.raises(Refused, match="відкликали"):
        operations.accept(invitation, by=people.user(email=invitation.email), at=AT)
    with pytest.raises(Refused, match="відкликали"):
        operations.repeat_invitation(programme, invitation, by=officer, at=AT)
    assert queries.invitation(programme, 0) is None


def test_no_old_letter_brings_a_role_after_one_is_taken(programme, officer):
    person = people.user(email="reviewer@example.org")
    letter = invite(programme, officer, kind=RoleKind.OFFICER)
    elsewhere = programmes.programme()
    other = invite(elsewhere, programmes.officer(elsewhere))
    operations.take_role(programmes.role(RoleKind.REVIEWER, programme, user=person), by=officer, at=AT)
    with pytest.raises(Refused, match="відкликали"):
        operations.accept(Invitation.objects.get(pk=letter.pk), by=person, at=AT)
    assert Entry.objects.get(verb="programmes.role_taken").values.before["invitations"] == [letter.pk]
    assert operations.accept(other, by=person, at=AT).programme == elsewhere


def test_a_letter_brings_no_role_when_its_writer_is_no_officer_any_more(programme, officer, client):
    person, second = people.user(email="reviewer@example.org"), programmes.officer(programme)
    letter = invite(programme, second, at=timezone.now())
    operations.take_role(Role.objects.get(user=second), by=officer, at=AT)
    page = client.get(reverse("programmes:invitation", args=[token_of(Letter.objects.get())]))
    assert (page.status_code, "уже нікого не запрошує" in page.content.decode()) == (410, True)
    letter = Invitation.objects.get(pk=letter.pk)
    with pytest.raises(Refused, match="уже нікого не запрошує"):
        operations.accept(letter, by=person, at=AT)
    again = operations.repeat_invitation(programme, letter, by=officer, at=AT)
    assert operations.accept(again, by=person, at=AT).given_by == officer


def test_others_invite_nobody(programme, officer):
    stranger = programmes.officer()
    invitation = invite(programme, officer)
    with pytest.raises(NotAllowed):
        invite(programme, stranger)
    with pytest.raises(NotAllowed):
        operations.repeat_invitation(programme, invitation, by=stranger, at=AT)
    with pytest.raises(NotAllowed):
        operations.withdraw_invitation(programme, invitation, by=stranger, at=AT)
    with pytest.raises(NotAllowed):
        operations.give_role(programme, user=people.user(), kind=RoleKind.EDITOR, by=stranger, at=AT)


def test_an_invitation_into_an_organisation_brings_no_role():
    invitation = people.invitation("letter")
    assert queries.grant(invitation) is None
    with pytest.raises(Invitation.DoesNotExist):
        queries.invitation_by_token("letter")
    with pytest.raises(Refused, match="вже не приймають"):
        operations.accept(invitation, by=people.user(email=invitation.email), at=AT)


def test_a_role_is_given_at_once_and_only_once(programme, officer):
    person = people.user()
    role = operations.give_role(programme, user=person, kind=RoleKind.EDITOR, by=officer, at=AT)
    letter = Letter.objects.get()
    assert (letter.to, letter.kind, letter.programme_code) == (person.email, "programmes.role", "FUND")
    assert "Керівниця програми дає вам роль у програмі «Фонд малих проєктів»: редактор." in letter.text
    assert queries.role_of("FUND", role.pk) == role
    assert role in queries.roles_of(programme)
    with pytest.raises(Refused, match="вже має цю роль"):
        operations.give_role(programme, user=person, kind=RoleKind.EDITOR, by=officer, at=AT)
    with pytest.raises(Refused, match="не може входити"):
        operations.give_role(programme, user=people.user(is_active=False), kind="editor", by=officer, at=AT)
    assert Entry.objects.count() == Letter.objects.count() == 1


def test_a_role_is_taken_but_an_officer_remains(programme, officer):
    programmes.officer(programme, is_active=False)
    own = Role.objects.get(user=officer)
    with pytest.raises(Refused, match="не може лишитися без того, хто нею керує"):
        operations.take_role(own, by=officer, at=AT)
    second = programmes.officer(programme)
    assert set(queries.officers(programme)) == {officer, second}
    operations.take_role(own, by=officer, at=AT)
    assert list(queries.officers(programme)) == [second]
    editor = programmes.role(RoleKind.EDITOR, programme)
    operations.take_role(editor, by=second, at=AT)
    operations.take_role(Role(pk=0, user=editor.user, programme=programme, kind="editor"), by=second, at=AT)
    assert Entry.objects.filter(verb="programmes.role_taken").count() == 2
    with pytest.raises(NotAllowed):
        operations.take_role(Role.objects.get(user=second), by=officer, at=AT)
