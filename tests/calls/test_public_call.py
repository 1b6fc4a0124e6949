"""What everybody reads on the page of a call: what is asked, whom to ask, who got how much."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import calls, programmes
from viche.calls.models import Application, Call

pytestmark = pytest.mark.django_db


def page(client, call):
    return client.get(call.get_absolute_url()).content.decode()


def test_it_shows_what_the_form_asks_and_whom_to_ask(client):
    call = calls.announced()
    type(call.programme).objects.update(contact_email="fund@viche.example", contact_phone="+380 44 000 00 00")
    shown = page(client, call)
    assert "<summary>Бюджет</summary>" in shown
    assert "Скільки просите, ₴" in shown
    assert 'href="mailto:fund@viche.example"' in shown
    assert 'href="tel:+380440000000"' in shown
    type(call.programme).objects.update(contact_email="", contact_phone="")
    assert "Кого запитати" not in page(client, call)


def test_the_result_shows_what_each_got(client):
    call = calls.announced()
    one, other = calls.submitted(call), calls.submitted(call)
    Application.objects.filter(pk=one.pk).update(outcome="supported", granted=Decimal(120_000))
    Application.objects.filter(pk=other.pk).update(outcome="supported", granted=Decimal(90_000))
    Call.objects.filter(pk=call.pk).update(stage="decided")
    shown = page(client, call)
    assert all(sum_ in shown for sum_ in ("120\u00a0000\u00a0₴", "90\u00a0000\u00a0₴", "210\u00a0000\u00a0₴"))
    Application.objects.filter(call=call).update(granted=None)
    assert "Надано" not in page(client, call)


def test_how_many_read_is_a_rule_and_nothing_that_is_said_of_the_past(client):
    call = calls.announced(reviewers_wanted=2)
    assert "За правилами конкурсу кожну заявку читають 2 людини" in page(client, call)
    Call.objects.filter(pk=call.pk).update(stage="decided")
    assert "За правилами конкурсу" not in page(client, call)


@pytest.mark.parametrize(("role", "leads"), [(programmes.officer, 3), (programmes.observer, 2)])
def test_the_office_page_of_a_closed_call_leads_to_its_judging(client, role, leads):
    call = calls.announced()
    client.force_login(role(call.programme))
    here = [call.programme.code, call.code]
    shown = client.get(reverse("calls:office", args=here)).content.decode()
    addresses = [reverse(f"reviews:{name}", args=here) for name in ("office", "ranking", "panel")]
    found = [address for address in addresses if f'href="{address}"' in shown]
    assert len(found) == leads
    assert all(client.get(address).status_code == 200 for address in found)


def test_nothing_is_judged_of_an_open_call(client):
    call = calls.announced(closes_at=calls.CLOSES.replace(year=2100))
    client.force_login(programmes.officer(call.programme))
    shown = client.get(reverse("calls:office", args=[call.programme.code, call.code])).content.decode()
    assert "Оцінювання й рішення" not in shown
