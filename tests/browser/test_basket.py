"""From a product to sent enquiries, as a visitor who registers on the way and as an importer in a hurry."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog.indexing import reindex
from catalog.models import Product
from inquiries.models import Basket, Enquiry
from tests import factories as make
from tests.browser.checking import too_wide, violations
from tests.browser.site import Site

PASSWORD = "calzados del sur de chile"


class Stock(NamedTuple):
    """Three products of two producers, found by one word."""

    word: str
    products: list[Product]


@pytest.fixture
def stock(site: Site, request: pytest.FixtureRequest) -> Stock:
    word = f"quokka{abs(hash(request.node.name)) % 10_000}"
    first, second = (make.MembershipFactory(producer__listed=True).producer for _ in range(2))
    products: list[Product] = []
    for producer, kind in ((first, "sandals"), (first, "slippers"), (second, "chips")):
        title = {"en": f"{word} {kind}", "id": f"{word} {kind}"}
        products.append(make.ProductFactory.create(published=True, parts=False, producer=producer, title=title))
        make.PriceOfferFactory(product=products[-1])
    reindex([product.pk for product in products])
    return Stock(word, products)


def adding(product: Product) -> re.Pattern[str]:
    return re.compile(f"Add to enquiry ?: {product}")


def basket_count(page: Page) -> str:
    return page.locator("[data-basket-count]").inner_text()


def add_all(page: Page, site: Site, stock: Stock) -> int:
    """Put the three in from the list, without leaving it; how many clicks that takes."""
    page.goto(f"{site.address('product_list')}?q={stock.word}")
    for number, product in enumerate(stock.products, start=1):
        page.get_by_role("button", name=adding(product)).click()
        expect(page.locator("[data-toast]")).to_contain_text(str(product))
        expect(page.locator("[data-basket-count]")).to_have_text(str(number))
    expect(page).to_have_url(re.compile(rf"q={stock.word}"))
    return len(stock.products)


def test_a_visitor_fills_a_basket_registers_and_sends_it(site: Site, stock: Stock, narrow: Page):
    add_all(narrow, site, stock)
    narrow.get_by_role("link", name=re.compile("Enquiry basket: ?3")).click()
    narrow.get_by_label(f"Quantity of {stock.products[0]}").fill("600")
    narrow.get_by_label("Country of destination").select_option("CL")
    narrow.get_by_label("Message").fill("¿Pueden imprimir la etiqueta en español?")
    narrow.get_by_role("checkbox", name=re.compile("I agree")).check()
    narrow.get_by_role("button", name="Send 2 enquiries").click()

    expect(narrow.get_by_text("Your enquiry is kept.")).to_be_visible()
    narrow.get_by_label("Company", exact=False).first.fill("Calzados del Sur")
    expect(narrow.get_by_label("Country")).to_have_value("CL")
    narrow.get_by_label("Your name").fill("Camila Rojas")
    email = f"{stock.word}@example.test"
    narrow.get_by_label("E-mail").fill(email)
    narrow.locator("#id_password").fill(PASSWORD)
    narrow.get_by_role("button", name=re.compile("Create")).click()
    narrow.goto(site.link_in_letter_to(email))
    narrow.get_by_role("button", name="Yes, it is mine").click()
    narrow.locator("input[name=login]").fill(email)
    narrow.locator("input[name=password]").fill(PASSWORD)
    narrow.get_by_role("button", name="Sign in", exact=True).click()

    expect(narrow).to_have_url(site.address("basket"))
    expect(narrow.get_by_label("Message")).to_have_value("¿Pueden imprimir la etiqueta en español?")
    narrow.get_by_role("checkbox", name=re.compile("I agree")).check()
    narrow.get_by_role("button", name="Send 2 enquiries").click()
    expect(narrow.get_by_role("heading", name="Your 2 enquiries are sent")).to_be_visible()
    sent = Enquiry.objects.filter(importer__user__email=email).order_by("pk")
    assert [enquiry.lines.count() for enquiry in sent] == [2, 1]
    assert sent[0].lines.get(product=stock.products[0]).quantity == 600
    assert basket_count(narrow) == ""


def test_another_browser_finds_the_basket_of_who_registered(site: Site, stock: Stock, wide: Page, browser: Browser):
    wide.goto(site.address("product_detail", stock.products[0].slug))
    wide.get_by_role("button", name=adding(stock.products[0])).click()
    expect(wide.locator("[data-basket-count]")).to_have_text("1")
    wide.goto(site.address("register_importer"))
    email = f"{stock.word}@example.test"
    wide.get_by_label("Company", exact=False).first.fill("Calzados del Sur")
    wide.get_by_label("Country").select_option("PE")
    wide.get_by_label("Your name").fill("Camila Rojas")
    wide.get_by_label("E-mail").fill(email)
    wide.locator("#id_password").fill(PASSWORD)
    wide.get_by_role("button", name=re.compile("Create")).click()
    link = site.link_in_letter_to(email)
    with browser.new_context() as elsewhere:
        page = elsewhere.new_page()
        page.goto(urljoin(site.url, link))
        page.get_by_role("button", name="Yes, it is mine").click()
        page.locator("input[name=login]").fill(email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.goto(site.address("basket"))
        expect(page.get_by_role("link", name=str(stock.products[0]))).to_be_visible()


def test_an_importer_who_knows_what_they_want_sends_with_six_clicks_and_one_field(site: Site, stock: Stock, wide: Page):
    importer = make.ImporterFactory(country="CL")
    site.sign_in(wide.context, importer.user)
    clicks = add_all(wide, site, stock)
    wide.get_by_role("link", name=re.compile("Enquiry basket: ?3")).click()
    expect(wide.get_by_label("Country of destination")).to_have_value("CL")
    wide.get_by_role("checkbox", name=re.compile("I agree")).check()
    wide.get_by_role("button", name="Send 2 enquiries").click()
    expect(wide.get_by_role("heading", name="Your 2 enquiries are sent")).to_be_visible()
    clicks += 3
    assert clicks == 6
    assert Enquiry.objects.filter(importer=importer).count() == 2


def test_a_product_is_taken_out_and_put_back(site: Site, stock: Stock, wide: Page):
    add_all(wide, site, stock)
    wide.goto(site.address("basket"))
    quantity = wide.get_by_label(f"Quantity of {stock.products[1]}")
    quantity.fill("777")
    wide.get_by_role("button", name=f"Take out {stock.products[0]}").click()
    expect(wide.get_by_text(f"“{stock.products[0]}” was taken out.")).to_be_visible()
    expect(quantity).to_have_value("777")
    wide.get_by_role("button", name=re.compile(f"Put back ?: {stock.products[0]}")).click()
    expect(wide.get_by_label(f"Quantity of {stock.products[0]}")).to_be_visible()
    quantity.press("Enter")
    expect(wide.get_by_label(f"Quantity of {stock.products[0]}")).to_be_visible()
    assert Basket.objects.latest("pk").lines.in_it().count() == 3


def test_the_basket_is_readable_for_everybody(site: Site, stock: Stock, wide: Page):
    add_all(wide, site, stock)
    wide.goto(site.address("basket"))
    for fold in wide.locator("summary").all():
        fold.click()
    assert not violations(wide) + too_wide(wide, 390) + too_wide(wide, 360)
    wide.get_by_label(f"Quantity of {stock.products[0]}").fill("many")
    wide.get_by_role("button", name="Save the basket").click()
    expect(wide.locator("[data-errors]")).to_be_focused()
    assert not violations(wide) + too_wide(wide, 360)
