"""Both stories are played as people would: through the operations, with all that follows from them."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from tests.factories import places
from viche.awards.models import Award
from viche.calls.choices import CallState, Outcome
from viche.calls.models import Application, Call
from viche.demo import fund, grants, guests, hubs, meetings, prepare, season, stage
from viche.events.choices import State
from viche.events.models import Campaign, Event, Photo, Registration, Report, Series
from viche.facts.queries.figures import Asked
from viche.files.models import Stored
from viche.formats import katottg
from viche.journal import queries as journal
from viche.journal.models import Entry
from viche.mail.models import Letter
from viche.methods.deadlines import KYIV
from viche.people.models import Organisation, User
from viche.places.models import Hromada
from viche.places.queries import find_hromadas
from viche.programmes.models import Programme
from viche.results.models import DonorReport
from viche.results.queries import board, telling
from viche.reviews.models import Assignment
from viche.reviews.queries import ranking

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ground(settings):
    """Make the oblasts in which the invented hromadas lie."""
    settings.DEMO = True
    for oblast in {told[3] for told in stage.texts("hromadas")["hromadas"]}:
        places.oblast(name=oblast)


@pytest.mark.parametrize("typed", ["Тарнавиця", "тарнав", "tarnavytsia", "Tarnav"])
def test_the_picker_finds_an_invented_centre_in_both_scripts(typed):
    stage.hromadas()
    assert find_hromadas(typed)[0].hromada.name == "Тарнавицька"


def test_the_fund_has_the_figures_of_its_source():
    prepare.play(fund.play)
    call = Call.objects.get()
    assert call.who_organisations.count() == 25
    assert Application.objects.filter(state="submitted").count() == 19
    assert list(Assignment.objects.values_list("state", flat=True)) == ["done"] * 57
    assert Application.objects.filter(outcome=Outcome.SUPPORTED).count() == 5
    closed = Award.objects.filter(state="closed")
    assert closed.count() == 5
    assert sum(award.amount for award in closed) <= call.budget
    for award in closed:
        assert [report.state for report in award.reports.all()] == ["accepted", "accepted"]
        assert award.photographs.count() == 1
        assert award.done
    best = ranking.shown(ranking.ranked(call, stage.player("officer")).rows[:5])
    assert {row.application.outcome for row in best} == {Outcome.SUPPORTED}
    assert Stored.objects.count() == 5
    kinds = dict.fromkeys(Letter.objects.values_list("kind", flat=True))
    assert kinds.keys() >= {"calls.receipt", "calls.outcome", "awards.agreement", "awards.payment", "awards.report"}
    assert Letter.objects.filter(kind="calls.outcome").count() == 19
    assert not Letter.objects.filter(created_at__gt=grants.CLOSED + timedelta(days=1)).exists()
    assert_whole()


@pytest.mark.parametrize(
    "at",
    [
        datetime(2028, 2, 29, 23, 59, tzinfo=KYIV),
        datetime(2027, 3, 28, 3, 0, tzinfo=KYIV),
        datetime(2026, 10, 25, 0, 0, tzinfo=KYIV),
        datetime(2027, 1, 1, 12, 0, tzinfo=KYIV),
    ],
)
def test_the_hub_competition_is_being_assessed_and_a_call_is_open_whatever_the_day(at, monkeypatch):
    only_the_first_hubs(monkeypatch)
    prepare.play(hubs.lay)
    prepare.play(lambda: hubs.play(at))
    competition, opened = Call.objects.get(kind="hub"), Call.objects.get(kind="grant")
    assert competition.state(at) == CallState.CLOSED
    applied = Application.objects.filter(call=competition, state="submitted")
    assert applied.count() == hubs.COMPETING >= 12
    asked = Assignment.objects.filter(application__call=competition)
    assert asked.count() == 3 * hubs.COMPETING
    assert 0 < asked.filter(state="done").count() < asked.count()
    visitors = set(asked.filter(reviewer=stage.player("reviewer")).values_list("state", flat=True))
    assert visitors == {"done", "begun", "waiting"}
    last = datetime.fromisoformat(prepare.good_until(at)).replace(hour=23, tzinfo=KYIV)
    assert opened.state(at) == opened.state(last) == CallState.OPEN
    assert Application.objects.filter(call=opened, state="submitted").count() == hubs.APPLYING
    draft = Application.objects.get(call=opened, state="draft")
    assert draft.organisation.memberships.get().user == stage.player("librarian")
    assert not Letter.objects.filter(created_at__gt=at).exists()
    assert not Application.objects.filter(submitted_at__gt=at).exists()
    assert_whole()


def only_the_first_hubs(monkeypatch):
    """A year of seven hubs instead of seventy, where the year is not what is looked at."""
    monkeypatch.setattr(meetings, "HUBS", 7)


def test_the_hubs_have_the_figures_of_their_source():
    prepare.play(fund.play)
    prepare.play(hubs.lay)
    counted = Event.objects.filter(programme__code="HUBS", heads__isnull=False)
    assert counted.count() > 300
    assert counted.values("hromada").distinct().count() == 70
    assert counted.values("oblast").distinct().count() == 24
    reports = Report.objects.filter(event__in=counted)
    assert set(reports.values_list("state", flat=True)) == {"accepted"}
    assert sum(counted.values_list("heads", flat=True)) == sum(reports.values_list("total", flat=True)) > 6000
    assert all(sum(report.cells.values()) == report.total for report in reports)
    assert Series.objects.filter(kind="press_club").count() == 24
    assert Programme.objects.get(code="HUBS").participants.filter(kind="hub").count() == 70
    assert_whole()


def test_people_who_came_again_are_counted_once_and_everybody_else_as_before(monkeypatch):
    only_the_first_hubs(monkeypatch)
    prepare.play(hubs.lay)
    came = Registration.objects.filter(came_at__isnull=False)
    by_event = [event.registrations.filter(came_at__isnull=False).count() for event in events_of(came)]
    assert len(by_event) == len(guests.REGISTERED)
    assert all(8 <= number <= 14 for number in by_event)
    people = came.values("email").distinct().count()
    assert 20 < people < sum(by_event) - 10
    assert came.values("person").distinct().count() == people
    for event in events_of(came):
        assert event.report.total >= event.registrations.filter(came_at__isnull=False).count()
    programme = Programme.objects.get(code="HUBS")
    one = board.indicator("HUBS", "PERSONS")
    shown = board.counted([one], Asked.ever(programme.pk), is_office=True, on=date(2026, 11, 1))
    assert [row.value for row in shown] == [people]
    assert_whole()


def events_of(registrations):
    """The events to which they are."""
    return list(Event.objects.filter(pk__in=registrations.values("event")).select_related("report"))


def test_the_donor_has_a_report_in_both_languages_that_says_it_is_invented(monkeypatch):
    only_the_first_hubs(monkeypatch)
    prepare.play(hubs.lay)
    at = datetime(2026, 11, 1, 9, 0, tzinfo=KYIV)
    reports = {one.language: one for one in DonorReport.objects.select_related("programme")}
    assert set(reports) == {"uk", "en"}
    for language, word in (("uk", "вигадано"), ("en", "invented")):
        with translation.override(language):
            told = telling.told(reports[language], at=at)
        assert [section.kind for section in told.sections] == ["text", "figures", "places", "stories", "text"]
        assert told.left_out == ()
        assert word in told.sections[0].paragraphs[0]
        figures, places, stories = told.sections[1:4]
        assert len(figures.lines) == 7
        assert places.has_places
        assert len(stories.stories) == 3


def test_a_campaign_is_near_and_meetings_are_announced_whatever_the_day(monkeypatch):
    monkeypatch.setattr(meetings, "HUBS", 30)
    at = datetime(2027, 3, 28, 3, 0, tzinfo=KYIV)
    prepare.play(hubs.lay)
    prepare.play(lambda: hubs.play(at))
    campaign = Campaign.objects.get()
    assert 7 <= (campaign.starts_on - at.date()).days <= 14
    coming = Event.objects.filter(state=State.PUBLISHED, starts_at__gt=at)
    assert coming.filter(campaign=campaign).exists()
    assert coming.filter(campaign=None).count() == 18
    assert Event.objects.filter(state=State.SUBMITTED, campaign=campaign).count() == 3
    assert not Event.objects.filter(submitted_at__gt=at).exists()


def test_one_story_goes_on_top_of_the_other(monkeypatch):
    only_the_first_hubs(monkeypatch)
    prepare.play(fund.play)
    prepare.play(hubs.lay)
    prepare.play(lambda: hubs.play(datetime(2026, 11, 22, 9, 0, tzinfo=KYIV)))
    assert set(Programme.objects.values_list("code", flat=True)) == {"FUND", "HUBS"}
    assert_whole()


def assert_whole():
    """Invented and said to be so, nobody real, nothing left to do, the journal sealed."""
    assert not Programme.objects.filter(is_invented=False).exists()
    assert not Organisation.objects.filter(is_invented=False).exists()
    assert not Hromada.objects.filter(is_invented=False).exists()
    assert not User.objects.exclude(email__endswith="@viche.example").exists()
    assert not DBTaskResult.objects.exists()
    assert journal.verify(None).fault is None
    moments = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_letters_written_elsewhere_lead_here(settings, monkeypatch):
    only_the_first_hubs(monkeypatch)
    prepare.play(hubs.lay)
    prepare.play(lambda: hubs.play(datetime(2026, 11, 22, 9, 0, tzinfo=KYIV)))
    settings.SITE_ADDRESS = "http://127.0.0.1:8123"
    prepare.speak_of_here()
    letters = Letter.objects.all()
    assert not letters.filter(text__contains="127.0.0.1:8000").exists()
    assert not letters.filter(html__contains="127.0.0.1:8000").exists()
    assert letters.filter(text__contains="http://127.0.0.1:8123/").count() == letters.count()


def test_the_link_that_declines_letters_is_signed_anew():
    told = "Вимкніть їх:\nhttp://127.0.0.1:8000/letters/stop/old:signature/\nВіче, http://127.0.0.1:8000"
    here = prepare.spoken(told, "http://127.0.0.1:8000/letters/stop/new:signature/")
    assert here == told.replace("old", "new")
    assert prepare.spoken(told, "") == told


def test_tables_that_are_up_to_date_are_not_behind():
    assert not prepare.is_behind()


def test_names_of_councils_are_in_the_right_case():
    assert stage.genitive("Калиносадська") == "Калиносадської"
    assert stage.genitive("Криничанська-на-Пслі") == "Криничанської-на-Пслі"


def test_no_invented_hromada_bears_the_name_of_a_real_one():
    real = {unit.name for unit in katottg.read(katottg.bundled())}
    assert {told[0] for told in stage.texts("hromadas")["hromadas"]} & real == set()


def test_around_today_there_is_one_of_everything(monkeypatch):
    only_the_first_hubs(monkeypatch)
    at = datetime(2027, 3, 28, 3, 0, tzinfo=KYIV)
    prepare.play(hubs.lay)
    prepare.play(lambda: hubs.play(at))
    around = Event.objects.filter(published_at__gt=at - timedelta(days=50))
    ahead, held = around.filter(starts_at__gt=at), around.filter(ends_at__lt=at)
    assert held.filter(report=None, ends_at__lt=at - timedelta(days=10)).count() == 1
    assert held.filter(report__state="submitted").count() == 1
    assert ahead.filter(state=State.POSTPONED).count() == 1
    assert ahead.filter(is_place_private=True).count() == 1
    invited = ahead.get(entry="invited")
    assert invited.invited.count() == 3
    assert invited.registrations.get().people == 4
    full = ahead.get(capacity=season.HALL)
    assert (full.seated, full.waiting) == (season.HALL, 2)
    assert Photo.objects.filter(public_from__isnull=False).count() == 5
    assert Campaign.objects.get().picture
    words = set(Registration.objects.values_list("name", flat=True))
    assert words <= {one["name"] for one in stage.texts("meetings")["guests"]} | {"Делегація бібліотеки"}
    assert not Registration.objects.exclude(email__endswith="@viche.example").exists()
    assert Letter.objects.filter(kind="events.seat").count() >= season.GUESTS
    assert not Letter.objects.filter(created_at__gt=at).exists()
    assert_whole()


def test_meetings_of_a_day_are_told_apart_and_what_is_on_line_has_no_room(monkeypatch):
    monkeypatch.setattr(meetings, "HUBS", 30)
    at = datetime(2027, 3, 28, 3, 0, tzinfo=KYIV)
    prepare.play(hubs.lay)
    prepare.play(lambda: hubs.play(at))
    coming = list(Event.objects.filter(state=State.PUBLISHED, starts_at__gt=at))
    assert len({(one.title, one.starts_at.date()) for one in coming}) == len(coming)
    online = [one for one in coming if one.mode == "online"]
    assert online
    assert {(one.venue, one.address, one.shelter, one.latitude) for one in online} == {("", "", "", None)}
