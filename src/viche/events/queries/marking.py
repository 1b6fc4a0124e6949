"""The marks of words, under which events are found by what somebody typed."""

from datetime import datetime

from django.db.models import QuerySet

from viche.events.choices import WORD_MARK, WORD_MARK_LENGTH
from viche.events.models import Mark
from viche.methods import words

MOST_WORDS = 6  # of a search that are looked at
COMMON = 3000  # events that have a word: where there are more, reading in the order of time finds enough soon
LAST = "\U0010ffff"


def sought(typed: str) -> list[str]:
    """The words of a search, folded."""
    return [word[:WORD_MARK_LENGTH] for word in words.fold(typed).split()[:MOST_WORDS]]


def of_word(word: str) -> str:
    """Under which mark a folded word stands: in Latin letters, so that it is found in either alphabet.

    The beginning of a word stands at the beginning of its mark: how a letter is written depends on what goes before it alone.
    """
    return f"{WORD_MARK}{words.fold(words.transliterate(word))[:WORD_MARK_LENGTH]}"


def rarest(typed: str, *, begins: datetime | None, before: datetime | None) -> QuerySet[Mark] | None:
    """The marks in that time of the rarest of the words; None where each word is common. One query for each word.

    A mark finds namesakes in the other alphabet too, so the texts are to be asked besides.
    """
    best, least = None, COMMON
    for mark in map(of_word, sought(typed)):
        within = Mark.objects.filter(word__gte=mark, word__lt=f"{mark}{LAST}")
        within = within.filter(starts_at__gte=begins) if begins else within
        within = within.filter(starts_at__lt=before) if before else within
        count = within[: COMMON + 1].count()
        if count <= least:
            best, least = within, count
        if not least:
            break
    return best
