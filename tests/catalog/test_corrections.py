"""Mistyped words: put right where nothing else helps, visibly, and never a word that somebody uses."""

from __future__ import annotations

import re

import pytest
from django.utils.http import urlencode

from catalog import indexing
from catalog.corrections import correct, rebuild_words
from catalog.models import SearchWord
from catalog.search import find
from tests.factories import CommodityFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    CommodityFactory(
        slug="batik-fabric",
        name={"en": "Batik fabric", "id": "Kain batik", "es": "Tela batik", "pt": "Tecido batik"},
        synonyms={"en": ["coconut oil"], "es": ["camarón", "sandalias"], "pt": ["limões"]},
    )
    product = ProductFactory(published=True, title={"en": "Leather sandals", "es": "Sandalias de cuero"})
    indexing.reindex([product.pk])
    rebuild_words()
    return product


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("batic", "batik"),
        ("cocnut oil", "coconut oil"),
        ("Lether sandals", "leather sandals"),
        ("camaronn", "camarón"),
        ("telas de batic", "telas de batik"),
    ],
)
def test_an_unknown_word_becomes_the_likeliest_known_one(product, typed, meant):
    assert (correct(typed) or "").casefold() in {meant, meant.replace("telas", "tela")}


@pytest.mark.parametrize("typed", ["leather", "batik coconut", "xqzw", "6403", "", "ab", "!!!", "\x00", "a" * 200])
def test_words_in_use_and_words_like_none_stay(product, typed):
    assert correct(typed) is None


def test_a_query_without_results_shows_those_of_what_was_meant(product):
    found = find("lether sandls")

    assert [one.pk for one in found.products] == [product.pk]
    assert found.is_corrected and found.meant == "leather sandals"


def test_of_several_spellings_the_one_is_shown_that_finds_something_with_the_other_words(product):
    stone = ProductFactory(published=True, title={"id": "Batu zeolit"})
    drawn = ProductFactory(published=True, title={"id": "Batik tulis"})
    indexing.reindex([stone.pk, drawn.pk])
    SearchWord.objects.filter(word="batik").delete()
    SearchWord.objects.bulk_create(
        [SearchWord(word="batu", spelling="batu", df=90), SearchWord(word="batik", spelling="batik", df=5)]
    )

    assert correct("batk") == "batu"
    found = find("batk tulis")

    assert found.meant == "batik tulis" and [one.pk for one in found.products] == [drawn.pk]


def test_a_word_that_only_a_description_has_is_not_what_is_left_of_a_query(product):
    cloves = ProductFactory(published=True, title={"en": "Cloves"}, description={"en": "Dried on a bamboo mat."})
    indexing.reindex([cloves.pk])

    assert not find("yoga mat").products
    assert [one.pk for one in find("yoga cloves").products] == [cloves.pk]
    assert [one.pk for one in find("mat").products] == [cloves.pk]


def test_few_results_come_with_an_offer_only(product):
    other = ProductFactory(published=True, title={"en": "Sandilz of Bali"})
    indexing.reindex([other.pk])

    found = find("sandilz")

    assert found.meant in {"sandal", "sandals"} and not found.is_corrected
    assert [one.pk for one in found.products] == [other.pk]


def test_whoever_insists_gets_what_was_typed(product):
    found = find("lether", correcting=False)

    assert not found.products and found.meant is None


def test_the_page_says_what_it_shows_and_offers_the_other(client, product):
    html = client.get(f"/en/products/?{urlencode({'q': 'lether', 'incoterm': 'FOB'})}").content.decode()

    assert re.search(r"Showing results for\s+<strong>leather</strong>", html) and product.slug in html
    exact = re.search(r'href="([^"]+)"[^>]*>\s*Search instead for lether', html)
    assert exact and "exact=1" in exact[1] and "incoterm=FOB" in exact[1]
    insisted = client.get(exact[1].replace("&amp;", "&")).content.decode()
    assert product.slug not in insisted and "No product matches" in insisted


def test_the_words_follow_the_catalogue(product):
    product.retire(by=None)
    rebuild_words()

    assert not SearchWord.objects.filter(word="leather", df__lt=5).exists()
    assert SearchWord.objects.filter(word="batik").exists()  # of the thesaurus: always there


def test_the_spelling_keeps_its_accents(product):
    assert SearchWord.objects.get(word="camaron").spelling == "camarón"
