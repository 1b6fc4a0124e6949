"""A small project fund over HTTP, as people walk it: from the first letter of invitation to five closed grants of nineteen.

The figures follow a real fund: 25 hromadas were invited after an internship, 19 applied, three people read each
application, the panel supported five, they worked from February to June 2024 and closed with accepted reports.
"""

import json
import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail

from tests.factories import people, places
from tests.journeys.walking import Person
from viche.awards.models import Award, Report
from viche.calls.models import Application, Call, Receipt
from viche.demo import fund, stage
from viche.formats import edrpou
from viche.journal import queries as journal
from viche.mail.models import Letter
from viche.people.models import Organisation, User
from viche.places.operations import invent
from viche.programmes.models import Programme
from viche.reviews.models import Assignment
from viche.work import worker

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = "/office/FUND/"
CALL = f"{OFFICE}calls/FUND-24/"


@pytest.fixture
def clock():
    """The time of the journey; `clock(…)` goes on to another moment, and the worker does what has become due."""
    with time_machine.travel(datetime(2023, 12, 4, 9, 0, tzinfo=UTC), tick=True) as travelling:

        def go(*moment):
            travelling.move_to(datetime(*moment, tzinfo=UTC), tick=True)
            worker.drain()

        yield go


def link_for(email):
    """The address in the latest letter to this mailbox."""
    letter = next(letter for letter in reversed(mail.outbox) if letter.to == [email])
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]


def invite(by, email, name, kind):
    """An officer invites by letter; the person opens it, and presses the button."""
    by.fills(f"{OFFICE}settings/roles/invite/", email=email, name=name, kind=kind)
    worker.drain()
    invited = Person(people.user(email=email, name=name))
    invited.fills(link_for(email))
    return invited


def found_programme():
    """The administrator begins the programme and invites the officers."""
    told = stage.texts("fund")["programme"]
    administrator = Person(people.administrator())
    administrator.fills(
        "/office/new/", code="fund", name=told["name"], lead=told["lead"], starts_on="01.12.2023", ends_on="31.07.2024"
    )
    administrator.fills(
        f"{OFFICE}settings/basics/",
        name=told["name"],
        lead=told["lead"],
        is_public="on",
        contact_email="fund@viche.example",
    )
    officer = invite(administrator, "officer@viche.example", "Керівниця програми", "officer")
    return administrator, officer


def join_by_letter(administrator):
    """The second officer has no account yet: the letter leads to one."""
    administrator.fills(
        f"{OFFICE}settings/roles/invite/", email="finance@viche.example", name="Фінансовий менеджер", kind="officer"
    )
    worker.drain()
    newcomer = Person()
    link = link_for("finance@viche.example")
    assert "Увійти" in newcomer.sees(link)
    newcomer.fills(
        f"/account/signup/?next={link}",
        at="signup",
        email="finance@viche.example",
        name="Фінансовий менеджер",
        password1="калинова-сопілка-7",
        consent="on",
    )
    newcomer.fills(link)
    newcomer.user = User.objects.get(email="finance@viche.example")
    return newcomer


def register_councils():
    """Twenty-five heads register their councils."""
    oblast, heads = places.oblast(), []
    told = stage.texts("hromadas")["hromadas"][:25]
    for number, (name, kind, centre, *_rest) in enumerate(told, start=1):
        hromada = invent(name, number=number, kind=stage.KINDS[kind], centre=centre, oblast=oblast)
        head = Person(people.user(name=f"Голова громади {number}"))
        stem = f"{3_700_000 + number:07d}"
        head.fills(
            "/me/organisations/new/",
            name=f"{name} рада",
            kind="council",
            edrpou=stem + edrpou.check_digit(stem),
            hromada=hromada.code,
        )
        heads.append(head)
    assert Organisation.objects.count() == 25
    return heads


