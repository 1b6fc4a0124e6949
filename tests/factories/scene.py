"""One rich scene: a programme with something at every step of the way, and one person of every role.

Made by the operations that people use, once for a whole module of tests; what tells the time stands around today, so
that pages may ask the clock.
"""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from django.core.signing import TimestampSigner

from tests.factories import (
    awards,
    calls,
    files,
    people,
    programmes,
    questionnaires,
    reviews,
    scene_of_events,
    scene_of_results,
)
from viche.awards.models import Award
from viche.awards.operations import photographs
from viche.calls.choices import Outcome
from viche.calls.operations import applications
from viche.demo import prepare, stage
from viche.files.models import Stored
from viche.mail import rendering
from viche.mail.models import Letter
from viche.people import operations as people_operations
from viche.programmes.operations import roles
from viche.questionnaires import operations as forms
from viche.questionnaires import queries
from viche.reviews.operations import assigning, deciding
from viche.ui import assets

MOMENT = people.MOMENT


def whole():
    """A scene: see the attributes below; every person is named by the role."""
    scene = SimpleNamespace(token="запрошення-в-організацію")
    _people(scene)
    _programme(scene)
    _calls(scene)
    _assessment(scene)
    _decision(scene)
    _award(scene)
    scene_of_events.add(scene)
    scene_of_results.add(scene)
    _letters(scene)
    return scene


def cast(scene):
    """Everybody by role; a visitor is None."""
    return {name: getattr(scene, name) for name in ROLES}


ROLES = (
    "visitor",
    "stranger",
    "applicant",
    "reviewer",
    "conflicted",
    "officer",
    "recused",
    "elsewhere",
    "panel",
    "consultant",
    "observer",
    "administrator",
)


def _people(scene):
    word = {"password": people.PASSWORD}
    scene.programme = programmes.programme(code="FUND", name="Фонд малих проєктів", contact_email="fund@viche.example")
    scene.visitor = None
    scene.organisation = people.organisation(name="Калинопільська міська рада")
    scene.applicant = people.head(scene.organisation, name="Голова Калинопільської громади", **word)
    scene.stranger = people.head(
        people.organisation(name="Лісодолинська сільська рада"), name="Голова іншої громади", **word
    )
    scene.officer = programmes.officer(scene.programme, name="Керівниця програми", **word)
    scene.key = people.key(scene.officer)
    scene.recused = programmes.officer(scene.programme, name="Керівник, який відступився", **word)
    scene.hidden = programmes.programme(code="HIDDEN", name="Програма, яку ще готують", is_public=False)
    scene.elsewhere = programmes.officer(scene.hidden, name="Керівник іншої програми", **word)
    scene.reviewer = programmes.reviewer(scene.programme, name="Рецензентка", **word)
    scene.conflicted = programmes.reviewer(scene.programme, name="Рецензент із конфліктом", **word)
    scene.panel = programmes.panellist(scene.programme, name="Членкиня комісії", **word)
    scene.consultant = programmes.consultant(
        scene.programme, oblast=scene.organisation.hromada.oblast, name="Регіональна консультантка", **word
    )
    scene.observer = programmes.observer(scene.programme, name="Спостерігачка донора", **word)
    scene.administrator = people.administrator(name="Адміністраторка", **word)
    scene.preparer = people.member(scene.organisation, name="Підготувачка", **word)
    scene.invitation = people.invitation(scene.token, organisation=scene.organisation, expires_at=people.LATER)
    scene.branch = people.organisation(name="Бібліотека-філія", parent=scene.organisation, edrpou="")
    scene.asked = people.join_request(organisation=scene.organisation)


def _programme(scene):
    programme, officer = scene.programme, scene.officer
    scene.goal = programmes.goal(programme, text="Громади, що вміють просити й звітувати")
    scene.component = programmes.component(programme, name="Малі гранти")
    logo = files.stored(files.picture("PNG"), "logo.png", owner_kind="programmes.partner", owner_id=1)
    scene.partner = programmes.partner(programme, name="Фонд сприяння", logo=logo)
    programmes.team_member(programme)
    scene.participant = programmes.participant(programme, organisation=scene.organisation)
    scene.role = programme.roles.get(user=scene.reviewer)
    scene.role_invitation = roles.invite(
        programme, email="invited@example.org", name="", kind="reviewer", by=officer, at=datetime.now(UTC)
    )
    line = next(one for one in Letter.objects.latest("pk").text.splitlines() if "/invitations/programmes/" in one)
    scene.role_token = line.strip().rstrip("/").rsplit("/", 1)[1]
    owner = f"programme:{programme.pk}"
    scene.form = forms.create("Форма, яку ще складають", owner_key=owner, at=MOMENT).versions.get()
    forms.write(scene.form, questionnaires.GRANT, at=MOMENT)
    scene.section = queries.outline(scene.form).section(2)
    scene.question = scene.section.questions[0]


