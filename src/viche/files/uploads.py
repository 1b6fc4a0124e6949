"""Taking a form with files off the wire without letting an oversize file cost memory, disk or typed words.

`LimitedUpload` stands first among Django's upload handlers. It counts the bytes of each file, and the moment one is
larger than the limit it lets go of what was kept and skips the rest, while the other fields of the same form are still
read. The form then says so at the field, with everything else that was typed in its place.
"""

from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.forms import BaseForm
from django.utils.translation import gettext as _


class Oversize(NamedTuple):
    """A file that was larger than the limit and was therefore not kept."""

    field: str
    file_name: str


class LimitedUpload(FileUploadHandler):
    """Passes chunks on to the next handlers up to `UPLOAD_LIMIT` bytes a file, then skips the file and remembers it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Let the chunk through, or give up this file."""
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            remembered = getattr(self.request, "oversize", [])
            self.request.oversize = [*remembered, Oversize(self.field_name, self.file_name)]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the making of the file to the next handler."""


def oversize(request: Any) -> list[Oversize]:
    """The files of this request that were larger than the limit."""
    request.POST  # noqa: B018 — reading it parses the body, and only then is it known
    return getattr(request, "oversize", [])


def too_large(file_name: str) -> str:
    """The sentence about a file over the limit."""
    megabytes = settings.UPLOAD_LIMIT / 1024 / 1024
    limit = f"{megabytes:.0f}" if megabytes >= 1 else f"{megabytes:.2g}".replace(".", ",")
    return _("Файл «%(name)s» завеликий: можна до %(limit)s МБ. Зменште його або поділіть на частини.") % {
        "name": file_name,
        "limit": limit,
    }


def refuse_oversize(request: Any, form: BaseForm | None = None) -> int:
    """Say at each field of the form that its file was too large; the status the page answers with: 413, or 200.

    Call it after binding the form: `status = uploads.refuse_oversize(request, form)`. A sentence replaces what the
    field said before ("required"), for the person did choose a file.
    """
    found = oversize(request)
    if form is not None:
        # A prefixed form asks for `sheet-photo`; its field is `photo`.
        fields = {form.add_prefix(name): name for name in form.fields}
        for name in {fields[item.field] for item in found if item.field in fields}:
            form.errors.pop(name, None)
        for item in found:
            form.add_error(fields.get(item.field), too_large(item.file_name))
    return 413 if found else 200
