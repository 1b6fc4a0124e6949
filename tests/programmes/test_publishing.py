"""How a programme is told to IATI and 360Giving: what the office says, and what is refused."""

import pytest
from django.urls import reverse

from tests.factories import programmes
from viche.journal import queries as journal
from viche.methods.refusals import NotAllowed, Refused
from viche.programmes import operations, queries
from viche.programmes.models import Partner, Publishing
from viche.programmes.operations.publishing import LISTS

pytestmark = pytest.mark.django_db
AT = programmes.MOMENT


@pytest.fixture
def programme():
    return programmes.programme(code="FUND")


@pytest.fixture
def officer(programme, client):
    person = programmes.officer(programme)
    client.force_login(person)
    return person


def test_without_a_word_the_defaults_hold(programme):
    told = queries.publishing(programme)
    assert (told.pk, told.is_told, told.sector, told.aid) == (None, True, "15112", "")
    assert str(told).endswith("IATI")


def test_the_office_says_how_it_is_told(programme, officer):
    operations.tell(programme, sector="15150", finance="110", is_told=False, by=officer, at=AT)
    told = operations.tell(programme, aid="C01", by=officer, at=AT)
    assert queries.publishing(programme) == told
    assert (told.sector, told.finance, told.aid, told.is_told) == ("15150", "110", "C01", False)
    assert [entry.verb for entry in journal.of(programme)] == ["programmes.told"] * 2


@pytest.mark.parametrize(("name", "code"), [("sector", "99999"), ("sector", ""), ("aid", "Z01"), ("tied", "9")])
def test_a_code_that_no_list_has_is_refused(programme, officer, name, code):
    with pytest.raises(Refused) as refused:
        operations.tell(programme, **{name: code}, by=officer, at=AT)
    assert refused.value.field == name
    assert not Publishing.objects.exists()


def test_every_choice_is_in_its_list():
    from viche.formats.iati import codes

    for name, of in LISTS.items():
        choices = dict(Publishing._meta.get_field(name).choices or [])
        assert set(choices) <= codes.lists()[of]


def test_others_say_nothing_and_nothing_else_is_said(programme, officer):
    with pytest.raises(NotAllowed):
        operations.tell(programme, sector="15150", by=programmes.observer(programme), at=AT)
    with pytest.raises(TypeError):
        operations.tell(programme, programme_id=1, by=officer, at=AT)


def test_the_page_keeps_what_is_typed(programme, officer, client):
    address = reverse("programmes:publishing", args=["FUND"])
    assert "15112" in client.get(address).content.decode()
    answer = client.post(address, {"is_told": "on", "sector": "15150", "identifier": "XM-1-FUND", "aid": "C01"})
    assert answer.status_code == 302
    assert queries.publishing(programme).identifier == "XM-1-FUND"
    faulty = client.post(address, {"is_told": "on", "sector": "1515", "identifier": "XM FUND"})
    assert faulty.status_code == 422
    assert set(faulty.context["form"].errors) == {"identifier"}
    faulty = client.post(address, {"is_told": "on", "sector": "1515"})
    assert set(faulty.context["form"].errors) == {"sector"}
    assert queries.publishing(programme).sector == "15150"


def test_a_partner_may_bear_the_identifier_by_which_donors_know_it(programme, officer, client):
    address = reverse("programmes:add", args=["FUND", "partners"])
    told = {"name": "Фонд", "role": "donor", "org_id": "XI-IATI-1"}
    assert client.post(address, told | {"org_id": "а б"}).status_code == 422
    assert client.post(address, told).status_code == 302
    assert Partner.objects.get().org_id == "XI-IATI-1"
