"""What the search box offers while somebody types."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils.translation import override

from catalog import indexing, suggestions
from catalog.suggestions import suggest
from catalog.thesaurus import merge
from kit.limited_reads import TooSlow
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Any:
    made = make.ProductFactory(
        published=True,
        slug="kulit-asli",
        title={"id": "Sandal kulit asli", "en": "Genuine sandals"},
        producer__trade_name="Café Mekar Jaya",
    )
    indexing.reindex([made.pk])
    return made


def kinds(text: str) -> list[tuple[str, str]]:
    with override("en"):
        return [(str(one.kind), one.label) for one in suggest(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("genu", ("product", "Genuine sandals")),
        ("GENUINE SANDALS", ("product", "Genuine sandals")),
        ("genuine sa", ("product", "Genuine sandals")),
        ("sandal kulit as", ("product", "Genuine sandals")),
        ("sandali", ("category", "Sandals & flip-flops")),
        ("sandá", ("category", "Sandals & flip-flops")),
        ("ojot", ("commodity", "Leather sandals")),
        ("lether sandals", ("commodity", "Leather sandals")),
        ("6403.99", ("commodity", "Leather sandals")),
        ("mek", ("producer", "Café Mekar Jaya")),
        ("jaya mekar", ("producer", "Café Mekar Jaya")),
    ],
)
def test_the_beginning_of_a_word_is_enough(product, text, wanted):
    assert wanted in kinds(text)


@pytest.mark.parametrize("text", ["", "s", "-", "' : & | !", "\x00\x00", "%%", "__", "😀😀", "zzzzzz", "a" * 10_000])
def test_what_means_nothing_offers_nothing_and_breaks_nothing(client, product, text):
    response = client.get("/en/search/suggest", {"q": text})
    assert response.status_code == 200 and response.json() == {"results": []}


@pytest.mark.parametrize(
    "text", ["sandal' OR 1=1", "sandal:*", "sandal\\", "sandal & !kulit", "(sandal", '"sandal', "sandal\u202e"]
)
def test_signs_that_the_database_reads_are_only_signs(client, product, text):
    assert client.get("/en/search/suggest", {"q": text}).status_code == 200


def test_each_leads_to_its_page_and_says_what_it_is(client, product):
    told = {one["url"]: one for one in client.get("/es/search/suggest", {"q": "sandal"}).json()["results"]}
    assert told["/es/products/kulit-asli/"]["label"] == "Genuine sandals"
    assert told["/es/products/kulit-asli/"]["lang"] == "en"
    assert told["/es/products/?category=sandals-flip-flops"]["label"] == "Sandalias"
    assert told["/es/products/?q=Sandalias+de+cuero"]["lang"] == ""
    for address in told:
        assert client.get(address).status_code == 200


def test_the_synonym_that_was_meant_is_told(product):
    (commodity,) = suggest("ojotas")
    assert commodity.synonym == "ojotas de cuero" and "ojotas de cuero" in commodity.note


def test_what_is_not_public_is_not_offered(product):
    product.suspend(by=make.UserFactory(), why="A check.")
    assert "product" not in dict(kinds("genuine"))
    product.producer.suspend(by=make.UserFactory(), why="A check.")
    assert "producer" not in dict(kinds("mekar"))


def test_a_new_synonym_and_a_merged_concept_are_offered_at_once(product):
    assert kinds("zapatillon") == []
    product.commodity.synonyms = {"es": ["zapatillón"]}
    product.commodity.save()
    assert kinds("zapatillon") == [("commodity", "Leather sandals")]

    other = make.CommodityFactory(slug="slippers", name={"en": "Slippers"}, synonyms={})
    merge(product.commodity, into=other, by=make.UserFactory())

    assert kinds("zapatillon") == [("commodity", "Slippers")]


def test_the_best_of_each_kind_and_no_more():
    for number in range(9):
        made = make.ProductFactory(
            published=True, producer__trade_name=f"Sandalku {number}", title={"en": f"Sandals {number}"}
        )
        indexing.reindex([made.pk])
    found = [kind for kind, _label in kinds("sandal")]
    assert found.count("product") == found.count("producer") == suggestions.MOST_OF_A_KIND


def test_suggestions_cost_five_queries_however_many_there_are(client, product):
    client.get("/en/search/suggest", {"q": "sandal"})
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/search/suggest", {"q": "sandal"})
    assert len(queries) <= 5


def test_a_read_that_takes_too_long_is_left_out(product, monkeypatch):
    def refuse(*_given: Any) -> Any:
        raise TooSlow

    monkeypatch.setattr(suggestions, "rows_of", refuse)
    assert {kind for kind, _label in kinds("sandal")} == {"commodity", "category"}


def test_search_boxes_ask_for_suggestions_and_search_without_script(client, product):
    for address in ("/en/", "/en/products/", "/en/nothing-here/"):
        page = client.get(address).content.decode()
        assert 'data-suggest="/en/search/suggest"' in page and 'name="q"' in page, address


@override_settings(LANGUAGE_CODE="en")
def test_the_api_tells_the_same(client, product):
    told = client.get("/api/v1/suggestions/", {"q": "genuine", "lang": "es"}).json()["results"]
    with override("es"):
        assert [one["label"] for one in told] == [one.label for one in suggest("genuine")]
    assert told[0]["kind"] == "product" and told[0]["page"] == "http://testserver/es/products/kulit-asli/"
    assert client.get("/api/v1/suggestions/").json() == {"results": []}
