"""The preview link of a collection: signed, for a while, ended by its curators, kept by nobody."""

from __future__ import annotations

import pytest
from django.utils import timezone

from kit.languages import INTERFACE_LANGUAGES
from markets.models import Collection, CollectionItem
from markets.preview_links import preview_token, preview_url
from tests import factories as make
from tests.markets.collections import offered, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db):
    collection = make.CollectionFactory(products=[offered("Public sandals")])
    hidden = make.ProductFactory(slug="hidden", title={"en": "Hidden"})
    CollectionItem.objects.create(collection=collection, product=hidden, position=2)
    collection.share(by=make.UserFactory(mission=True))
    return collection


def address(collection, language="en"):
    return f"/{language}/collections/preview/{preview_token(collection)}/"


@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_who_has_the_link_sees_the_draft_in_each_language_without_signing_in(client, draft, language):
    html = page(client, address(draft, language))

    assert draft.items.get(position=1).product.slug in html and "Hidden" not in html
    assert "alert--info" in html


def test_it_is_kept_by_nobody_and_found_by_no_search_engine(client, draft):
    response = client.get(address(draft))

    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    html = response.content.decode()
    assert 'name="robots" content="noindex' in html and "canonical" not in html and "ld+json" not in html


def test_it_shows_only(client, draft):
    assert client.post(address(draft)).status_code == 405


@pytest.mark.parametrize("how", ["ended", "expired", "made anew", "archived"])
def test_a_link_that_has_ended_says_so(client, draft, how):
    link, curator = address(draft), make.UserFactory(mission=True)
    if how == "ended":
        draft.unshare(by=curator)
    elif how == "expired":
        Collection.objects.update(preview_until=timezone.now())
    elif how == "made anew":
        draft.share(by=curator)
    else:
        draft.archive(by=curator)

    html = page(client, link, 410)

    assert "This preview link has ended" in html and "Public sandals" not in html
    if how == "made anew":
        page(client, address(draft))


@pytest.mark.parametrize("forged", ["x", "W10:abc", "a" * 400, "%00", "null:sig"])
def test_a_forged_link_leads_nowhere(client, draft, forged):
    assert client.get(f"/en/collections/preview/{forged}/").status_code == 404
    token = preview_token(draft)
    assert client.get(f"/en/collections/preview/{token[:-2]}xx/").status_code == 404


def test_a_link_to_what_is_public_by_now_leads_to_its_page(client, draft):
    draft.publish(by=make.UserFactory(mission=True))

    assert client.get(address(draft))["Location"] == f"/en/collections/{draft.slug}/"


def test_there_is_an_address_only_while_it_is_shared(draft):
    assert preview_token(draft) in preview_url(draft)
    draft.unshare(by=make.UserFactory(mission=True))
    assert preview_url(draft) == ""
