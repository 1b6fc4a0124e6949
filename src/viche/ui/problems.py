"""What a program is told when something is wrong: a document as RFC 9457 has it, with a sentence for whoever reads the log."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"
PLACE = "/api/v1/"
TITLES = {
    400: _("Не вдалося прочитати запит"),
    401: _("Потрібен ключ"),
    403: _("Ключ цього не дозволяє"),
    404: _("Такого тут немає"),
    405: _("Тут можна лише читати"),
    413: _("Надіслано забагато"),
    422: _("Так запитати не можна"),
    429: _("Забагато запитів"),
    500: _("Щось зламалося в нас"),
}


class Problem(Exception):  # noqa: N818 — read aloud: "raise Problem"
    """A program asked for what cannot be: `status`, a sentence, and the head of the answer."""

    def __init__(self, status: int, sentence: str, **head: str) -> None:
        """Keep the parts; a name of the head is written with _ for -."""
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.head = {name.replace("_", "-"): value for name, value in head.items()}


def answer(status: int, sentence: str, head: dict[str, str] | None = None) -> HttpResponse:
    """The document; what went wrong once stands in no one's cache."""
    body = {"type": "about:blank", "title": str(TITLES[status]), "status": status, "detail": str(sentence)}
    said = json.dumps(body, ensure_ascii=False).encode()
    return HttpResponse(
        said, status=status, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store", **(head or {})}
    )


def are_wanted(request: HttpRequest) -> bool:
    """Whether the address is one that programs read, which are told nothing in pages."""
    return request.path_info.removeprefix("/en").startswith(PLACE)
