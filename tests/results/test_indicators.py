"""Indicators: defined with all that they need, refused with a sentence, changed only while that changes no number's meaning."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import people, programmes
from tests.factories import results as factory
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.results.models import Indicator
from viche.results.operations import indicators, periods
from viche.results.queries import definitions

pytestmark = pytest.mark.django_db
AT = factory.MOMENT


@pytest.fixture
def office():
    programme = programmes.programme()
    programme.officer = programmes.officer(programme)
    return programme


def define(office, kind="reported", by=None, **changes):
    values = {"code": "TEST-1", "name": "Ініціативи мешканців", "unit": "ініціатив", **changes}
    return indicators.define(office, kind=kind, **values, by=by or office.officer, at=AT)


def refused(act, *given, **named):
    with pytest.raises(Refused) as no:
        act(*given, **named)
    return no.value


def test_a_counted_indicator_says_what_counts_in_the_words_of_its_measure(office):
    one = define(office, "counted", code="p-1", measure="heads", split="age:youth sex:f", unit="людей")
    assert (one.code, one.measure, one.split, one.own_measure) == ("P-1", "heads", "age:youth sex:f", "heads")
    assert one.what_counts.startswith("Голови, пораховані на заході")
    assert define(office, "counted", code="TEST-2", measure="paid.UAH", what_counts="Своє.").what_counts == "Своє."
    assert [one.position for one in Indicator.objects.all()] == [0, 1]
    assert Entry.objects.filter(verb="results.indicator_defined").count() == 2


def test_every_measure_on_offer_can_be_counted_and_money_only_in_a_currency():
    for offer in definitions.offers():
        assert definitions.can_count(offer.code, "")
        for part, words in definitions.parts_of(offer.measure):
            assert definitions.can_count(offer.code, part)
            assert words
    assert not definitions.can_count("paid", "")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"unit": "  "}, "unit", "без неї число нічого не каже"),
        ({"code": "П1"}, "code", "«П1»"),
        ({"code": "P" * 25}, "code", "до 24 знаків"),
        ({"goals": [18]}, "goals", "сімнадцять"),
        ({"donor_codes": [{"donor": "Фонд", "code": " "}]}, "donor_codes", "донор: код"),
        ({"donor_codes": [{"donor": "Фонд", "code": "1.2"}] * 2}, "donor_codes", "«Фонд» записано двічі"),
        ({"parts": [{"name": "жінки"}, {"name": "Жінки "}]}, "parts", "двічі"),
        ({"parts": [{"name": "14–35"}, {"name": "30–45"}]}, "parts", "«14–35» і «30–45» перетинаються"),
        ({"parts": [{"name": "один", "code": "a"}, {"name": "два", "code": "a"}]}, "parts", "двічі"),
        ({"parts": [{"name": "жінки", "code": "Ж"}]}, "parts", "перед двокрапкою"),
        ({"parts": [{"name": " "}]}, "parts", "немає назви"),
        ({"kind": "counted", "measure": "wishes"}, "counts", "не рахує"),
        ({"kind": "counted", "measure": "heads", "split": "sex:q"}, "counts", "не рахує"),
        ({"kind": "counted", "measure": "heads", "how": "dream"}, "how", "як рахувати"),
        ({"kind": "rumour"}, "kind", "звідки"),
        ({"kind": "ratio"}, "over", "Виберіть показник"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(office, changes, field, words):
    no = refused(define, office, **changes)
    assert no.field == field
    assert words in no.sentence
    assert not Indicator.objects.exists()


def test_a_code_stands_once_in_a_programme_and_a_goal_is_its_own(office):
    define(office)
    no = refused(define, office)
    assert (no.field, no.status) == ("code", 409)
    assert define(programmes.programme(), by=people.administrator()).code == "TEST-1"
    assert refused(define, office, code="TEST-2", goal=programmes.goal()).field == "goal"
    assert define(office, code="TEST-3", goal=programmes.goal(office)).goal.programme == office


def test_a_ratio_is_made_of_two_others_that_are_none(office):
    over, under = factory.counted(office), factory.indicator(office)
    one = define(office, "ratio", over=over, under=under, times=100)
    assert (one.over, one.under, one.times) == (over, under, 100)
    ratio = refused(define, office, "ratio", code="TEST-2", over=one, under=under)
    assert (ratio.field, "з двох інших" in ratio.sentence) == ("over", True)
    assert refused(define, office, "ratio", code="TEST-2", over=over, under=over).field == "under"
    assert refused(define, office, "ratio", code="TEST-2", over=over, under=factory.indicator()).field == "under"
    assert refused(define, office, "ratio", code="TEST-2", over=over, under=under, times=0).field == "times"
    itself = refused(indicators.change, one, over=one, by=office.officer, at=AT)
    assert "із самого себе" in itself.sentence
    assert definitions.of_two(office) == [over, under]


def test_parts_get_codes_and_several_donors_share_one_indicator(office):
    codes = [{"donor": "Фонд", "code": "1.2"}, {"donor": "Посольство", "code": "R-7"}]
    one = define(office, parts=[{"name": "молоді  жінки"}, {"code": "men", "name": "чоловіки"}], donor_codes=codes)
    assert one.parts == [{"code": "molodi-zhinky", "name": "молоді жінки"}, {"code": "men", "name": "чоловіки"}]
    assert one.donor_codes == codes


def test_changes_are_journalled_once_and_nothing_unknown_is_changed(office):
    one = define(office)
    changed = indicators.change(one, name="Ініціативи громад", baseline=Decimal(4), by=office.officer, at=AT)
    assert changed.name == "Ініціативи громад"
    indicators.change(changed, name="Ініціативи громад", by=office.officer, at=AT)
    assert Entry.objects.filter(verb="results.indicator_changed").count() == 1
    with pytest.raises(TypeError):
        indicators.change(one, code="X", by=office.officer, at=AT)


def test_what_a_figure_means_stays_once_a_period_has_kept_it(office):
    one = define(office, "counted", measure="events")
    period = factory.period(office)
    periods.close(period, by=office.officer, at=AT)
    no = refused(indicators.change, one, measure="heads", by=office.officer, at=AT)
    assert "створіть новий" in no.sentence
    assert indicators.change(one, name="Інша назва", by=office.officer, at=AT).name == "Інша назва"


def test_what_a_figure_means_stays_while_its_parts_have_targets(office):
    one = define(office, "counted", measure="heads")
    factory.target(one, split="sex:f")
    assert "Складові" in refused(indicators.change, one, measure="events", by=office.officer, at=AT).sentence


def test_parts_and_people_stay_once_values_are_there(office):
    one = define(office, parts=factory.PARTS)
    factory.value(one, 10, parts={"women": "4"})
    assert refused(indicators.change, one, are_people=True, by=office.officer, at=AT).field == "are_people"
    no = refused(indicators.change, one, parts=[factory.PARTS[1]], by=office.officer, at=AT)
    assert (no.field, "women" in no.sentence) == ("parts", True)
    renamed = [{"code": "women", "name": "жінки й дівчата"}]
    assert indicators.change(one, parts=renamed, by=office.officer, at=AT).parts == renamed


def test_an_indicator_changes_places_within_its_goal(office):
    goal = programmes.goal(office)
    first, other, last = (factory.indicator(office, position=at, goal=g) for at, g in enumerate((goal, None, goal)))
    indicators.move(first, up=False, by=office.officer, at=AT)
    assert list(Indicator.objects.order_by("position")) == [last, other, first]
    indicators.move(first, up=False, by=office.officer, at=AT)
    indicators.move(last, up=True, by=office.officer, at=AT)
    indicators.move(first, up=True, by=office.officer, at=AT)
    assert list(Indicator.objects.order_by("position")) == [first, other, last]
    assert Entry.objects.filter(verb="results.indicator_moved").count() == 2


def test_only_what_nothing_hangs_on_is_taken_away(office):
    one, other = factory.indicator(office), factory.indicator(office)
    ratio = factory.ratio(one, other)
    factory.target(one)
    factory.value(one)
    periods.close(factory.period(office, since=date(2024, 1, 1)), by=office.officer, at=AT)
    no = refused(indicators.remove, one, by=office.officer, at=AT)
    assert no.status == 409
    for words in ("ціль", "значення", "період", ratio.code):
        assert words in no.sentence
    free = factory.indicator(office)
    indicators.remove(free, by=office.officer, at=AT)
    assert not Indicator.objects.filter(pk=free.pk).exists()
    assert free.code in Entry.objects.get(verb="results.indicator_removed").values.body


def test_officers_alone_define(office):
    one, stranger = define(office), programmes.observer(office)
    for act, given in (
        (define, {"office": office, "by": stranger, "code": "TEST-2"}),
        (indicators.change, {"one": one, "by": stranger, "at": AT, "name": "Ні"}),
        (indicators.move, {"one": one, "by": stranger, "at": AT, "up": True}),
        (indicators.remove, {"one": one, "by": stranger, "at": AT}),
    ):
        with pytest.raises(NotAllowed):
            act(**given)
