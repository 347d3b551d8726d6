"""Adding a company to an account: the form, where it leads on, twice, and staff, who have none."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from accounts.models import AuditEntry
from accounts.workflow import Refused
from inaaccess import erasure
from inquiries import sending
from inquiries.models import EnquiryRound, Importer
from tests import factories as make
from tests.catalog.desk import words
from tests.inquiries.asking_pages import pressed
from tests.registering import ADD_COMPANY, IMPORTER

pytestmark = pytest.mark.django_db
SAID = {"company": "Batik Mojo Trading", "country": "PE"}
CATALOGUE, BASKET = "/en/products/?q=sandal", "/en/inquiries/basket/"


@pytest.fixture
def member(client):
    """Somebody of a producer, signed in."""
    person = make.MembershipFactory.create(role="editor").user
    client.force_login(person)
    return person


def test_two_fields_are_asked_and_the_rest_is_folded(client, member):
    page = client.get(ADD_COMPANY).content.decode()
    open_part, _fold, folded = page.partition('<details class="fold">')
    asked = set(re.findall(r'name="(\w+)"', open_part.rpartition('<form class="panel')[2])) - {"csrfmiddlewaretoken"}
    assert asked == {"company", "country"}
    assert {"tax_number", "website", "buys_categories", "buys_hs", "languages"} <= set(
        re.findall(r'name="(\w+)"', folded)
    )


def test_the_account_becomes_an_importer_and_goes_on_where_it_was(client, member):
    assert f'value="{CATALOGUE}"' in client.get(ADD_COMPANY, {"next": CATALOGUE}).content.decode()
    answer = client.post(ADD_COMPANY, {**SAID, "next": CATALOGUE})
    own = Importer.objects.get()
    assert answer["Location"] == CATALOGUE and (own.user, own.company, own.country) == (member, SAID["company"], "PE")
    entry = AuditEntry.objects.get(verb="add_company")
    assert (entry.by, entry.object_id) == (member, str(own.pk))
    assert client.get(ADD_COMPANY, {"next": CATALOGUE})["Location"] == CATALOGUE


def test_the_desks_of_both_sides_are_in_the_menu_then(client, member):
    client.post(ADD_COMPANY, SAID)
    page = client.get("/en/inquiries/").content.decode()
    menu = page.partition('id="account-menu"')[2].partition("</form>")[0]
    assert 'href="/en/inquiries/"' in menu and 'href="/en/desk/"' in menu


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_leads_nowhere_else(client, member, address):
    assert 'name="next" value' not in client.get(ADD_COMPANY, {"next": address}).content.decode().partition("<main")[2]
    assert client.post(ADD_COMPANY, {**SAID, "next": address})["Location"] == "/en/inquiries/"


def test_pressed_twice_it_is_one_company(client, member):
    for _press in range(2):
        assert client.post(ADD_COMPANY, {**SAID, "next": CATALOGUE})["Location"] == CATALOGUE
    assert Importer.objects.count() == AuditEntry.objects.filter(verb="add_company").count() == 1


def test_another_company_of_the_same_account_is_refused(client, member):
    client.post(ADD_COMPANY, SAID)
    answer = client.post(ADD_COMPANY, {**SAID, "company": "Other Trading"})
    assert answer.status_code == 409 and Importer.objects.get().company == SAID["company"]


@pytest.mark.parametrize(
    "wrong",
    [{"company": ""}, {"company": "123"}, {"country": "XX"}, {"buys_hs": "9999"}, {"website": "javascript:alert(1)"}],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, member, wrong):
    answer = client.post(ADD_COMPANY, {**SAID, "tax_number": "20123456789", "next": CATALOGUE, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and not Importer.objects.exists()
    assert 'value="20123456789"' in page and f'value="{CATALOGUE}"' in page


def test_an_unusual_tax_number_is_saved_with_a_warning(client, member):
    page = client.post(ADD_COMPANY, {**SAID, "tax_number": "12"}, follow=True)
    assert "usually looks like 20123456789" in words(page) and Importer.objects.get().tax_number == "12"


def test_the_page_to_register_leads_somebody_with_an_account_here(client, member):
    assert client.get(IMPORTER, {"next": CATALOGUE})["Location"].startswith(f"{ADD_COMPANY}?next=")


def test_the_desk_of_somebody_without_a_producer_leads_here(client):
    client.force_login(make.UserFactory())
    assert f'href="{ADD_COMPANY}"' in client.get("/en/desk/").content.decode()


@pytest.mark.parametrize("kind", [{"mission": True}, {"ministry": True}, {"officer": True}, {"is_superuser": True}])
def test_staff_are_told_kindly_and_get_none(kind):
    person = make.OfficerScopeFactory().user if "officer" in kind else make.UserFactory(**kind)
    client = Client()
    client.force_login(person)
    page = client.post(ADD_COMPANY, SAID)
    assert page.status_code == 403 and "Staff do not buy here" in words(page)
    with pytest.raises(Refused) as refusal:
        Importer.add_company(SAID, by=person)
    assert refusal.value.code == "official_account" and not Importer.objects.exists()
    assert not AuditEntry.objects.filter(verb="add_company").exists()


def test_an_erased_account_gets_none(member):
    erasure.erase(member, by=member)
    with pytest.raises(Refused) as refusal:
        Importer.add_company(SAID, by=member)
    assert refusal.value.code == "account_erased"


def test_somebody_without_a_company_adds_it_and_comes_back_to_the_same_basket(client):
    line = make.BasketLineFactory()
    client.force_login(line.basket.user)
    response = client.post(BASKET, pressed(line, message="Kept"), follow=True)
    assert response.redirect_chain == [(f"{ADD_COMPANY}?next=%2Fen%2Finquiries%2Fbasket%2F", 302)]
    assert not EnquiryRound.objects.exists()
    back = client.post(ADD_COMPANY, {"company": "Batik Mojo Trading", "country": "PE", "next": BASKET}, follow=True)
    assert back.redirect_chain == [(BASKET, 302)] and "Kept" in back.content.decode()
    assert back.context["forms"].sending["consent"].value() is True, "ticked as before"
    assert client.post(BASKET, pressed(line, message="Kept")).status_code == 302
    assert EnquiryRound.objects.get().text == "Kept"


def test_an_unready_basket_of_somebody_without_a_company_is_shown_again(client):
    line = make.BasketLineFactory()
    client.force_login(line.basket.user)
    response = client.post(BASKET, pressed(line, consent=""))
    assert response.status_code == 422


def test_the_rule_holds_for_a_company_that_went_meanwhile():
    line = make.BasketLineFactory()
    with pytest.raises(Refused) as refusal:
        sending.send(line.basket, by=line.basket.user, address="198.51.100.7")
    assert refusal.value.code == "no_importer"
