"""Who opens which address: as everybody in turn."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from tests.factories import awards as factory
from tests.factories import people, programmes
from viche.awards import access
from viche.awards.operations import photographs, reporting
from viche.awards.queries import awards, reading
from viche.files.models import Stored
from viche.methods.refusals import Refused

pytestmark = pytest.mark.django_db

OK, DOOR, NOTHING = 200, 302, 404


@pytest.fixture
def world():
    made = factory.world()
    made.report = factory.submitted(factory.report(made.award), by=made.preparer, photograph=True)
    made.stored = Stored.objects.get(is_image=True)
    made.photograph = photographs.show(
        made.award,
        stored=made.stored,
        caption="Лампа",
        credit="",
        consent=True,
        public_from=date(2999, 1, 1),
        by=made.officer,
        at=factory.LATER,
    )
    made.panellist = programmes.panellist(made.programme)
    made.reviewer = programmes.reviewer(made.programme)
    return made


def addresses(world):
    """Each address, and who of the people below sees it."""
    code, programme = world.award.code, world.programme.code
    office = (programme, code)
    everybody, writers = {"*"}, {"head", "preparer"}
    managers = {"officer", "administrator"}
    desk = managers | {"observer", "panellist"}
    return {
        ("list",): everybody,
        ("file", "csv"): everybody,
        ("award", code): everybody,
        ("photograph", code, world.photograph.pk, 480): desk | writers,
        ("cabinet", code): writers,
        ("agreement", code): writers | desk,
        ("report", code, 1): writers,
        ("section", code, 2, 1): writers,
        ("report_photographs", code, 1): writers,
        ("report_photograph", code, 1, world.stored.key): writers,
        ("check", code, 1): writers,
        ("receipt", code, 1, 1): writers,
        ("upload", code, 1, world.stored.key): writers,
        ("office_list", programme): desk,
        ("office_file", programme, "json"): desk,
        ("office", *office): desk,
        ("office_plan", *office): managers,
        ("office_agree", *office): managers,
        ("office_pay", *office, 1): managers,
        ("office_revoke", *office, 1): managers,
        ("office_close", *office): managers,
        ("office_end", *office): managers,
        ("office_report", *office, 1): desk,
        ("office_upload", *office, 1, world.stored.key): desk,
        ("office_photographs", *office): desk,
        ("office_photograph", *office, world.stored.key): desk,
        ("office_hide", *office, world.photograph.pk): managers,
    }


WHO = ("head", "preparer", "stranger", "officer", "other_officer", "observer", "panellist", "reviewer", "administrator")


@pytest.mark.parametrize("who", WHO)
def test_every_address_as_everybody(client, world, who):
    client.force_login(getattr(world, who))
    wrong = {}
    for parts, seen in addresses(world).items():
        expected = OK if "*" in seen or who in seen else NOTHING
        status = client.get(reverse(f"awards:{parts[0]}", args=parts[1:])).status_code
        if status != expected:
            wrong[parts[0]] = status
    assert wrong == {}


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, world):
    for parts, seen in addresses(world).items():
        address = reverse(f"awards:{parts[0]}", args=parts[1:])
        answer = client.get(address)
        if "*" in seen:
            assert answer.status_code == OK, parts
        elif address.startswith(("/me/", "/office/")):
            assert answer.status_code == DOOR, parts
            assert "next=" in answer["Location"]
        else:
            assert answer.status_code == NOTHING, parts
    assert client.get(reverse("awards:cabinet_list")).status_code == DOOR


def test_acts_answer_as_their_pages_do(client, world):
    code, programme = world.award.code, world.programme.code
    acts = [
        ("office_prepare", programme, world.award.application.call.code),
        ("office_accept", programme, code, 1),
        ("office_return", programme, code, 1),
        ("office_agree", programme, code),
        ("office_pay", programme, code, 1),
        ("office_close", programme, code),
        ("office_end", programme, code),
        ("office_plan", programme, code),
        ("submit", code, 2),
        ("section", code, 2, 1),
    ]
    for user in (world.stranger, world.other_officer, world.observer, world.reviewer):
        client.force_login(user)
        assert {client.post(reverse(f"awards:{name}", args=args)).status_code for name, *args in acts} == {NOTHING}


def test_what_is_not_there_is_404_for_everybody(client, world):
    client.force_login(world.administrator)
    other = factory.active()
    wrong = [
        ("award", "NONE"),
        ("cabinet", "NONE"),
        ("report", world.award.code, 9),
        ("receipt", world.award.code, 1, 9),
        ("office", world.programme.code, other.code),
        ("office", "NONE", world.award.code),
        ("office_list", "NONE"),
        ("office_pay", world.programme.code, world.award.code, 9),
        ("office_report", other.programme.code, world.award.code, 1),
        ("office_upload", world.programme.code, world.award.code, 1, "00000000-0000-0000-0000-000000000000"),
        ("office_photograph", world.programme.code, world.award.code, "00000000-0000-0000-0000-000000000000"),
        ("office_hide", other.programme.code, other.code, world.photograph.pk),
        ("photograph", other.code, world.photograph.pk, 480),
        ("file", "exe"),
        ("office_file", world.programme.code, "exe"),
    ]
    for name, *args in wrong:
        assert client.get(reverse(f"awards:{name}", args=args)).status_code == NOTHING, (name, args)


def test_a_file_of_another_report_does_not_open_through_mine(client, world):
    other = factory.submitted(photograph=True)
    foreign = Stored.objects.exclude(pk=world.stored.pk).get()
    client.force_login(world.preparer)
    assert client.get(reverse("awards:upload", args=[world.award.code, 1, foreign.key])).status_code == NOTHING
    client.force_login(other.author)
    assert client.get(reverse("awards:upload", args=[other.award.code, 1, foreign.key])).status_code == OK


def test_whoever_ever_wrote_has_a_part_also_after_a_colleague_saved_over_it_and_after_leaving(world):
    report = factory.report(world.award, 2)
    author = programmes.officer(world.programme)
    membership = people.member(world.award.organisation, user=author)
    factory.fill(report, by=author)
    factory.fill(report, by=world.preparer)
    reporting.submit(report, by=world.preparer, at=factory.LATER)
    membership.delete()
    report = factory.report(world.award, 2)
    assert access.has_part(author, report)
    assert not access.has_part(world.officer, report)
    with pytest.raises(Refused) as refused:
        reporting.accept(report, remark="", by=author, at=factory.LATER)
    assert refused.value.status == 403


def test_the_words_of_access(world):
    visitor = AnonymousUser()
    award, report = world.award, reading.report(world.award.code, 1)
    assert access.may_see(visitor, award)
    assert not access.may_see(visitor, factory.prepared())
    prepared = factory.prepared(world.programme, organisation=award.organisation)
    for user in (world.officer, world.head, world.observer):
        assert access.may_see(user, prepared)
    assert not access.may_write(world.preparer, report)
    assert access.may_write(world.preparer, factory.report(award, 2))
    assert not access.may_write(visitor, factory.report(award, 2))
    assert not access.may_check(visitor, report)
    assert not access.has_part(visitor, report)
    assert not access.may_read(world.officer, factory.report(award, 2))
    assert access.may_manage_programme(world.officer, world.programme)
    tranche = awards.tranche_in_office(world.programme.code, award.code, 1)
    assert access.may_pay(world.officer, tranche)
    assert not access.may_pay(world.observer, tranche)
    assert not access.may_see_photograph(visitor, world.photograph, date(2998, 1, 1))
    assert access.may_see_photograph(visitor, reading.photograph(award.code, world.photograph.pk), date(2999, 1, 1))
