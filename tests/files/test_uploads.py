"""An oversize file costs neither memory nor disk nor a typed word, and is told of at its field with 413."""

import io
import tracemalloc

import pytest
from django import forms
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from tests.factories import files as made
from viche.files import middleware, uploads

MEGABYTE = 1024 * 1024


class Generated(io.RawIOBase):
    """A body that is made while it is read: a beginning, very many equal bytes, an end."""

    def __init__(self, before, count, after):
        self.parts = [io.BytesIO(before), None, io.BytesIO(after)]
        self.left = count
        self.length = len(before) + count + len(after)

    def read(self, size=-1):
        data = self.parts[0].read(size)
        if not data and self.left:
            data = b"x" * min(size, self.left)
            self.left -= len(data)
        return data or self.parts[2].read(size)


def part(name, value, file_name=None):
    more = f'; filename="{file_name}"\r\nContent-Type: application/pdf' if file_name else ""
    return f'--edge\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"


def request_of(before, count=0, after=b""):
    stream = Generated(before, count, after + b"\r\n--edge--\r\n")
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/",
            "CONTENT_TYPE": "multipart/form-data; boundary=edge",
            "CONTENT_LENGTH": str(stream.length),
            "wsgi.input": stream,
        }
    )


class ReportForm(forms.Form):
    title = forms.CharField()
    note = forms.CharField(required=False)
    photo = forms.FileField()


@pytest.fixture(autouse=True)
def temporary(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


def test_300_megabytes_cost_no_memory_and_no_word(temporary):
    before = part("title", "Їжак".encode()) + part("photo", b"", "велике.pdf")[:-2]
    after = b"\r\n" + part("note", "після файлу".encode())[:-2]
    request = request_of(before, 300 * MEGABYTE, after)
    tracemalloc.start()
    form = ReportForm(request.POST, request.FILES)
    status = uploads.refuse_oversize(request, form)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * MEGABYTE
    assert list(temporary.iterdir()) == []
    assert status == 413
    assert form["title"].value() == "Їжак"
    assert form["note"].value() == "після файлу"
    assert form.errors == {
        "photo": ["Файл «велике.pdf» завеликий: можна до 10 МБ. Зменште його або поділіть на частини."]
    }


def test_a_file_of_exactly_the_limit_is_kept(settings):
    settings.UPLOAD_LIMIT = 2 * MEGABYTE
    kept = request_of(part("photo", b"", "а.pdf")[:-2], 2 * MEGABYTE)
    assert kept.FILES["photo"].size == 2 * MEGABYTE
    assert uploads.oversize(kept) == []
    assert uploads.refuse_oversize(kept) == 200
    skipped = request_of(part("photo", b"", "а.pdf")[:-2], 2 * MEGABYTE + 1)
    assert "photo" not in skipped.FILES
    assert uploads.oversize(skipped) == [("photo", "а.pdf")]


def test_small_files_around_an_oversize_one_stay(settings):
    settings.UPLOAD_LIMIT = 2 * MEGABYTE
    before = part("first", made.PDF, "перший.pdf") + part("photo", b"", "великий.pdf")[:-2]
    request = request_of(before, 3 * MEGABYTE, b"\r\n" + part("last", made.PDF, "останній.pdf")[:-2])
    assert {name: upload.read() for name, upload in request.FILES.items()} == {"first": made.PDF, "last": made.PDF}
    assert uploads.oversize(request) == [("photo", "великий.pdf")]
    for upload in request.FILES.values():
        upload.close()


def test_two_oversize_files_of_one_field_and_one_that_the_form_does_not_know(settings):
    settings.UPLOAD_LIMIT = 10
    files = [
        part("sheet-photo", made.PDF, "а.pdf"),
        part("sheet-photo", made.PDF, "б.pdf"),
        part("x", made.PDF, "в.pdf"),
    ]
    request = request_of(b"".join(files))
    form = ReportForm(request.POST, request.FILES, prefix="sheet")
    assert uploads.refuse_oversize(request, form) == 413
    assert [sentence[:11] for sentence in form.errors["photo"]] == ["Файл «а.pdf", "Файл «б.pdf"]
    assert form.non_field_errors() == [uploads.too_large("в.pdf")]
    assert "до 9,5e-06 МБ" in uploads.too_large("в.pdf")


def test_a_body_over_the_bound_is_answered_unread(settings):
    settings.BODY_LIMIT = 4 * 1024**3
    cap = middleware.cap(lambda _request: "on it goes")
    ask = RequestFactory()
    for length in ("", "nonsense", str(4 * 1024**3)):
        assert cap(ask.post("/", CONTENT_LENGTH=length)) == "on it goes"
    answer = cap(ask.post("/me/", CONTENT_LENGTH=str(4 * 1024**3 + 1)))
    assert answer.status_code == 413
    assert "щонайбільше 4 ГБ" in answer.content.decode()
    assert "<h1>Забагато для одного разу</h1>" in answer.content.decode()
    assert 'lang="en"' in cap(ask.post("/en/me/", CONTENT_LENGTH=str(5 * 1024**3))).content.decode()
