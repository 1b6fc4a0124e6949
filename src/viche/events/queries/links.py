"""Words in addresses that let somebody in: made anew from a row each time, so that they lie nowhere; the row keeps a digest."""

import hashlib
from datetime import datetime

from django.utils.crypto import salted_hmac

LENGTH = 40


def word(salt: str, *parts: object, at: datetime) -> str:
    """The word of a row, from what it is about and when it was made; `salt` keeps the kinds of addresses apart."""
    told = ":".join([*map(str, parts), repr(at.timestamp())])
    return salted_hmac(salt, told, algorithm="sha256").hexdigest()[:LENGTH]


def digest_of(word: str) -> str:
    """What the row keeps of the word."""
    return hashlib.sha256(word.encode()).hexdigest()
