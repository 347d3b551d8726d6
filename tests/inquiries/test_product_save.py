"""product_save and product_unsave, from a product's page and from cards; visitors on their way through the log-in."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.workflow import Refused
from inquiries.models import Importer, SavedProduct, saved_product
from tests import factories as make
from tests.catalog.products import published
from tests.security.second_factors import PASSWORD, with_password

SAVE, UNSAVE = "/en/inquiries/saved/leather-sandals/save/", "/en/inquiries/saved/leather-sandals/unsave/"
PAGE = "/en/products/leather-sandals/"


@pytest.fixture
def product(db):
    return published(slug="leather-sandals")


def test_a_product_is_saved_and_the_reader_comes_back_to_the_page(buying, importer, product):
    answer = buying.post(SAVE, {"next": "/en/products/?q=sandal"})
    assert answer["Location"] == "/en/products/?q=sandal"
    assert buying.post(SAVE)["Location"] == PAGE
    assert SavedProduct.objects.get().importer == importer


def test_opening_the_address_only_asks(buying, product):
    assert "Save this product?" in buying.get(SAVE).content.decode()
    assert not SavedProduct.objects.exists()


def test_it_is_kept_no_longer_and_a_second_press_changes_nothing(buying, importer, product):
    SavedProduct.keep(product, importer=importer)
    for _press in range(2):
        assert buying.post(UNSAVE)["Location"] == PAGE
    assert not SavedProduct.objects.exists()


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "/" + "x" * 3000])
def test_no_address_of_others_is_gone_back_to(buying, product, address):
    assert buying.post(SAVE, {"next": address})["Location"] == PAGE


def test_a_product_that_is_not_public_is_not_there(buying, db):
    make.ProductFactory.create(suspended=True, slug="leather-sandals")
    assert buying.post(SAVE).status_code == 404
    assert Client().post(SAVE).status_code == 404


def log_in(visitor: Client, importer: Importer) -> None:
    with_password(importer.user)
    visitor.post("/en/account/login/", {"login": importer.user.email, "password": PASSWORD})
    assert visitor.session["_auth_user_id"] == str(importer.user_id)


def test_what_a_visitor_pressed_is_saved_after_the_log_in(importer, product):
    visitor = Client()
    answer = visitor.post(SAVE, {"next": "/en/products/?q=sandal"})
    assert answer["Location"] == f"/en/account/login/?{urlencode({'next': SAVE})}"
    log_in(visitor, importer)
    assert visitor.get(SAVE)["Location"] == "/en/products/?q=sandal"
    assert SavedProduct.objects.get().importer == importer
    assert "product_to_save" not in visitor.session


def test_the_log_in_leads_on_to_it(importer, product):
    with_password(importer.user)
    visitor = Client()
    address = visitor.post(SAVE)["Location"]
    answer = visitor.post(address, {"login": importer.user.email, "password": PASSWORD, "next": SAVE})
    assert answer["Location"] == SAVE


def test_what_was_pressed_for_one_product_saves_no_other(importer, product):
    visitor, other = Client(), published(slug="other-sandals")
    visitor.post(SAVE)
    log_in(visitor, importer)
    assert visitor.get(f"/en/inquiries/saved/{other.slug}/save/").status_code == 200
    assert not SavedProduct.objects.exists()


def test_the_number_is_limited(importer, product, monkeypatch):
    monkeypatch.setattr(saved_product, "MOST_SAVED", 1)
    SavedProduct.keep(make.ProductFactory(published=True), importer=importer)
    with pytest.raises(Refused) as refusal:
        SavedProduct.keep(product, importer=importer)
    assert refusal.value.code == "too_many_saved"


def test_the_page_of_a_product_says_whether_it_is_saved(buying, importer, product):
    assert f'formaction="{SAVE}"' in buying.get(PAGE).content.decode()
    SavedProduct.keep(product, importer=importer)
    assert f'formaction="{UNSAVE}"' in buying.get(PAGE).content.decode()


def test_cards_carry_the_button_for_all_who_may_buy_and_not_for_staff(buying, product):
    producer, staff = Client(), Client()
    producer.force_login(make.MembershipFactory.create().user)
    for client in (buying, Client(), producer):
        assert f'formaction="{SAVE}"' in client.get("/en/products/").content.decode()
    staff.force_login(make.UserFactory(mission=True))
    assert "formaction" not in staff.get("/en/products/").content.decode()


def test_what_somebody_without_a_company_pressed_is_saved_when_it_is_added(client, product):
    client.force_login(make.UserFactory())
    answer = client.post(SAVE, {"next": "/en/products/?q=sandal"})
    assert answer["Location"] == f"/en/inquiries/company/new/?{urlencode({'next': SAVE})}"
    company = {"company": "Batik Mojo Trading", "country": "PE", "next": SAVE}
    added = client.post("/en/inquiries/company/new/", company)
    assert added["Location"] == SAVE and client.get(SAVE)["Location"] == "/en/products/?q=sandal"
    assert SavedProduct.objects.get().importer.company == "Batik Mojo Trading"


def test_the_list_costs_an_importer_one_query_more_for_what_is_saved_however_many_are_saved(
    buying, importer, django_assert_max_num_queries
):
    saved = [published() for _number in range(6)]
    visitor = Client()
    visitor.get("/en/products/")
    with django_assert_max_num_queries(50) as as_visitor:
        visitor.get("/en/products/")
    for product in saved:
        SavedProduct.keep(product, importer=importer)
    with django_assert_max_num_queries(50) as as_importer:
        buying.get("/en/products/")
    session_user_basket_saved = 4
    assert len(as_importer.captured_queries) == len(as_visitor.captured_queries) + session_user_basket_saved


def test_a_word_in_place_of_an_address_leads_back_to_the_product(buying, importer):
    product = published(slug="leather-sandals")
    SavedProduct.keep(product, importer=importer)
    answer = buying.post("/en/inquiries/saved/leather-sandals/unsave/", {"next": "Sandal"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/products/leather-sandals/")


def test_S11_no_page_of_others_may_press_save(importer, product):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(importer.user)
    for address in (SAVE, UNSAVE):
        assert strict.post(address, headers={"Origin": "https://evil.example"}).status_code == 403
    assert strict.post(SAVE, headers={"Origin": "http://testserver"}).status_code == 302
    assert SavedProduct.objects.get().product == product
