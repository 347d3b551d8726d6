"""What words mean to the search: mixed languages, words that say nothing, words of one stem, places, certificates."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from catalog import indexing
from catalog.kinds_asked import kinds_asked
from catalog.models import CertificateCoverage, UnmetQuery
from catalog.search import find
from catalog.search_words import bare, bare_words
from tests.catalog.products import published
from tests.factories import CertificateFactory, CommodityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plates():
    kind = CommodityFactory(
        slug="plates",
        name={"en": "Dinner plates", "id": "Piring", "es": "Platos", "pt": "Pratos"},
        synonyms={"es": ["platos hondos", "vajilla de greda"]},
    )
    return published(
        title={"en": "Blue plates for men", "es": "Platos azules"}, commodity=kind, business_models=["oem"]
    )


def found(query: str) -> list[int]:
    return [product.pk for product in find(query).products]


@pytest.mark.parametrize(
    "query",
    [
        "platos for men",  # two languages
        "platos de la vajilla",  # small words of Spanish
        "piring untuk pria",  # of Indonesian, and men
        "wholesale plates supplier Indonesia",  # what says nothing here
        "platos biru",  # a colour in another language
        "pratos/azul",
        "plates OEM",
        "plates private label",
        "East Java plates",
        "platos Java Oriental",
        "xyzzy OR platos",
    ],
)
def test_each_word_may_be_of_another_language(plates, query):
    assert found(query) == [plates.pk]
    assert find(query).meant is None or not find(query).is_loosened


@pytest.mark.parametrize("query", ["plata", "platas", "prata"])
def test_words_of_one_stem_are_told_apart(plates, query):
    silver = CommodityFactory(slug="silver", name={"en": "Silver", "id": "Perak", "es": "Plata", "pt": "Prata"})
    necklace = published(title={"en": "Necklace", "es": "Collar de plata"}, commodity=silver)

    assert found(query) == [necklace.pk] and found("platos") == [plates.pk]


def test_a_valid_certificate_is_found_by_its_name_until_it_ends(plates):
    certificate = CertificateFactory(producer=plates.producer, verified=True)
    CertificateCoverage.objects.create(certificate=certificate, product=plates)
    indexing.reindex([plates.pk])
    assert found("halal plates") == [plates.pk] and not find("halal plates").is_loosened

    type(certificate).objects.update(state="rejected")
    indexing.reindex([plates.pk])
    assert find("halal plates").is_loosened


@pytest.mark.parametrize(
    ("query", "shown"),
    [("purple plates xyzzy", "plates"), ("platos de xyzzy", "platos"), ("platos fosforescentes", "platos")],
)
def test_words_that_nothing_has_are_left_out_visibly(plates, query, shown):
    answer = find(query)

    assert [product.pk for product in answer.products] == [plates.pk]
    assert answer.is_loosened and answer.is_corrected and answer.meant == shown
    assert not find(query, correcting=False).products


def test_words_are_not_left_out_where_a_filter_is_the_reason(plates):
    from catalog.search import Filters

    assert not find("blue plates", Filters(hs=("01",))).is_loosened


def test_what_was_found_only_by_leaving_words_out_is_unmet(client, plates):
    cache.clear()
    page = client.get("/es/products/?q=platos+fosforescentes", headers={"user-agent": "Mozilla/5.0 Firefox/130.0"})

    assert plates.slug in page.content.decode()
    assert UnmetQuery.objects.get().text == "platos fosforescentes"


def test_a_query_names_the_kind_whose_term_fills_most_of_it(plates):
    assert kinds_asked("platos hondos azules") == ((plates.commodity_id,), 2 / 3)
    assert kinds_asked("vajilla").commodities == (plates.commodity_id,)
    assert kinds_asked("xyzzy").commodities == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("platos", "plato"), ("limões", "limão"), ("Sandalias", "sandalia"), ("móveis", "movel"), ("boxes", "box")],
)
def test_bare_words_are_alike_in_any_number(one, other):
    assert bare(one) == bare(other)


def test_bare_words_keep_apart_what_stems_do_not():
    assert bare("plata") != bare("plato") and bare("chalas") != bare("chales")
    assert bare_words("Platos de la Indonesia") == {bare("plato")}
