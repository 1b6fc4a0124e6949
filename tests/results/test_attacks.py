"""Attempts on evidence and on the rule that nobody verifies their own value: each meets 404, or a sentence, and changes nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import files, people, programmes
from tests.factories import results as factory
from viche.facts.models import Fact
from viche.methods.refusals import NotAllowed, Refused
from viche.people import operations as accounts
from viche.results.models import Evidence, Value
from viche.results.operations import deciding, evidence, values

pytestmark = pytest.mark.django_db
AT = factory.MOMENT
OK, FOUND, FORBIDDEN, MISSING = 200, 302, 403, 404
READERS = {"author", "officer", "observer", "panellist", "administrator"}


@pytest.fixture
def scene(client):
    made = programmes.programme()
    made.within, made.one = factory.period(made), factory.indicator(made)
    other = programmes.programme()
    made.persons = {
        "author": programmes.editor(made),
        "officer": programmes.officer(made),
        "observer": programmes.observer(made),
        "panellist": programmes.panellist(made),
        "administrator": people.administrator(),
        "another editor": programmes.editor(made),
        "consultant": programmes.consultant(made),
        "reviewer": programmes.reviewer(made),
        "another programme's officer": programmes.officer(other),
        "another programme's observer": programmes.observer(other),
        "stranger": people.user(),
        "head of an organisation": people.head(),
    }
    made.author = made.persons["author"]
    made.value = factory.value(made.one, 12, period=made.within, reported_by=made.author, proved=False)
    made.proof = evidence.attach(
        made.value,
        kind="document",
        caption="Список учасниць",
        upload=files.upload(files.PDF, "список.pdf"),
        by=made.author,
        at=AT,
    )
    made.other, made.client = other, client
    return made


def at(scene, name, *parts, code=None):
    return reverse(f"results:{name}", args=[code or scene.code, *parts])


def got(scene, who, address, post=None):
    scene.client.logout()
    if who is not None:
        scene.client.force_login(scene.persons[who] if isinstance(who, str) else who)
    return scene.client.post(address, post) if post is not None else scene.client.get(address)


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "approved"])
def test_a_private_file_opens_for_its_readers_and_is_not_there_for_others(scene, state):
    Value.objects.update(state=state)
    address = at(scene, "evidence", scene.value.pk, scene.proof.pk)
    opened = set()
    for who in scene.persons:
        answer = got(scene, who, address)
        assert answer.status_code in {OK, MISSING}, who
        if answer.status_code == OK:
            opened.add(who)
            assert answer["Content-Type"] == "application/pdf"
            assert "private" in answer["Cache-Control"] or "no-store" in answer["Cache-Control"]
        else:
            assert "список" not in answer.content.decode()
    assert opened == READERS
    assert got(scene, None, address).status_code == FOUND


def test_a_file_is_under_no_other_address(scene):
    """Under another value, another programme, or that of public photographs it is not there, even for an officer."""
    beside = factory.value(scene.one, 1, period=scene.within, reported_by=scene.author)
    alien = factory.value(factory.indicator(scene.other), 1)
    for address in (
        at(scene, "evidence", beside.pk, scene.proof.pk),
        at(scene, "evidence", alien.pk, scene.proof.pk),
        at(scene, "evidence", scene.value.pk, scene.proof.pk, code=scene.other.code),
        at(scene, "evidence", scene.value.pk, scene.proof.pk + 99),
    ):
        for who in ("officer", "author", "administrator", "another programme's officer"):
            assert got(scene, who, address).status_code == MISSING, (who, address)


def test_who_wrote_it_and_has_no_role_any_more_opens_it_no_more(scene):
    address = at(scene, "evidence", scene.value.pk, scene.proof.pk)
    assert got(scene, "author", address).status_code == OK
    scene.author.roles.all().delete()
    for name in ("value", "value_write", "evidence_add"):
        assert got(scene, scene.author, at(scene, name, scene.value.pk)).status_code == MISSING
    assert got(scene, scene.author, address).status_code == MISSING
    with pytest.raises(NotAllowed):
        values.submit(scene.value, by=scene.author, at=AT)


def test_what_was_taken_away_is_gone_for_everybody(scene):
    address = at(scene, "evidence", scene.value.pk, scene.proof.pk)
    evidence.detach(scene.proof, by=scene.author, at=AT)
    for who in READERS:
        assert got(scene, who, address).status_code == MISSING


@pytest.mark.parametrize("who", ["officer", "administrator", "observer", "another editor", "stranger"])
def test_nobody_else_adds_to_evidence_or_takes_from_it(scene, who):
    link = {"kind": "link", "caption": "Сайт", "link": "https://example.org"}
    assert got(scene, who, at(scene, "evidence_add", scene.value.pk), link).status_code == MISSING
    remove = at(scene, "evidence_remove", scene.value.pk, scene.proof.pk)
    assert got(scene, who, remove, {}).status_code == MISSING
    assert list(Evidence.objects.all()) == [scene.proof]


# Verifying one's own value


def refused(act, *given, **named):
    with pytest.raises(Refused) as no:
        act(*given, **named)
    return no.value


@pytest.fixture
def own(scene):
    """A value that waits, of an officer who could otherwise decide."""
    scene.officer = scene.persons["officer"]
    return factory.submitted(scene.one, 5, period=scene.within, reported_by=scene.officer)


def test_not_by_a_second_role_of_the_same_account(scene, own):
    programmes.editor(scene, user=scene.officer)
    programmes.consultant(scene, user=scene.officer)
    assert refused(deciding.approve, own, by=scene.officer, at=AT).status == FORBIDDEN
    accounts.make_administrator(scene.officer, by=scene.persons["administrator"], at=AT)
    scene.officer.refresh_from_db()
    assert refused(deciding.approve, own, by=scene.officer, at=AT).status == FORBIDDEN
    assert got(scene, "officer", at(scene, "value_approve", own.pk), {}).status_code == FORBIDDEN
    assert not Fact.objects.exists()


def test_not_after_it_was_returned_and_handed_in_again(scene, own):
    second = programmes.officer(scene)
    deciding.send_back(own, remark="Де список?", by=second, at=AT)
    values.submit(own, by=scene.officer, at=AT)
    assert refused(deciding.approve, own, by=scene.officer, at=AT).status == FORBIDDEN
    assert deciding.approve(own, by=second, at=AT).decided_by == second


def test_not_by_taking_somebody_elses_value_over(scene):
    """An officer writes in no value of another; one who decided has written nothing in it."""
    officer, typed = scene.persons["officer"], {"revision": "0", "number": "999"}
    for name, data in (
        ("value_write", typed),
        ("value_submit", {}),
        ("evidence_add", {"kind": "link", "caption": "С", "link": "https://a.ua"}),
    ):
        assert got(scene, "officer", at(scene, name, scene.value.pk), data).status_code == MISSING
    with pytest.raises(NotAllowed):
        values.save(scene.value, revision=0, number=None, by=officer, at=AT)
    assert Value.objects.get().value == 12


def test_not_with_an_object_on_which_the_writer_was_changed_in_memory(scene, own):
    own.reported_by = scene.author
    assert refused(deciding.approve, own, by=scene.officer, at=AT).status == FORBIDDEN


def test_not_by_withdrawing_ones_own_to_approve_another_number(scene, own):
    deciding.approve(own, by=programmes.officer(scene), at=AT)
    assert refused(deciding.withdraw, own, why="Так треба.", by=scene.officer, at=AT).status == FORBIDDEN
    assert Fact.objects.count() == 1


def test_not_even_past_the_operations(own):
    with pytest.raises(IntegrityError), transaction.atomic():
        Value.objects.filter(pk=own.pk).update(state="approved", decided_by=own.reported_by)


def test_a_value_of_somebody_forgotten_stays_theirs_and_counted_without_a_name(scene, own):
    name = scene.officer.name
    deciding.approve(own, by=programmes.officer(scene), at=AT)
    scene.officer.roles.all().delete()
    accounts.forget(scene.officer, by=scene.officer, at=AT)
    kept = Value.objects.get(pk=own.pk)
    assert (kept.state, kept.reported_by) == ("approved", scene.officer)
    page = got(scene, "administrator", at(scene, "value", own.pk)).content.decode()
    assert name not in page
    assert Fact.objects.count() == 1
