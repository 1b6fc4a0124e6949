"""Programmes and awards as IATI: read back, checked by our own layers and by the official schema, served with an ETag."""

import gzip
import io
import json
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import etree

from tests.factories import awards, people, programmes
from tests.site.donors import NOW, fund, library, publisher
from tests.site.pages import queries_of, text_of
from viche.awards.models import Award
from viche.formats.iati import checking, schema
from viche.methods.refusals import NotAllowed
from viche.programmes import operations as programmes_operations
from viche.programmes.models import Partner, Programme, Publishing
from viche.site import operations, tasks
from viche.site.queries import findings, publication, told

pytestmark = pytest.mark.django_db
__all__ = ["fund", "library", "publisher"]
ADDRESS = "/open/iati/activities.xml"


def written(at=NOW):
    """The file as it would be published, and what was left out."""
    sifted = publication.Sifted(publication.IATI, publication.edition(at), at)
    return b"".join(sifted.pieces()), sifted


def read(content, path, hierarchy=2):
    return etree.fromstring(content).xpath(f"iati-activity[@hierarchy='{hierarchy}']/{path}")


def test_everything_passes_all_layers_and_the_official_schema(library):
    content, sifted = written()
    assert (sifted.published, sifted.findings) == (2, [])
    assert list(checking.check(io.BytesIO(content), now=NOW)) == []
    official = etree.XMLSchema(etree.parse(schema.folder() / "iati-activities-schema.xsd"))
    assert official.validate(etree.fromstring(content)), official.error_log


def test_a_programme_is_told_with_who_stands_behind_it_and_where_it_works(fund, library):
    programmes.participant(fund, organisation=people.organisation())
    content, _ = written()

    def said(path):
        return read(content, path, 1)

    assert said("iati-identifier/text()") == ["UA-EDR-00000000-FUND"]
    assert said("reporting-org/@ref") == ["UA-EDR-00000000"]
    assert said("title/narrative[not(@xml:lang)]/text()") == ["Фонд малих проєктів"]
    assert said("title/narrative[@xml:lang='en']/text()") == ["Fund"]
    assert said("participating-org[@role='1']/@ref") == ["XI-IATI-1"]
    assert said("participating-org[@role='4']/narrative/text()") == ["Виконавиця"]
    assert "Приятель" not in content.decode()
    assert (said("activity-status/@code"), said("sector/@code")) == (["2"], ["15112"])
    assert len(said("location")) == 2
    assert said("document-link/@url") == ["https://viche.example/programmes/FUND/"]
    assert said("result/indicator/period/actual/@value") == ["1", "1"]
    assert said("transaction") == []


def test_an_award_is_told_with_its_money_and_whose_it_is(library):
    content, _ = written()
    organisation = library.organisation

    def said(path):
        return read(content, path)

    assert said("iati-identifier/text()") == [f"UA-EDR-00000000-{library.code}"]
    assert said("related-activity[@type='1']/@ref") == ["UA-EDR-00000000-FUND"]
    assert said("activity-status/@code") == ["4"]
    assert {one.get("type"): one.get("iso-date") for one in said("activity-date")} == {
        "1": "2024-02-01",
        "2": "2024-02-01",
        "3": "2024-06-30",
        "4": "2024-05-20",
    }
    assert said("transaction/transaction-type/@code") == ["2", "3", "3", "3"]
    assert said("transaction/value/text()") == ["180000.00", "126000.00", "54000.00", "-1600.00"]
    assert said("transaction[4]/description/narrative/text()") == ["Повернуто", "Returned"]
    assert set(said("transaction/receiver-org/@ref")) == {organisation.org_id}
    assert said("participating-org[@role='4']/@type") == ["15"]
    assert said("participating-org[@role='4']/narrative/text()") == ["Світла бібліотека", "Light library"]
    assert said("location/@ref") == [organisation.hromada.code]
    assert said("budget/value/text()") == ["180000.00"]
    assert said("document-link/@url") == [f"https://viche.example/awards/{library.code}/"]
    assert said("result/indicator/period/actual/comment/narrative/text()") == ["Читальня працює."]


def test_a_budget_is_told_by_years_and_what_is_no_money_has_none(fund):
    award = awards.active(fund, officer=fund.officer)
    Award.objects.filter(pk=award.pk).update(ends_on="2025-06-30")
    award.tranches.filter(position=2).update(planned_on="2025-04-01")
    awards.active(fund, officer=fund.officer, kind="support", amount=None)
    content, sifted = written()
    assert (sifted.published, sifted.findings) == (3, [])
    assert read(content, "budget/value/text()") == ["126000.00", "54000.00"]
    assert read(content, "budget/period-start/@iso-date") == ["2024-02-01", "2025-01-31"]
    assert len(read(content, "transaction")) == 1


