"""Why a product stands where it does, for staff."""

from __future__ import annotations

import pytest
from django.urls import reverse

from catalog import indexing
from catalog.explaining import Explanation, explain
from catalog.models import ProductSearch
from catalog.search import Filters, find
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def products():
    titled = make.ProductFactory(published=True, slug="just-titled", title={"en": "Batik strap"})
    spoken = make.ProductFactory(published=True, slug="only-described", title={"en": "Plain sandals"})
    hidden = make.ProductFactory(suspended=True, slug="hidden")
    indexing.reindex([titled.pk, spoken.pk, hidden.pk])
    return titled, spoken


def explained(query: str, slug: str = "") -> Explanation:
    found = explain(query, Filters(), slug)
    assert found
    return found


def test_rows_stand_in_the_order_of_the_search_and_their_scores_fall():
    explanation = explained("batik strap")
    assert [row.product.pk for row in explanation.rows] == [one.pk for one in find("batik strap").products]
    scores = [row.score for row in explanation.rows]
    assert scores == sorted(scores, reverse=True) and [row.place for row in explanation.rows] == [1, 2]


def test_each_field_says_what_matched_and_how_much_it_weighs():
    first, second = explained("batik strap").rows
    title, _commodity, _names, texts = first.fields
    assert first.is_titled and not second.is_titled
    assert set(title.words) >= {"batik", "strap"} and title.value > texts.value >= 0
    assert not second.fields[0].words and set(second.fields[3].words) >= {"batik", "strap"}


def test_the_parts_of_the_quality_are_its_sum():
    for row in explained("batik").rows:
        assert sum(part.value for part in row.quality_parts) == row.quality
        assert row.quality == ProductSearch.objects.get(pk=row.product.pk).quality


def test_a_product_that_does_not_match_is_explained_too():
    wanted = explained("batik strap", "only-described").wanted
    assert wanted and wanted.is_match and wanted.place == 2
    wanted = explained("plain", "just-titled").wanted
    assert wanted and not wanted.is_match and wanted.place is None
    assert explained("batik", "hidden").wanted is None


def test_the_readings_of_each_language_are_told():
    readings = dict(explained("sandalias").readings)
    assert "sandali" in readings["Spanish"]
    assert explained("6403.99").readings == [("HS", "hs640399")]


def test_a_corrected_query_is_said_to_be_one(products):
    from catalog.corrections import rebuild_words

    rebuild_words()
    assert explained("battik strap").meant == "batik strap"


@pytest.mark.parametrize(
    "query", ["", "batik strap", "6403", "-batik", "zzzz", "' | & !", "\x00", '"', "batik " * 500, "2.500,00"]
)
def test_the_page_answers_any_query(client, query):
    client.force_login(make.UserFactory(mission=True, is_staff=True))
    page = client.get(reverse("admin:search_explain"), {"q": query, "product": "/en/products/only-described/"})
    assert page.status_code == 200
    if query == "batik strap":
        text = " ".join(page.content.decode().split())
        assert "Plain sandals" in text and "just the title" in text


def test_filters_of_the_list_narrow_it_too(client):
    client.force_login(make.UserFactory(ministry=True))
    page = client.get(reverse("admin:search_explain"), {"q": "batik", "hs": "09"})
    assert page.context["explanation"].rows == []
