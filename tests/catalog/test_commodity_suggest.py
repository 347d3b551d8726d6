"""Finding a commodity by what people call it, in any of the four languages."""

from __future__ import annotations

import pytest

from catalog.commodities import find_commodities
from tests import factories as make
from tests.catalog.desk import at, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def sandals():
    return make.CommodityFactory()


@pytest.mark.parametrize(
    "query",
    ["Leather sandals", "sandal", "SANDAL KULIT", "sandalias de cuero", "sandálias de couro", "sandalias", "ojotas",
     "huaraches", "huarache", "hauraches", "cuero", "6403.99", "640399", "6403", "64"],
)  # fmt: skip
def test_a_word_of_any_language_finds_it(sandals, query):
    assert [found.commodity for found in find_commodities(query)] == [sandals]


@pytest.mark.parametrize("query", ["", "s", "coffee", "9999", "%", "_", "'; drop table", "\x00", "x" * 5000])
def test_what_it_is_not_finds_nothing_and_breaks_nothing(sandals, query):
    assert find_commodities(query) == []


def test_the_synonym_that_was_meant_is_told(sandals):
    assert [found.synonym for found in find_commodities("ojotas")] == ["ojotas de cuero"]
    assert [found.synonym for found in find_commodities("leather")] == [""]


def test_a_full_name_comes_before_a_part_of_one(sandals):
    exact = make.CommodityFactory(slug="leather", name={"en": "Leather"}, synonyms={})
    assert [found.commodity for found in find_commodities("leather")] == [exact, sandals]


def test_suggestions_take_three_queries(client, sandals, django_assert_max_num_queries):
    signed_in(client)
    with django_assert_max_num_queries(6):  # three of them are the session, the person and what they may
        answer = client.get(at("commodity_suggest"), {"q": "sandal"})
    [found] = answer.json()["results"]
    assert found["value"] == sandals.pk and found["label"] == "Leather sandals" and "HS 6403.99" in found["note"]
