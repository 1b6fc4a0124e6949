"""Every page of the access table, with data on it, in a real browser: by telephone and at a desk, by day and by night.

A page is judged whole on the telephone; at the desk by night again what depends on colours and sizes.
"""

import pytest

from tests.access.asking import address_of
from tests.access.table import TABLE
from tests.browser.visits import BY_LOOK, DESK, PHONE
from tests.factories.scene import cast
from tests.factories.scene import whole as whole_scene

pytestmark = pytest.mark.browser
# Who is asked first, where a page opens for several.
FIRST = ("visitor", "applicant", "reviewer", "officer", "elsewhere", "administrator")
# Not pages: files, bytes, and what only programs read.
BYTES = (
    "asset",
    "_file",
    "bad_rows",
    "file",
    "upload",
    "logo",
    "find",
    "photograph",
    "picture",
    "robots",
    "healthz",
    "letter_html",
    "counting_script",
    "service_worker",
    "manifest",
    "_ics",
    "_pdf",
    "_calendar",
    "jsonld",
    "map_data",
    "brief",
    "evidence",
    "embed_badge",
    "embed_json",
    "open_indicators",
    "turtle",
    "threesixty",
)


def is_bytes(name):
    """Whether an address gives a file, or an answer for programs; the page about the API is a page."""
    own = name.rpartition(":")[2]
    for_programs = own in {"api", "openapi"} or own.startswith("api_")
    return own.endswith(BYTES) or (for_programs and name != "site:api")


EMPTIED = """form => form.querySelectorAll("input, textarea").forEach(one => {
  if (!["hidden", "checkbox", "radio"].includes(one.type)) one.value = "";
})"""


def pages(role):
    """The lines of the table that this role is the first to open, each page once."""
    seen = set()
    for line in TABLE:
        mine = next((one for one in FIRST if line.answer(one) == "opens"), None)
        if mine == role and line.name not in seen and not is_bytes(line.name):
            seen.add(line.name)
            yield line


# So many pages at once: a test that takes minutes says late what is wrong, and nothing of what it would find further on.
PORTION = 20
PORTIONS = [(role, start) for role in FIRST for start in range(0, len(list(pages(role))), PORTION)]


def walk(walker, role, lines, scene):
    """Everything wrong with these pages that this role opens, by their addresses."""
    wrong = {}
    for line in lines:
        here = address_of(line, scene)
        walker.looks_by("light", PHONE)
        found = walker.opens(here).complaints()
        walker.looks_by("dark", DESK)
        found += walker.complaints(BY_LOOK)
        walker.faults.clear()
        if found:
            wrong[f"{role} {here}"] = found
    return wrong


@pytest.mark.parametrize(("role", "start"), PORTIONS)
def test_page_by_page(visit, role, start):
    scene = whole_scene()
    lines = list(pages(role))[start : start + PORTION]
    assert walk(visit(cast(scene)[role], width=PHONE), role, lines, scene) == {}


def forms(scene):
    """Forms that ask something, with whom they ask."""
    fund, draft = scene.programme.code, scene.draft_call.code
    settings = f"/office/{fund}/settings"
    return [
        (None, "/account/login/"),
        (None, "/account/signup/"),
        (scene.applicant, "/me/organisations/new/"),
        (scene.applicant, f"/me/organisations/{scene.organisation.pk}/invite/"),
        (scene.officer, f"{settings}/roles/invite/"),
        (scene.officer, f"{settings}/partners/add/"),
        (scene.officer, f"/office/{fund}/calls/new/"),
        (scene.officer, f"/office/{fund}/participants/admit/"),
        (scene.officer, f"/office/{fund}/forms/{scene.form.pk}/sections/{scene.section.pk}/ask/?kind=choice"),
        (scene.officer, f"/office/{fund}/calls/{draft}/cancel/"),
        (scene.officer, f"/office/{fund}/calls/{scene.ranked_call.code}/panel/{scene.ranked[1].code}/"),
        (scene.officer, f"/office/{fund}/awards/{scene.prepared.code}/plan/"),
        (scene.officer, f"/office/{fund}/awards/{scene.award.code}/end/"),
        (scene.administrator, "/office/new/"),
    ]


def sent_empty(walker, address):
    """Send the form of a page with nothing in it; everything wrong with the page that comes then."""
    form = walker.opens(address).page.locator("main form[method=post]").first
    form.evaluate(EMPTIED)
    form.locator("button[type=submit]").last.click()
    found = walker.complaints()
    alert = walker.page.locator("main [role=alert]").first
    if not alert.evaluate("one => one === document.activeElement"):
        found.append("the summary has no focus")
    for link in alert.locator("a[href^='#']").all():
        name = link.get_attribute("href").removeprefix("#")
        if not walker.page.locator(f"[id='{name}']").count():
            found.append(f"the summary leads nowhere: {name}")
    walker.faults.clear()
    return found


def test_forms_sent_empty_say_what_is_lacking(visit):
    """The summary has the focus, and leads to the fields; the page is as well as before."""
    scene, walkers, wrong = whole_scene(), {}, {}
    for person, address in forms(scene):
        if person not in walkers:
            walkers[person] = visit(person, width=PHONE)
            walkers[person].forgiven = ("422", "400", "409")
        if found := sent_empty(walkers[person], address):
            wrong[address] = found
    assert wrong == {}


def test_public_pages_in_english(visit):
    scene, wrong = whole_scene(), {}
    visitor = visit(width=PHONE)
    names = (f"calls/{scene.open_call.code}/", f"awards/{scene.award.code}/", f"programmes/{scene.programme.code}/")
    for name in ("", "calls/", "awards/", "hromadas/", "help/", *names):
        if found := visitor.opens(f"/en/{name}").complaints():
            wrong[name] = found
        assert visitor.page.evaluate("document.documentElement.lang") == "en"
    assert wrong == {}
