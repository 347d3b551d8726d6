"""The log of queries that found nothing: what was wanted, never by whom."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.utils import timezone

from catalog import indexing
from catalog.models import UnmetQuery
from tests.factories import ProductFactory

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"


@pytest.fixture(autouse=True)
def product():
    cache.clear()
    product = ProductFactory(published=True, target_markets=["CL"])
    indexing.reindex([product.pk])
    return product


def ask(client, address: str, *, agent: str = BROWSER, visitor: str = "192.0.2.1") -> None:
    assert client.get(address, headers={"user-agent": agent}, REMOTE_ADDR=visitor).status_code == 200


def test_words_that_find_nothing_are_kept_with_language_market_and_day(client):
    ask(client, "/es/products/?q=Xyzzy&market=CL")

    row = UnmetQuery.objects.get()
    assert (row.text, row.language, row.market, row.day, row.visits) == ("xyzzy", "es", "CL", timezone.now().date(), 1)
    assert {field.name for field in UnmetQuery._meta.get_fields()} == {
        "id", "text", "language", "market", "day", "visits"
    }  # fmt: skip


def test_a_visit_counts_once_and_another_visitor_again(client):
    for _time in range(3):
        ask(client, "/en/products/?q=xyzzy")
    ask(client, "/en/products/?q=xyzzy", visitor="192.0.2.2")

    assert UnmetQuery.objects.get().visits == 2


@pytest.mark.parametrize("agent", ["Googlebot/2.1", "curl/8.5", "python-requests/2.32", "HeadlessChrome/120", ""])
def test_programs_do_not_count(client, agent):
    ask(client, "/en/products/?q=xyzzy", agent=agent)

    assert not UnmetQuery.objects.exists()


@pytest.mark.parametrize("text", ["me@example.org", "%2B62 812 3456 789", "https://example.org"])
def test_what_may_belong_to_a_person_is_not_kept(client, text):
    ask(client, f"/en/products/?q={text}")

    assert not UnmetQuery.objects.exists()


@pytest.mark.parametrize(
    "query", ["q=sandals", "q=sandals&province=99", "q=sandals&price_max=0.01", "province=99", "q="]
)
def test_words_that_find_something_without_other_filters_are_met(client, query):
    ask(client, f"/en/products/?{query}")

    assert not UnmetQuery.objects.exists()


def test_a_market_without_the_product_is_unmet_demand_there(client):
    ask(client, "/en/products/?q=sandals&market=PE")

    assert UnmetQuery.objects.get().market == "PE"
