"""A report is written in a real browser: every typed word stays, and its table of people fits a telephone."""

import pytest
from django.urls import reverse

from tests.browser.visits import DESK, PHONE
from tests.factories import events
from viche.events.models import Report

pytestmark = pytest.mark.browser
LINK = "ні те ні се"


@pytest.mark.parametrize(("width", "scripts"), [(PHONE, True), (DESK, True), (PHONE, False)])
def test_a_refused_link_stays_with_its_sentence_until_it_is_mended(visit, width, scripts):
    event = events.published()
    person = visit(event.author, width=width, scripts=scripts)
    person.forgiven = ("422",)
    address = reverse("events:report", args=[event.code])
    person.opens(address).types(happened="Розібрали три проєкти.", total="3", media__1__link=LINK)
    if scripts:
        person.page.locator("#e-id_media-1-link").get_by_text("Напишіть адресу сторінки").wait_for()
        assert "Напишіть адресу сторінки" in person.page.locator("[data-aloud]").inner_text()
        person.is_saved()
        # A row that the script has made says it too.
        person.presses("Ще рядок").types(media__2__link="теж ні")
        person.page.locator("#e-id_media-2-link").wait_for()
        person.is_saved()
    else:
        person.presses("Зберегти", last=True)
    person.is_well()
    for _visit in range(2):
        person.opens(address).sees("Напишіть адресу сторінки").is_well()
        assert person.page.locator("[name='media-0-link']").input_value() == LINK
    person.presses("Перевірити й подати").sees("Виправте позначене").is_well()
    person.types(media__0__link="gazeta.example/novyna")
    if scripts:
        person.page.locator("#e-id_media-0-link").wait_for(state="detached")
        person.types(media__1__link="").is_saved()
    person.presses("Перевірити й подати").presses("Подати звіт").sees("Звіт подано").is_well()
    assert Report.objects.get().media == [{"title": "", "link": "https://gazeta.example/novyna"}]


def test_the_table_of_people_fits_a_telephone(visit):
    cells = {"f:adult": 1250, "m:adult": 1100, "x:x": 1000}
    report = events.reported(events.published(), total=3350, cells=cells)
    person = visit(report.event.author, width=PHONE).opens(reverse("events:report", args=[report.event.code]))
    wide = person.page.locator(".wide", has=person.page.locator(".table--heads"))
    assert wide.evaluate("one => one.scrollWidth <= one.clientWidth")
    person.is_well()