def test_what_ended_early_and_what_has_not_begun_say_so(fund):
    ended, coming = (awards.active(fund, officer=fund.officer) for _ in range(2))
    over = {"state": "ended", "ended_at": awards.LATER, "ended_why": "Громада відмовилася."}
    Award.objects.filter(pk=ended.pk).update(**over)
    Award.objects.filter(pk=coming.pk).update(starts_on="2024-10-01", ends_on="2024-12-31")
    programmes.programme(code="NEXT", starts_on="2025-01-01", ends_on="2025-12-31")
    programmes.programme(code="PAST", starts_on="2023-01-01", ends_on="2023-12-31")
    content, sifted = written()
    assert sifted.findings == []
    assert read(content, "activity-status/@code") == ["5", "2"]
    assert len(read(content, "activity-date[@type='2']")) == 1
    assert read(content, "activity-status/@code", 1) == ["2", "1", "4"]


def test_what_is_not_for_everybody_is_absent(fund, library):
    prepared = awards.planned(fund, officer=fund.officer)
    hidden = programmes.programme(code="HIDDEN", is_public=False)
    secret = awards.active(hidden)
    held_back = awards.active(programmes.programme(code="BACK"))
    Publishing.objects.create(programme=held_back.programme, is_told=False)
    invented = awards.active(programmes.programme(code="SHOW", is_invented=True))
    content = written()[0].decode()
    for absent in (prepared, secret, held_back, invented):
        assert absent.code not in content
    assert "HIDDEN" not in content
    head = people.head(library.organisation, name="Марія Неназвана", email="head@private.example")
    assert not any(one in content for one in (head.name, head.email, fund.officer.email, library.agreement_number))


def test_the_demonstration_says_so_and_has_a_publisher_of_its_own(settings, fund, library):
    settings.PUBLISHER = dict.fromkeys(settings.PUBLISHER, "")
    assert written()[0] == b""
    settings.DEMO = True
    Programme.objects.update(is_invented=True)
    content, sifted = written()
    assert (sifted.published, sifted.findings) == (2, [])
    assert "<!-- Вигадано для показу. Invented for a demonstration. -->" in content.decode()
    assert read(content, "reporting-org/narrative/text()")[0] == "Показова установка Віче"
    assert all(one.startswith("Вигадано для показу.") for one in read(content, "description/narrative/text()"))


def test_what_its_office_says_is_told(fund, library):
    programmes_operations.tell(
        fund,
        identifier="UA-EDR-00000000-PULSE",
        donor_activity="XI-IATI-1-UA",
        sector="15150",
        collaboration="1",
        flow="10",
        finance="110",
        aid="C01",
        tied="5",
        by=fund.officer,
        at=NOW,
    )
    content, sifted = written()
    assert sifted.findings == []
    assert read(content, "related-activity/@ref") == ["UA-EDR-00000000-PULSE"]
    assert read(content, "participating-org[@role='1']/@activity-id") == ["XI-IATI-1-UA"]
    classes = "sector collaboration-type default-flow-type default-finance-type default-aid-type default-tied-status"
    assert [read(content, f"{name}/@code") for name in classes.split()] == [
        ["15150"],
        ["1"],
        ["10"],
        ["110"],
        ["C01"],
        ["5"],
    ]


def test_queries_grow_by_chunks_alone(fund, monkeypatch):
    for _ in range(2):
        awards.active(fund, officer=fund.officer)

    def asked():
        with CaptureQueriesContext(connection) as caught:
            written()
        return len(caught)

    few = asked()
    awards.active(fund, officer=fund.officer)
    assert asked() == few
    monkeypatch.setattr(told, "CHUNK", 1)
    assert asked() == few + 4


def test_a_record_with_faults_is_left_out_and_told_where_to_mend_it(client, fund, library):
    Award.objects.filter(pk=library.pk).update(agreed_on="2031-01-01")
    awards.active(fund, officer=fund.officer)
    Partner.objects.filter(programme=fund, role=PARTNER).update(org_id="XI IATI/1")
    content, sifted = written()
    assert content == b""
    Partner.objects.filter(programme=fund, role=PARTNER).update(org_id="")
    operations.publish(at=NOW)
    kept = publication.kept(publication.IATI)
    assert kept.published == 2
    assert {one.award for one in kept.findings} == {library.code}
    client.force_login(fund.officer)
    answer = client.get(reverse("site:publication", args=["FUND"]))
    said = text_of(answer)
    assert "ще не настало, а мало б бути вже в минулому" in said
    assert f"/office/FUND/awards/{library.code}/" in answer.content.decode()
    rows = client.get(reverse("site:publication_file", args=["FUND", "json"])).json()
    assert {row["code"] for row in rows} == {library.code}
    assert rows[0]["url"] == f"https://viche.example/office/FUND/awards/{library.code}/"
    assert client.get(reverse("site:publication_file", args=["FUND", "xlsx"])).status_code == 200
    assert {one.about for one in sifted.findings} >= {"partners", "award"}


