"""Every message of every package is in both of its word lists, and finished."""

import gettext
import re
import shutil

from babel.messages import pofile

from tests.architecture import house
from viche.config.cli import catalogues


def ids(path):
    with path.open("rb") as words:
        return {(message.context, message.id) for message in pofile.read_po(words) if message.id}


def test_every_message_is_translated():
    assert [line for path in catalogues.kept() for line in catalogues.lacking(path)] == []


def test_each_list_knows_the_forms_of_its_language():
    catalogues.compile_stale()
    forms = {"uk": [0, 1, 2, 2, 0, 2], "en": [0, 1, 1, 1, 1, 1]}
    for path in catalogues.kept():
        with path.with_suffix(".mo").open("rb") as built:
            read = gettext.GNUTranslations(built)
        assert [read.plural(number) for number in (1, 2, 5, 11, 21, 0)] == forms[path.parents[1].name], path


def test_the_word_lists_hold_what_code_and_pages_say(tmp_path):
    source = tmp_path / "viche"
    shutil.copytree(house.SOURCE, source, ignore=shutil.ignore_patterns("static", "__pycache__", "*.mo", "migrations"))
    catalogues.gather(source)
    missing = {}
    for gathered in catalogues.kept(source):
        kept = house.SOURCE / gathered.relative_to(source)
        said = ids(kept) if kept.exists() else set()
        if lost := ids(gathered) ^ said:
            missing[str(kept.relative_to(house.SOURCE))] = lost
    assert missing == {}


def test_ukrainian_says_what_the_code_says():
    """The messages are Ukrainian already: a guess of the tools in the place of one would be read by everybody."""
    otherwise = []
    for path in catalogues.kept():
        if path.parents[1].name == "uk":
            with path.open("rb") as words:
                read = list(pofile.read_po(words, locale="uk"))
            otherwise += [
                f"{path.parents[3].name}: {message.id} → {message.string}"
                for message in read
                if message.id and not message.pluralizable and message.string not in {"", message.id}
            ]
    assert otherwise == []


def test_no_words_are_said_under_a_name_that_the_gathering_does_not_know():
    """What `gettext as _now` says, nobody gathers: it would stay Ukrainian on English pages."""
    alias = re.compile(r"\b(?:n?p?gettext|n?p?gettext_lazy) as (?!_\b)\w+")
    said = [f"{path.name}: {found}" for path in house.SOURCE.rglob("*.py") for found in alias.findall(path.read_text())]
    assert said == []
