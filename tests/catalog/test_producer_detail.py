"""The public page of a producer, and its preview for those who work on it."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalog import indexing
from catalog.showing import text_for_reader
from tests.factories import CertificateFactory, MembershipFactory, ProducerFactory, ProductFactory, UserFactory

pytestmark = pytest.mark.django_db
PRIVATE = {
    "contact_email": "person@example.com",
    "contact_phone": "+62812345678",
    "contact_name": "Ibu Sari",
    "address": "Jalan Majapahit 1",
    "nib": "1234567890123",
    "npwp": "9876543210987654",
    "legal_name": "PT Rahasia",
}


def listed(**fields):
    return ProducerFactory(listed=True, **fields)


def html_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def page(client, producer, language: str = "en") -> str:
    response = client.get(f"/{language}/producers/{producer.slug}/")
    assert response.status_code == 200
    return html_of(response)


def test_it_says_how_to_reach_the_producer_and_leads_to_the_products(client):
    producer = listed()
    assert 'href="#products"' not in page(client, producer)
    indexing.reindex([ProductFactory(published=True, producer=producer).pk])
    shown = page(client, producer)
    assert 'href="#products"' in shown and "it reaches this producer" in shown


def note_in(language: str, key: str) -> str:
    """The note on a text of another language, as a reader of `language` reads it."""
    with override(language):
        return text_for_reader({key: "x"}).note


def test_the_page_tells_the_story_the_facts_and_the_products(client):
    producer = listed(
        story={"id": "Bengkel sandal sejak 2009.", "en": "A sandal workshop since 2009."},
        founded=2009,
        employees=1234,
        export_experience="occasional",
        exports_to=["MY", "JP"],
        languages_spoken=["id", "en"],
    )
    product = ProductFactory(published=True, producer=producer)
    indexing.reindex([product.pk])
    CertificateFactory(producer=producer, verified=True, number="HALAL-1")

    html = page(client, producer)

    for fact in (
        "A sandal workshop since 2009.", "Kota Mojokerto, Jawa Timur", "2009", "1,234", "now and then",
        "Malaysia, Japan", "Indonesian, English", "HALAL-1", product.slug, "/en/markets/",
    ):  # fmt: skip
        assert fact in html, fact


def test_a_story_in_another_language_says_so(client):
    producer = listed(story={"id": "Bengkel sandal."})

    html = page(client, producer, "es")

    assert '<div class="prose" lang="id">' in html and note_in("es", "id") in html


def test_nothing_private_is_shown(client):
    producer = listed(**PRIVATE)

    html = page(client, producer)

    for hidden in PRIVATE.values():
        assert hidden.lstrip("+") not in html


def test_a_producer_that_is_not_listed_is_not_found(client):
    for producer in (ProducerFactory(slug="draft-co"), ProducerFactory(suspended=True, slug="stopped-co")):
        assert client.get(f"/en/producers/{producer.slug}/").status_code == 404


def test_products_that_are_not_public_are_not_shown(client):
    product = ProductFactory(suspended=True)
    indexing.reindex([product.pk])

    assert product.slug not in page(client, product.producer)


def test_twelve_products_cost_as_many_queries_as_one(client):
    producer = listed()
    indexing.reindex([ProductFactory(published=True, producer=producer).pk])
    page(client, producer)
    with CaptureQueriesContext(connection) as one:
        page(client, producer)
    indexing.reindex([ProductFactory(published=True, producer=producer).pk for _number in range(11)])
    with CaptureQueriesContext(connection) as twelve:
        html = page(client, producer)

    assert len(one) == len(twelve) <= 8 and html.count('class="pcard"') == 12


def test_a_long_list_of_products_is_paged(client):
    producer = listed()
    indexing.reindex([ProductFactory(published=True, producer=producer).pk for _number in range(25)])

    html = page(client, producer)
    address = re.search(r'rel="next" href="([^"]+)"', html)
    assert address

    assert html_of(client.get(address[1])).count('class="pcard"') == 1
    assert "alert--warn" in html_of(client.get(f"/en/producers/{producer.slug}/?after=forged"))


# --- the preview ---------------------------------------------------------------------------------


def test_members_preview_a_profile_that_is_not_public_yet(client):
    membership = MembershipFactory(producer__story={"en": "Soon to be seen."})
    client.force_login(membership.user)

    response = client.get(f"/en/desk/producers/{membership.producer.pk}/preview/")

    assert response.status_code == 200
    assert "Soon to be seen." in html_of(response) and "Only you see this." in html_of(response)


def test_a_listed_profile_links_to_its_public_page(client):
    membership = MembershipFactory(producer=listed())
    client.force_login(membership.user)

    html = html_of(client.get(f"/en/desk/producers/{membership.producer.pk}/preview/"))

    assert f'href="/en/producers/{membership.producer.slug}/"' in html


def test_strangers_see_no_preview(client):
    producer = ProducerFactory()
    client.force_login(UserFactory())

    assert client.get(f"/en/desk/producers/{producer.pk}/preview/").status_code == 404
