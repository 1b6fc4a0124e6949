"""Results are written as text: whatever they say, an XML reader must find the very same there, line by line."""

import random
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from viche.formats.iati import records as iati
from viche.formats.iati import writing

HARD = (
    *("", "Куток «інформації»", "a & b < c > d", "лапки \" і ' апостроф", "рядок\nдругий\tтабуляція\r"),
    *("]]>", "<!-- -->", "&amp;", "\x00\x0bkeep\uffff", "\ud800", "😀", " пробіли ", "=1+1"),
)
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Chance:
    """Results of any shape that the records allow."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 — chance in a test, no secret

    def some(self, make, most=2):
        return [make() for _ in range(self.random.randint(0, most))]

    def word(self):
        return self.random.choice(HARD)

    def text(self):
        return {language: self.word() for language in self.random.sample(["uk", "en", "de"], self.random.randint(0, 3))}

    def day(self):
        return date(2024, self.random.randint(1, 12), self.random.randint(1, 28))

    def number(self):
        return self.random.choice([None, 0, 7, -3, Decimal("12.50"), Decimal("1E+3")])

    def document(self):
        categories, languages = self.some(self.word), self.some(self.word)
        dated_on = self.random.choice([None, self.day()])
        return iati.Document(self.word(), "text/html", self.text(), categories, self.text(), languages, dated_on)

    def value(self):
        dimensions = {name: self.word() for name in self.some(self.word)}
        return iati.Value(self.number(), dimensions, self.some(self.word), self.text(), self.some(self.document, 1))

    def baseline(self):
        return iati.Baseline(
            2023, self.number(), self.random.choice([None, self.day()]), {"sex": "f"}, ["a"], self.text()
        )

    def reference(self):
        return iati.Reference("99", self.word(), self.word())

    def indicator(self):
        periods = self.some(lambda: iati.Period(self.day(), self.day(), self.some(self.value), self.some(self.value)))
        return iati.Indicator(
            self.random.choice(["1", "2", "5"]),
            self.text(),
            periods,
            ascending=self.random.choice([True, False]),
            aggregates=self.random.choice([None, True, False]),
            description=self.text(),
            references=self.some(self.reference),
            baselines=self.some(self.baseline),
        )

    def result(self):
        indicators = [self.indicator(), *self.some(self.indicator)]
        aggregates = self.random.choice([None, True, False])
        return iati.Result("1", self.text(), indicators, aggregates, self.text(), self.some(self.reference))


def written(results, **changes):
    organisation = iati.Organisation({"uk": "Спілка"}, "UA-EDR-1", "22")
    words = {"title": {"uk": "Куток"}, "description": {"uk": "Куток"}, "participating": [], "status": "2"}
    values = {**words, "dates": {iati.ACTUAL_START: date(2024, 1, 1)}, "results": results, **changes}
    return writing.piece(iati.Activity(identifier="A", reporting=organisation, **values))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_written_reads_back_and_stands_as_a_printer_of_xml_would_set_it(seed):
    chance = Chance(seed)
    told = written([chance.result() for _ in range(2)])
    root = etree.fromstring(told)
    # Written anew by lxml the bytes are the same: marks are escaped as it does, and every line is indented alike.
    again = etree.fromstring(told, etree.XMLParser(remove_blank_text=True))
    assert etree.tostring(again, encoding="UTF-8", pretty_print=True) == told
    assert len(root.findall("result")) == 2


def test_what_a_text_says_is_read_as_it_was_typed():
    value = iati.Value(5, {"part": 'a "b" & <c>'}, comment={"uk": "1 < 2 & 3", "en": "so"})
    indicator = iati.Indicator(
        iati.UNIT, {"uk": "Люди"}, [iati.Period(date(2024, 1, 1), date(2024, 3, 31), [], [value])]
    )
    root = etree.fromstring(written([iati.Result(iati.OUTPUT, {"uk": "Заходи"}, [indicator])]))
    actual = root.find("result/indicator/period/actual")
    assert (actual.get("value"), actual.find("dimension").get("value")) == ("5", 'a "b" & <c>')
    assert [(one.text, one.get(LANG)) for one in actual.findall("comment/narrative")] == [
        ("1 < 2 & 3", None),
        ("so", "en"),
    ]
    assert root.find("result/title/narrative").text == "Заходи"


def test_a_number_that_is_not_told_is_left_out_but_words_alone_are_not():
    periods = [iati.Period(date(2024, 1, 1), date(2024, 3, 31), [], [iati.Value(None, comment={"uk": "Зроблено"})])]
    for measure, found in ((iati.UNIT, 0), (iati.QUALITATIVE, 1)):
        indicator = iati.Indicator(measure, {"uk": "Люди"}, periods)
        root = etree.fromstring(written([iati.Result(iati.OUTPUT, {"uk": "Заходи"}, [indicator])]))
        assert len(root.findall(".//actual")) == found
    assert root.find(".//actual").get("value") is None