def announce(officer):
    """The officer makes the form from a ready pattern, writes the terms and criteria, and announces."""
    told = stage.texts("fund")
    version = stage.form(
        "grant", "Заявка на малий проєкт", f"programme:{Programme.objects.get().pk}", datetime.now(UTC)
    )
    officer.fills(
        f"{OFFICE}calls/new/",
        title=told["call"]["title"],
        kind="grant",
        code="FUND-24",
        lead=told["call"]["lead"],
        about=told["call"]["about"],
    )
    officer.fills(
        f"{CALL}terms/",
        opens_at="2023-12-11T10:00",
        closes_at="2024-01-12T18:00",
        review_by="22.01.2024",
        decision_by="31.01.2024",
        work_starts_on="01.02.2024",
        work_ends_on="30.06.2024",
        budget="1 200 000",
        award_least="100 000",
        award_most="300 000",
        reviewers_wanted="3",
    )
    codes = "\n".join(Organisation.objects.values_list("edrpou", flat=True))
    officer.fills(f"{CALL}circle/", who="listed", organisations=codes)
    officer.fills(f"{CALL}form/", form=str(version.pk))
    rows = {
        f"form-{number}-{name}": str(criterion[name])
        for number, criterion in enumerate(told["criteria"])
        for name in ("name", "help", "weight")
    }
    officer.fills(f"{CALL}criteria/", **{"form-TOTAL_FORMS": "4", **rows})
    officer.fills(f"{CALL}announce/")
    assert Call.objects.get().stage == "scheduled"


def apply(head, project):
    """One hromada applies, section by section, checks and submits."""
    begun = head.fills("/calls/FUND-24/apply/")
    mine = begun.request["PATH_INFO"]
    for number, values in enumerate(fund.answers(project), start=1):
        typed = {name: "on" if value is True else value for name, value in values.items() if name != "budget"}
        for row, cells in enumerate(values.get("budget", [])):
            typed |= {f"budget-{row}-{cell}": value for cell, value in cells.items()}
        head.fills(f"{mine}sections/{number}/", **typed)
    page = head.fills(f"{mine}check/", at="submit").content.decode()
    assert "Контрольна сума" in page
    return mine


def review(reviewer, projects):
    """A reviewer reads and judges all that was given to them."""
    for place in Assignment.objects.filter(reviewer=reviewer.user).select_related("application__organisation__hromada"):
        level = projects[place.application.organisation.hromada.name]["level"]
        typed = {}
        for criterion in place.application.call.criteria.all():
            typed |= {
                f"points-{criterion.pk}": str(round(level * 2.5)),
                f"reason-{criterion.pk}": "Кроки, люди й строки названо.",
            }
        reviewer.fills(f"/me/reviews/{place.pk}/", press=("act", "hand_in"), **typed)


def decide(officer, projects):
    """The officer closes the assessment, convenes the panel, writes its decisions and publishes them."""
    officer.fills(f"{CALL}reviews/close/")
    sitting = str(User.objects.get(email="panel@viche.example").pk)
    officer.fills(f"{CALL}panel/convene/", meets_at="2024-01-25T10:00", place="Київ та онлайн", members=sitting)


def publish(officer, projects):
    """What the panel said, one by one, then to everybody at once."""
    for application in Application.objects.filter(state="submitted").select_related("organisation__hromada"):
        good = projects[application.organisation.hromada.name]["level"] >= fund.SUPPORTED_FROM
        typed = {"outcome": "supported", "amount": str(application.amount)} if good else {"outcome": "declined"}
        officer.fills(f"{CALL}panel/{application.code}/", **typed, reason="Комісія пояснює своє рішення цими словами.")
    officer.fills(f"{CALL}panel/publish/", protocol="Комісія розглянула 19 заявок.")
    assert Call.objects.get().stage == "decided"


def agree(officer, payer):
    """Agreements are prepared, planned as proposed, signed; the first tranches are paid."""
    officer.fills(f"{OFFICE}awards/", at="prepare")
    owner = f"programme:{Programme.objects.get().pk}"
    interim = stage.form("interim", "Проміжний звіт", owner, datetime.now(UTC))
    final = stage.form("final", "Підсумковий звіт", owner, datetime.now(UTC))
    for award in Award.objects.all():
        here = f"{OFFICE}awards/{award.code}/"
        officer.fills(f"{here}plan/", **{"reports-0-form": str(interim.pk), "reports-1-form": str(final.pk)})
        officer.fills(f"{here}agree/", number=f"{award.code}/У", agreed_on="01.02.2024")
        payer.fills(f"{here}tranches/1/pay/", paid_on="01.02.2024", note="ПД-1")


