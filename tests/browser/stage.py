"""What visits need to find: a call to apply for, a call to judge, a call to decide."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from tests.factories import calls, people, places, programmes, questionnaires, reviews
from viche.reviews.operations import assigning


def now():
    """This moment; pages ask the clock."""
    return datetime.now(UTC)


def applying():
    """An open call with a question of every kind, and the head of an organisation that has not begun: `.head`."""
    programme = programmes.programme(code="FUND", name="Фонд малих проєктів")
    officer = programmes.officer(programme)
    form = questionnaires.version(questionnaires.GRANT, owner_key=f"programme:{programme.pk}")
    term = {"opens_at": now() - timedelta(days=3), "closes_at": now() + timedelta(days=20)}
    call = calls.announced(programme, officer=officer, form=form, code="OPEN-25", title="Світлі читальні", **term)
    hromada = places.hromada(name="Тарнавицька", code=questionnaires.CODE, centre_name="Тарнавиця")
    places.hromada(name="Тарасівська", centre_name="Тарасівка")
    organisation = people.organisation(name="Тарнавицька міська рада", hromada=hromada)
    return SimpleNamespace(
        programme=programme, officer=officer, call=call, organisation=organisation, head=people.head(organisation)
    )


def judging():
    """A closed call with one application to read: `.reviewer`, `.place`."""
    made = reviews.closed(applications=1, reviewers=1, reviewers_wanted=1, review_by=now().date() + timedelta(days=7))
    assigning.assign(made.call, by=made.officer, at=now())
    made.place = reviews.places(made.call)[0]
    made.reviewer = made.place.reviewer
    return made


def deciding():
    """A closed call of two applications, all reviews handed in, nothing decided: `.members` may sit in the panel."""
    made = reviews.reviewed(applications=2, reviewers=1, reviewers_wanted=1)
    made.members = [programmes.panellist(made.programme, name=f"Членкиня комісії {n}") for n in (1, 2)]
    made.heads = [calls.writer(one) for one in made.applications]
    return made
