"""How a record is made tamper-evident: one canonical way to write values, a salted digest of them, a keyed seal of a row.

The digest hides its values once the salt is thrown away; the seal (HMAC-SHA-256, RFC 2104) cannot be made without the key.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from typing import Any

START = "0" * 64
"""What the first row of a chain names as the seal before it."""


def canonical(value: Any, *, default: Callable[[Any], Any] | None = None) -> str:
    """Write `value` as JSON in the one form that is digested: keys sorted, no spaces, letters as they are.

    `default` turns what JSON does not know into what it does. Text that no database can store (a lone half of a
    surrogate pair) is escaped. NaN and infinity raise ValueError.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=default
    )
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False, default=default)
    return text


def digest(salt: str, body: str) -> str:
    """Return the SHA-256 of `salt` and `body` in hexadecimal; without the salt nobody can guess the body from it."""
    return hashlib.sha256(f"{salt}:{body}".encode()).hexdigest()


def seal(key: bytes, fields: Sequence[str | int | None]) -> str:
    """Return the HMAC-SHA-256 of `fields`, written canonically, under `key`, in hexadecimal."""
    return hmac.digest(key, json.dumps(fields, separators=(",", ":")).encode(), "sha256").hex()
