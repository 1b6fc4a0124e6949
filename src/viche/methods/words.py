"""Ukrainian words: folding for search, official transliteration, alphabetical order, addresses.

Every function takes and returns plain text, accepts any text at all and raises nothing.
"""

import re
import unicodedata
from functools import lru_cache
from operator import eq

ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
"""The thirty-three letters in the order of DSTU and of every Ukrainian dictionary."""

_APOSTROPHES = "'`´‘’‛ʹʻʼʽˈʾʿ′＇"
_QUOTES = '"«»“”„‟‹›″'
_SILENT = "\u00ad\u0301\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, stress mark, zero-width characters
_DASHES = "‐‑‒–—―−"

# --- folding ---------------------------------------------------------------------------------------------------------

_FOLDING: dict[int, str | None] = {ord(sign): None for sign in _APOSTROPHES + _QUOTES + _SILENT}
_FOLDING.update({ord(sign): "-" for sign in _DASHES})
_FOLDED = frozenset(map(chr, _FOLDING))


def fold(text: str) -> str:
    """The one spelling of a text that search compares: what is stored and what is typed are both folded.

    Compatibility forms are unified (NFKC), case is folded, every kind of apostrophe and quotation mark, stress marks
    and soft hyphens are removed, every dash becomes "-", white space becomes single spaces and is trimmed.
    Folding twice changes nothing.
    """
    while True:
        before = text
        # Dropped signs go first because NFKC would turn a lone acute into a space; a second round is needed only
        # where removing a sign lets its neighbours combine. Translating is the slow part: most texts do without.
        if not _FOLDED.isdisjoint(text):
            text = text.translate(_FOLDING)
        text = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
        if text == before:
            return text


# --- transliteration -------------------------------------------------------------------------------------------------

