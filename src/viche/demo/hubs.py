"""The programme of the hubs: what is over, the competition in assessment, a call that is open right now.

The dates of the two calls follow the day of the demonstration.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from viche.calls.models import Call
from viche.calls.operations import applications, calls
from viche.demo import fund, meetings, playing, proving, season, stage
from viche.methods.deadlines import KYIV
from viche.people.models import Organisation, User
from viche.places.models import Oblast
from viche.programmes import operations as programmes
from viche.programmes.models import Programme
from viche.reviews.models import Assignment
from viche.reviews.operations import assigning
from viche.reviews.operations import letters as review_letters

COMPETING, APPLYING = 16, 4  # libraries in the two calls; one more is half-way
REVIEWED = 3  # of five reviews are handed in
OPEN_FOR = 8  # days from today on


def lay() -> Programme:
    """Play what is over whatever the day: the programme, its first seventy hubs and what they did in a year."""
    programme = announce_programme(meetings.BEGAN, stage.hromadas()[0].oblast)
    proving.aim(programme, stage.texts("results")["hubs"], at=meetings.BEGAN)
    proving.set_quarters(programme, at=meetings.BEGAN)
    meetings.lay(programme)
    proving.prove(programme)
    User.objects.exclude(joined_at=fund.PREPARED).update(joined_at=meetings.BEGAN)
    return programme


def play(at: datetime) -> Programme:
    """Play what lies around the moment `at`, on top of what is over; gives back the programme."""
    programme = Programme.objects.get(code=stage.texts("hubs")["programme"]["code"])
    hromadas = stage.hromadas()
    competing = [
        stage.childrens_library(hromada, number, at - timedelta(days=80))
        for number, hromada in enumerate(hromadas[1 : 1 + COMPETING], start=1)
    ]
    first, *hubs = (one.organisation for one in meetings.participants(programme)[: 1 + APPLYING])
    competition = announce_competition(programme, at)
    campaign = season.open_season(programme, at)
    opened = announce_open_call(programme, at)
    compete(competition, competing)
    apply_to_open_call(opened, hubs, at)
    draft_of_librarian(opened, first, at)
    season.play(programme, campaign, at)
    return programme


def announce_programme(at: datetime, oblast: Oblast) -> Programme:
    """Make the programme with its team and the consultant of one oblast."""
    told, by = stage.texts("hubs")["programme"], stage.player("administrator")
    programme = programmes.create(
        code=told["code"],
        name=told["name"],
        name_en=told["name_en"],
        lead=told["lead"],
        lead_en=told["lead_en"],
        about=told["about"],
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=1000),
        is_public=True,
        contact_email="hubs@viche.example",
        by=by,
        at=at,
    )
    Programme.objects.filter(pk=programme.pk).update(is_invented=True)
    fund.describe(programme, told, at=at)
    for key, kind in [("officer", "officer"), ("finance", "officer"), ("panel", "panel"), ("observer", "observer")]:
        programmes.give_role(programme, user=stage.player(key), kind=kind, by=by, at=at)
    for reviewer in stage.reviewers(8):
        programmes.give_role(programme, user=reviewer, kind="reviewer", by=by, at=at)
    programmes.give_role(programme, user=stage.player("consultant"), kind="consultant", oblast=oblast, by=by, at=at)
    return programme


def announce_call(
    programme: Programme, story: str, form: str, *, at: datetime, opens_at: datetime, closes_at: datetime, **terms: Any
) -> Call:
    """Prepare a call and announce it at once."""
    told, by = stage.texts("hubs")[story], stage.player("officer")
    code = f"{told['code']}-{opens_at:%y}"
    version = stage.form(form, told["title"], f"programme:{programme.pk}", at)
    names = ("title", "title_en", "lead", "lead_en", "about", "about_en")
    values = {name: told[name] for name in names if name in told}
    call = calls.prepare(
        programme, by=by, at=at, code=code, opens_at=opens_at, closes_at=closes_at, form=version, **values, **terms
    )
    calls.set_criteria(call, criteria=stage.texts("hubs")["criteria"], by=by, at=at)
    return calls.announce(call, by=by, at=at)


def evening(at: datetime, days: int) -> datetime:
    """Six in the evening in Kyiv, so many days from `at`."""
    return datetime.combine(at.astimezone(KYIV).date() + timedelta(days=days), time(18), KYIV)


def announce_competition(programme: Programme, at: datetime) -> Call:
    """Libraries may become hubs; the call closed a week ago."""
    return announce_call(
        programme,
        "hub_call",
        "hub",
        at=evening(at, -48),
        kind="hub",
        opens_at=evening(at, -40),
        closes_at=evening(at, -8),
        review_by=(at + timedelta(days=5)).date(),
        decision_by=(at + timedelta(days=16)).date(),
        who_kinds=["library", "ngo"],
        places=12,
    )


def compete(call: Call, libraries: list[Organisation]) -> None:
    """Libraries applied to become hubs, more of them towards the close; their applications are being read."""
    told, closed = stage.texts("hubs")["libraries"], call.closes_at
    for number, library in enumerate(libraries):
        left = len(libraries) - number
        at = closed - timedelta(days=left * left / 9, hours=6)
        playing.apply(call, library, hub_answers(told[number % len(told)], number), at=at)
    assigning.assign(call, by=stage.player("officer"), at=closed + timedelta(hours=15))
    for reviewer in User.objects.filter(assignments__application__call=call).distinct().order_by("pk"):
        review_letters.send_invited(call, reviewer, at=closed + timedelta(hours=15, minutes=1))
    assess(call, closed + timedelta(days=1))


def assess(call: Call, at: datetime) -> None:
    """Most have handed in most; the reviewer whom a visitor may be has done one, begun one, and the rest waits."""
    waiting = Assignment.objects.filter(application__call=call).select_related(
        "application__call__programme", "application__organisation__hromada", "reviewer"
    )
    visitor = stage.player("reviewer")
    done, begun, *_ = waiting.filter(reviewer=visitor).order_by("pk")
    others = waiting.exclude(reviewer=visitor).order_by("pk")
    handed_in = [done, *(one for number, one in enumerate(others) if number % 5 < REVIEWED)]
    for number, assignment in enumerate(handed_in):
        playing.review(assignment, level(assignment), at=at + timedelta(hours=number))
    playing.assess(begun, level(begun), at=at + timedelta(hours=len(handed_in)))


def level(assignment: Assignment) -> float:
    """How good an application is: the same for all who read it."""
    return 1 + playing.draw(assignment.application_id, sides=11) / 10


def hub_answers(told: dict[str, str], number: int) -> list[dict[str, Any]]:
    """What a library types into the form."""
    return [
        {"title": told["title"], "summary": told["summary"], "visitors": str(60 + playing.draw(number, sides=400))},
        {"events": ["informatsiini_zustrichi"], "partners": "Рада громади, ліцей, громадська організація мешканок."},
        {"access": "tak", "truth": True},
    ]


def announce_open_call(programme: Programme, at: datetime) -> Call:
    """A call that a visitor can apply to."""
    return announce_call(
        programme,
        "grant_call",
        "grant",
        at=evening(at, -41),
        kind="grant",
        opens_at=evening(at, -12),
        closes_at=evening(at, OPEN_FOR),
        review_by=(at + timedelta(days=22)).date(),
        decision_by=(at + timedelta(days=30)).date(),
        work_starts_on=(at + timedelta(days=45)).date(),
        work_ends_on=(at + timedelta(days=225)).date(),
        budget=Decimal(2_400_000),
        award_least=Decimal(40_000),
        award_most=Decimal(180_000),
    )


def apply_to_open_call(call: Call, libraries: list[Organisation], at: datetime) -> None:
    """A few have applied already."""
    projects = [project for project in stage.texts("fund")["projects"] if asks(project) <= call.award_most]
    for number, (library, project) in enumerate(zip(libraries, projects, strict=False)):
        playing.apply(call, library, fund.answers(project), at=evening(at, -4) + timedelta(hours=9 * number))


def asks(project: dict[str, Any]) -> int:
    """How much a project asks for."""
    return sum(quantity * price for _item, quantity, price in project["rows"]) - project["own"]


def draft_of_librarian(call: Call, library: Organisation, at: datetime) -> None:
    """The librarian whom a visitor may be has begun and stopped half-way."""
    by = stage.player("librarian")
    application = applications.begin(call, organisation=library, by=by, at=at - timedelta(days=2))
    half = [
        {
            "title": "Лавка розмов: щомісяця з радою на сходах бібліотеки",
            "summary": "Десять зустрічей просто неба, зарядна станція і автобус із трьох сіл.",
            "audience": ["liudy_60"],
        },
        {
            "need": "Минулого року на зустрічі з радою прийшло 18 людей. Решта каже: не знали, далеко, темно.",
            "asked": "",
        },
    ]
    playing.fill(application, half, by=by, at=at - timedelta(days=1, hours=3))