def report(head, award, position, sections):
    """The organisation writes a report, section by section, and hands it in."""
    here = f"/me/awards/{award.code}/reports/{position}/"
    for number, typed in enumerate(sections, start=1):
        head.fills(f"{here}sections/{number}/", **typed)
    head.fills(f"{here}check/", at="submit")


def test_the_whole_path(clock):
    projects = {project["hromada"]: project for project in stage.texts("fund")["projects"]}
    administrator, officer = found_programme()
    payer = join_by_letter(administrator)
    reviewers = [invite(officer, f"reviewer{n}@viche.example", f"Рецензент {n}", "reviewer") for n in range(1, 9)]
    invite(officer, "panel@viche.example", "Голова комісії", "panel")
    heads = register_councils()
    announce(officer)

    clock(2023, 12, 12, 9)
    assert "Подати заявку" in Person().sees("/calls/FUND-24/")
    applied = {}
    for head in heads:
        name = head.user.memberships.get().organisation.hromada.name
        if name in projects:
            applied[name] = (head, apply(head, projects[name]))
    assert Receipt.objects.count() == 19

    clock(2024, 1, 13, 9)
    officer.fills(f"{CALL}reviews/", at="assign")
    assert Assignment.objects.count() == 57
    for reviewer in reviewers:
        review(reviewer, projects)
    clock(2024, 1, 23, 9)
    decide(officer, projects)
    clock(2024, 1, 25, 14)
    publish(officer, projects)
    worker.drain()
    assert Letter.objects.filter(kind="calls.outcome").count() == 19
    assert "Комісія пояснює" in applied["Старомлинівська-на-Росі"][0].sees(
        f"{applied['Старомлинівська-на-Росі'][1]}outcome/"
    )

    clock(2024, 2, 1, 15)
    agree(officer, payer)
    follow_to_the_end(clock, officer, payer, projects, applied)
    public_result()
    verdict = journal.verify(None)
    assert (verdict.fault, verdict.read > 200) == (None, True)


def follow_to_the_end(clock, officer, payer, projects, applied):
    """Interim reports unlock the second tranches, final reports close the grants."""
    awards = list(Award.objects.select_related("organisation__hromada"))
    clock(2024, 4, 12, 12)
    for award in awards:
        head = applied[award.organisation.hromada.name][0]
        report(head, award, 1, [{"done": "Половину зроблено.", "spent": "100 000"}])
        here = f"{OFFICE}awards/{award.code}/"
        assert award.tranches.get(position=2).state == "locked"
        officer.fills(f"{here}reports/1/accept/")
        payer.fills(f"{here}tranches/2/pay/", paid_on="12.04.2024", note="ПД-2", early="on")
    clock(2024, 7, 8, 12)
    for award in awards:
        head, project = applied[award.organisation.hromada.name][0], projects[award.organisation.hromada.name]
        amount = f"{award.amount:.0f}"
        report(head, award, 2, [{"done": project["done"], "people": "240"}, {"spent": amount}])
        here = f"{OFFICE}awards/{award.code}/"
        officer.fills(f"{here}reports/2/accept/")
        officer.fills(f"{here}close/", done=project["done"])
    assert Report.objects.exclude(state="accepted").count() == 0


def public_result():
    """Everybody sees what came of it: five closed grants of nineteen applications."""
    visitor = Person()
    rows = json.loads(visitor.client.get("/awards.json?programme=FUND&state=closed").content)
    assert len(rows) == 5
    assert set(rows[0]) == {
        "code",
        "programme",
        "organisation",
        "hromada",
        "amount",
        "currency",
        "awarded_on",
        "state",
        "url",
    }
    assert sum(row["amount"] for row in rows) == 1_187_300
    assert Application.objects.filter(state="submitted").count() == 19
    page = visitor.sees("/calls/FUND-24/")
    assert "19" in page
    award = visitor.sees(f"/awards/{rows[0]['code']}/")
    assert rows[0]["organisation"] in award
    assert "/account/login/" in visitor.client.get("/office/FUND/awards/").headers["Location"]
