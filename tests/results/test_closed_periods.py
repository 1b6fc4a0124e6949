"""A closed period: its drafts stay as they were and can be read, what waits is listed before the close, an exception tells who and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import files, programmes
from tests.factories import results as factory
from viche.files.models import Stored
from viche.journal.models import Entry
from viche.methods.refusals import Refused
from viche.results.models import Evidence, Reopening, Value
from viche.results.operations import evidence, periods, values

pytestmark = pytest.mark.django_db
AT = factory.MOMENT
OK, FOUND, CONFLICT, FAULTY = 200, 302, 409, 422
JSON = {"HTTP_ACCEPT": "application/json"}
LINK = {"kind": "link", "caption": "Сайт", "link": "https://example.org"}


@pytest.fixture
def scene(client):
    """A draft with evidence, of a period that has closed; its author has signed in."""
    made = programmes.programme()
    made.officer, made.author = programmes.officer(made), programmes.editor(made)
    made.one, made.within = factory.indicator(made, parts=factory.PARTS), factory.period(made)
    made.value = factory.value(
        made.one, 12, period=made.within, reported_by=made.author, note="Зі звіту області.", unread={"on": "32 травня"}
    )
    periods.close(made.within, by=made.officer, at=AT)
    client.force_login(made.author)
    made.client = client
    return made


def at(scene, name, *parts):
    return reverse(f"results:{name}", args=[scene.code, *parts])


@pytest.fixture
def acts(scene):
    """Every way to change a draft."""
    done = {"by": scene.author, "at": AT}
    upload = files.upload(files.PDF, "звіт.pdf")
    return {
        "save": lambda: values.save(scene.value, revision=0, number=None, **done),
        "submit": lambda: values.submit(scene.value, **done),
        "remove": lambda: values.remove(scene.value, **done),
        "remove by an officer": lambda: values.remove(scene.value, by=scene.officer, at=AT),
        "attach a link": lambda: evidence.attach(scene.value, **LINK, **done),
        "attach a file": lambda: evidence.attach(scene.value, kind="document", caption="Звіт", upload=upload, **done),
        "detach": lambda: evidence.detach(scene.value.evidence.get(), **done),
    }


WAYS = ["save", "submit", "remove", "remove by an officer", "attach a link", "attach a file", "detach"]


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_of_a_closed_period_is_not_changed_in_any_way(scene, acts, way):
    before, told = Value.objects.values().get(), Entry.objects.count()
    with pytest.raises(Refused) as no:
        acts[way]()
    assert (no.value.status, "відкриє період знову" in no.value.sentence) == (CONFLICT, True)
    assert Value.objects.values().get() == before
    assert (Evidence.objects.count(), Stored.objects.count(), Entry.objects.count()) == (1, 0, told)


@pytest.mark.parametrize("way", WAYS)
def test_once_it_is_opened_again_all_of_it_may_be_done(scene, acts, way):
    Value.objects.update(unread={})
    scene.value.refresh_from_db()
    periods.reopen(scene.within, why="Пізній звіт.", by=scene.officer, at=AT)
    acts[way]()


def test_the_draft_is_read_with_all_that_was_typed_and_offers_no_change(scene):
    page = scene.client.get(at(scene, "value", scene.value.pk)).content.decode()
    for words in ("Період закрито", "Зі звіту області.", "«32 травня»", "Протокол сесії № 17"):
        assert words in page
    for name in ("value_write", "value_submit", "value_remove", "evidence_add"):
        assert f'"{at(scene, name, scene.value.pk)}"' not in page
    for name in ("value_write", "evidence_add"):
        answer = scene.client.get(at(scene, name, scene.value.pk))
        assert (answer.status_code, answer.url) == (FOUND, at(scene, "value", scene.value.pk))


def test_what_was_typed_while_the_period_closed_stays_on_the_page(scene):
    typed = {"revision": "0", "number": "77", "note": "Дописую речення."}
    answer = scene.client.post(at(scene, "value_write", scene.value.pk), typed)
    page = answer.content.decode()
    assert answer.status_code == CONFLICT
    for words in ("закрито", 'value="77"', "Дописую речення."):
        assert words in page
    told = scene.client.post(at(scene, "value_write", scene.value.pk), typed, **JSON)
    assert (told.status_code, "закрито" in told.json()["text"]) == (CONFLICT, True)
    answer = scene.client.post(at(scene, "evidence_add", scene.value.pk), LINK)
    assert (answer.status_code, "https://example.org" in answer.content.decode()) == (CONFLICT, True)
    for name, parts in (("value_remove", ()), ("evidence_remove", (Evidence.objects.get().pk,))):
        answer = scene.client.post(at(scene, name, scene.value.pk, *parts))
        assert (answer.status_code, "закрито" in answer.content.decode()) == (CONFLICT, True)
    assert Value.objects.get().value == 12


def test_what_waits_is_listed_with_links_and_keeps_the_period_open(scene):
    within = factory.period(scene, since=AT.date().replace(month=1))
    waiting = [factory.submitted(scene.one, number, period=within, reported_by=scene.author) for number in (3, 4)]
    draft = factory.value(scene.one, 5, period=within, reported_by=scene.author)
    scene.client.force_login(scene.officer)
    for answer in (
        scene.client.get(at(scene, "period", within.pk)),
        scene.client.get(at(scene, "period_close", within.pk)),
        scene.client.post(at(scene, "period_close", within.pk)),
    ):
        page = answer.content.decode()
        assert "Чекають на відповідь" in page
        for one in waiting:
            assert at(scene, "value", one.pk) in page
        assert at(scene, "value", draft.pk) not in page
    assert (answer.status_code, "ще 2 значення" in page) == (CONFLICT, True)
    within.refresh_from_db()
    assert not within.is_closed
    Value.objects.filter(period=within, state="submitted").delete()
    assert "Чекають на відповідь" not in scene.client.get(at(scene, "period_close", within.pk)).content.decode()
    assert scene.client.post(at(scene, "period_close", within.pk)).status_code == FOUND


def test_a_long_list_of_what_waits_goes_on_in_the_list_of_values(scene):
    within = factory.period(scene, since=AT.date().replace(month=1))
    for _ in range(23):
        factory.submitted(scene.one, 1, period=within, reported_by=scene.author)
    scene.client.force_login(scene.officer)
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page = scene.client.get(at(scene, "period_close", within.pk)).content.decode()
        counted.append(len(asked))
        more = f"{at(scene, 'values')}?state=submitted&amp;period={within.pk}"
        if len(counted) == 1:
            assert more in page
            assert "і ще 3 " in page
            Value.objects.filter(pk__in=Value.objects.filter(period=within).values("pk")[:20]).update(state="draft")
        else:
            assert more not in page
    assert counted[0] == counted[1] <= 12


def test_the_exception_tells_who_and_why_on_the_page_and_in_the_journal(scene):
    scene.client.force_login(scene.officer)
    answer = scene.client.post(at(scene, "period_reopen", scene.within.pk), {"why": "Область надіслала звіт пізно."})
    assert answer.status_code == FOUND
    one = Reopening.objects.get()
    assert (one.by, one.why) == (scene.officer, "Область надіслала звіт пізно.")
    page = scene.client.get(at(scene, "period", scene.within.pk)).content.decode()
    assert "Область надіслала звіт пізно." in page
    assert str(scene.officer) in page
    entry = Entry.objects.get(verb="results.period_reopened")
    assert entry.actor_id == scene.officer.pk
    assert "Область надіслала звіт пізно." in entry.values.body
