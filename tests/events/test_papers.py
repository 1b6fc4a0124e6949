"""Posters to print and pictures to share: what they say, what they never say, who gets them, how other sites find them."""

import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.utils import timezone, translation
from PIL import Image
from pypdf import PdfReader

from tests.factories import events, files, programmes
from viche.events.choices import Access, Entry, Mode, Spoken, State
from viche.events.models import Event
from viche.events.operations import publishing
from viche.events.queries import papers, showing

pytestmark = pytest.mark.django_db
MOMENT = events.MOMENT


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["paper"].clear()


def read(client, address):
    """The text of a poster, which is one page of A4."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    assert [round(float(one)) for one in page.mediabox[2:]] == [595, 842]
    return re.sub(r"\s+", " ", page.extract_text().replace("\u200b", ""))


def measures(client, address, kind):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    return Image.open(io.BytesIO(answer.content)).size


def meta(client, address):
    """What the head of a page tells other sites."""
    text = client.get(address).content.decode()
    return dict(re.findall(r'<meta (?:property|name)="([a-z:_]+)" content="([^"]*)">', text))


def whole(**changes):
    programme = programmes.programme(
        name="Хаби громад", contact_email="hubs@example.org", contact_phone="0 800 000 000"
    )
    return events.published(
        programme, campaign=events.campaign(programme, name="Тиждень громад", name_en="Hromada week"),
        organisers="ГО «Спільний двір»", **changes,
    )  # fmt: skip


def test_a_poster_says_all_that_a_passer_by_needs(client):
    event = whole()
    text = read(client, f"/events/{event.code}/poster.pdf")
    for words in (
        event.title, "12:00–14:00", "за київським часом", "понеділок, 20 травня 2024 р.", "Читальна зала, вул. Шкільна, 1",
        "Що це: семінар, наживо, українською", "Як потрапити: приходьте без реєстрації, безплатно", "Доступність: вхід без сходинок", "У підвалі бібліотеки",
        f"Запрошує: {event.organisation.name}", "Разом із: ГО «Спільний двір»", "Партнери: Громадська організація «Разом»",
        "Хаби громад", "Тиждень громад", "#OpenGovWeek", "Запитати: hubs@example.org, 0 800 000 000",
        f"/events/{event.code}", "Наведіть телефон: подробиці",
    ):  # fmt: skip
        assert words in text, words


def test_a_poster_is_in_english_too(client):
    event = whole()
    text = read(client, f"/en/events/{event.code}/poster.pdf")
    for words in (
        "Monday, 20 May 2024",
        "Kyiv time",
        "Hromada week",
        f"/en/events/{event.code}",
        "Step-free",
        event.title,
    ):
        assert words.lower() in text.lower(), words
    assert not re.search("Як потрапити:|Запрошує:|Доступність:", text)


def test_its_code_leads_to_the_page_in_the_language_of_the_poster():
    shown = showing.shown(whole())
    with translation.override("uk"):
        sheet = papers.poster(shown, contact="")
    assert sheet.data["address"].endswith(f"/events/{shown.code}/")
    assert sheet.data["qr"] == papers.paper.qr(sheet.data["address"])
    assert sheet.data["foot"] == []


@pytest.mark.parametrize(
    ("state", "said"), [(State.CANCELLED, "Захід скасовано"), (State.POSTPONED, "Захід відкладено")]
)
def test_nobody_comes_in_vain(client, state, said):
    event = whole()
    assert said not in read(client, f"/events/{event.code}/poster.pdf")
    event.state = state
    publishing.told(event, at=MOMENT)
    assert said in read(client, f"/events/{event.code}/poster.pdf")
    assert papers.picture(showing.shown(event)).data["status"] == said


def longest(letter="слово "):
    """An event that says as much as its columns take."""
    return whole(
        title=(letter * 200)[:199] + "!", venue=(letter * 200)[:199], address=(letter * 250)[:249], shelter=(letter * 250)[:249] + "?",
        hashtags=["ВерхньодубівськаГромада" * 2] * 5, partners=[f"{letter * 8} {number}" for number in range(30)], mode=Mode.BOTH,
        access=Access.values, languages=Spoken.values, entry=Entry.SEATS, capacity=1200,
    )  # fmt: skip


@pytest.mark.parametrize("letter", ["слово ", "Щ", "Верхньодубівсько-Заріченська "])
def test_the_longest_words_keep_to_their_page(client, letter):
    event = longest(letter)
    text = read(client, f"/events/{event.code}/poster.pdf")
    for words in ("!", "?", "усього 1 200 місць", "і ще ", "12:00–14:00", "hubs@example.org"):
        assert words in text, words
    assert measures(client, f"/events/{event.code}/share.png", "image/png") == (1200, 630)


def test_as_many_partners_as_there_is_room_for():
    assert papers._some([]) == ""
    assert papers._some(["А", "Б"]) == "А, Б"
    long = ["Перша " * 20, "Друга " * 20, "Третя"]
    assert papers._some(long) == f"{long[0]} і ще 2"
    assert papers._some(["Єдина " * 60]) == "Єдина " * 60


def test_an_event_on_line_has_no_place_but_says_so(client):
    event = whole(
        hromada=None, oblast=None, mode=Mode.ONLINE, venue="", address="", online_link="https://meet.example/x"
    )
    assert "онлайн" in read(client, f"/events/{event.code}/poster.pdf")
    assert papers.picture(showing.shown(event)).data["place"] == "онлайн"


def test_a_private_place_is_in_no_document(client):
    """What lies in a picture as pixels is looked for in what the picture is drawn from, and in its bytes."""
    secrets = {
        "venue": "Таємна зала", "address": "вул. Прихована, 7", "online_link": "https://secret.example/room",
        "shelter": "Укриття під сценою", "latitude": 49.123456, "longitude": 34.654321,
    }  # fmt: skip
    event = whole(is_place_private=True, mode=Mode.BOTH, **secrets)
    shown = showing.shown(event)
    drawn = [papers.poster(shown, contact=papers.contact(event)), papers.picture(shown)]
    told = [json.dumps(sheet.data, ensure_ascii=False) for sheet in drawn]
    told += [read(client, f"{language}/events/{event.code}/poster.pdf") for language in ("", "/en")]
    told += [client.get(f"/events/{event.code}/share.png").content.decode("latin-1")]
    told += [
        json.dumps(meta(client, f"{language}/events/{event.code}/"), ensure_ascii=False) for language in ("", "/en")
    ]
    for text in told:
        for secret in (*map(str, secrets.values()), "Таємн", "Прихован", "49.12", "34.65"):
            assert secret not in text, secret
    assert "Точне місце й посилання отримають зареєстровані." in told[0]
    event.is_place_private = False
    event.save()
    assert "Таємна зала" in read(client, f"/events/{event.code}/poster.pdf")


@pytest.mark.parametrize("ending", ["poster.pdf", "share.png"])
def test_a_draft_is_shown_to_its_writers_alone(client, ending):
    event = events.draft()
    address = f"/events/{event.code}/{ending}"
    assert client.get(address).status_code == 404
    client.force_login(event.author)
    answer = client.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "max-age=900, private")
    event.starts_at = event.ends_at = None
    event.save()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("ending", ["poster.pdf", "share.png"])
def test_who_has_it_already_is_told_so(client, ending):
    event = whole()
    address = f"/events/{event.code}/{ending}"
    first = client.get(address)
    assert first["Cache-Control"] == "max-age=900, public"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    event.title = "Нова назва"
    publishing.told(event, at=MOMENT)
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert client.post(address).status_code == 405


@time_machine.travel(MOMENT, tick=False)
def test_one_machine_cannot_have_them_made_without_end(client, monkeypatch):
    monkeypatch.setattr(papers.paper, "MOST_MADE", 2)
    event, other = whole(), events.published()
    asked = [f"/events/{event.code}/poster.pdf", f"/events/{event.code}/share.png", f"/events/{other.code}/poster.pdf"]
    assert [client.get(address).status_code for address in asked] == [200, 200, 429]
    assert [client.get(address).status_code for address in asked] == [200, 200, 429]


def test_other_sites_learn_how_to_show_an_event(client, settings):
    settings.SITE_ADDRESS = "https://viche.example"
    event = whole(title="Бюджет & «участь» <b>")
    said = meta(client, f"/events/{event.code}/")
    assert said["og:title"] == "Бюджет &amp; «участь» &lt;b&gt;"
    assert said["og:description"].startswith("20\u00a0травня 2024\u00a0р., 12:00–14:00.")
    assert said["twitter:card"] == "summary_large_image"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert re.fullmatch(rf"https://viche\.example/events/{event.code}/share\.png\?v=[0-9a-f]{{8}}", said["og:image"])
    assert measures(client, said["og:image"].removeprefix("https://viche.example"), "image/png") == (1200, 630)
    english = meta(client, f"/en/events/{event.code}/")
    assert f"/en/events/{event.code}/share.png?" in english["og:image"]
    assert (said["og:locale"], english["og:locale"]) == ("uk_UA", "en_GB")
    event.title = "Інша"
    publishing.told(event, at=MOMENT)
    assert meta(client, f"/events/{event.code}/")["og:image"] != said["og:image"]


def test_a_picture_says_when_and_in_which_hromada():
    event = whole(starts_at=datetime(2024, 5, 20, 20, 0, tzinfo=UTC), ends_at=datetime(2024, 5, 21, 3, 0, tzinfo=UTC))
    said = papers.picture(showing.shown(event)).data
    assert said["when"] == "20\u00a0травня, 23:00 – 21\u00a0травня, 06:00"
    assert said["leaf"] == {"month": "трав.", "day": 20, "weekday": "пон."}
    assert event.hromada.label in said["place"]
    assert event.oblast.label in said["place"]


def test_a_campaign_is_shown_by_its_words(client):
    campaign = events.campaign(lead="Громади вирішують разом.", lead_en="Hromadas decide together.")
    said = meta(client, f"/campaigns/{campaign.code}/")
    assert said["og:title"] == campaign.name
    assert said["og:description"] == campaign.lead
    assert f"/campaigns/{campaign.code}/share.png?v=" in said["og:image"]
    assert measures(client, f"/campaigns/{campaign.code}/share.png", "image/png") == (1200, 630)
    with translation.override("uk"):
        drawn = papers.campaign_picture(campaign).data
    assert (drawn["when"], drawn["place"]) == ("20–26\u00a0травня 2024\u00a0р.", "#OpenGovWeek")
    assert client.get(f"/campaigns/{campaign.code}/picture.jpg").status_code == 404


def test_a_campaign_with_a_picture_is_shown_by_it(client, settings):
    settings.SITE_ADDRESS = "https://viche.example"
    campaign = events.campaign()
    campaign.picture = files.stored(content=files.picture("PNG", size=(900, 900)), name="share.png")
    campaign.save()
    said = meta(client, f"/campaigns/{campaign.code}/")
    assert re.fullmatch(
        rf"https://viche\.example/campaigns/{campaign.code}/picture\.jpg\?v=[0-9a-f]{{8}}", said["og:image"]
    )
    address = f"/campaigns/{campaign.code}/picture.jpg"
    assert measures(client, address, "image/jpeg") == (1200, 630)
    answer = client.get(address)
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("public, max-age=900", "nosniff")
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_picture_of_a_campaign_that_is_not_public_is_not_there(client):
    campaign = events.campaign(is_public=False)
    campaign.picture = files.stored(content=files.picture("PNG"), name="share.png")
    campaign.save()
    asked = (f"/campaigns/{campaign.code}/picture.jpg", f"/campaigns/{campaign.code}/share.png")
    assert [client.get(address).status_code for address in asked] == [404, 404]
    client.force_login(programmes.officer(campaign.programme))
    assert [client.get(address)["Cache-Control"] for address in asked] == [
        "private, max-age=900",
        "max-age=900, private",
    ]
    assert "og:image" not in meta(client, f"/campaigns/{campaign.code}/")


def test_whom_to_ask():
    programme = programmes.programme(contact_email="hubs@example.org")
    campaign = events.campaign(programme, contact_email="week@example.org")
    event = events.published(programme, campaign=campaign)
    assert papers.contact(event) == "week@example.org"
    campaign.is_public = False
    assert papers.contact(event) == "hubs@example.org"
    event.campaign = None
    programme.contact_email = ""
    assert papers.contact(event) == ""


def test_pages_lead_to_the_poster(client):
    starts = timezone.now() + timedelta(days=2)
    event = events.published(starts_at=starts, ends_at=starts + timedelta(hours=1))
    for address in (f"/events/{event.code}/", f"/events/{event.code}/poster/"):
        assert f'href="/events/{event.code}/poster.pdf"' in client.get(address).content.decode()


def test_a_draft_without_a_time_has_no_page_to_pin_either(client):
    event = events.draft(starts_at=None, ends_at=None)
    client.force_login(event.author)
    assert client.get(f"/events/{event.code}/poster/").status_code == 404
    Event.objects.filter(pk=event.pk).update(starts_at=events.STARTS, ends_at=events.ENDS)
    assert client.get(f"/events/{event.code}/poster/").status_code == 200
