"""Every fault that can be found in a file has a sentence, in both languages, which says what its values are."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from tests.formats import exports, test_broken_exports, test_iati_codes, test_iati_rules
from viche.formats import iati, threesixty
from viche.formats.faults import Fault, UnreadableError
from viche.formats.iati import reading, schema
from viche.formats.iati.rules import RULES
from viche.ui import faults

FORMATS = Path(iati.__file__).parent, Path(threesixty.__file__).parent
# "json-type" without a field is told as "json-type-all"; a kind of text in 360Giving is in the name of its sentence.
INDIRECT = {"json-type-all", "json-date", "json-part", "json-moment", "json-version", "json-address"}
COMPOSED = {f"xml-{rule}" for rule in ("doctype", "deep", "long")} | {
    f"schema-{rule}" for rule in schema.RULES.values()
}


def named():
    """Names of sentences that stand in the code of the formats."""
    told = "".join(path.read_text() for folder in FORMATS for path in folder.glob("*.py"))
    plain = set(re.findall(r'"((?:xml|schema|json|rule|code|root|version|duplicate)(?:-[a-z0-9.-]+)?)"', told))
    json_rules = {f"json-{name}" for name in re.findall(r'_fault\(\s*"([a-z-]+)"', told)}
    return plain | json_rules | COMPOSED | {rule.said for rule in RULES} | set(reading.REASONS.values())


def test_every_name_has_a_sentence_and_every_sentence_a_name():
    assert {name for name in named() if name.count("-") or name == "root"} - faults.SENTENCES.keys() <= {
        "duplicate-key"
    }
    assert faults.SENTENCES.keys() - named() - INDIRECT == set()


def found():
    """Faults of everything that is broken in the tests of the formats."""
    for folder, check in (("iati", exports.iati.check), ("threesixty", exports.threesixty.check)):
        for path in (test_broken_exports.BROKEN / folder).iterdir():
            try:
                with path.open("rb") as stream:
                    yield from check(stream, now=exports.NOW)
            except UnreadableError as reason:
                yield Fault("schema", "unreadable", 1, reason.said, reason.values)
    for _, parts, _ in test_iati_rules.BREAKING:
        yield from checked(exports.activities(exports.activity(**parts)))
    for _, parts in test_iati_rules.BREAKING_ORGANISATIONS:
        yield from checked(exports.organisations(**parts))
    for _, parts in test_iati_codes.WRONG:
        yield from checked(exports.activities(exports.activity(**parts or {})))


def checked(content):
    import io

    return exports.iati.check(io.BytesIO(content), now=exports.NOW)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_fault_is_told_in_one_line(language):
    with translation.override(language):
        told = {(fault.said, faults.of(fault)) for fault in found()}
    assert len({said for said, _ in told}) > 50
    for _, sentence in told:
        assert "\n" not in sentence
        assert "%(" not in sentence
        assert bool(re.search("[а-яіїєґ]{4}", re.sub("[«“].*?[»”]|\\(.*?\\)", "", sentence))) == (language == "uk"), (
            sentence
        )


def test_sentences_say_the_same_values_in_both_languages():
    for said, sentence in faults.SENTENCES.items():
        spoken = []
        for language in ("uk", "en"):
            with translation.override(language):
                spoken.append(set(re.findall(r"%\((\w+)\)s", str(sentence))))
        assert spoken[0] == spoken[1], said


def test_a_value_cannot_break_the_line_or_the_terminal():
    told = faults.sentence(
        "json-code", {"value": "a\n\x1b[2J\ud800" + "x" * 500, "list": "currency", "field": "currency"}
    )
    assert "\x1b" not in told
    assert "\n" not in told
    assert "?" in told
    assert "…" in told
    assert len(told) < 250


def test_types_are_told_in_words():
    values = {"element": "value", "attribute": "", "value": "багато", "type": "decimal"}
    assert faults.sentence("schema-type", values) == "В елементі «value» написано «багато», а має бути число."
    assert (
        faults.sentence("json-type", {"field": "", "expected": "object", "given": "array"})
        == "Увесь файл має бути об’єктом, а є перелік."
    )
    assert "duration" in faults.sentence("schema-type", values | {"type": "duration"})
