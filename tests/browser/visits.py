"""A visit: somebody at a browser of a certain width, and everything that must hold on each page they come to."""

import json
import re
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Error

# The phone by day and the desk by night: both widths, both schemes.
PHONE, DESK = 360, 1280
SCHEMES = {PHONE: "light", DESK: "dark"}
HEIGHT = 860
SAVED = re.compile(r"Збережено \d")
# What depends on colours and sizes, for pages whose markup has been judged already.
BY_LOOK = ["color-contrast", "scrollable-region-focusable"]


class Visit:
    """One tab of one person. `faults` gathers what went wrong by itself: scripts, the console, other hosts."""

    def __init__(self, browser: Any, host: str, user: Any = None, *, width: int = DESK, scripts: bool = True) -> None:
        self.host, self.width, self.scripts = host, width, scripts
        self.context = browser.new_context(
            base_url=host,
            viewport={"width": width, "height": HEIGHT},
            color_scheme=SCHEMES.get(width, "light"),
            java_script_enabled=scripts,
            locale="uk-UA",
        )
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies["sessionid"]
            self.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": host}])
        if scripts:
            self.context.add_init_script(AXE_SCRIPT)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.faults: list[str] = []
        self.forgiven: tuple[str, ...] = ()
        self.weights: dict[str, int] = {}
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not any(word in message.text for word in self.forgiven):
            self.faults.append(f"console at {self.page.url}: {message.text}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.host, "data:", "blob:")):
            self.faults.append(f"another host: {request.url}")

    def opens(self, address: str, status: int = 200) -> "Visit":
        """Go to an address, which answers as it should."""
        answer = self.page.goto(address)
        assert answer.status == status, f"{address}: {answer.status}"
        return self

    def presses(self, name: str, *, role: str = "button", last: bool = False) -> "Visit":
        """Press a button or follow a link of the main part of the page by its words."""
        found = self.page.get_by_role("main").get_by_role(role, name=name)
        (found.last if last else found.first).click()
        return self

    def follows(self, name: str) -> "Visit":
        """Follow a link of the main part of the page."""
        return self.presses(name, role="link")

    def types(self, **values: str) -> "Visit":
        """Fill fields by their names; `__` stands for a dash."""
        for name, value in values.items():
            self.page.locator(f"[name='{name.replace('__', '-')}']").fill(value)
        return self

    def sees(self, words: str) -> "Visit":
        """Wait until these words stand on the page."""
        self.page.get_by_text(words).first.wait_for()
        return self

    def is_saved(self) -> "Visit":
        """Wait until the page says with the time that the server has all that was typed."""
        self.page.locator("[data-save-status].state--saved").get_by_text(SAVED).wait_for()
        return self

    def is_well(self, *, rules: Iterable[str] = ()) -> "Visit":
        """The page has nothing for axe to say, is not wider than the window, and went without faults so far."""
        assert self.complaints(rules) == []
        return self

    def complaints(self, rules: Iterable[str] = ()) -> list[str]:
        """Everything wrong with this page, in lines that can be read."""
        # Without scripts axe cannot run either; such pages are judged in visits that have them.
        # A link that was just pressed may still be leaving the page that it stood on.
        self.page.wait_for_load_state()
        if self.scripts:
            self.page.wait_for_function("document?.documentElement && document.readyState === 'complete'")
        said = axe(self.page, rules) if self.scripts else []
        return [*self.too_wide(), *said, *self.faults]

    def too_wide(self) -> list[str]:
        """Whether the page scrolls sideways, and what sticks out."""
        if self.page.evaluate("document.documentElement.scrollWidth") <= self.width:
            return []
        out = self.page.evaluate(
            """width => [...document.querySelectorAll("body *")]
                .filter(one => one.getBoundingClientRect().right > width + 0.5)
                .map(one => one.outerHTML.slice(0, 120)).slice(0, 3)""",
            self.width,
        )
        return [f"wider than {self.width} px: {out}"]

    def looks_by(self, scheme: str, width: int) -> None:
        """See the same page by another light and in another width."""
        self.width = width
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size({"width": width, "height": HEIGHT})


def axe(page: Any, rules: Iterable[str] = ()) -> list[str]:
    """What axe says of a page: rule, element and what to mend."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    judge = f"axe.run({json.dumps(options)}).then(said => said.violations)"
    try:
        found = page.evaluate(judge)
    except Error:  # the page was left while it was being judged: what came instead is judged
        page.wait_for_load_state()
        found = page.evaluate(judge)
    return [
        f"{one['id']}: {node['html'][:240]} — {' '.join(node['failureSummary'].split())[:400]}"
        for one in found
        for node in one["nodes"][:4]
    ]
