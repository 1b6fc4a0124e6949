"""What tests of pages read: words without markup, and queries counted."""

import re

from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext


def text_of(answer):
    """The words of a page."""
    body = re.sub(r"<svg.*?</svg>", "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body.replace("\u00a0", " ")).split())


def queries_of(client, address):
    """How many queries a page asks that nobody has kept."""
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def visits(client, address="/"):
    """The answer, and how many queries it took."""
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    return answer, len(caught)
