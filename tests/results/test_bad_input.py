"""Bad input at the office of results, page by page and by the command that tells figures: a sentence, its code, nothing changed."""

import json

import pytest
from django.urls import reverse

from tests.factories import programmes
from tests.factories import results as factory
from viche.config.cli import figures
from viche.config.cli.speaking import Stop
from viche.facts.models import Fact
from viche.journal.models import Entry
from viche.results.models import Evidence, Indicator, Target, Value
from viche.results.operations import periods
from viche.results.queries import aims

pytestmark = pytest.mark.django_db
AT = factory.MOMENT
OK, FORBIDDEN, MISSING, FAULTY = 200, 403, 404, 422


@pytest.fixture
def office(client):
    made = programmes.programme(is_public=True)
    made.officer = programmes.officer(made)
    client.force_login(made.officer)
    made.client = client
    return made


def post(office, name, /, *parts, **typed):
    before = [list(model.objects.order_by("pk").values()) for model in KEPT]
    answer = office.client.post(reverse(f"results:{name}", args=[office.code, *parts]), typed)
    return answer, [list(model.objects.order_by("pk").values()) for model in KEPT] == before


KEPT = (Indicator, Target, Value, Evidence, Fact, Entry)
TYPED = {"code": "P1", "name": "Ініціативи мешканців", "unit": "ініціатив", "direction": "up"}


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        ("reported", {"unit": ""}, "без неї число нічого не каже"),
        ("reported", {"unit": " \t "}, "без неї число нічого не каже"),
        ("counted", {"unit": "", "counts": "events|", "how": "sum"}, "без неї число нічого не каже"),
        ("reported", {"parts": "14–35\n30–45"}, "перетинаються"),
        ("reported", {"parts": "жінки\nЖінки"}, "двічі"),
        ("reported", {"parts": "60+\n55–70"}, "перетинаються"),
    ],
)
def test_an_indicator_that_can_be_none_is_told_in_a_sentence(office, kind, typed, words):
    answer, is_same = post(office, "indicator_define", kind, **(TYPED | typed))
    assert (answer.status_code, is_same) == (FAULTY, True)
    page = answer.content.decode()
    assert words in page
    assert "Ініціативи мешканців" in page


def test_a_target_in_a_closed_period_is_not_taken_even_when_it_is_sent(office):
    one, within = factory.counted(office), factory.period(office)
    factory.target(one, 7, period=within)
    periods.close(within, by=office.officer, at=AT)
    sent = {"mark": aims.of(one).mark, f"t-{within.pk}-0": "999"}
    _answer, is_same = post(office, "targets", one.code, **sent)
    assert is_same
    assert Target.objects.get().value == 7
    assert "закрито" in office.client.get(reverse("results:targets", args=[office.code, one.code])).content.decode()


def test_a_period_that_closes_while_targets_are_typed_keeps_its_own(office):
    """The page was opened before the close: the rest is not written half, and what was closed is shown as it is."""
    one, within = factory.counted(office), factory.period(office)
    sent = {"mark": aims.of(one).mark, "t-0-0": "100", f"t-{within.pk}-0": "50"}
    periods.close(within, by=office.officer, at=AT)
    post(office, "targets", one.code, **sent)
    assert aims.stored(one) == {(None, ""): 100}


def test_a_ratio_with_a_zero_below_is_no_number_and_no_fault(office, capsys):
    nothing, something = factory.counted(office), factory.indicator(office)
    factory.approved(something, 5, period=factory.period(office))
    ratio = factory.ratio(something, nothing, times=100, code="SHARE")
    for name, parts in (
        ("dashboard", ()),
        ("office", ()),
        ("figure", ("SHARE",)),
        ("office_figure", ("SHARE",)),
        ("period", (something.values.get().period_id,)),
    ):
        answer = office.client.get(reverse(f"results:{name}", args=[office.code, *parts]))
        assert answer.status_code == OK, name
        assert ratio.name in answer.content.decode()
    figures.run([office.code, "--json"])
    told = {one["code"]: one["actual"] for one in json.loads(capsys.readouterr().out)}
    assert told["SHARE"] is None
    assert told[something.code] == 5


@pytest.mark.parametrize("kind", ["rumour", "", "document\0", "LINK"])
def test_evidence_of_an_unknown_kind_is_told_in_a_sentence(office, kind):
    value = factory.value(factory.indicator(office), reported_by=office.officer)
    answer, is_same = post(office, "evidence_add", value.pk, kind=kind, caption="Сайт", link="https://example.org")
    assert (answer.status_code, is_same) == (FAULTY, True)
    assert "такого підтвердження не знаємо" in answer.content.decode() or not kind


@pytest.mark.parametrize("act", ["value_approve", "value_return", "value_withdraw"])
def test_ones_own_value_is_not_decided_on_by_any_page(office, act):
    state = "approved" if act == "value_withdraw" else "submitted"
    value = factory.value(factory.indicator(office), reported_by=office.officer, state=state)
    answer, is_same = post(office, act, value.pk, remark="Так.")
    assert (answer.status_code, is_same) == (FORBIDDEN, True)
    assert "Своє значення не підтверджують" in answer.content.decode()


@pytest.mark.parametrize("words", [["NOWHERE"], ["NOWHERE", "--json"], ["'; --x"], []])
def test_figures_of_no_programme_are_a_sentence_and_a_code(office, words, capsys):
    with pytest.raises((Stop, SystemExit)) as no:
        figures.run(words)
    said = str(no.value) + capsys.readouterr().err
    assert "Traceback" not in said
    assert said.strip()
    assert Indicator.objects.filter(programme=office).count() == 0
