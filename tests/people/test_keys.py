"""Keys by which programs read: made, shown once, used within what the owner may, ended."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from tests.factories import people
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.people import access, operations, queries
from viche.people.choices import Scope
from viche.people.models import AccessKey

pytestmark = pytest.mark.django_db
AT = people.MOMENT
DAY = timedelta(days=1)


@pytest.fixture
def owner():
    return people.user()


def opened(key, scope=Scope.AWARDS, at=AT):
    return operations.opened(key.secret, scope=scope, at=at)


def test_a_key_is_kept_as_a_digest_alone(owner):
    key = people.key(owner, at=AT)
    assert key.secret.startswith("viche_")
    assert key.secret not in str(AccessKey.objects.values_list().get())
    assert key.secret.startswith(key.beginning)
    assert len(key.beginning) < 12
    entry = Entry.objects.get(verb="people.key_made")
    assert entry.actor_id == owner.pk
    assert key.secret not in entry.values.body


def test_it_opens_what_it_is_for_until_its_day(owner):
    key = people.key(owner, [Scope.AWARDS], at=AT, days=30)
    assert opened(key) == owner
    with pytest.raises(Refused) as no:
        opened(key, Scope.EVENTS)
    assert no.value.status == 403
    with pytest.raises(Refused) as no:
        opened(key, at=AT + 30 * DAY)
    assert no.value.status == 401


def test_its_use_is_noted_once_an_hour(owner, django_assert_num_queries):
    key = people.key(owner, at=AT)
    with django_assert_num_queries(2):
        opened(key)
    with django_assert_num_queries(1):
        opened(key, at=AT + timedelta(minutes=59))
    opened(key, at=AT + timedelta(hours=2))
    key.refresh_from_db()
    assert key.used_at == AT + timedelta(hours=2)


@pytest.mark.parametrize("secret", ["", "viche_", "viche_x", "\ud800", "п" * 5000])
def test_no_other_word_opens(secret):
    with pytest.raises(Refused) as no:
        operations.opened(secret, scope=Scope.AWARDS, at=AT)
    assert no.value.status == 401


def test_whose_way_in_is_closed_has_no_keys(owner):
    key = people.key(owner, at=AT)
    operations.deactivate(owner, by=people.administrator(), at=AT)
    with pytest.raises(Refused):
        opened(key)
    operations.reactivate(owner, by=people.administrator(), at=AT)
    assert opened(key) == owner


def test_a_revoked_key_opens_nothing_and_is_revoked_once(owner):
    key = people.key(owner, at=AT)
    operations.revoke_key(key, by=owner, at=AT + DAY)
    operations.revoke_key(key, by=owner, at=AT + 2 * DAY)
    assert key.revoked_at == AT + DAY
    assert Entry.objects.filter(verb="people.key_revoked").count() == 1
    with pytest.raises(Refused):
        opened(key, at=AT)


def test_strangers_neither_make_nor_end(owner):
    key, stranger = people.key(owner, at=AT), people.user()
    assert not access.may_revoke(stranger, key)
    with pytest.raises(NotAllowed):
        operations.revoke_key(key, by=stranger, at=AT)
    with pytest.raises(NotAllowed):
        operations.make_key(owner, name="чужий", scopes=Scope.values, days=30, by=people.administrator(), at=AT)
    assert access.may_revoke(people.administrator(), key)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["people:write"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 400}, "days"),
    ],
)
def test_a_key_for_nothing_or_for_ever_is_refused(owner, changes, field):
    with pytest.raises(Refused) as no:
        people.key(owner, **{"at": AT, **changes})
    assert no.value.field == field
    assert not AccessKey.objects.exists()


def test_nobody_holds_very_many(owner):
    for _number in range(20):
        people.key(owner, at=AT)
    with pytest.raises(Refused) as no:
        people.key(owner, at=AT)
    assert no.value.status == 409
    operations.revoke_key(queries.keys_of(owner).first(), by=owner, at=AT)
    people.key(owner, at=AT)


def test_keys_go_with_the_person(owner):
    key = people.key(owner, at=AT)
    operations.forget(owner, by=owner, at=AT)
    assert not AccessKey.objects.exists()
    with pytest.raises(Refused):
        opened(key)
    with pytest.raises(ObjectDoesNotExist):
        queries.key(key.pk)


def test_a_key_ends_after_it_begins(owner):
    key = people.key(owner, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessKey.objects.filter(pk=key.pk).update(expires_at=AT - DAY)


def test_the_page_shows_a_secret_once(client, owner):
    client.force_login(owner)
    made = client.post("/me/keys/", {"name": "Power BI", "scopes": [Scope.AWARDS], "days": "30"})
    secret = made.context["secret"]
    page = made.content.decode()
    assert secret in page
    assert "Power BI" in page
    assert "no-store" in made["Cache-Control"]
    again = client.get("/me/keys/").content.decode()
    assert secret not in again
    assert str(AccessKey.objects.get()).partition("…")[0] in again
    assert "ще не користувалися" in again


def test_the_page_says_what_is_missing(client, owner):
    client.force_login(owner)
    answer = client.post("/me/keys/", {"name": "", "days": "5"})
    assert answer.status_code == 422
    assert not AccessKey.objects.exists()
    for _number in range(20):
        people.key(owner)
    full = client.post("/me/keys/", {"name": "ще", "scopes": [Scope.AWARDS], "days": "30"})
    assert "Спершу припиніть непотрібні" in full.content.decode()


def test_the_page_asks_before_it_ends_a_key(client, owner):
    key = people.key(owner, at=AT)
    ended = people.key(owner, at=AT, name="Стара")
    client.force_login(owner)
    assert "Термін минув" in client.get("/me/keys/").content.decode()
    ask = client.get(f"/me/keys/{key.pk}/revoke/")
    assert "Припинити ключ" in ask.content.decode()
    assert client.post(f"/me/keys/{key.pk}/revoke/").status_code == 302
    key.refresh_from_db()
    ended.refresh_from_db()
    assert key.revoked_at
    assert ended.revoked_at is None
    assert "Припинено" in client.get("/me/keys/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page(client, owner, count, django_assert_max_num_queries):  # "people:keys"
    for _number in range(count):
        people.key(owner)
    client.force_login(owner)
    with django_assert_max_num_queries(5):
        assert client.get("/me/keys/").status_code == 200
