import io
import json
import re
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import awards as factory
from tests.factories import files as files_for_tests
from tests.factories import people, programmes
from tests.factories.awards import LATER
from viche.awards import access
from viche.awards.models import Photograph
from viche.awards.operations import photographs, reporting
from viche.awards.queries import reading, states
from viche.files import operations as files
from viche.files.models import Consent, Stored
from viche.journal.models import Entry
from viche.methods.refusals import NotAllowed, Refused
from viche.questionnaires import queries

pytestmark = pytest.mark.django_db
TODAY = date(2024, 5, 20)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value


@pytest.fixture
def report():
    made = factory.submitted(photograph=True)
    made.stored = Stored.objects.get(is_image=True)
    made.officer = programmes.officer(made.award.programme)
    return made


def show(report, **changes):
    values = {
        "stored": report.stored,
        "caption": "Діти читають при лампі",
        "credit": "Бібліотека",
        "consent": True,
        "public_from": TODAY,
        "by": report.officer,
        "at": LATER,
        **changes,
    }
    return photographs.show(report.award, **values)


def describe(report, **changes):
    values = {
        "stored": report.stored,
        "caption": "Діти читають",
        "credit": "",
        "consent": True,
        "by": report.author,
        "at": LATER,
        **changes,
    }
    return photographs.describe(report, **values)


def seen(award, on=TODAY):
    return list(reading.public_photographs(award, on))


def test_a_photograph_with_words_and_consent_is_shown_from_its_day_on(report):
    photograph = show(report, public_from=date(2024, 6, 1))
    assert seen(report.award) == []
    assert seen(report.award, date(2024, 6, 1)) == [photograph]
    report.stored.refresh_from_db()
    assert report.stored.consent == Consent.RECORDED
    assert "офіс" in report.stored.consent_note
    assert states.of_photograph(photograph.stored, TODAY).kind == "told"
    assert states.of_photograph(photograph.stored, date(2024, 6, 1)).kind == "open"


def test_the_organisation_tells_and_the_office_chooses(report):
    describe(report)
    assert seen(report.award) == []
    report.stored.refresh_from_db()
    assert report.award.organisation.name in report.stored.consent_note
    assert states.of_photograph(report.stored, TODAY).kind == "draft"
    show(report)
    assert Photograph.objects.get().position == 0
    describe(report, consent=False)
    assert seen(report.award) == []
    report.stored.refresh_from_db()
    assert report.stored.consent == Consent.NONE
    assert states.of_photograph(report.stored, TODAY).kind == "unverified"


@pytest.mark.parametrize("changed", [{"caption": "Інше"}, {"credit": "Хтось інший"}])
def test_other_words_of_the_organisation_let_the_office_choose_again(report, changed):
    show(report)
    same = {"caption": "Діти читають при лампі", "credit": "Бібліотека"}
    assert describe(report, **same).public_from == TODAY
    assert seen(report.award)
    assert describe(report, **(same | changed)).public_from is None
    assert seen(report.award) == []
    entry = Entry.objects.filter(verb="awards.photograph_described").order_by("number").last()
    values = json.loads(entry.values.body)
    assert values["before"]["public_from"] == TODAY.isoformat()
    assert values["after"]["public_from"] is None
    report.stored.refresh_from_db()
    assert report.stored.consent == Consent.RECORDED
    show(report)
    assert seen(report.award)


def test_the_organisation_is_told_that_other_words_take_the_photograph_off_the_page(client, report):
    show(report)
    client.force_login(report.author)
    address = reverse("awards:report_photographs", args=[report.award.code, report.position])
    assert "Програма обрала це фото для всіх." in client.get(address).content.decode()
    one = reverse("awards:report_photograph", args=[report.award.code, report.position, report.stored.key])
    typed = {f"{report.stored.key}-{name}": text for name, text in (("caption", "Інше"), ("consent", "on"))}
    answer = client.post(one, typed, follow=True).content.decode()
    assert "програма ще раз вирішить, чи показати його всім" in answer
    assert "Програма обрала це фото для всіх." not in answer
    assert "програма ще раз вирішить" not in client.post(one, typed, follow=True).content.decode()


def test_no_showing_without_consent_nor_words(report):
    assert refusal(show, report, consent=False).field == "consent"
    assert refusal(show, report, caption=" ").field == "caption"
    assert refusal(show, report, caption="х" * 301).field == "caption"
    assert refusal(show, report, credit="х" * 151).field == "credit"
    show(report, consent=False, public_from=None)
    assert seen(report.award) == []


