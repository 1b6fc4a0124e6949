"""What every page's frame shows: menus, language, the person's own look, and the sentence of the demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language

from . import assets, menu
from .menu import Link

LOOK_COOKIE = "look"
SCHEMES = ("auto", "day", "night")


class Frame:
    """The frame of one page; everything is worked out only when the template asks."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request."""
        self.request = request
        self.language = get_language() or "uk"

    @cached_property
    def menu(self) -> list[Link]:
        """The head's links."""
        return menu.main(self.language)[0]

    @cached_property
    def foot(self) -> list[list[Link]]:
        """The foot's links, in columns."""
        return menu.main(self.language)[1]

    @cached_property
    def door(self) -> dict[str, str]:
        """Home, sign-in, sign-out, cabinet, search."""
        return menu.door(self.language)

    @cached_property
    def here(self) -> str:
        """The entry of the menu under which this page lies: the longest that the address begins with."""
        path = self.request.path
        under = [link.href for link in self.menu if path.startswith(link.href)]
        return max(under, key=len, default="")

    @cached_property
    def other(self) -> dict[str, str]:
        """The same page in the other language."""
        path = self.request.get_full_path()
        if self.language == "en":
            return {"code": "uk", "name": "Українською", "href": path.removeprefix("/en") or "/"}
        return {"code": "en", "name": "English", "href": f"/en{path}"}

    @cached_property
    def look(self) -> dict[str, str]:
        """The person's own choice, from the cookie; anything unknown counts as none."""
        scheme, _, contrast = self.request.COOKIES.get(LOOK_COOKIE, "").partition(".")
        return {
            "scheme": scheme if scheme in {"day", "night"} else "",
            "contrast": "more" if contrast == "more" else "",
        }

    @property
    def styles(self) -> str:
        """The address of the stylesheet."""
        return assets.address("viche.css")

    @property
    def script(self) -> str:
        """The address of the script."""
        return assets.address("viche.js")

    @property
    def icon(self) -> str:
        """The address of the icon."""
        return assets.address("favicon.svg")

    @property
    def site_name(self) -> str:
        """The name of this installation."""
        return settings.SITE_NAME

    @property
    def source(self) -> str:
        """Where the source of the running version lies (AGPL-3.0, section 13)."""
        return settings.SOURCE_URL

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration."""
        return settings.DEMO


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template `frame`."""
    return {"frame": Frame(request)}
