"""The Atom feed of a market: what was listed last, in the language of the address."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from catalog.indexing import reindex
from tests import factories as make

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def offered(days_ago: float = 0, **fields):
    at = timezone.now() - datetime.timedelta(days=days_ago)
    product = make.ProductFactory(published=True, target_markets=["CL"], **fields)
    return make.MarketListingFactory(listed=True, product=product, decided_at=at)


def entries(client, language="en"):
    answer = client.get(f"/{language}/markets/CL/feed.atom")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314  our own


def test_the_newest_come_first_with_their_pages(client):
    old, new = offered(3), offered(1)
    found = entries(client)
    links = [entry.find(f"{ATOM}link").get("href") for entry in found]
    assert [link.rsplit("/", 2)[1] for link in links] == [new.product.slug, old.product.slug]
    assert links[0].startswith("http://") and "/en/products/" in links[0]
    assert found[0].find(f"{ATOM}id").text == links[0]
    assert found[0].find(f"{ATOM}author/{ATOM}name").text == new.product.producer.trade_name


def test_it_speaks_the_language_of_the_address(client):
    listing = offered(title={"en": "Sandals & <b>boots</b>", "es": "Sandalias"})
    type(listing).objects.update(pitch={"es": "Cuero de grano entero"})
    (spanish,) = entries(client, "es")
    assert spanish.find(f"{ATOM}title").text == "Sandalias"
    assert spanish.find(f"{ATOM}summary").text == "Cuero de grano entero"
    (english,) = entries(client)
    assert english.find(f"{ATOM}title").text == "Sandals & <b>boots</b>"


def test_only_what_is_public_there_is_in_it(client):
    listing = offered()
    make.MarketListingFactory(listed=True, market=make.MarketFactory(iso2="PE"))
    make.MarketListingFactory(declined=True)
    listing.product.suspend(by=None, why="A complaint.")
    assert entries(client) == []


def test_whoever_has_it_gets_304_until_something_is_new(client):
    offered(2)
    first = client.get("/en/markets/CL/feed.atom")
    assert "public" in first["Cache-Control"] and first["Last-Modified"]
    known = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert client.get("/en/markets/CL/feed.atom", **known).status_code == 304
    offered()
    assert client.get("/en/markets/CL/feed.atom", **known).status_code == 200


def test_a_market_that_offers_nothing_has_an_empty_feed(client):
    make.MarketFactory()
    assert entries(client) == []


def test_addresses_in_small_letters_lead_on_and_unknown_ones_nowhere(client):
    make.MarketFactory()
    assert client.get("/en/markets/cl/feed.atom")["Location"] == "/en/markets/CL/feed.atom"
    assert client.get("/en/markets/ZZ/feed.atom").status_code == 404


def test_it_is_limited_by_address(client, settings):
    make.MarketFactory()
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "feed": (1, 3600)}
    assert client.get("/en/markets/CL/feed.atom").status_code == 200
    assert client.get("/en/markets/CL/feed.atom").status_code == 429


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow_with_the_products(client, number, django_assert_num_queries):
    for _one in range(number):
        offered()
    with django_assert_num_queries(3):  # market, limit, products
        client.get("/en/markets/CL/feed.atom")


def test_the_page_of_the_market_leads_to_it(client):
    reindex([offered().product_id])
    page = client.get("/es/markets/CL/").content.decode()
    for name in ("feed.atom", "catalogue.csv", "catalogue.jsonl"):
        assert f'href="/es/markets/CL/{name}"' in page
