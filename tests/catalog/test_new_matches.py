"""What a search newly finds: few matches are remembered, of many only the newly published are new."""

from __future__ import annotations

import datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from catalog import indexing, new_matches
from catalog.list_page import canonical, in_words
from catalog.models import Product
from catalog.new_matches import UPKEEP, known_now, news_of
from tests.catalog.products import published
from tests.factories import CategoryFactory, MarketFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=30)
QUERIES = ["q=sandal", "category=sandals", "q=sandal&category=sandals"]


@pytest.fixture
def sandals():
    return CategoryFactory(slug="sandals")


def sandal(category, *, days_old: float = 10):
    product = published(category=category, title={"en": "Leather sandal"})
    moment = timezone.now() - datetime.timedelta(days=days_old)
    Product.objects.filter(pk=product.pk).update(published_at=moment)
    indexing.reindex([product.pk])
    return product


@pytest.mark.parametrize("query", QUERIES)
def test_what_came_in_since_is_new_and_told_once(sandals, query):
    first = sandal(sandals)
    known = known_now(query)
    assert known == [first.pk]
    assert news_of(query, known=known, seen_until=LONG_AGO).products == []
    second = sandal(sandals)
    news = news_of(query, known=known, seen_until=LONG_AGO)
    assert (news.products, set(news.known or ())) == ([second.pk], {first.pk, second.pk})
    assert news_of(query, known=news.known, seen_until=news.seen_until).products == []


@pytest.mark.parametrize("query", ["q=suede", "category=sandals", "q=suede&category=sandals"])
def test_a_product_that_was_changed_into_matching_is_new_however_old(sandals, query):
    other = published(category=CategoryFactory(slug="bags"), title={"en": "Bag"})
    known = known_now(query)
    Product.objects.filter(pk=other.pk).update(
        category=sandals, title={"en": "Suede shoe"}, published_at=LONG_AGO - UPKEEP
    )
    indexing.reindex([other.pk])
    assert known == [] and news_of(query, known=known, seen_until=timezone.now()).products == [other.pk]


def test_the_newest_stand_first(sandals):
    older, newer = sandal(sandals, days_old=5), sandal(sandals, days_old=1)
    assert news_of("q=sandal", known=[], seen_until=LONG_AGO).products == [newer.pk, older.pk]


@pytest.mark.parametrize("query", QUERIES)
def test_of_more_than_are_remembered_only_the_newly_published_are_new(sandals, query, monkeypatch):
    monkeypatch.setattr(new_matches, "MOST_KNOWN", 2)
    for _number in range(3):
        sandal(sandals, days_old=20)
    assert known_now(query) is None
    seen = timezone.now() - datetime.timedelta(days=2)
    new = sandal(sandals, days_old=1)
    just_now = sandal(sandals, days_old=0)
    news = news_of(query, known=None, seen_until=seen)
    assert (news.products, news.known, news.is_capped) == ([new.pk], None, False)
    assert news.seen_until < timezone.now() - UPKEEP + datetime.timedelta(minutes=1)
    Product.objects.filter(pk=just_now.pk).update(published_at=timezone.now() - UPKEEP)
    indexing.reindex([just_now.pk])
    assert news_of(query, known=None, seen_until=news.seen_until).products in ([], [just_now.pk])


def test_a_search_that_grew_beyond_what_is_remembered_tells_the_newly_published(sandals, monkeypatch):
    monkeypatch.setattr(new_matches, "MOST_KNOWN", 2)
    known = [sandal(sandals, days_old=20).pk]
    new = [sandal(sandals, days_old=days).pk for days in (1, 2, 3)]
    news = news_of("category=sandals", known=known, seen_until=timezone.now() - datetime.timedelta(days=9))
    assert (news.products, news.is_capped, news.known) == (new[:2], True, None)


@pytest.mark.parametrize("query", QUERIES)
def test_it_costs_as_much_with_one_product_as_with_twelve(sandals, query, django_assert_max_num_queries):
    sandal(sandals)
    known_now(query)
    with django_assert_max_num_queries(8) as one:
        news_of(query, known=[], seen_until=LONG_AGO)
    for _number in range(11):
        sandal(sandals)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert len(news_of(query, known=[], seen_until=LONG_AGO).products) == 12


def test_an_address_is_always_written_alike(sandals):
    MarketFactory()
    one = QueryDict("utm=x&market=CL&after=abc&sort=price&q= Sandal &category=sandals&market=BR&page=3&moq_max=x")
    other = QueryDict("category=sandals&market=BR&market=CL&q=Sandal&exact=1")
    assert canonical(one) == canonical(other) == "q=Sandal&category=sandals&market=BR&market=CL"
    assert canonical(QueryDict("utm=x&after=1&sort=newest")) == ""
    assert in_words(canonical(one))[0] == "“Sandal”"