def test_only_photographs_of_this_award(report):
    other = factory.submitted(photograph=True)
    foreign = Stored.objects.exclude(pk=report.stored.pk).get()
    assert refusal(show, report, stored=foreign).field == "stored"
    assert refusal(describe, report, stored=foreign).field == "stored"
    draft = factory.report(other.award, 2)
    unsubmitted = factory.attach(draft)
    other.officer, other.stored = programmes.officer(other.award.programme), unsubmitted
    assert refusal(show, other).field == "stored"


@pytest.fixture
def invoice():
    """A report with a scan of an invoice among its papers, and a photograph."""
    of = factory.report()
    author = people.preparer(of.award.organisation)
    factory.attach(of, "papers", files_for_tests.picture(), "рахунок.jpg", by=author)
    made = factory.submitted(of, by=author, photograph=True)
    made.paper = Stored.objects.get(name="рахунок.jpg")
    made.stored = Stored.objects.get(name="читальня.jpg")
    made.officer = programmes.officer(made.award.programme)
    return made


def test_a_scan_of_an_invoice_is_no_photograph(client, invoice):
    assert list(reading.photographs_in_office(invoice.award)) == [invoice.stored]
    assert list(reading.photographs_of(invoice)) == [invoice.stored]
    assert refusal(show, invoice, stored=invoice.paper).field == "stored"
    assert refusal(describe, invoice, stored=invoice.paper).field == "stored"
    client.force_login(invoice.officer)
    place = (invoice.award.programme.code, invoice.award.code)
    page = client.get(at("office_photographs", *place)).content.decode()
    assert str(invoice.stored.key) in page
    assert str(invoice.paper.key) not in page
    assert client.get(at("office_photograph", *place, invoice.paper.key)).status_code == 404


def test_a_scan_that_was_shown_before_is_shown_no_more(client, invoice):
    files.record_consent(invoice.paper, note="так", by=invoice.officer, at=LATER)
    photograph = Photograph.objects.create(
        award=invoice.award, stored=invoice.paper, caption="Рахунок", public_from=TODAY
    )
    assert seen(invoice.award) == []
    assert str(photograph) not in client.get(at("award", invoice.award.code)).content.decode()
    assert not access.may_see_photograph(people.user(), photograph, TODAY)
    assert access.may_see_photograph(invoice.officer, photograph, TODAY)


def test_hiding_takes_the_consent_back(report):
    photograph = show(report)
    photographs.hide(photograph, by=report.officer, at=LATER)
    report.stored.refresh_from_db()
    assert seen(report.award) == []
    assert report.stored.consent == Consent.NONE
    photographs.hide(photograph, by=report.officer, at=LATER)


def test_a_removed_file_and_a_withdrawn_consent_are_shown_to_nobody(report):
    photograph = show(report)
    files.withdraw_consent(Stored.objects.get(pk=report.stored.pk), by=report.officer, at=LATER)
    assert seen(report.award) == []
    show(report)
    files.remove(Stored.objects.get(pk=report.stored.pk), by=report.officer, at=LATER)
    assert seen(report.award) == []
    found = reading.photograph(report.award.code, photograph.pk)
    assert not access.may_see_photograph(report.officer, found, TODAY)


def test_who_may_tell_show_and_hide(report):
    for by in (people.preparer(), report.officer):
        with pytest.raises(NotAllowed):
            describe(report, by=by)
    photograph = show(report)
    for by in (report.author, programmes.officer(), programmes.observer(report.award.programme)):
        with pytest.raises(NotAllowed):
            show(report, by=by)
        with pytest.raises(NotAllowed):
            photographs.hide(photograph, by=by, at=LATER)


def test_a_photograph_taken_out_of_a_returned_report_is_no_longer_shown(report):
    show(report)
    reporting.send_back(report, remark="Інше фото", by=report.officer, at=LATER)
    question = next(one for one in queries.outline(report.sheet.version).questions if one.key == "photos")
    reporting.detach(report, question=question, key=str(report.stored.key), by=report.author, at=LATER)
    assert seen(report.award) == []


def at(name, *args):
    return reverse(f"awards:{name}", args=args)


