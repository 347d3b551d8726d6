"""The whole catalogue of a market for programs: market_catalogue_csv and market_catalogue_jsonl."""

from __future__ import annotations

import csv
import io
import json

import pytest

from catalog.indexing import reindex
from markets import feeds
from tests import factories as make

pytestmark = pytest.mark.django_db


def offered(rank: int, **fields):
    product = make.ProductFactory(published=True, target_markets=["CL"], **fields)
    listing = make.MarketListingFactory(listed=True, product=product, rank=rank)
    reindex([product.pk])
    return listing


def text(client, ending: str, language: str = "en") -> str:
    answer = client.get(f"/{language}/markets/CL/catalogue.{ending}")
    assert answer.status_code == 200 and answer.streaming
    assert answer["Content-Disposition"] == f'attachment; filename="indonesia-cl-{language}.{ending}"'
    return b"".join(answer.streaming_content).decode()


def table(client, language: str = "en") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(client, "csv", language).removeprefix("\ufeff"))))


def lines(client, language: str = "en"):
    return [json.loads(line) for line in text(client, "jsonl", language).splitlines()]


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_all_products_come_in_their_rank_however_many_at_a_time(client, monkeypatch, at_once):
    monkeypatch.setattr(feeds, "AT_ONCE", at_once)
    slugs = [listing.product.slug for listing in (offered(1), offered(2), offered(2), offered(7))]
    assert [row["slug"] for row in table(client)] == slugs
    assert [(row["slug"], row["rank"]) for row in lines(client)] == list(zip(slugs, [1, 2, 2, 7], strict=True))


def test_a_line_is_what_the_api_tells_and_the_rank(client):
    listing = offered(3)
    told = client.get("/api/v1/markets/CL/products/?lang=en").json()["results"][0]
    (line,) = lines(client)
    assert line.pop("rank") == 3 and line.pop("url").endswith(told.pop("url"))
    assert line == told and line["slug"] == listing.product.slug


def test_a_row_of_the_table_is_in_words_of_the_reader(client):
    offered(1, title={"en": "Sandals", "es": "Sandalias"})
    (row,) = table(client, "es")
    assert (row["title"], row["hs6"], row["minimum_order"], row["currency"]) == ("Sandalias", "640399", "300", "USD")
    assert row["url"].startswith("http") and "/es/products/" in row["url"]


def test_no_cell_becomes_a_formula(client):
    offered(1, title={"en": "=HYPERLINK(1)"})
    assert table(client)[0]["title"] == "'=HYPERLINK(1)"


def test_only_what_is_public_there_is_in_it(client):
    offered(1).product.suspend(by=None, why="A complaint.")
    make.MarketListingFactory(declined=True)
    assert table(client) == [] and lines(client) == []


def test_addresses_in_small_letters_lead_on_and_unknown_ones_nowhere(client):
    make.MarketFactory()
    for ending in ("csv", "jsonl"):
        assert client.get(f"/en/markets/cl/catalogue.{ending}")["Location"] == f"/en/markets/CL/catalogue.{ending}"
        assert client.get(f"/en/markets/ZZ/catalogue.{ending}").status_code == 404


def test_it_is_limited_by_address(client, settings):
    make.MarketFactory()
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "catalogue": (2, 3600)}
    answers = [client.get(f"/en/markets/CL/catalogue.{ending}").status_code for ending in ("csv", "jsonl", "csv")]
    assert answers == [200, 200, 429]


def test_queries_grow_with_the_batches_only(client, django_assert_num_queries):
    for rank in range(1, 13):
        offered(rank)
    text(client, "csv")
    with django_assert_num_queries(4):  # market, limit, listings, products
        text(client, "csv")
