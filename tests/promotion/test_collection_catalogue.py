"""Catalogues of collections: who asks for one, and what is printed of the curator's choice."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.urls import reverse

from accounts.workflow import Refused
from promotion import making
from promotion.document_content import product_ids_of
from promotion.models import Document
from promotion.scope import documents_of
from tests import factories as make
from tests.markets.test_races import at_once
from tests.promotion.papers import pixel, with_picture, words

pytestmark = pytest.mark.django_db
LIST = reverse("admin:document_list")
WHY = {"es": "Hechas en dos semanas.", "en": "Made in two weeks."}


@pytest.fixture
def collection():
    """A table, then sandals with a note, for Chile."""
    products = [with_picture(target_markets=["CL"], title={"en": title}) for title in ("Teak table", "Sandals")]
    found = make.CollectionFactory(published=True, products=products, mission=make.MissionFactory())
    found.items.filter(position=2).update(note=WHY)
    return found


def sent(collection, **what):
    return {"kind": "collection", "collection": collection.pk, "language": "es", "per_page": "2", **what}


def asked(collection, by=None, **what) -> Document:
    what = {"kind": "collection", "language": "es", "per_page": 2, "campaign": None, **what}
    ids = product_ids_of(collection)
    return Document.objects.ask(by=by or make.UserFactory(), product_ids=ids, collection=collection, **what)


def made(document: Document) -> bytes:
    making.make_waiting()
    document.refresh_from_db()
    assert document.state == "ready"
    with default_storage.open(document.file_path, "rb") as file:
        return file.read()


class TestAsking:
    def test_the_page_of_the_collection_leads_to_the_form_with_its_choice_made(self, client, santiago, collection):
        edit = client.get(reverse("admin:collection_edit", args=[collection.pk])).content.decode()
        address = f"{LIST}?collection={collection.pk}"
        assert f'href="{address}"' in edit
        form = client.get(address).content.decode()
        assert 'value="collection" selected' in form and f'value="{collection.pk}" selected' in form

    def test_a_person_asks_twice_and_gets_one_that_needs_no_market(self, client, santiago, collection):
        first = client.post(LIST, sent(collection, market="CL"))
        assert first.status_code == 302 and client.post(LIST, sent(collection))["Location"] == first["Location"]
        document = Document.objects.get()
        assert (document.collection, document.market, document.product_ids) == (
            collection,
            None,
            product_ids_of(collection),
        )
        assert str(collection) in client.get(first["Location"]).content.decode()
        assert str(collection) in client.get(LIST).content.decode()

    @pytest.mark.parametrize("fields", [{"archived": True}, {"market__iso2": "BR"}, {"market": None}])
    def test_an_archived_one_and_those_of_others_cannot_be_chosen(self, client, santiago, fields):
        assert client.post(LIST, sent(make.CollectionFactory(**fields))).status_code == 422
        assert not Document.objects.exists()

    def test_each_kind_needs_its_own(self, client, santiago, collection):
        lacking = client.post(LIST, {**sent(collection), "collection": "", "market": "CL"})
        assert lacking.status_code == 422 and "collection" in lacking.context["form"].errors
        lacking = client.post(LIST, sent(collection, kind="price_list"))
        assert lacking.status_code == 422 and "market" in lacking.context["form"].errors

    def test_one_without_a_public_product_makes_no_document(self, client, santiago):
        response = client.post(LIST, sent(make.CollectionFactory(market=make.MarketFactory())))
        assert response.status_code == 409 and "None of its products is public" in response.content.decode()
        with pytest.raises(Refused) as refused:
            asked(make.CollectionFactory(market=None))
        assert refused.value.code == "collection_empty"

    def test_only_a_campaign_of_the_collection_or_of_its_market_fits(self, client, santiago, collection):
        other = make.CampaignFactory(collection=make.CollectionFactory(published=True))
        assert client.post(LIST, sent(collection, campaign=other.pk)).status_code == 422
        for campaign in (make.CampaignFactory(collection=collection), make.CampaignFactory()):
            assert client.post(LIST, sent(collection, campaign=campaign.pk)).status_code == 302
        of_market = {**sent(collection, campaign=other.pk), "kind": "price_list", "market": "CL"}
        assert client.post(LIST, of_market).status_code == 422

    @pytest.mark.django_db(transaction=True)
    def test_two_presses_at_once_make_one(self):
        collection = make.CollectionFactory(products=[with_picture(target_markets=["CL"])])
        person = make.UserFactory()
        assert at_once(lambda: asked(collection, person), lambda: asked(collection, person)) == ["done", "done"]
        assert Document.objects.count() == 1

    @pytest.mark.parametrize("kind", ["collection", "price_list"])
    def test_the_database_wants_exactly_what_the_kind_needs(self, kind):
        with pytest.raises(IntegrityError, match="promotion_document_target_of_kind"):
            make.DocumentFactory(kind=kind, collection=make.CollectionFactory())


class TestContent:
    def test_words_order_and_notes_are_the_curators_in_the_documents_language(self, collection):
        pages = words(made(asked(collection)))
        assert "Sandalias para el verano" in pages[0] and "Small orders from 200 pairs." in pages[0]
        assert pages[1].index("Teak table") < pages[1].index("Sandals")
        assert WHY["es"] in pages[2] and WHY["en"] not in pages[2]

    @pytest.mark.parametrize("per_page", [1, 2, 4])
    def test_a_long_note_stands_beside_the_rest_on_any_page(self, collection, per_page):
        collection.items.filter(position=2).update(note={"es": "Muy pedidas en las ferias de verano. " * 6})
        text = " ".join(words(made(asked(collection, per_page=per_page))))
        assert "Muy pedidas" in text and "USD 6,80" in text

    def test_a_long_introduction_keeps_the_cover_whole(self, collection):
        long = {"title": {"en": "Sandalias " * 12}, "introduction": {"en": "Pedidos chicos. " * 37}}
        type(collection).objects.update(**long)
        cover = words(made(asked(collection)))[0]
        assert "Pedidos chicos" in cover and "(UTC)" in cover and "Santiago" in cover

    def test_the_cover_is_that_of_the_collection(self, collection):
        first, second = (item.product for item in collection.items.order_by("position"))
        first.placements.all().delete()
        type(collection).objects.update(cover=second.placements.get().photo)
        assert pixel(made(asked(collection)), 100, 60)[0] > 180

    def test_what_is_not_public_there_any_more_is_left_out(self, collection):
        document = asked(collection)
        first = collection.items.get(position=1).product
        first.listings.update(state="withdrawn")
        text = " ".join(words(made(document)))
        assert "Teak table" not in text and "Sandals" in text
        assert product_ids_of(collection) == [collection.items.get(position=2).product_id]

    def test_the_code_of_its_campaign_is_in_the_links(self, collection):
        campaign = make.CampaignFactory(collection=collection)
        with pikepdf.open(io.BytesIO(made(asked(collection, campaign=campaign)))) as opened:
            links = [str(one.A.URI) for one in opened.pages[2].Annots]
        assert links and all(link.endswith(f"?c={campaign.code}") for link in links)

    def test_the_file_is_named_after_it(self, client, santiago, collection):
        document = asked(collection, santiago)
        made(document)
        page = client.get(reverse("admin:document_detail", args=[document.pk]))
        response = client.get(page.context["download_url"])
        assert f"collection-{collection.slug}-es-" in response["Content-Disposition"]


class TestScope:
    @pytest.mark.parametrize("fields", [{"market__iso2": "BR"}, {"market": None}])
    def test_documents_of_collections_of_others_are_not_there(self, client, santiago, fields):
        foreign = make.DocumentFactory(
            ready=True, kind="collection", market=None, collection=make.CollectionFactory(**fields)
        )
        assert not documents_of(santiago).exists()
        assert documents_of(make.UserFactory(ministry=True)).get() == foreign
        for name, args in (("document_detail", [foreign.pk]), ("document_file", [foreign.pk, "x"])):
            assert client.get(reverse(f"admin:{name}", args=args)).status_code == 404
        assert client.post(reverse("admin:document_again", args=[foreign.pk])).status_code == 404
