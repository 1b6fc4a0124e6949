"""A person at a browser without scripts: opens pages, fills in the form that stands there, presses its button."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

ROW = re.compile(r"\w+-\d+-\w+$")
SKIPPED = {"submit", "button", "file", "reset", "image"}


class Forms(HTMLParser):
    """The forms in the main part of a page, with what a browser would send if nobody typed anything."""

    def __init__(self, page):
        super().__init__()
        self.found, self._form, self._select, self._text, self._outside, self._main = [], None, None, None, {}, False
        self.feed(page)
        for name, value in self._outside.items():
            for form in self.found:
                if form["id"] == name:
                    form["buttons"].extend(value)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._main = self._main or tag == "main"
        if not self._main:
            return
        if tag == "form":
            self._form = {
                "action": given.get("action", ""),
                "method": given.get("method", "get").lower(),
                "id": given.get("id"),
                "fields": {},
                "buttons": [],
            }
            self.found.append(self._form)
        elif tag == "button" and given.get("form"):
            self._outside.setdefault(given["form"], []).append((given.get("name"), given.get("value", "")))
        elif self._form is None:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "button" and given.get("type", "submit") == "submit":
            self._form["buttons"].append((given.get("name"), given.get("value", "")))
        elif tag == "select":
            self._select = given.get("name")
        elif tag == "option" and self._select:
            self._option(given)
        elif tag == "textarea":
            self._text = given.get("name")
            self._form["fields"][self._text] = [""]

    def _input(self, given):
        kind, name = given.get("type", "text"), given.get("name")
        if not name or kind in SKIPPED:
            return
        if kind in {"checkbox", "radio"}:
            self._form["fields"].setdefault(name, [])
            if "checked" in given:
                self._form["fields"][name].append(given.get("value", "on"))
        else:
            self._form["fields"].setdefault(name, []).append(given.get("value") or "")

    def _option(self, given):
        fields = self._form["fields"]
        if "selected" in given or self._select not in fields:
            fields[self._select] = [given.get("value", "")]

    def handle_data(self, data):
        if self._text is not None:
            self._form["fields"][self._text][0] += data

    def handle_endtag(self, tag):
        self._main = self._main and tag != "main"
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            text = self._form["fields"][self._text][0]
            self._form["fields"][self._text] = [text.removeprefix("\n")]
            self._text = None


class Person:
    """Somebody who walks through the site. Every page that answers with an error stops the journey, unless told otherwise."""

    def __init__(self, user=None):
        self.client, self.user = Client(), user
        if user:
            self.client.force_login(user)

    def sees(self, address):
        """Open a page; its text."""
        answer = self.client.get(address, follow=True)
        if self.user and "/account/login/" in answer.request["PATH_INFO"]:  # a month has passed: sign in again
            self.client.force_login(self.user)
            answer = self.client.get(address, follow=True)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()

    def is_refused(self, address):
        """Whether the page does not exist for this person."""
        return self.client.get(address).status_code == 404

    def fills(self, address, *, at="", expect=200, press=None, **typed):
        """Open a page, type into its form and send it; the page that comes then.

        `at` is a part of the action of the form that is meant, where the page has several. Names with a dash are given
        with two underscores. `press` names a button as (name, value).
        """
        return self.sends(self.sees(address), address, at=at, expect=expect, press=press, **typed)

    def sends(self, page, address, *, at="", expect=200, press=None, **typed):
        """Type into a form of a page that is open already."""
        forms = [form for form in Forms(page).found if form["method"] == "post" and at in (form["action"] or address)]
        assert forms, f"no form on {address}"
        form = next((form for form in forms if self.known(typed) <= form["fields"].keys()), None)
        assert form, f"{address} asks for {[sorted(form['fields']) for form in forms]}, not for {sorted(typed)}"
        data = {name: values if len(values) != 1 else values[0] for name, values in form["fields"].items() if values}
        data |= {name.replace("__", "-"): value for name, value in typed.items()}
        button = press or next(
            (
                (name, value)
                for name, value in form["buttons"]
                if name and name not in {"add", "remove", "attach", "detach"}
            ),
            None,
        )
        if button:
            data[button[0]] = button[1]
        target = urlsplit(urljoin(f"http://testserver{address}", form["action"] or address)).path
        answer = self.client.post(target, data, follow=True)
        assert answer.status_code == expect, f"{target}: {answer.status_code}\n{complaints(answer)}"
        return answer

    @staticmethod
    def known(typed):
        """The names that the form must have: all but uploads, and rows that a formset may get beyond those drawn."""
        return {
            name.replace("__", "-")
            for name, value in typed.items()
            if not hasattr(value, "read") and not ROW.match(name)
        }


def complaints(answer):
    """What a page says is wrong, for the one who reads a failed journey."""
    text = answer.content.decode(errors="replace")
    start = text.find("notice--wrong")
    return text[start : start + 1500] if start >= 0 else text[-1500:]
