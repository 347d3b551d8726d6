"""The public page of a collection, and where it is led to from."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import keeping
from markets.models import CollectionItem
from tests import factories as make
from tests.markets.collections import found, kretek, offered, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection(db):
    post = make.AccreditationFactory().mission
    return make.CollectionFactory(published=True, mission=post, products=[offered("Sandals"), offered("Slippers")])


def address(collection, language="en"):
    return f"/{language}/collections/{collection.slug}/"


def test_a_public_collection_shows_its_text_its_curator_and_its_products_in_order(client, collection):
    item = collection.items.order_by("position").last()
    item.note = {"es": "Con tiras de batik"}
    item.save()

    html = page(client, address(collection))

    assert "Sandals for the summer" in html and "Small orders from 200 pairs." in html
    assert "Embassy of Indonesia in Santiago" in html and 'href="/en/markets/CL/"' in html
    first, second = collection.items.order_by("position")
    assert html.index(f"/products/{first.product.slug}/") < html.index(f"/products/{second.product.slug}/")
    assert 'lang="es">Con tiras de batik' in html


def test_it_speaks_the_readers_language_and_says_when_it_cannot(client, collection):
    html = page(client, address(collection, "es"))

    assert "Sandalias para el verano" in html and 'lang="en">Small orders' in html


def test_what_is_not_public_any_more_is_left_out(client, collection):
    gone, kept = (item.product for item in collection.items.order_by("position"))
    gone.retire(by=None)

    html = page(client, address(collection))
    assert gone.slug not in html and kept.slug in html
    kept.retire(by=None)

    assert "None of its products is public now" in page(client, address(collection))


@pytest.mark.parametrize(
    "fields", [{}, {"state": "archived"}, {"published": True, "starts_on": make.in_days(1)}], ids=str
)
def test_what_was_never_public_is_not_there(client, fields):
    collection = make.CollectionFactory(products=[offered()], **fields)

    assert client.get(address(collection)).status_code == 404
    assert client.get("/en/collections/unknown/").status_code == 404


@pytest.mark.parametrize("fields", [{"archived": True}, {"published": True, "ends_on": make.in_days(-1)}])
def test_one_that_is_over_answers_410_with_alternatives(client, fields):
    product = offered()
    over = make.CollectionFactory(products=[product], **fields)
    other = make.CollectionFactory(published=True, title={"en": "Another one"}, products=[offered()])
    elsewhere = make.CollectionFactory(
        published=True, market=make.MarketFactory(iso2="BR"), products=[offered(iso2="BR")]
    )

    html = page(client, address(over), 410)

    assert "This collection is over" in html and "noindex" in html
    assert (
        f"/collections/{other.slug}/" in html
        and f"/products/{product.slug}/" in html
        and 'href="/en/markets/CL/"' in html
    )
    assert elsewhere.slug not in html


def test_one_for_all_that_is_over_offers_every_other_one(client):
    over = make.CollectionFactory(archived=True, market=None)
    other = make.CollectionFactory(published=True, products=[offered()])

    assert other.slug in page(client, address(over), 410)


def test_tobacco_carries_its_notice_and_is_no_picture(client):
    product = kretek()
    collection = make.CollectionFactory(published=True, products=[product])

    html = page(client, address(collection))

    assert "Tobacco harms health." in html and f"/products/{product.slug}/" in html and "coll-cover" not in html


def test_search_engines_read_what_it_is_and_what_is_in_it(client, collection):
    html = page(client, address(collection))

    data = json.loads(found(r'<script type="application/ld\+json">(.*?)</script>', html))
    assert data["@type"] == "CollectionPage" and data["url"] == f"{settings.SITE_URL}{address(collection)}"
    assert [(one["position"], one["name"]) for one in data["mainEntity"]["itemListElement"]] == [
        (1, "Sandals"),
        (2, "Slippers"),
    ]
    assert f'<link rel="canonical" href="{settings.SITE_URL}{address(collection)}"' in html
    assert 'property="og:title" content="Sandals for the summer"' in html and 'property="og:image"' in html


def test_the_sitemap_holds_the_public_ones(client, collection):
    make.CollectionFactory(archived=True), make.CollectionFactory()

    addresses = re.findall("<loc>(.*?)</loc>", client.get("/sitemap-collections-es.xml").content.decode())

    assert addresses == [f"{settings.SITE_URL}{address(collection, 'es')}"]


def test_a_long_collection_is_paged_in_its_order(client):
    products = [offered(f"Sandal {number}") for number in range(26)]
    collection = make.CollectionFactory(published=True, products=products)

    first = page(client, address(collection))
    following = found(r'rel="next" href="([^"]+)"', first)
    second = page(client, following)

    shown = [slug for html in (first, second) for slug in re.findall(r'<h3><a href="/en/products/([^"/]+)/"', html)]
    assert shown == [product.slug for product in products]
    assert "does not exist" in page(client, f"{address(collection)}?after=forged")


def test_twelve_products_cost_as_many_queries_as_one(client, collection):
    collection.items.last().delete()
    keeping.forget()
    client.get(address(collection))
    with CaptureQueriesContext(connection) as one:
        client.get(address(collection))
    CollectionItem.objects.all().delete()
    for position in range(1, 13):
        CollectionItem.objects.create(collection=collection, product=offered(), position=position)
    with CaptureQueriesContext(connection) as twelve:
        html = client.get(address(collection)).content.decode()

    assert html.count('class="pcard"') == 12
    assert len(one) == len(twelve) <= 4


# --- where it is led to from -----------------------------------------------------------------------


def test_the_page_of_a_market_shows_its_collections_and_those_for_all(client, collection):
    for_all = make.CollectionFactory(published=True, market=None, title={"en": "For all"}, products=[offered()])
    elsewhere = make.CollectionFactory(
        published=True, market=make.MarketFactory(iso2="BR"), products=[offered(iso2="BR")]
    )
    empty, draft = make.CollectionFactory(published=True), make.CollectionFactory(products=[offered()])

    html = page(client, "/en/markets/CL/")

    assert all(f"/collections/{one.slug}/" in html for one in (collection, for_all)) and "2 products" in html
    assert not any(one.slug in html for one in (elsewhere, empty, draft))


def test_twelve_collections_cost_a_market_as_many_queries_as_one(client, collection):
    page(client, "/en/markets/CL/")
    with CaptureQueriesContext(connection) as one:
        client.get("/en/markets/CL/")
    for _number in range(11):
        make.CollectionFactory(published=True, products=[offered()])
    with CaptureQueriesContext(connection) as twelve:
        html = client.get("/en/markets/CL/").content.decode()

    assert html.count('class="tile coll"') == 12 and len(one) == len(twelve)


def test_the_home_page_shows_the_newest_three_without_a_query_of_its_own_and_never_tobacco(client, collection):
    with_tobacco = make.CollectionFactory(published=True, products=[offered(), kretek()])
    newer = [make.CollectionFactory(published=True, products=[offered()]) for _number in range(3)]

    html = page(client, "/en/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/")

    assert all(one.slug in html for one in newer) and collection.slug not in html and with_tobacco.slug not in html
    assert not [query for query in queries.captured_queries if "markets_collection" in query["sql"]]


def test_the_cover_comes_first_on_the_card_while_its_product_is_public(client, collection):
    last = collection.items.order_by("position").last().product
    collection.rewrite(by=make.UserFactory(), seen_version=1, cover=last.placements.get().photo)
    key = str(collection.cover.key)

    first_picture = r'class="coll-pics[^"]*"> <img src="/photos/([^/]+)/320"'
    assert found(first_picture, page(client, "/en/markets/CL/")) == key
    assert key in page(client, address(collection))
    last.retire(by=None)

    assert key not in page(client, "/en/markets/CL/")
