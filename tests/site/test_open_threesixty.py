"""Grants as 360Giving: read back, checked by our own layers and by the official schema, served with an ETag."""

import io
import json
from datetime import date

import pytest

from tests.factories import awards, people, programmes
from tests.formats.conftest import official
from tests.site.donors import NOW, fund, library, publisher
from viche.awards.models import Award
from viche.formats.threesixty import checking
from viche.people.models import Organisation
from viche.programmes.models import Programme
from viche.site import operations
from viche.site.queries import findings, publication

pytestmark = pytest.mark.django_db
__all__ = ["fund", "library", "official", "publisher"]
ADDRESS = "/open/360giving.json"


def written(at=NOW):
    """The file as it would be published, and what was left out."""
    sifted = publication.Sifted(publication.THREESIXTY, publication.edition(at), at)
    return b"".join(sifted.pieces()), sifted


def grants(at=NOW):
    return json.loads(written(at)[0])["grants"]


def test_everything_passes_all_layers_and_the_official_schema(official, fund, library):
    awards.active(fund, officer=fund.officer)
    content, sifted = written()
    assert (sifted.published, sifted.findings) == (2, [])
    assert list(checking.check(io.BytesIO(content), now=NOW)) == []
    assert [error.message for error in official.iter_errors(json.loads(content))] == []


def test_a_grant_is_told_with_its_money_and_whose_it_is(library):
    (told,) = grants()
    organisation, hromada = library.organisation, library.organisation.hromada
    assert told["id"] == f"360G-viche-{library.code}"
    assert (told["amountAwarded"], told["amountDisbursed"], told["awardDate"]) == (180000, 178400, "2024-02-01")
    (recipient,) = told["recipientOrganization"]
    assert (recipient["id"], recipient["name"]) == (organisation.org_id, "Світла бібліотека")
    assert recipient["alternateName"] == "Light library"
    assert told["fundingOrganization"] == [{"id": "UA-EDR-00000000", "name": "Спілка громад"}]
    assert told["beneficiaryLocation"][0]["geoCode"] == hromada.code
    assert told["plannedDates"] == [{"startDate": "2024-02-01", "endDate": "2024-06-30"}]
    assert told["actualDates"] == [{"startDate": "2024-02-01", "endDate": "2024-05-20"}]
    assert [one["value"] for one in told["commitmentTransaction"]] == [180000]
    assert [one["value"] for one in told["disbursementTransaction"]] == [126000, 54000, -1600]
    assert told["relatedActivity"] == [f"UA-EDR-00000000-{library.code}"]
    assert told["fromOpenCall"] == "Yes"
    assert told["grantProgramme"][0]["code"] == "FUND"


def test_an_organisation_without_a_code_gets_a_number_of_ours(fund):
    branch = people.organisation(name="Філія", parent=people.organisation(), edrpou="")
    award = awards.active(fund, officer=fund.officer, organisation=branch)
    Award.objects.filter(pk=award.pk).update(starts_on="2024-10-01", ends_on="2024-12-31")
    (told,) = grants()
    assert told["recipientOrganization"][0]["id"] == f"360G-viche-ORG-{branch.pk}"
    assert "actualDates" not in told


def test_a_mistyped_code_of_old_times_is_told_to_nobody(library):
    Organisation.objects.filter(pk=library.organisation_id).update(edrpou="70000001")
    (told,) = grants()
    assert told["recipientOrganization"][0]["id"] == f"360G-viche-ORG-{library.organisation_id}"


def test_what_is_no_grant_or_not_for_everybody_is_absent(fund, library):
    awards.active(fund, officer=fund.officer, kind="support", amount=None)
    awards.planned(fund, officer=fund.officer)
    awards.active(programmes.programme(code="HIDDEN", is_public=False))
    assert [one["id"] for one in grants()] == [f"360G-viche-{library.code}"]
    assert fund.officer.email not in written()[0].decode()


def test_the_demonstration_says_so(settings, library):
    settings.DEMO = True
    Programme.objects.update(is_invented=True)
    told = json.loads(written()[0])
    assert told["description"].startswith("Вигадано для показу.")
    assert told["grants"][0]["description"].startswith("Вигадано для показу.")


def test_without_a_publisher_in_registers_grants_are_told_under_our_prefix(settings, library):
    settings.PUBLISHER = dict.fromkeys(settings.PUBLISHER, "")
    (told,) = grants()
    assert told["fundingOrganization"] == [{"id": "360G-viche", "name": settings.SITE_NAME}]
    assert "relatedActivity" not in told


def test_a_grant_with_faults_is_left_out_and_told_where_to_mend_it(fund, library):
    other = awards.active(fund, officer=fund.officer)
    Award.objects.filter(pk=library.pk).update(title="Пишіть на secret@private.example", awarded_on=date(2031, 1, 1))
    Organisation.objects.filter(pk=other.organisation_id).update(website="не адреса")
    third = awards.active(fund, officer=fund.officer)
    operations.publish(at=NOW)
    kept = publication.kept(publication.THREESIXTY)
    assert kept.published == 1
    assert third.code in kept.path.read_text()
    assert "secret@private.example" not in kept.path.read_text()
    rows = map(findings.row, publication.told_of(fund))
    said = {(row.code, row.mend) for row in rows if row.standard == "360Giving 1.4"}
    assert said == {(library.code, "підтримка"), (other.code, "організація")}


def test_it_is_served_with_an_etag(client, library):
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert len(json.loads(b"".join(answer.streaming_content))["grants"]) == 1
    assert client.get(ADDRESS, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_where_nothing_is_published_there_is_nothing(client):
    assert client.get(ADDRESS).status_code == 404
    operations.publish(at=NOW)
    assert publication.kept(publication.THREESIXTY).published == 0
    assert client.get(ADDRESS).status_code == 404