_LATIN = dict(
    zip(
        ALPHABET,
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia".replace("-", "").split(" "),
        strict=True,
    )
)
_LATIN_FIRST = _LATIN | {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_ROMAN = str.maketrans(_LATIN)
_LETTERS = ALPHABET + ALPHABET.upper()
_INSIDE = _APOSTROPHES + _SILENT
_WORD = re.compile(f"[{_LETTERS}](?:[{_INSIDE}]*[{_LETTERS}])*[{_SILENT}]*")
_STRIP = {ord(sign): None for sign in _INSIDE}


def transliterate(text: str) -> str:
    """Ukrainian words in Latin letters; everything else in the text stays as it is.

    Source: table of the Cabinet of Ministers' resolution No. 55 of 27 January 2010. "зг" is "zgh"; є ї й ю я have a
    form of their own at the beginning of a word; the soft sign and the apostrophe inside a word have no letter. A word
    begins after anything that is not a Ukrainian letter, so after a hyphen too. Capitals: "Щастя" is "Shchastia", "ЩО"
    is "SHCHO", a lone "Я" is "Ya".
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _WORD.sub(_roman_match, text)


def _roman_match(found: re.Match[str]) -> str:
    return _roman_word(found[0])


@lru_cache(maxsize=8192)
def _roman_word(word: str) -> str:
    """One word of Ukrainian letters (with apostrophes and silent signs inside) in Latin letters."""
    word = word.translate(_STRIP)
    if word.islower():
        return _roman_lower(word)
    if word[1:].islower() or len(word) == 1:
        return _roman_lower(word.lower()).capitalize()
    if word.isupper():
        return _roman_lower(word.lower()).upper()
    return "".join(_roman_letter(word, at) for at in range(len(word)))


def _roman_lower(word: str) -> str:
    return _LATIN_FIRST[word[0]] + word.replace("зг", "зgh")[1:].translate(_ROMAN)


def _roman_letter(word: str, at: int) -> str:
    """The letter at a place of a word in mixed case: a capital is written "Sh" before a small letter, else "SH"."""
    letter = word[at].lower()
    roman = (_LATIN if at else _LATIN_FIRST)[letter]
    if letter == "г" and word[at - 1 : at].lower() == "з":
        roman = "gh"
    if word[at].islower():
        return roman
    neighbour = word[at + 1 : at + 2] or word[at - 1 : at]
    return roman.upper() if neighbour.isupper() else roman.capitalize()


# --- alphabetical order ----------------------------------------------------------------------------------------------

_END, _SPACE, _OTHER = "00", "01", "99"
_ORDER = "абвгґдеёєжзиіїйклмнопрстуфхцчшщъыьэюя"  # the alphabet with the four letters of Russian names put in


class _Weights(dict[str, str]):
    """First-level weight by character; one met for the first time is worked out and kept."""

    def __missing__(self, letter: str) -> str:
        """Accents do not count; what is neither letter nor digit parts words; foreign scripts go last by code."""
        weight = ""
        for sign in unicodedata.normalize("NFKD", letter).casefold():
            if (known := self.get(sign)) is not None:
                weight += known
            elif sign.isalnum():
                weight += f"{_OTHER}{ord(sign):07d}"
            elif not unicodedata.combining(sign):
                weight += _SPACE
        self[letter] = weight
        return weight


_WEIGHTS = _Weights(dict.fromkeys(_APOSTROPHES + _QUOTES + _SILENT, ""))
_WEIGHTS.update({digit: str(10 + at) for at, digit in enumerate("0123456789")})
_WEIGHTS.update({letter: str(20 + at) for at, letter in enumerate(_ORDER)})
_WEIGHTS.update({letter: str(60 + at) for at, letter in enumerate("abcdefghijklmnopqrstuvwxyz")})
_WEIGHTS.update({letter.upper(): _WEIGHTS[letter] for letter in _ORDER + "abcdefghijklmnopqrstuvwxyz"})
_PARTING = re.compile(r"[\W_]+")
_IGNORED = re.compile(f"[{_APOSTROPHES}{_QUOTES}{_SILENT}]+")


def collation_key(text: str) -> str:
    """Key whose plain comparison puts texts into Ukrainian alphabetical order.

    Shape: decimal digits only, so that it sorts alike in Python, in SQLite and under every collation of PostgreSQL.
    Two digits a character (nine for one outside Cyrillic and Latin), then four or more: store it as unlimited text.
    First level: words before longer words, digits, the alphabet а б в г ґ д е є ж з и і ї й …, Latin a–z, the rest by
    code; apostrophes, quotation marks, soft hyphens, accents and case are ignored. Among equals on the first level a
    text without apostrophe goes before one with it, then small letters before capitals.
    Source: alphabet of the orthography of 2019; Cyrillic before Latin as in the Unicode locale data for "uk".
    """
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    plain = _IGNORED.sub("", text)
    words = _PARTING.sub(" ", plain).strip()
    # The two lower levels are written from the beginning of the text and lose their tail of ones ("nothing special").
    marks = "" if plain == text else _marks(text)
    capitals = "".join(map("21".__getitem__, map(eq, words, words.lower()))).rstrip("1")
    return f"{''.join(map(_WEIGHTS.__getitem__, words))}{_END}{marks}0{capitals}"


def _marks(text: str) -> str:
    """Where something ignored stands: 2 for a character after it, 1 for any other."""
    marks, pending = [], False
    for sign in text:
        if _WEIGHTS[sign]:
            marks.append("2" if pending else "1")
            pending = False
        else:
            pending = True
    return "".join(marks).rstrip("1")


# --- addresses and haystacks -----------------------------------------------------------------------------------------

_FOREIGN = str.maketrans({"ё": "io", "ъ": "", "ы": "y", "э": "e", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})
_NOT_SLUG = re.compile("[^a-z0-9]+")


def slug(text: str) -> str:
    """Text for an address: transliterated, small letters a–z and digits, words joined by single hyphens.

    Empty when nothing in the text can be written so (another script): the caller then uses a code.
    """
    # The apostrophe of "Кам’янка" has gone by now, one between Latin letters goes with the folding.
    latin = fold(transliterate(text)).translate(_FOREIGN)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(sign))
    return _NOT_SLUG.sub("-", plain).strip("-")


def haystack(*texts: str) -> str:
    """What is stored beside a record to be searched with LIKE '%needle%', where needle = fold(what was typed).

    The folded texts, then their folded transliterations, joined by a space: found in Cyrillic and in Latin letters,
    with any apostrophe or none. Empty texts and transliterations that change nothing are left out.
    """
    folded = [one for one in map(fold, texts) if one]
    romans = [fold(transliterate(one)) for one in folded]
    return " ".join(folded + [roman for one, roman in zip(folded, romans, strict=True) if roman != one])
