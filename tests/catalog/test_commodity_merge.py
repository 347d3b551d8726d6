"""The thesaurus: a new word counts at once, and two concepts become one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.workflow import Refused
from catalog import indexing, upkeep
from catalog.commodities import find_commodities
from catalog.corrections import correct, rebuild_words
from catalog.models import Commodity, ExportFigure, MergedCommodity, NewTerm, ProductRevision
from catalog.search import find
from catalog.thesaurus import expand, merge, terms_of
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def product() -> Any:
    made = make.ProductFactory(published=True)
    indexing.reindex([made.pk])
    return made


@pytest.fixture
def other() -> Any:
    """A product of another concept, with nothing of the first one's words in it."""
    kind = make.CommodityFactory(
        slug="house-slippers", name={"en": "House slippers", "es": "Pantuflas"}, synonyms={"es": ["babuchas"]}
    )
    made = make.ProductFactory(
        published=True, commodity=kind, title={"en": "Soft thing"}, summary={}, description={},
        category=make.CategoryFactory(slug="home", parent=None, name={"en": "Home"}),
        producer__trade_name="Rumah Hangat",
    )  # fmt: skip
    indexing.reindex([made.pk])
    return made


def found(query: str) -> set[int]:
    return {one.pk for one in find(query, correcting=False).products}


def edit(product: Any, **synonyms: list[str]) -> None:
    product.commodity.synonyms = synonyms
    product.commodity.save()


@pytest.mark.parametrize(
    ("word", "query"),
    [
        ("zapatillón", "zapatillon"),
        ("zapatillón", "ZAPATILLONES"),
        ("zapatillón playero", "zapatillón playero"),
        ("zapatillón", "zapatillón cuero"),
        ("zapatillón", "batik zapatillón"),
        ("zapatillón", "zapatillón -plastico"),
        ("chinelão", "chinelões"),
    ],
)
def test_a_new_word_finds_products_before_and_after_the_worker(product, other, word, query):
    assert found(query) == set()

    edit(product, es=[word]) if word.startswith("zap") else edit(product, pt=[word])

    assert found(query) == {product.pk}
    upkeep.drain()
    assert not NewTerm.objects.exists()
    assert found(query) == {product.pk}


@pytest.mark.parametrize("query", ["zapatillon glaciar", "zapatillón -batik", "playero", "zapatillon playero"])
def test_a_new_word_finds_only_what_the_rest_of_the_query_allows(product, query):
    edit(product, es=["zapatillón"])
    assert found(query) == set()


def test_a_word_that_was_taken_out_finds_nothing_once_the_worker_was_there(product):
    assert found("huaraches")
    edit(product, es=["ojotas de cuero"])
    upkeep.drain()
    assert not found("huaraches") and found("ojotas de cuero")


def test_a_new_word_is_not_taken_for_a_slip(product, other):
    rebuild_words()
    assert correct("zapatilon") is None
    edit(product, es=["zapatillón"])
    assert correct("zapatillon") is None and correct("zapatilon") == "zapatillón"
    assert find("zapatillones").meant in (None, "zapatillón")


def test_nothing_is_expanded_when_nothing_is_new(product):
    assert expand("leather sandals") == []


def test_a_merged_concept_leaves_its_words_and_products(product, other):
    gone, kept = product.commodity, other.commodity
    draft = make.RevisionFactory(product=product, commodity=gone)
    figure = ExportFigure.objects.create(
        place="x", year=2021, name_en="x", currency="IDR", value_as_published="x", commodity=gone
    )
    by = make.UserFactory()

    merge(gone, into=kept, by=by)

    kept.refresh_from_db()
    assert set(kept.synonyms["es"]) == {"babuchas", "Sandalias de cuero", "ojotas de cuero", "huaraches"}
    assert kept.name == {"en": "House slippers", "es": "Pantuflas"}
    for row in (product, draft, figure):
        row.refresh_from_db()
        assert row.commodity == kept
    assert not Commodity.objects.filter(slug="leather-sandals").exists()
    entry = AuditEntry.objects.get(verb="merge")
    assert (entry.object_id, entry.by) == (str(kept.pk), by) and "leather-sandals" in entry.why


@pytest.mark.parametrize("query", ["huaraches", "babuchas", "pantuflas", "sandálias de couro"])
def test_words_of_both_concepts_find_products_of_both_at_once(product, other, query):
    merge(product.commodity, into=other.commodity, by=make.UserFactory())
    assert found(query) == {product.pk, other.pk}
    upkeep.drain()
    assert found(query) == {product.pk, other.pk}
    assert [one.commodity.slug for one in find_commodities(query)] == ["house-slippers"]


