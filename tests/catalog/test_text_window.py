"""The order of a text search, its variety, and its pages."""

from __future__ import annotations

import pytest

from catalog import indexing
from catalog.models import ProductSearch, SearchTier
from catalog.narrowing import Filters
from catalog.search import find
from catalog.text_window import Hit, cut
from kit import keeping
from tests.catalog.products import published
from tests.factories import CommodityFactory, ProducerFactory

pytestmark = pytest.mark.django_db


def keys(found) -> list[int]:
    return [product.pk for product in found.products]


# --- order ---------------------------------------------------------------------------------------


def test_title_then_commodity_then_description():
    rattan = CommodityFactory(slug="rattan", name={"en": "Rattan", "id": "Rotan", "es": "Ratán", "pt": "Ratã"})
    described = published(title={"en": "Lamp"}, description={"en": "Goes with rattan."})
    of_kind = published(title={"en": "Chair"}, commodity=rattan)
    titled = published(title={"en": "Small rattan basket of Cirebon"})
    exact = published(title={"en": "Rattan"})

    assert keys(find("rattan")) == [exact.pk, titled.pk, of_kind.pk, described.pk]


@pytest.mark.parametrize("query", ["Leather sándals with BATIK strap", "leather  sandals with batik strap "])
def test_an_exact_title_is_first_whatever_its_tier(query):
    others = [published(title={"en": f"Leather sandals with batik strap, leather sandals {n}"}) for n in range(3)]
    exact = published(title={"en": "Leather sandals with batik strap"}, summary={}, description={"en": "Plain."})
    ProductSearch.objects.filter(pk=exact.pk).update(tier=3, quality=1)
    SearchTier.objects.bulk_create([SearchTier(tier=1, floor=2), SearchTier(tier=2, floor=2)])
    keeping.forget()

    assert keys(find(query))[0] == exact.pk and len(keys(find(query))) == len(others) + 1


def test_better_kept_products_come_first_among_equals():
    worse, better = published(), published()
    indexing.set_answer_scores([better.pk], 100)
    indexing.set_answer_scores([worse.pk], 0)

    assert keys(find("sandals")) == [better.pk, worse.pk]


@pytest.mark.parametrize(
    ("written", "typed"),
    [("limões", "limão"), ("limão", "limoes"), ("camarón", "camarones"), ("camarones", "camaron"), ("pães", "pão")],
)
def test_plurals_that_stemmers_take_for_other_words_meet(written, typed):
    product = published(title={"pt": written, "es": written})

    assert keys(find(typed)) == [product.pk]


@pytest.mark.parametrize(
    "query",
    ["64", "6403", "6403.99", "640399", "HS 6403.99", "hs6403", "HS code: 6403.99", "NCM 6403.99.90", "6403 99",
     "6403-99", "hs 6403 sandals", "6403.99 sandals"],
)  # fmt: skip
def test_an_hs_code_may_be_written_in_any_way(query):
    product = published()

    assert keys(find(query)) == [product.pk]


@pytest.mark.parametrize("query", ["65", "6404", "hs 2008 sandals", "6402.99 sandals"])
def test_another_hs_code_finds_nothing(query):
    published()

    assert keys(find(query)) == []


# --- variety -------------------------------------------------------------------------------------


def test_at_most_three_products_of_one_producer_are_among_the_first_twelve():
    crowd = ProducerFactory(listed=True)
    for _number in range(10):
        indexing.set_answer_scores([published(producer=crowd).pk], 100)
    others = [published() for _number in range(10)]

    found = find("sandals", size=24)

    first = found.products[:12]
    assert sum(product.producer.slug == crowd.slug for product in first) == 3
    assert sorted(keys(found))[-10:] == sorted(product.pk for product in others) and len(set(keys(found))) == 20


def test_without_other_producers_nothing_is_held_back():
    crowd = ProducerFactory(listed=True)
    for _number in range(5):
        published(producer=crowd)

    assert len(keys(find("sandals"))) == 5


@pytest.mark.parametrize("size", [1, 2, 5, 7, 12, 24])
def test_pages_of_a_varied_window_show_each_product_once_even_while_others_come(size):
    hits = [Hit(float(n), 0, n, producer_id=1 if n < 30 else n) for n in range(60)]
    seen: list[int] = []
    after, page = None, 0
    while True:
        came = [Hit(n + 0.5, 0, 1000 + n, producer_id=5000 + n) for n in range(min(page, 20))]  # one more each page
        shown = cut(sorted([*hits, *came]), after, size, "test", varied=True)
        seen += shown.product_ids
        after, page = shown.next_after, page + 1
        if after is None:
            break

    old = [pk for pk in seen if pk < 1000]
    assert len(seen) == len(set(seen)) and sorted(old) == list(range(60))


# --- the market's view ---------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "sandals"])
def test_a_market_shows_its_products_in_the_missions_rank(query):
    listed = [published(target_markets=["CL", "PE"]) for _number in range(5)]
    published(target_markets=["CL"])
    for product, rank in zip(listed, (3, 1, 5, 2, 4), strict=True):
        indexing.set_markets(product.pk, {"CL": rank, "PE": 6 - rank})
    expected = [listed[1].pk, listed[3].pk, listed[0].pk, listed[4].pk, listed[2].pk]

    seen, after = [], None
    while True:
        found = find(query, Filters(markets=("CL",)), after, size=2)
        seen += keys(found)
        after = found.next_after
        if after is None:
            break

    assert seen == expected
    assert keys(find(query, Filters(markets=("PE",)))) == expected[::-1]
    indexing.set_market_rank(listed[2].pk, "CL", 1)
    assert listed[2].pk in keys(find(query, Filters(markets=("CL",))))[:2]


@pytest.mark.parametrize("query", ["", "sandals"])
def test_a_market_that_the_product_gave_up_does_not_show_it(query):
    product = published(target_markets=["PE"])
    indexing.set_markets(product.pk, {"CL": 1, "PE": 1})

    assert keys(find(query, Filters(markets=("CL",)))) == []
    assert keys(find(query, Filters(markets=("PE",)))) == [product.pk]
