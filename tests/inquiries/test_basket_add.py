from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inquiries.models import Basket, BasketFull, BasketLine
from tests.factories import BasketFactory, BasketLineFactory, ProducerFactory, ProductFactory, UserFactory

ADD, PAGE = "/en/inquiries/basket/add/", "/en/inquiries/basket/"
JSON = {"Accept": "application/json"}


def test_a_visitor_gets_a_basket_and_a_signed_key_that_no_script_reads(client: Client, db):
    product = ProductFactory(published=True)
    response = client.post(ADD, {"product": product.slug}, headers={"Referer": "http://testserver/en/products/"})
    assert response["Location"] == "http://testserver/en/products/"
    cookie = response.cookies[settings.BASKET_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 24 * 3600)
    basket = Basket.objects.get()
    assert basket.user is None and basket.key_hash not in cookie.value
    line = basket.lines.get()
    assert (line.product, line.quantity) == (product, product.moq)
    assert str(product) in client.get(PAGE).content.decode()


def test_a_page_of_others_is_never_led_to(client: Client, db):
    product = ProductFactory(published=True)
    response = client.post(ADD, {"product": product.slug}, headers={"Referer": "https://elsewhere.example/"})
    assert response["Location"] == PAGE


def test_with_a_script_the_new_count_comes_back(client: Client, db):
    for number, product in enumerate(ProductFactory.create_batch(2, published=True), start=1):
        told = client.post(ADD, {"product": product.slug}, headers=JSON).json()
        assert told == {"count": number, "said": f"“{product}” is in your enquiry basket."}


def test_twice_has_one_effect_and_keeps_what_was_said(client: Client, db):
    line = BasketLineFactory(quantity=700)
    client.force_login(line.basket.user)
    client.post(ADD, {"product": line.product.slug})
    assert BasketLine.objects.get().quantity == 700


@pytest.mark.parametrize("trait", ["suspended", "retired", "complete"])
def test_only_public_products_go_in(client: Client, trait: str, db):
    product = ProductFactory(**{trait: True})
    for slug in (product.slug or "None", "no-such-product", "a\x00b", ""):
        assert client.post(ADD, {"product": slug}).status_code == 404
    assert not Basket.objects.exists()


def test_a_forged_key_opens_nothing(client: Client, db):
    basket, key = Basket.objects.start()
    BasketLineFactory(basket=basket)
    for forged in (key, f"{key}:x:y", "\x00", "a" * 5000):
        client.cookies[settings.BASKET_COOKIE_NAME] = forged
        assert "is empty" in client.get(PAGE).content.decode()


def test_a_basket_holds_fifty_products_of_twenty_producers(client: Client, db):
    basket = BasketFactory()
    producer = ProducerFactory(listed=True)
    lines = [BasketLineFactory(basket=basket, product__producer=producer) for _ in range(50)]
    with pytest.raises(BasketFull):
        basket.add(ProductFactory(published=True, producer=producer))
    basket.remove(lines[0].pk)
    basket.add(ProductFactory(published=True, producer=producer))
    with pytest.raises(BasketFull):
        basket.put_back(lines[0].pk)
    basket.lines.all().delete()
    BasketLineFactory.create_batch(20, basket=basket)
    with pytest.raises(BasketFull):
        basket.add(ProductFactory(published=True))
    client.force_login(basket.user)
    product = ProductFactory(published=True)
    assert client.post(ADD, {"product": product.slug}).status_code == 409
    told = client.post(ADD, {"product": product.slug}, headers=JSON)
    assert (told.status_code, set(told.json())) == (409, {"said"})


def test_new_baskets_of_one_address_are_counted(client: Client, db, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"basket": (1, 3600)}
    product = ProductFactory(published=True)
    assert client.post(ADD, {"product": product.slug}).status_code == 302
    assert client.post(ADD, {"product": product.slug}).status_code == 302, "the same basket"
    assert Client().post(ADD, {"product": product.slug}).status_code == 429


def test_the_count_costs_no_query_without_a_basket_and_one_with(client: Client, db):
    ProductFactory(published=True)
    assert not counting(client)
    client.post(ADD, {"product": ProductFactory(published=True).slug})
    assert len(counting(client)) == 1
    signed_in = Client()
    signed_in.force_login(UserFactory())
    assert len(counting(signed_in)) == 1


def counting(client: Client) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = client.get("/en/").content.decode()
    assert re.search(r"data-basket-count>\d*<", page)
    return [query["sql"] for query in seen.captured_queries if "inquiries_basket" in query["sql"]]


def test_the_button_stands_on_the_product_and_on_each_card(client: Client, db):
    product = ProductFactory(published=True)
    page = client.get(f"/en/products/{product.slug}/").content.decode()
    assert f'form="basket-add" name="product" value="{product.slug}"' in page
    assert 'id="basket-add"' in page


def test_S11_the_button_needs_no_token_and_no_page_of_others_may_press_it(db):
    product = ProductFactory(published=True)
    strict = Client(enforce_csrf_checks=True)
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    refused = strict.post(ADD, {"product": product.slug}, headers=elsewhere)
    assert refused.status_code == 403 and not refused.cookies and not Basket.objects.exists()
    assert strict.post(ADD, {"product": product.slug}, headers={"Origin": "http://testserver"}).status_code == 302
    assert BasketLine.objects.get().product == product