PARTNER = "donor"


@pytest.mark.parametrize(
    ("about", "award", "words"),
    [
        ("installation", "A1", "налаштування установки"),
        ("organisation", "A1", "організація"),
        ("organisation", "", "програма"),
        ("publishing", "A1", "відомості для відкритих даних"),
        ("partners", "", "партнери програми"),
        ("programme", "", "про програму"),
        ("award", "A1", "підтримка"),
    ],
)
def test_every_fault_names_what_to_mend(fund, about, award, words):
    one = publication.Finding(
        "iati",
        "FUND",
        award,
        "Назва",
        7 if award else None,
        about,
        "rule",
        "6.2.2",
        "rule-sector",
        {"element": "iati-activity"},
    )
    folder = publication.folder()
    folder.mkdir()
    (folder / "iati-x").touch()
    kept = publication.Kept("iati", "x", NOW, NOW, 1, [one])
    publication.manifest("iati").write_text(json.dumps(operations.asdict(kept), default=str))
    (row,) = map(findings.row, publication.told_of(fund))
    assert row.mend == words
    assert row.said.startswith("Бракує галузі")
    assert bool(row.mend_at) == (about != "installation")


def test_it_is_served_with_an_etag_from_the_moment_it_is_asked(client, library):
    answer = client.get(ADDRESS)
    content = b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    assert library.code in content.decode()
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(ADDRESS, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304
    tasks.publish()
    kept = client.get(ADDRESS)
    assert (kept["ETag"], b"".join(kept.streaming_content)) == (answer["ETag"], content)
    packed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(packed.streaming_content)) == content
    assert client.get(f"/en{ADDRESS}", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_an_edition_is_written_once_and_again_when_something_changes(fund, library, client):
    now = timezone.now()
    assert [one.standard for one in operations.publish(at=now)] == ["iati", "threesixty"]
    assert operations.publish(at=now) == []
    first = publication.kept("iati")
    programmes_operations.tell(fund, sector="15150", by=fund.officer, at=now)
    assert publication.shown("iati", now)[1] == first
    # Nobody has written it for a quarter of an hour: it is made while it is sent.
    assert publication.shown("iati", now + publication.LATE)[1] is None
    for sector in ("15151", "15152"):
        programmes_operations.tell(fund, sector=sector, by=fund.officer, at=now)
        operations.publish(at=now)
    assert client.get(ADDRESS)["ETag"] == f'W/"{publication.kept("iati").edition}"'
    assert len(list(publication.folder().glob("iati-*"))) == 4
    assert not first.path.exists()


def test_a_programme_that_is_hidden_again_goes_with_the_next_edition(fund, library, client):
    operations.publish(at=timezone.now())
    programmes_operations.update(fund, is_public=False, by=fund.officer, at=timezone.now())
    operations.publish(at=timezone.now())
    assert client.get(ADDRESS).status_code == 404
    assert findings.why_not(Programme.objects.get()) != ""


def test_where_nothing_is_published_there_is_nothing(client):
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", '{"findings": []}'])
def test_a_manifest_that_cannot_be_read_is_none(spoilt):
    publication.folder().mkdir()
    publication.manifest("iati").write_text(spoilt)
    assert publication.kept("iati") is None


def test_the_page_tells_how_it_stands_and_has_it_checked_again(client, settings, fund):
    client.force_login(fund.officer)
    address = reverse("site:publication", args=["FUND"])
    assert "Ще не перевірено" in text_of(client.get(address))
    assert client.post(reverse("site:publication_check", args=["FUND"])).status_code == 302
    assert DBTaskResult.objects.count() == 1
    with pytest.raises(NotAllowed):
        operations.check_again(fund, by=programmes.observer(fund))
    tasks.publish()
    assert "Помилок немає" in text_of(client.get(address))
    programmes_operations.tell(fund, is_told=False, by=fund.officer, at=timezone.now())
    said = text_of(client.get(address))
    assert "Відтоді щось змінилося" in said
    assert "не публікують за цими стандартами" in said
    programmes_operations.tell(fund, is_told=True, by=fund.officer, at=timezone.now())
    settings.PUBLISHER = dict.fromkeys(settings.PUBLISHER, "")
    assert "PUBLISHER_ID" in text_of(client.get(address))


def test_the_page_asks_the_same_whatever_was_found(client, fund):
    client.force_login(fund.officer)
    address = reverse("site:publication", args=["FUND"])
    counts = []
    for _ in range(2):
        award = awards.active(fund, officer=fund.officer)
        Award.objects.filter(pk=award.pk).update(agreed_on="2031-01-01")
        operations.publish(at=NOW + timedelta(days=len(counts)))
        caches["pages"].clear()
        counts.append(queries_of(client, address))
    assert counts[0] == counts[1] <= 12
