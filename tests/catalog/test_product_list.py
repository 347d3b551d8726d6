"""The page of the product list: cards, filters, notes, chips, pages."""

from __future__ import annotations

import gzip
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from catalog.models import CertificateCoverage
from tests.catalog.products import published
from tests.factories import CertificateFactory, IncotermFactory, PriceOfferFactory, in_days

pytestmark = pytest.mark.django_db


def page(client, language: str = "en", **query) -> str:
    response = client.get(f"/{language}/products/?{urlencode(query, doseq=True)}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ")


def test_a_card_shows_the_trade_terms_at_a_glance(client):
    product = published()
    PriceOfferFactory(product=product, unit_price=Decimal("5.70"), from_quantity=5000)
    certificate = CertificateFactory(producer=product.producer, verified=True)
    CertificateCoverage.objects.create(certificate=certificate, product=product)

    shown = text_of(page(client))

    for fact in (
        "Leather sandals with batik strap",
        product.producer.trade_name,
        "Kota Mojokerto",
        "6403.99",
        "300 pairs",
        "USD 5.70 /&nbsp;pair",
        "FOB Tanjung Perak, Surabaya",
        "35 days",
        "Halal certificate",
    ):
        assert fact in shown, fact


def test_numbers_units_and_names_are_in_the_readers_language(client):
    published(moq=Decimal(2400))

    shown = text_of(page(client, "es"))

    assert "2 400 pares" in shown and "USD 6,80" in shown and "Sandalias de cuero" in shown


def test_a_title_in_another_language_says_so(client):
    published(title={"id": "Sandal kulit"})

    assert 'lang="id">Sandal kulit</a>' in page(client, "es")
    assert 'lang="id">Sandal kulit</a>' not in page(client, "id")


def test_an_expired_price_reads_on_request(client):
    product = published()
    product.offers.update(valid_until=in_days(-1))

    shown = text_of(page(client))

    assert "on request" in shown and "USD 6.80" not in shown


def test_an_expired_certificate_loses_its_badge_at_once(client):
    product = published()
    certificate = CertificateFactory(producer=product.producer, verified=True)
    CertificateCoverage.objects.create(certificate=certificate, product=product)
    assert "badge--ok" in page(client)

    type(certificate).objects.update(issued_on=in_days(-9), expires_on=in_days(-1))

    assert "badge--ok" not in page(client)


UGLY = [
    {"category": "no-such"},
    {"category": ["footwear", "'; DROP TABLE catalog_product; --"]},
    {"hs": "6403.9"},
    {"hs": "x" * 5000},
    {"market": "XX"},
    {"certificate": "\x00"},
    {"incoterm": "FREE"},
    {"province": "٣٥"},
    {"moq_max": "-1"},
    {"moq_max": "1e400"},
    {"price_max": "NaN"},
    {"price_max": "Infinity"},
    {"price_max": "9" * 60},
    {"lead_max": "1.5"},
    {"lead_max": "100000000000000000000"},
    {"sort": "cheapest"},
    {"after": "forged"},
    {"after": "\x00"},
]


@pytest.mark.parametrize("query", UGLY, ids=str)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_wrong_value_is_ignored_with_a_visible_note(client, query, language):
    product = published()

    html = page(client, language, **query)

    assert "alert--warn" in html and product.slug in html


@pytest.mark.parametrize("text", ["\x00", "'\"<script>alert(1)</script>", "%", "\\", "a" * 5000, "🙂", "-", "!|&()"])
def test_any_text_is_answered_with_a_page(client, text):
    published()

    assert "<script>alert" not in page(client, q=text)


def test_hundreds_of_values_are_answered_with_a_page(client):
    published()

    assert "alert--warn" in page(client, hs=[f"{number:04}" for number in range(100, 400)])


def test_a_good_value_beside_a_wrong_one_still_counts(client):
    published()

    html = page(client, incoterm=["CIF", "XXX"])

    assert "“XXX” is not a value for “Incoterm”" in text_of(html)


def test_each_chip_takes_one_filter_away_and_keeps_the_rest(client):
    product = published()
    html = page(client, q="sandal", category=product.category.slug, hs="64.03", sort="newest", price_max="10")

    chips = re.findall(r'<a class="chip chip--on" href="([^"]+)">([^<]+)', html)

    assert [label for _url, label in chips] == ["“sandal”", "Sandals &amp; flip-flops", "HS 6403", "Up to USD 10"]
    addresses = [url.replace("&amp;", "&") for url, _label in chips]
    assert addresses[0] == f"/en/products/?category={product.category.slug}&hs=6403&price_max=10&sort=newest"
    assert addresses[3] == f"/en/products/?q=sandal&category={product.category.slug}&hs=6403&sort=newest"
    assert client.get(addresses[2]).status_code == 200


def test_a_number_means_the_same_in_every_language(client):
    published()
    IncotermFactory()

    shown = page(client, "es", price_max="1,125")

    address = re.search(r'hreflang="en"[^>]*href="([^"]+)"|href="(/en/products[^"]+)"', shown)
    assert "USD 1,125" in text_of(shown) and address
    chip = re.search(r'name="price_max" value="([^"]+)"', shown)
    assert chip and chip[1] in {"1,125", "1.1250"}


def test_the_next_page_keeps_the_filters(client):
    for _number in range(26):
        published()
    html = page(client, incoterm="FOB", sort="newest")

    address = re.search(r'rel="next" href="([^"]+)"', html)
    assert address
    following = re.sub(r"\s+", " ", client.get(address[1].replace("&amp;", "&")).content.decode())

    assert html.count('class="pcard"') == 24 and following.count('class="pcard"') == 2
    assert 'href="/en/products/?incoterm=FOB&amp;sort=newest">Back to the start' in following


def test_nothing_found_offers_a_way_on(client):
    published()

    html = page(client, q="xyzzy")

    assert "No product matches" in html and 'class="btn btn--primary" href="/en/products/"' in html


def test_without_any_product_the_page_still_stands(client):
    assert "No product matches" in page(client)


def test_a_page_of_twelve_costs_as_many_queries_as_one_of_one(client):
    published()
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for _number in range(11):
        published()
    with CaptureQueriesContext(connection) as twelve:
        page(client)

    assert len(one) == len(twelve) <= 8
    assert len({query["sql"] for query in twelve.captured_queries}) == len(twelve)
    assert not any("OFFSET" in query["sql"] for query in twelve.captured_queries)


def test_a_full_page_fits_into_12_kib_compressed(client):
    for number in range(24):
        product = published(title={"en": f"Leather sandals with batik strap number {number * 7919}"})
        PriceOfferFactory(product=product, unit_price=Decimal(number + 1), place=f"Port {number * 31}")

    assert len(gzip.compress(page(client).encode(), 6)) <= 12 * 1024


def test_the_list_is_open_to_everybody_but_read_only(client):
    assert client.post("/en/products/").status_code == 405