def _calls(scene):
    programme, officer, today = scene.programme, scene.officer, datetime.now(UTC)
    scene.draft_call = calls.draft(programme, officer=officer, code="DRAFT-25", title="Ще не оголошений конкурс")
    opening = {"opens_at": today - timedelta(days=3), "closes_at": today + timedelta(days=20)}
    scene.open_call = calls.announced(programme, officer=officer, code="OPEN-25", title="Світлі читальні", **opening)
    own = {"organisation": scene.organisation, "by": scene.applicant}
    scene.draft = calls.fill(calls.begun(scene.open_call, at=today, **own), at=today)
    scene.withdrawn = calls.submitted(scene.open_call, at=today)
    applications.withdraw(scene.withdrawn, by=calls.writer(scene.withdrawn), clock=lambda: today)
    scene.submitted = calls.submitted(scene.open_call, at=today)


def _assessment(scene):
    """A closed call that is being judged: one has read, a reviewer and an officer have a conflict with one application."""
    programme, officer = scene.programme, scene.officer
    terms = {"review_by": date.today() + timedelta(days=5), "reviewers_wanted": 2}  # noqa: DTZ011 — any day will do
    scene.judging_call = calls.announced(
        programme, officer=officer, code="JUDGE-24", title="Пункти незламності", **terms
    )
    own = {"organisation": scene.organisation, "by": scene.applicant}
    drafted = calls.complete(scene.judging_call, **own)
    asked = next(one for one in queries.outline(drafted.sheet.version).questions if one.key == "letter")
    scene.attached = applications.attach(
        drafted, question=asked, upload=files.upload(name="лист.pdf"), by=scene.applicant, at=calls.WHILE_OPEN
    )
    applications.submit(drafted, by=scene.applicant, clock=lambda: calls.WHILE_OPEN)
    scene.judged = reviews.whole(drafted)
    scene.other_judged = calls.submitted(scene.judging_call)
    for person in (scene.reviewer, scene.conflicted):
        assigning.give(scene.judged, reviewer=person, by=officer, at=calls.AFTER)
    scene.place, scene.lost = reviews.places(scene.judging_call)
    assigning.declare_conflict(scene.lost, note="Разом навчалися.", by=scene.conflicted, at=calls.AFTER)
    assigning.recuse(scene.judged, note="Родичі.", by=scene.recused, at=calls.AFTER)
    second = programmes.reviewer(programme, name="Друга рецензентка")
    assigning.give(scene.other_judged, reviewer=second, by=officer, at=calls.AFTER)
    scene.done = reviews.hand_in(reviews.places(scene.judging_call)[-1])


def _decision(scene):
    """A closed call that is judged: the panel is convened, and one decision is written."""
    programme, officer = scene.programme, scene.officer
    terms = {"review_by": reviews.REVIEW_BY, "reviewers_wanted": 1}
    scene.ranked_call = calls.announced(programme, officer=officer, code="RANK-24", title="Хаби бібліотек", **terms)
    scene.ranked = [calls.submitted(scene.ranked_call) for _ in range(3)]
    for number, one in enumerate(scene.ranked):
        assigning.give(one, reviewer=scene.reviewer, by=officer, at=calls.AFTER)
        reviews.hand_in(reviews.places(scene.ranked_call)[-1], points=5 - number)
    deciding.close_assessment(scene.ranked_call, by=officer, at=calls.AFTER)
    deciding.convene(
        scene.ranked_call, meets_at=reviews.LATER, place="Калинопіль", members=[scene.panel], by=officer, at=calls.AFTER
    )
    scene.ranked = [reviews.whole(one) for one in scene.ranked]
    scene.ranked_call = reviews.fresh(scene.ranked_call)
    reviews.decision(SimpleNamespace(officer=officer), scene.ranked[0], Outcome.SUPPORTED)
    assigning.recuse(scene.ranked[0], note="Родичі.", by=scene.recused, at=reviews.LATER)


def _award(scene):
    """An award under way with a submitted report and a photograph that everybody sees; another one being prepared."""
    given = {"officer": scene.officer, "organisation": scene.organisation}
    scene.award = awards.active(scene.programme, **given)
    scene.report = awards.report(scene.award)
    scene.paper = awards.attach(scene.report, "papers", name="платіжка.pdf", by=scene.applicant)
    scene.report = awards.submitted(scene.report, by=scene.applicant, photograph=True)
    scene.picture = Stored.objects.get(is_image=True, owner_kind="questionnaires.sheet")
    scene.photograph = photographs.show(
        scene.award,
        stored=scene.picture,
        caption="Діти читають при лампі",
        credit="Бібліотека",
        consent=True,
        public_from=date(2024, 5, 21),
        by=scene.officer,
        at=awards.LATER,
    )
    scene.prepared = awards.prepared(scene.programme, **given)
    scene.award = Award.objects.select_related("application__call", "organisation").get(pk=scene.award.pk)


def _letters(scene):
    scene.letter = Letter.objects.filter(programme_code=scene.programme.code).exclude(to="").first()
    people_operations.invite(
        scene.organisation,
        email="colleague@example.org",
        name="",
        role="preparer",
        by=scene.applicant,
        at=datetime.now(UTC),
    )
    scene.other_letter = Letter.objects.filter(programme_code="").first()
    scene.stop_token = rendering.stop_address("person@example.org", "calls.reminder").rstrip("/").rsplit("/", 1)[1]
    scene.player_token = TimestampSigner(salt=prepare.SALT).sign(stage.PLAYERS[0].key)
    scene.digest = assets.address("viche.css").rsplit("/", 2)[1]