def test_a_concept_is_not_merged_into_itself(product):
    with pytest.raises(Refused) as refused:
        merge(product.commodity, into=product.commodity, by=make.UserFactory())
    assert refused.value.code == "same_concept" and not AuditEntry.objects.exists()


def test_a_concept_that_is_gone_is_not_merged_again(product, other):
    gone = product.commodity
    merge(gone, into=other.commodity, by=make.UserFactory())
    stale = Commodity(pk=987_654_321, slug="stale")
    with pytest.raises(Refused):
        merge(stale, into=other.commodity, by=make.UserFactory())


def test_a_chain_of_merges_ends_at_the_last_concept(product, other):
    third = make.CommodityFactory(slug="shoes", name={"en": "Shoes"}, synonyms={})
    kept = merge(product.commodity, into=other.commodity, by=make.UserFactory())
    merge(kept, into=third, by=make.UserFactory())
    assert set(MergedCommodity.objects.values_list("slug", "into__slug")) == {
        ("leather-sandals", "shoes"), ("house-slippers", "shoes")
    }  # fmt: skip
    assert ProductRevision.objects.filter(commodity__isnull=False).exclude(commodity=third).count() == 0
    third.refresh_from_db()
    assert "huaraches" in terms_of(third) and "House slippers" in terms_of(third)


def test_reference_data_does_not_bring_a_merged_concept_back():
    call_command("load_reference")
    gone = Commodity.objects.get(slug="eva-sandals")
    merge(gone, into=Commodity.objects.get(slug="rubber-flip-flops"), by=make.UserFactory())
    call_command("load_reference")
    assert not Commodity.objects.filter(slug="eva-sandals").exists()


class TestPages:
    @pytest.fixture(autouse=True)
    def ministry(self, client):
        user = make.UserFactory(ministry=True)
        client.force_login(user)
        return user

    def test_a_synonym_written_on_the_desk_finds_the_product_a_moment_later(self, client, product):
        row = product.commodity
        page = reverse("admin:catalog_commodity_change", args=[row.pk])
        form = client.get(page).context["adminform"].form
        data = {"slug": row.slug, "hs6": row.hs6_id, "category": row.category_id}
        data |= {f"name_{key}": text for key, text in row.name.items()}
        data |= {"synonyms_es": "huaraches, zapatillón"}
        assert {f"name_{key}" for key in ("id", "en", "es", "pt")} <= set(form_names(form))

        assert client.post(page, data).status_code == 302

        row.refresh_from_db()
        assert row.synonyms == {"es": ["huaraches", "zapatillón"]}
        assert found("zapatillones") == {product.pk}
        assert AuditEntry.objects.filter(verb="change", object_type="catalog.commodity").exists()

    def test_two_concepts_are_merged_on_the_desk(self, client, product, other):
        gone, kept = product.commodity, other.commodity
        assert (
            reverse("admin:commodity_merge", args=[gone.pk])
            in client.get(reverse("admin:catalog_commodity_change", args=[gone.pk])).content.decode()
        )
        page = reverse("admin:commodity_merge", args=[gone.pk])
        assert (
            "1 product" in " ".join(client.get(page).content.decode().split()) or client.get(page).context["count"] == 1
        )

        response = client.post(page, {"into": kept.pk})

        assert response.status_code == 302 and response["Location"].endswith(f"/{kept.pk}/change/")
        assert not Commodity.objects.filter(pk=gone.pk).exists()

    @pytest.mark.parametrize("into", ["", "0", "x", "987654321"])
    def test_a_concept_that_is_not_there_is_asked_for_again(self, client, product, into):
        response = client.post(reverse("admin:commodity_merge", args=[product.commodity_id]), {"into": into})
        assert response.status_code == 422 and Commodity.objects.filter(pk=product.commodity_id).exists()

    def test_itself_is_refused(self, client, product):
        pk = product.commodity_id
        assert client.post(reverse("admin:commodity_merge", args=[pk]), {"into": pk}).status_code == 409


def form_names(form: Any) -> list[str]:
    return [
        f"{name}_{key}"
        for name, field in form.fields.items()
        for key in getattr(field, "languages", ("id", "en", "es", "pt"))
    ]
