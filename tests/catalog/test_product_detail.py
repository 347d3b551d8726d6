"""The page of a product: the whole passport, what search engines read, and who gets 404 or 410."""

from __future__ import annotations

import gzip
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from catalog.models import AttributeField, AttributeTemplate, CertificateCoverage, Container
from catalog.showing import text_for_reader
from tests.catalog.products import published
from tests.factories import (
    CategoryFactory,
    CertificateFactory,
    CertificateTypeFactory,
    IncotermFactory,
    MarketFactory,
    MarketListingFactory,
    MembershipFactory,
    PhotoPlacementFactory,
    PriceOfferFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
EVIL = "</script><script>alert(1)</script><!-- & \" '"


def page(client, product, language: str = "en") -> str:
    response = client.get(f"/{language}/products/{product.slug}/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").replace("&nbsp;", " ")


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def note_in(language: str, key: str) -> str:
    """The note on a text of another language, as a reader of `language` reads it."""
    with override(language):
        return text_for_reader({key: "x"}).note


def test_the_whole_passport_is_shown(client):
    Container.objects.create(code="20GP", name="20-foot", usable_cbm=28, max_payload_kg=28200)
    template = AttributeTemplate.objects.create(slug="footwear", name={"en": "Footwear"})
    AttributeField.objects.create(
        template=template,
        key="upper",
        label={"en": "Upper", "es": "Capellada"},
        kind="choice",
        choices=[{"value": "leather", "label": {"en": "leather", "es": "cuero"}}],
    )
    category = CategoryFactory(slug="open-sandals", template=template)
    product = published(
        category=category,
        attributes={"upper": "leather"},
        materials={"en": "Cow leather"},
        sample_quantity=2,
        sample_price=Decimal(18),
        sample_currency="USD",
        sample_days=6,
        shelf_life_days=365,
        storage={"en": "Keep dry"},
        brand="Langkah",
        business_models=["oem"],
        packing_note={"en": "Silica gel inside"},
    )

    shown = text_of(page(client, product))

    for fact in (
        "6403.99 Footwear 640399", "Kota Mojokerto, Jawa Timur, Indonesia", "Cow leather", "Upper leather",
        "Minimum order 300 pairs", "6,000 pairs", "35 days", "2 pairs; USD 18.00; sent within 6 days",
        "365 days", "Keep dry", "Langkah", "(OEM)", "24 pairs a carton, 60 × 42 × 38 cm, 14.2 kg gross, 12.8 kg net",
        "0.096 m³", "Silica gel inside", "20′ GP 7,008 pairs", "Full-grain leather footbed.",
        "Facts confirmed by the producer on",
    ):  # fmt: skip
        assert fact in shown, fact
    assert "Capellada cuero" in text_of(page(client, product, "es"))


def test_price_tiers_say_rule_place_and_last_day_and_expired_ones_read_on_request(client):
    product = published()
    PriceOfferFactory(product=product, from_quantity=1000, unit_price=Decimal("6.25"))
    PriceOfferFactory(product=product, incoterm=IncotermFactory(code="CIF"), place="Valparaíso", expired=True)

    shown = text_of(page(client, product))

    assert "FOB Tanjung Perak, Surabaya (Incoterms 2020)" in shown and "USD per pair" in shown
    assert "300 pairs 6.80" in shown and "1,000 pairs 6.25" in shown
    assert re.search(r"CIF Valparaíso \(Incoterms 2020\) .* 300 pairs on request", shown)


def test_without_a_valid_price_the_price_is_on_request(client):
    product = published()
    product.offers.update(valid_until=in_days(-1))

    html = page(client, product)

    assert "USD 6.80" not in text_of(html) and "on request" in html and "offers" not in data_of(html)


def test_only_valid_certificates_are_shown_and_a_business_number_never(client):
    product = published()
    number = CertificateTypeFactory(code="NIB", name={"en": "Business number"}, gives_badge=False)
    for certificate in (
        CertificateFactory(producer=product.producer, verified=True, number="HALAL-1"),
        CertificateFactory(producer=product.producer, verified=True, expired=True, number="EXPIRED-1"),
        CertificateFactory(producer=product.producer, number="WAITING-1"),
        CertificateFactory(producer=product.producer, verified=True, type=number, number="1234567890123"),
    ):
        CertificateCoverage.objects.create(certificate=certificate, product=product)

    shown = text_of(page(client, product))

    assert "HALAL-1" in shown and "Business number" in shown
    assert not any(hidden in shown for hidden in ("EXPIRED-1", "WAITING-1", "1234567890123"))


def test_a_certificate_that_soon_lapses_says_so(client):
    product = published()
    certificate = CertificateFactory(producer=product.producer, verified=True, expires_on=in_days(60))
    CertificateCoverage.objects.create(certificate=certificate, product=product)

    assert "expires in 60 days" in text_of(page(client, product))


def test_texts_of_another_language_say_so(client):
    product = published(title={"en": "Leather sandals"}, summary={}, description={"en": "By hand."})

    html = page(client, product, "es")

    assert '<h1 lang="en">Leather sandals</h1>' in html
    assert html.count(note_in("es", "en")) == 2
    assert "Sandalias de cuero" in html
    assert "no text in your language" not in page(client, product, "en")


def test_the_notice_of_a_category_stands_on_its_products(client):
    shelf = CategoryFactory(slug="tobacco", parent=None, name={"en": "Tobacco"}, notice={"en": "For adults only."})
    product = published(category=CategoryFactory(slug="kretek", parent=shelf, name={"en": "Kretek"}))

    assert "For adults only." in page(client, product)


def test_the_markets_that_offer_it_are_shown_with_their_pitch(client):
    product = published(target_markets=["CL", "PE"])
    MarketListingFactory(listed=True, product=product, market=MarketFactory(), pitch={"en": "Ready for summer."})
    MarketListingFactory(declined=True, product=product, market=MarketFactory(iso2="PE", name={"en": "Peru"}))

    html = page(client, product)

    assert 'href="/en/markets/CL/"' in html and "Ready for summer." in html and "/en/markets/PE/" not in html


def test_contacts_of_the_producer_are_never_shown(client):
    product = published()
    type(product.producer).objects.update(
        contact_email="person@example.com",
        contact_phone="+62812345678",
        contact_name="Ibu Sari",
        address="Jalan Majapahit 1",
        nib="1234567890123",
        npwp="123456789012345",
    )

    html = page(client, product)

    for hidden in ("person@example.com", "62812345678", "Ibu Sari", "Jalan Majapahit", "1234567890123"):
        assert hidden not in html


def test_the_gallery_works_without_script(client):
    product = published()
    second = PhotoPlacementFactory(product=product, photo__producer=product.producer, alt={"en": "The sole"})

    html = page(client, product)

    assert f'<a href="/photos/{second.photo.key}/1280"' in html and 'alt="The sole"' in html
    assert 'width="640" height="480"' in html and "320w" in html


# --- what search engines read ----------------------------------------------------------------------


def test_each_language_has_its_canonical_address_and_names_the_others(client):
    product = published()

    html = page(client, product, "pt-br")

    base = f"{settings.SITE_URL}/{{}}/products/{product.slug}/"
    assert f'<link rel="canonical" href="{base.format("pt-br")}">' in html
    for tag, code in (("id", "id"), ("en", "en"), ("es", "es"), ("pt-BR", "pt-br"), ("x-default", "en")):
        assert f'<link rel="alternate" hreflang="{tag}" href="{base.format(code)}">' in html


def test_a_link_preview_has_a_picture_and_a_text(client):
    product = published()
    key = product.placements.get().photo.key

    html = page(client, product)

    assert f'<meta property="og:image" content="{settings.SITE_URL}/photos/{key}/preview">' in html
    assert '<meta property="og:title" content="Leather sandals with batik strap">' in html
    assert '<meta name="description" content="Leather sandals with a batik strap.">' in html


def test_structured_data_describe_the_product(client):
    product = published(brand="Langkah")

    data = data_of(page(client, product, "es"))

    assert data["@type"] == "Product" and data["name"] == "Leather sandals with batik strap"
    assert data["offers"]["price"] == "6.8" and data["offers"]["priceCurrency"] == "USD"
    assert data["url"] == f"{settings.SITE_URL}/es/products/{product.slug}/"
    assert data["brand"]["name"] == "Langkah" and data["image"]


def test_no_text_leaves_the_structured_data(client):
    product = published(title={"en": EVIL}, description={"en": EVIL}, summary={"en": EVIL}, brand=EVIL)

    html = page(client, product)

    assert "<script>alert" not in html and "<!-- &" not in html
    assert data_of(html)["name"] == EVIL and data_of(html)["brand"]["name"] == EVIL


# --- who sees what -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["suspended", "unpublished"])
def test_what_is_not_public_is_not_found_even_for_its_owner(client, state):
    product = published()
    type(product).objects.filter(pk=product.pk).update(state=state)
    client.force_login(MembershipFactory(producer=product.producer).user)

    assert client.get(f"/en/products/{product.slug}/").status_code == 404


def test_products_of_a_suspended_producer_are_not_found(client):
    product = published()
    product.producer.suspend(by=None, why="Not reachable.")

    assert client.get(f"/en/products/{product.slug}/").status_code == 404


def test_an_unknown_address_is_not_found(client):
    assert client.get("/en/products/nothing-here/").status_code == 404


def test_a_retired_product_is_gone_and_offers_alternatives(client):
    product, other = published(), published()
    product.retire(by=None)

    response = client.get(f"/en/products/{product.slug}/")

    assert response.status_code == 410
    assert other.slug in response.content.decode() and "noindex" in response.content.decode()


# --- what it costs -------------------------------------------------------------------------------


def test_many_parts_cost_as_many_queries_as_few(client):
    product = published(target_markets=["CL", "PE"])
    page(client, product)
    with CaptureQueriesContext(connection) as few:
        page(client, product)
    for number in range(11):
        PriceOfferFactory(product=product, from_quantity=1000 + number)
        PhotoPlacementFactory(product=product, photo__producer=product.producer)
        certificate = CertificateFactory(producer=product.producer, verified=True)
        CertificateCoverage.objects.create(certificate=certificate, product=product)
        published()
    for iso2 in ("CL", "PE"):
        MarketListingFactory(listed=True, product=product, market=MarketFactory(iso2=iso2))
    with CaptureQueriesContext(connection) as many:
        html = page(client, product)

    assert len(many) <= 8 and len(many) - len(few) <= 2  # the two that cards need, once there are similar products
    assert len({query["sql"] for query in many.captured_queries}) == len(many)
    assert len(gzip.compress(html.encode(), 6)) <= 12 * 1024
