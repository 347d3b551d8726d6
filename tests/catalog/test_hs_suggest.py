"""Finding a subheading of the HS by digits or words."""

from __future__ import annotations

import pytest

from catalog.commodities import find_hs_codes
from tests import factories as make
from tests.catalog.desk import at, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def codes():
    return [make.HSCodeFactory(code="640399"), make.HSCodeFactory(code="200819", name="Nuts, prepared or preserved")]


@pytest.mark.parametrize("query", ["64", "6403", "6403.9", "6403.99", "640399", " 6403 99 "])
def test_digits_find_the_subheadings_that_begin_with_them(codes, query):
    assert find_hs_codes(query) == [codes[0]]


def test_words_find_the_names_of_the_hs(codes):
    assert find_hs_codes("nuts") == [codes[1]]


def test_words_of_the_thesaurus_find_its_codes_in_any_language(codes):
    make.CommodityFactory(hs6=codes[0])
    assert find_hs_codes("ojotas") == [codes[0]]


def test_suggestions_write_the_code_as_customs_do(client, codes):
    signed_in(client)
    [found] = client.get(at("hs_suggest"), {"q": "6403"}).json()["results"]
    assert found["label"] == "6403.99"
