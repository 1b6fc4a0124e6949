"""The home page: figures counted from records, open calls, latest awards, map; a fresh installation; kept pages."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from tests.factories import awards, calls, events, people, places, programmes
from tests.site.pages import queries_of, text_of, visits
from viche.awards.models import Award
from viche.calls.models import Call
from viche.places.models import Oblast
from viche.site.queries import home, support
from viche.site.views import kept

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def open_call(**changes):
    """A public call that is open now."""
    now = timezone.now()
    call = calls.announced()
    values = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=20), **changes}
    Call.objects.filter(pk=call.pk).update(**values)
    return Call.objects.get(pk=call.pk)


def test_a_fresh_installation_says_how_to_begin(client):
    said = text_of(client.get(reverse("site:home")))
    assert "Цю установку щойно запущено" in said
    assert "./viche places" in said
    assert "Кого підтримано" not in said


def test_an_administrator_of_a_fresh_installation_is_led_to_the_first_programme(client):
    client.force_login(people.administrator())
    answer = client.get(reverse("site:home"))
    assert "Перші кроки" in text_of(answer)
    assert reverse("programmes:new") in answer.content.decode()


def test_figures_are_counted_from_public_agreed_awards_and_open_them(client):
    hromada = places.hromada()
    for _ in range(2):
        awards.active(organisation=people.organisation(hromada=hromada))
    done = awards.closed()
    awards.prepared()
    hidden = awards.active()
    type(hidden.programme).objects.filter(pk=hidden.programme_id).update(is_public=False)
    answer = client.get(reverse("site:home"))
    page = answer.content.decode()
    assert {item["label"]: item["value"] for item in answer.context["figures"]} == {
        "громади підтримано": 2,
        "підтримку завершено": 1,
        "сплачено за угодами": f"180{NBSP}000{NBSP}₴",
        "заявки подано": 4,
    }
    assert 'href="/awards/?state=closed"' in page
    assert answer.context["map"].total == 2
    assert done.title in page
    assert hidden.title not in page


def test_sums_in_other_currencies_are_told_beside():
    award = awards.closed()
    euro = awards.closed()
    Award.objects.filter(pk=euro.pk).update(currency="EUR")
    given = support.counted(Award.objects.all())
    assert given.paid == [("EUR", award.amount), ("UAH", award.amount)] or given.paid[0][1] == given.paid[1][1]
    assert "180" in given.paid_besides


@pytest.mark.parametrize(
    ("amount", "said"),
    [(999_999, f"999{NBSP}999{NBSP}₴"), (14_230_000, f"14,2 млн{NBSP}₴"), (2_000_000, f"2 млн{NBSP}₴")],
)
def test_large_sums_are_shortened(amount, said):
    assert support.shortened(amount, "UAH") == said


def test_three_open_calls_the_nearest_close_first(client):
    now = timezone.now()
    later = [open_call(title=f"Конкурс {days}", closes_at=now + timedelta(days=days)) for days in (30, 5, 9, 7)]
    open_call(title="Уже закрито", closes_at=now - timedelta(hours=1))
    answer = client.get(reverse("site:home"))
    assert [row.call.title for row in answer.context["calls"].near] == ["Конкурс 5", "Конкурс 7", "Конкурс 9"]
    assert "4 відкриті" in text_of(answer)
    assert answer.context["calls"].turns_at == later[1].closes_at


def test_when_nothing_is_open_what_comes_is_shown(client):
    now = timezone.now()
    open_call(title="Незабаром", opens_at=now + timedelta(days=2))
    said = text_of(client.get(reverse("site:home")))
    assert "Зараз відкритих конкурсів немає. Незабаром:" in said
    Call.objects.all().update(closes_at=now - timedelta(hours=1), opens_at=now - timedelta(days=2))
    caches["pages"].clear()
    assert "зареєструйте організацію" in text_of(client.get(reverse("site:home")))


def test_the_map_has_every_region_crimea_and_sevastopol_too(client):
    for code, name in (("UA01000000000013043", "Автономна Республіка Крим"), ("UA85000000000065278", "Севастополь")):
        Oblast.objects.create(
            code=code, name=name, name_en=name, short_name=name, short_name_en=name, sort_key=name, slug=name[:3]
        )
    page = client.get(reverse("site:home")).content.decode()
    assert page.count("<path d=") >= 27
    assert "Автономна Республіка Крим: ще немає громад" in page
    assert "Севастополь: ще немає громад" in page


@pytest.mark.parametrize("signed_in", [False, True])
def test_home_asks_few_queries_however_much_there_is(client, signed_in):
    if signed_in:
        client.force_login(people.user())
    awards.active()
    open_call()
    one = queries_of(client, "/")
    for _ in range(2):
        awards.closed()
        open_call()
    assert queries_of(client, "/") == one <= 10


def test_english_home(client):
    awards.closed()
    said = text_of(client.get("/en/"))
    assert "Hromadas decide" in said


# --- kept pages -------------------------------------------------------------------------------------------------------


def test_a_visitor_gets_a_kept_page_by_one_query(client):
    awards.active()
    first, __ = visits(client)
    again, queries = visits(client)
    assert queries == 1
    assert again.content == first.content
    assert "Content-Security-Policy" in again.headers


def test_a_kept_page_is_compressed_once_for_all_who_take_it_so(client):
    awards.active()
    first, __ = visits(client)
    packed = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == first.content
    assert "Content-Encoding" not in client.get("/").headers


def test_any_act_makes_the_kept_page_new(client):
    award = awards.finished()
    visits(client)
    officer = programmes.officer(award.programme)
    awards.granting.close(award, done="Читальня працює.", left_why="Комісія банку.", by=officer, at=awards.LATER)
    answer, queries = visits(client)
    assert queries > 1
    assert "підтримку завершено" in text_of(answer)
    assert answer.context["figures"][1]["value"] == 1


@pytest.mark.parametrize(("turns_in", "seconds"), [(None, 60), (600, 60), (30, 29), (0.5, 0), (-1, -1)])
def test_a_page_is_kept_for_a_minute_or_until_something_turns(turns_in, seconds):
    turns_at = None if turns_in is None else timezone.now() + timedelta(seconds=turns_in)
    assert kept._lasting(turns_at) == seconds


def test_no_kept_page_says_of_an_event_what_is_over(client):
    with time_machine.travel(datetime(2026, 5, 19, 10, 0, tzinfo=UTC), tick=False) as clock:
        now = timezone.now()
        hromada = places.hromada()
        event = events.published(
            hromada=hromada, starts_at=now + timedelta(seconds=30), ends_at=now + timedelta(hours=1)
        )
        addresses = ["/", event.programme.get_absolute_url(), hromada.get_absolute_url()]
        for address in addresses:
            assert "Триває зараз" not in text_of(client.get(address)), address
        clock.shift(timedelta(seconds=31))
        for address in addresses:
            assert "Триває зараз" in text_of(client.get(address)), address


def test_pages_of_different_language_look_and_person_are_kept_apart(client):
    awards.active()
    plain = client.get("/")
    assert client.get("/en/").content != plain.content
    client.cookies["look"] = "night.auto"
    assert b'data-scheme="night"' in client.get("/").content
    client.force_login(people.user())
    assert "Вийти" in text_of(client.get("/"))
    client.logout()
    assert "Увійти" in text_of(client.get("/"))


def test_a_page_with_a_question_is_never_kept(client):
    client.get("/?x=1")
    assert visits(client, "/?x=1")[1] > 1


def test_open_and_coming_is_one_query(django_assert_num_queries):
    open_call()
    with django_assert_num_queries(1):
        home.open_and_coming(datetime.now(UTC))


@pytest.mark.parametrize(
    ("currency", "said"), [("UAH", "₴1.2 million"), ("PLN", f"zł{NBSP}1.2 million"), ("CHF", f"1.2 million{NBSP}CHF")]
)
def test_in_english_the_sign_stands_before_a_shortened_sum(currency, said):
    with override("en"):
        assert support.shortened(1_200_000, currency) == said
