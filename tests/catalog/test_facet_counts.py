"""Counts of facets: the same as counting by hand, their own choice aside; estimated only where many match."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog import facet_counts, facets, indexing
from catalog.facet_counts import Count, count, refresh_browse_counts
from catalog.models import Product, ProductSearch, SearchTier
from catalog.narrowing import FACETS, Filters, text_condition
from catalog.search import Sort, find
from catalog.search_query import parse
from catalog.vocabulary import vocabulary
from kit import keeping
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db

RULES, MODELS, CHAPTERS, PLACES = ("FOB", "CIF", "EXW"), facets.BUSINESS_MODELS, ("64", "20", "09"), ("33", "35", "51")


def drawn(number: int = 40) -> list[set[int]]:
    """Products with facets by lot; their codes."""
    draw = random.Random(7)
    first = ProductFactory(published=True)
    indexing.reindex([first.pk])
    row = ProductSearch.objects.get()
    rows = []
    for _number in range(number):
        product = ProductFactory(published=True, category=first.category, producer=first.producer)
        codes = {
            facets.incoterm(draw.choice(RULES)), facets.hs(draw.choice(CHAPTERS)), facets.province(draw.choice(PLACES)),
            facets.code(facets.PRICE, draw.randrange(3)), facets.code(facets.MOQ, draw.randrange(3)),
            facets.code(facets.LEAD, draw.randrange(3)), facets.market(draw.choice(("CL", "PE"))),
            *(facets.business(model) for model in draw.sample(MODELS, 2)),
        }  # fmt: skip
        row.pk, row.facets, row.sample = product.pk, sorted(codes), 0
        row.save(force_insert=True)
        rows.append(codes)
    ProductSearch.objects.filter(pk=first.pk).delete()
    return rows


def by_hand(rows: list[set[int]], chosen: dict[str, list[int]], facet: str, code: int) -> int:
    others = [set(codes) for name, codes in chosen.items() if name != facet]
    return sum(1 for row in rows if code in row and all(row & codes for codes in others))


CHOICES = [
    Filters(),
    Filters(incoterms=("FOB",)),
    Filters(incoterms=("FOB", "CIF"), provinces=("33",)),
    Filters(hs=("64",), prices=("0-1", "1-5"), business_models=("oem",)),
    Filters(markets=("CL",), moqs=("0-50",), leads=("7-14",), incoterms=("EXW",), hs=("20", "09")),
    Filters(provinces=("11",)),
]


@pytest.mark.parametrize("filters", CHOICES)
@pytest.mark.parametrize("query", ["", "sandals"])
def test_each_count_is_what_counting_by_hand_gives(filters, query):
    rows = drawn()
    ProductSearch.objects.update(document=parsed_document())
    asked = parse(query)

    counts = count(filters, [text_condition(asked)] if asked else [], timezone.now().date())

    chosen = filters.codes()
    assert counts.chosen.total == Count(sum(1 for row in rows if all(row & set(codes) for codes in chosen.values())))
    every = {code for row in rows for code in row}
    for facet, number in FACETS.items():
        for code in every:
            if code // facets.FACET == number:
                assert counts.of(facet, code) == Count(by_hand(rows, chosen, facet, code)), (facet, code)


def parsed_document() -> str:
    return "'sandal':1A"


def test_an_exact_bound_counts_like_a_choice_of_its_facet():
    rows = drawn()
    ProductSearch.objects.filter(facets__contains=[facets.code(facets.MOQ, 0)]).update(moq=Decimal(10))
    ProductSearch.objects.filter(facets__contains=[facets.code(facets.MOQ, 1)]).update(moq=Decimal(60))
    ProductSearch.objects.filter(facets__contains=[facets.code(facets.MOQ, 2)]).update(moq=Decimal(200))

    counts = count(Filters(moq_max=Decimal(55)), [], timezone.now().date())

    small = [row for row in rows if facets.code(facets.MOQ, 0) in row]
    assert counts.chosen.total.n == len(small)
    for band in range(3):
        code = facets.code(facets.MOQ, band)
        assert counts.of("moq", code) == Count(sum(1 for row in rows if code in row))
    fob = facets.incoterm("FOB")
    assert counts.of("incoterm", fob) == Count(sum(1 for row in small if fob in row))


def test_what_a_list_shows_is_what_its_count_says():
    drawn(20)

    for filters in CHOICES:
        found = find(filters=filters, size=100)
        assert (
            found.counts
            and found.counts.chosen.total == Count(len(found.products))
            and found.total == len(found.products)
        )


def in_tiers() -> None:
    SearchTier.objects.create(tier=1, floor=1)
    SearchTier.objects.create(tier=2, floor=1)
    keeping.forget()


def test_many_matches_are_estimated_and_say_so(monkeypatch):
    rows = drawn()
    in_tiers()
    monkeypatch.setattr(facet_counts, "SAMPLES", ((64, "sample = 0", 50_000), (8, "sample < 8", 50)))

    counts = count(Filters(incoterms=("FOB", "CIF", "EXW")), [], timezone.now().date())

    assert counts.chosen.total == Count(320, approximate=True)
    fob = facets.incoterm("FOB")
    here = sum(1 for row in rows if fob in row)
    assert here >= 10 and counts.of("incoterm", fob) == Count(round(8 * here, 2 - len(str(8 * here))), approximate=True)
    assert counts.of("province", facets.province("99")) is None  # too few in the sample, which is not none


def test_a_few_matches_are_exact_in_a_large_catalogue():
    rows = drawn()
    in_tiers()

    counts = count(Filters(incoterms=("FOB",)), [], timezone.now().date())

    assert counts.chosen.total == Count(sum(1 for row in rows if facets.incoterm("FOB") in row))


def test_a_large_catalogue_tells_what_the_clock_counted():
    drawn()
    in_tiers()
    refresh_browse_counts()
    product = Product.objects.all()[0]
    assert product.category_id
    vocabulary()
    with CaptureQueriesContext(connection) as queries:
        counts = count(Filters(), [], timezone.now().date())
        of_category = count(Filters(categories=(product.category_id,)), [], timezone.now().date())

    assert len(queries) == 3 and counts.counted_at is not None  # one for each list, one for the category's own facet
    assert counts.chosen.total == of_category.chosen.total == Count(40)
    ProductSearch.objects.filter(facets__contains=[facets.incoterm("FOB")]).delete()
    before = count(Filters(), [], timezone.now().date()).of("incoterm", facets.incoterm("FOB"))
    assert before and before.n > 0
    refresh_browse_counts()
    assert count(Filters(), [], timezone.now().date()).of("incoterm", facets.incoterm("FOB")) == Count(0)


def test_two_refreshes_count_the_same():
    drawn(5)
    refresh_browse_counts()
    refresh_browse_counts()
    in_tiers()

    assert count(Filters(), [], timezone.now().date()).chosen.total == Count(5)


def test_nothing_chosen_gives_no_facet_condition():
    drawn(3)
    with CaptureQueriesContext(connection) as queries:
        find("sandals")

    assert not any("&&" in query["sql"].replace("&& !!", "") for query in queries.captured_queries)


def test_the_only_choice_of_a_large_catalogue_is_counted_beside_what_the_clock_counted_of_all():
    drawn(40)
    in_tiers()
    refresh_browse_counts()
    vocabulary()
    filters = Filters(incoterms=("FOB",))
    with CaptureQueriesContext(connection) as queries:
        counts = count(filters, [], timezone.now().date())

    assert not any("TRUE AND" in query["sql"] for query in queries), "all rows were counted for one facet"
    assert counts.counted_at is not None
    by_hand = count(Filters(), [], timezone.now().date())
    for code in ("FOB", "FCA", "CIF"):
        assert counts.of("incoterm", facets.incoterm(code)) == by_hand.of("incoterm", facets.incoterm(code))


def test_a_list_in_the_order_of_prices_is_told_what_the_clock_counted_of_products_with_a_price():
    drawn(20)
    today = timezone.now().date()
    priced = list(ProductSearch.objects.order_by("pk")[:7].values_list("pk", flat=True))
    ProductSearch.objects.filter(pk__in=priced).update(price_usd=Decimal(3), price_until=today)
    ProductSearch.objects.exclude(pk__in=priced).update(price_usd=None)
    exact = count(Filters(), [], today, only_priced=True)
    in_tiers()
    refresh_browse_counts()
    with CaptureQueriesContext(connection) as queries:
        kept = count(Filters(), [], today, only_priced=True)

    assert not any("unnest" in query["sql"] for query in queries)
    assert kept.chosen.codes == exact.chosen.codes and kept.chosen.total == Count(7)
    found = find(sort=Sort.PRICE)
    assert found.total == len(found.products) == 7


def test_what_is_left_without_a_choice_is_what_the_clock_counted_of_the_category():
    drawn(20)
    in_tiers()
    refresh_browse_counts()
    category = ProductSearch.objects.values_list("category", flat=True)[0]
    with CaptureQueriesContext(connection) as queries:
        counts = count(Filters(categories=(category,), incoterms=("FOB",)), [], timezone.now().date())

    tallied = [query["sql"] for query in queries if "unnest" in query["sql"]]
    assert all(str(facets.incoterm("FOB")) in sql for sql in tallied)
    whole = count(Filters(categories=(category,)), [], timezone.now().date())
    for code in RULES:
        assert counts.of("incoterm", facets.incoterm(code)) == whole.of("incoterm", facets.incoterm(code))


@pytest.mark.parametrize("facet", FACETS)
def test_a_choice_left_out_leaves_the_others(facet):
    every = Filters(
        (1,), ("64",), ("CL",), ("SNI",), ("FOB",), ("35",), ("0-1",), ("0-50",), ("0-7",), ("oem",),
        Decimal(5), Decimal(6), 7,
    )  # fmt: skip
    today = timezone.now().date()

    assert set(every.without(facet).conditions(today)) == set(FACETS) - {facet}
