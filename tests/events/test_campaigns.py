"""Campaigns: made and changed by officers, with rules of inclusion as data and a picture to share."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import events as factory
from tests.factories import files, programmes
from viche.events.models import Campaign
from viche.events.operations import campaigns
from viche.files.models import Stored
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused

pytestmark = pytest.mark.django_db
MOMENT = factory.MOMENT
VALUES = {
    "name": "Тиждень відкритого врядування",
    "lead": "Громади показують, як вирішують разом із людьми.",
    "starts_on": date(2024, 5, 20),
    "ends_on": date(2024, 5, 26),
}
TYPED = {
    "code": "ogw-24",
    "name": "Тиждень відкритого врядування",
    "name_en": "Open Government Week",
    "lead": "Громади показують, як вирішують разом із людьми.",
    "starts_on": "20.05.2024",
    "ends_on": "26.05.2024",
    "hashtags": "#OpenGovWeek, ВідкритаВлада",
    "goals": ["11", "16"],
    "speakers_ask": "40",
    "speakers_blocks": "on",
    "groups_ask": "1",
    "voices_ask": "",
    "partners_ask": "2",
    "contact_email": "week@example.org",
    "is_public": "on",
}


@pytest.fixture
def officer():
    return programmes.officer(programmes.programme(code="HUBS"))


@pytest.fixture
def programme(officer):
    return officer.roles.get().programme


def at(name, *args):
    return reverse(f"events:{name}", args=args)


def picture(name="share.png"):
    return files.upload(files.picture("PNG"), name)


@pytest.mark.parametrize("kept", [5, [], {"speakers": 40}, {"speakers": {"share": 90}}, {"beauty": {"least": 1}}])
def test_broken_rules_take_no_page_along_and_the_office_is_told(client, kept):
    week = factory.campaign(programmes.programme(is_public=True), rules=kept)
    hub = factory.hub(week.programme)
    event = factory.draft(week.programme, campaign=week, organisation=hub.organisation, by=hub.user)
    assert client.get(week.get_absolute_url()).status_code == 200
    client.force_login(hub.user)
    for name in ("write", "check"):
        assert client.get(reverse(f"events:{name}", args=[event.code])).status_code == 200
    assert client.post(reverse("events:submit", args=[event.code])).status_code == 302
    officer = programmes.officer(week.programme)
    client.force_login(officer)
    for name, parts in (("office_campaigns", []), ("office_campaign", [week.code]), ("office", [event.code])):
        page = client.get(reverse(f"events:{name}", args=[week.programme.code, *parts])).content.decode()
        assert "нклюзії не читаються" in page, name
    campaigns.change(week, by=officer, at=MOMENT, rules={})
    page = client.get(reverse("events:office_campaign", args=[week.programme.code, week.code])).content.decode()
    assert "не читаються" not in page


@pytest.mark.parametrize(("days", "offers"), [(0, 2), (-1, 0)])
def test_events_are_asked_for_until_the_last_day(client, days, offers):
    today = timezone.localdate()
    week = factory.campaign(starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=days))
    text = client.get(week.get_absolute_url()).content.decode()
    assert text.count(f'href="{at("new")}?frame={week.code}"') == offers  # beside the page, and at hand on a telephone


def test_officers_make_campaigns_under_a_code_of_their_own(programme, officer):
    made = campaigns.make(programme, code="ogw-24", by=officer, at=MOMENT, **VALUES)
    assert (made.code, made.name, made.is_public) == ("OGW-24", VALUES["name"], False)
    assert Entry.objects.filter(verb="events.campaign_made").exists()
    with pytest.raises(Refused) as no:
        campaigns.make(programme, code="OGW-24", by=officer, at=MOMENT, **VALUES)
    assert (no.value.field, no.value.status) == ("code", 409)
    with pytest.raises(NotAllowed):
        campaigns.make(programme, code="X-1", by=programmes.consultant(programme), at=MOMENT, **VALUES)


def test_what_cannot_be_is_refused_at_its_place(programme, officer):
    made = campaigns.make(programme, code="OGW-24", by=officer, at=MOMENT, **VALUES)
    wrong = {
        "ends_on": {"ends_on": date(2024, 5, 1)},
        "goals": {"goals": [18]},
        None: {"rules": {"speakers": {"share": 90}}},
    }
    for field, changes in wrong.items():
        with pytest.raises(Refused) as no:
            campaigns.change(made, by=officer, at=MOMENT, **changes)
        assert no.value.field == field
    with pytest.raises(TypeError):
        campaigns.change(made, by=officer, at=MOMENT, code="NEW")
    with pytest.raises(NotAllowed):
        campaigns.change(made, by=programmes.officer(), at=MOMENT, name="Моя")
    made.refresh_from_db()
    assert (made.ends_on, made.rules) == (VALUES["ends_on"], {})


def test_a_picture_is_put_replaced_and_taken_away(programme, officer):
    made = campaigns.make(programme, code="OGW-24", by=officer, at=MOMENT, picture=picture(), **VALUES)
    first = made.picture
    assert (first.owner_kind, first.is_image) == ("events.campaign", True)
    made = campaigns.change(made, by=officer, at=MOMENT, picture=picture("other.png"))
    assert made.picture != first
    assert Stored.objects.get(pk=first.pk).removed_at == MOMENT
    with pytest.raises(Refused) as no:
        campaigns.change(made, by=officer, at=MOMENT, picture=files.upload(name="лист.pdf"))
    assert no.value.field == "picture"
    made = campaigns.change(made, by=officer, at=MOMENT, drop_picture=True)
    assert made.picture is None
    assert campaigns.change(made, by=officer, at=MOMENT, drop_picture=True).picture is None


def test_a_campaign_is_made_by_its_form(client, programme, officer):
    client.force_login(officer)
    assert client.get(at("office_campaign_new", "HUBS")).status_code == 200
    wrong = client.post(at("office_campaign_new", "HUBS"), {**TYPED, "code": "тиждень", "speakers_ask": "60"})
    assert wrong.status_code == 422
    shown = wrong.content.decode()
    assert "є зайве" in shown
    assert "Щонайбільше 50" in shown
    late = client.post(at("office_campaign_new", "HUBS"), {**TYPED, "ends_on": "01.05.2024"})
    assert late.status_code == 422
    assert "не може закінчитися раніше" in late.content.decode()
    done = client.post(at("office_campaign_new", "HUBS"), {**TYPED, "picture": picture()})
    assert done.url == at("office_campaigns", "HUBS")
    made = Campaign.objects.get(code="OGW-24")
    assert made.hashtags == ["OpenGovWeek", "ВідкритаВлада"]
    assert made.goals == [11, 16]
    assert made.rules == {
        "speakers": {"share": 40, "blocks": True},
        "groups": {"least": 1, "blocks": False},
        "partners": {"least": 2, "blocks": False},
    }
    again = client.post(at("office_campaign_new", "HUBS"), TYPED)
    assert again.status_code == 409
    shown = client.get(at("office_campaign_picture", "HUBS", "OGW-24"))
    assert shown["Content-Type"] == "image/webp"


def test_a_campaign_is_changed_by_its_form_which_shows_what_is_kept(client, programme, officer):
    made = factory.campaign(
        programme, code="OGW-24", rules={"voices": {"least": 3, "blocks": True}}, name_en="Open Government Week"
    )
    client.force_login(officer)
    address = at("office_campaign", "HUBS", "OGW-24")
    shown = client.get(address).content.decode()
    assert (
        'name="voices_ask" inputmode="decimal" autocomplete="off" class="input input--short" ' in shown
        or "voices_ask" in shown
    )
    assert "#OpenGovWeek" in shown
    assert "drop_picture" not in shown
    assert "16. Мир, справедливість та сильні інститути" in shown
    typed = {name: value for name, value in TYPED.items() if name not in {"code", "is_public"}}
    assert client.post(address, {**typed, "voices_ask": "4"}).status_code == 302
    made.refresh_from_db()
    assert (made.rules["voices"], made.is_public) == ({"least": 4, "blocks": False}, False)
    assert client.get(at("office_campaign_picture", "HUBS", "OGW-24")).status_code == 404


def test_an_oversize_picture_is_refused_and_nothing_typed_is_lost(client, programme, officer, settings):
    settings.UPLOAD_LIMIT = 1000
    client.force_login(officer)
    large = files.upload(b"x" * 5000, "share.png")
    wrong = client.post(at("office_campaign_new", "HUBS"), {**TYPED, "picture": large})
    assert wrong.status_code == 413
    assert "Open Government Week" in wrong.content.decode()


def test_the_list_counts_events_and_leads_to_them(client, programme, officer):
    week = factory.campaign(programme, code="OGW-24")
    factory.published(programme, campaign=week, heads=30)
    factory.submitted(programme, campaign=week)
    factory.draft(programme, campaign=week)
    factory.campaign(programme, code="NEXT", is_public=False)
    factory.campaign(code="FOREIGN")
    client.force_login(officer)
    answer = client.get(at("office_campaigns", "HUBS"))
    held = {one.code: tuple(figures) for one, figures in answer.context["rows"]}
    assert held == {"OGW-24": (2, 1, 30, 1), "NEXT": (0, 0, 0, 0)}
    shown = answer.content.decode()
    assert f"{at('office_list', 'HUBS')}?needs=held&amp;campaign=OGW-24" in shown
    rows = client.get(at("office_campaigns_file", "HUBS", "json")).json()
    assert {row["code"]: row["people"] for row in rows} == {"OGW-24": 30, "NEXT": 0}
    client.force_login(programmes.observer(programme))
    assert "Нова кампанія" not in client.get(at("office_campaigns", "HUBS")).content.decode()


def test_no_campaign_yet_says_what_one_is(client, programme, officer):
    client.force_login(officer)
    assert "Кампаній ще немає" in client.get(at("office_campaigns", "HUBS")).content.decode()


def test_the_campaigns_ask_as_much_for_many_as_for_one(client, programme, officer):
    client.force_login(officer)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("events:office_campaigns", args=["HUBS"])).status_code == 200
        return len(queries)

    factory.published(programme, campaign=factory.campaign(programme, code="C1"))
    before = asked()
    for number in range(3):
        factory.published(programme, campaign=factory.campaign(programme, code=f"D{number}"))
    assert asked() == before <= 12
