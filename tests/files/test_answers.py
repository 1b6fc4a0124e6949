"""Bytes go out with a name in any script, never as something a browser would run, and not twice."""

import pytest
from django.middleware.gzip import GZipMiddleware
from django.test import RequestFactory

from tests.factories import files as made
from viche.files import answers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.VAR = tmp_path


def body(answer):
    return b"".join(answer.streaming_content)


def test_a_document_is_handed_out_for_saving():
    stored = made.stored(name="Звіт.pdf")
    answer = answers.send(stored)
    assert body(answer) == made.PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%D0%97%D0%B2%D1%96%D1%82.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(made.PDF))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"].startswith("private")
    assert answer["ETag"] == f'"{stored.sha256}"'


def test_only_harmless_kinds_are_shown_in_the_page():
    assert answers.send(made.stored(name="a.pdf"), inline=True)["Content-Disposition"] == 'inline; filename="a.pdf"'
    text = made.stored(b"plain words", "a.txt")
    assert answers.send(text, inline=True)["Content-Disposition"].startswith("attachment")


def test_a_smaller_copy_is_made_when_it_is_asked_for():
    stored = made.stored(made.picture(size=(2000, 1000)), "Літо.jpg")
    for asked, given in ((100, 480), (480, 480), (700, 1280), (9999, 1280)):
        answer = answers.send(stored, size=asked, inline=True)
        assert answer["Content-Type"] == "image/webp"
        assert answer["ETag"] == f'"{stored.sha256}-{given}"'
        assert answer["Content-Disposition"].endswith(f'-{given}.webp"')
        assert body(answer)[8:12] == b"WEBP"
    assert answers.send(made.stored(), size=480)["Content-Type"] == "application/pdf"


def test_who_holds_the_bytes_already_is_told_so():
    stored = made.stored()
    ask = RequestFactory()
    assert answers.send(stored, request=ask.get("/")).status_code == 200
    again = answers.send(stored, request=ask.get("/", HTTP_IF_NONE_MATCH=f'"{stored.sha256}"'))
    assert again.status_code == 304
    assert again["Cache-Control"].startswith("private")


def test_packed_bytes_are_not_packed_again():
    stored = made.stored(made.PDF + b" " * 5000)
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING="gzip")
    answer = GZipMiddleware(lambda _request: answers.send(stored))(request)
    assert answer["Content-Length"] == str(stored.size)