def test_the_pages_of_photographs(client, report):
    award, key = report.award, report.stored.key
    place = (award.programme.code, award.code)
    client.force_login(report.author)
    mine = at("report_photographs", award.code, 1)
    assert client.get(mine).status_code == 200
    one = at("report_photograph", award.code, 1, key)
    assert client.get(one)["Content-Type"] == "image/webp"
    assert client.post(one, {f"{key}-caption": ""}).status_code == 422
    answer = client.post(one, {f"{key}-caption": "Лампа", f"{key}-consent": "on"})
    assert answer["Location"] == mine
    client.force_login(report.officer)
    assert "Не показуємо" in client.get(at("office_photographs", *place)).content.decode()
    one = at("office_photograph", *place, key)
    assert client.get(one)["Content-Type"] == "image/webp"
    assert client.post(one, {f"{key}-caption": "Лампа", f"{key}-public_from": "01.05.2024"}).status_code == 422
    sent = {f"{key}-caption": "Лампа", f"{key}-public_from": "01.05.2024", f"{key}-consent": "on"}
    assert client.post(one, sent)["Location"] == at("office_photographs", *place)
    photograph = Photograph.objects.get()
    client.logout()
    page = client.get(at("award", award.code)).content.decode()
    picture = at("photograph", award.code, photograph.pk, 480)
    assert f'src="{picture}" alt="Лампа"' in page
    assert client.get(picture)["Content-Type"] == "image/webp"
    client.force_login(report.officer)
    hide = at("office_hide", *place, photograph.pk)
    assert "Приховати фото?" in client.get(hide).content.decode()
    assert client.post(hide)["Location"] == at("office_photographs", *place)
    client.logout()
    assert client.get(picture).status_code == 404
    assert picture not in client.get(at("award", award.code)).content.decode()


def test_an_observer_sees_photographs_and_changes_nothing(client, report):
    client.force_login(programmes.observer(report.award.programme))
    place = (report.award.programme.code, report.award.code)
    assert client.get(at("office_photographs", *place)).status_code == 200
    key = report.stored.key
    client.post(at("office_photograph", *place, key), {f"{key}-caption": "Х"})
    assert not Photograph.objects.exists()


def test_reports_without_photographs_say_where_to_add_them(client):
    report = factory.submitted()
    client.force_login(report.author)
    assert "ще немає фото" in client.get(at("report_photographs", report.award.code, 1)).content.decode()
    client.force_login(programmes.officer(report.award.programme))
    place = (report.award.programme.code, report.award.code)
    assert "немає фото" in client.get(at("office_photographs", *place)).content.decode()


def cells(answer):
    """All that a workbook says; its packed bytes may hold any three digits by chance."""
    sheets = load_workbook(io.BytesIO(answer.content)).worksheets
    return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)


def test_what_is_private_is_in_no_public_page_nor_file(client):
    """Neither a private photograph nor any file, nor answers beside what was done, leave by a public address."""
    report = factory.report()
    author = people.preparer(report.award.organisation, name="Авторка звіту")
    factory.attach(report, "papers", name="таємна-платіжка.pdf", by=author)
    factory.attach(report, "photos", name="таємне-фото.jpg", by=author)
    report = factory.accepted(report, by=author)
    award = report.award
    stored = list(Stored.objects.all())
    described = photographs.describe(
        report,
        stored=next(one for one in stored if one.is_image),
        caption="Таємний підпис",
        credit="Таємна авторка",
        consent=True,
        by=author,
        at=LATER,
    )
    secrets = ["таємн", "Таємн", "Скільки людей", author.name, author.email]
    secrets += [str(one.key) for one in stored]
    addresses = [at("list"), at("award", award.code), "/awards.csv", "/awards.xlsx", "/awards.json"]
    for address in (*addresses, *(f"/en{one}" for one in addresses)):
        answer = client.get(address)
        assert answer.status_code == 200
        body = cells(answer) if address.endswith("xlsx") else answer.content.decode()
        assert [secret for secret in secrets if secret in body] == [], address
        assert re.search(r"(?<![\w.-])412(?![\w.])", body) is None, address
    assert factory.ANSWERS[0]["done"] in client.get(at("award", award.code)).content.decode()
    assert client.get(at("photograph", award.code, described.pk, 480)).status_code == 404
    stranger = people.preparer()
    client.force_login(stranger)
    assert client.get(at("photograph", award.code, described.pk, 480)).status_code == 404
