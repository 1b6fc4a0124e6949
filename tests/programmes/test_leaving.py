"""Nobody's going leaves a programme without an officer, and no team shows somebody who has been forgotten."""

import pytest
from django.urls import reverse

from tests.factories import people, programmes
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.people.models import User
from viche.programmes.models import TeamMember
from viche.programmes.operations import leaving

pytestmark = pytest.mark.django_db
AT = people.MOMENT
SENTENCE = "Спершу дайте роль у програмі «Програма громад» ще комусь: без цієї людини нею не буде кому керувати."


@pytest.fixture
def programme():
    return programmes.programme(name="Програма громад")


@pytest.mark.parametrize("act", [leaving.deactivate, leaving.forget])
def test_the_last_officer_stays_until_there_is_another(programme, act):
    officer, boss = programmes.officer(programme), people.administrator()
    programmes.officer(programme, is_active=False)
    programmes.observer(programme)
    with pytest.raises(Refused, match=SENTENCE) as refused:
        act(officer, by=boss, at=AT)
    assert refused.value.status == 409
    assert User.objects.get(pk=officer.pk).is_active
    second = programmes.officer(programme)
    act(officer, by=boss, at=AT)
    assert not User.objects.get(pk=officer.pk).is_active
    with pytest.raises(Refused, match=SENTENCE):
        act(second, by=boss, at=AT)


@pytest.mark.parametrize("act", [leaving.deactivate, leaving.forget])
def test_others_learn_nothing_about_officers(programme, act):
    with pytest.raises(NotAllowed):
        act(programmes.officer(programme), by=people.user(), at=AT)


def test_whoever_only_reviews_may_go(programme):
    reviewer = programmes.reviewer(programme)
    leaving.forget(reviewer, by=reviewer, at=AT)
    assert User.objects.get(pk=reviewer.pk).forgotten_at


def test_a_team_no_longer_shows_somebody_forgotten(programme):
    officer = programmes.officer(programme, email="hanna@example.org")
    programmes.officer(programme)
    programmes.team_member(programme, email="Hanna@example.org")
    other = programmes.team_member(programme, email="petro@example.org")
    leaving.forget(officer, by=officer, at=AT)
    assert TeamMember.objects.get() == other
    entry = Entry.objects.get(verb="programmes.teammember_removed")
    assert entry.subject_id == str(programme.pk)
    assert entry.values.before == {"user": officer.pk}


def test_the_page_says_why_and_the_office_too(client, programme):
    officer, boss = programmes.officer(programme), people.administrator()
    client.force_login(officer)
    answer = client.post(reverse("programmes:forget"))
    assert answer.status_code == 409
    assert SENTENCE in answer.content.decode()
    client.force_login(boss)
    for act in ("deactivate", "forget"):
        answer = client.post(reverse("programmes:person_act", args=[officer.pk, act]), follow=True)
        assert [str(message) for message in answer.context["messages"]] == [SENTENCE]
    assert User.objects.get(pk=officer.pk).is_active
