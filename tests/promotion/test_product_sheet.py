"""The product sheet: one page in four languages, what stands on it and what never does, kept by its content."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import CertificateCoverage
from catalog.page_row import read_page
from promotion import sheets
from promotion.models import KeptSheet
from promotion.pdf import product_sheet
from promotion.sheet_content import PriceTable, sheet_of
from tests.catalog.products import published
from tests.factories import (
    CampaignFactory,
    CertificateFactory,
    MissionFactory,
    ProducerFactory,
    ProductFactory,
    in_days,
)
from tests.promotion.papers import pixel, with_picture, words

pytestmark = pytest.mark.django_db
ACCENTS = {
    "id": "Sandal kulit “Surya” – é, ½ m²",
    "en": "Leather sandals “café” – 100 % hide",
    "es": "Sandalias de ñandú: ¿qué más? ¡Sí, señor! àèìòù üÜ",
    "pt": "Sandálias de coração, pão, avó, pinguim, às 3ª e 4º",
}


def sheet(client, product, language: str = "en", **query) -> bytes:
    response = client.get(f"/{language}/products/{product.slug}/sheet.pdf", query)
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    return response.content


@pytest.mark.parametrize("language", ["id", "en", "es", "pt-br"])
def test_it_is_one_page_in_each_language_with_every_accent(client, language):
    product = published(title=ACCENTS)
    pages = words(sheet(client, product, language))
    assert len(pages) == 1
    assert ACCENTS[language[:2]] in pages[0] and "?" not in pages[0].replace("¿qué más?", "")


def test_the_facts_of_the_passport_stand_on_it(client):
    product = published()
    text = words(sheet(client, product))[0]
    for fact in (
        "6403.99",
        "300 pairs",
        "35 days",
        "FOB Tanjung Perak, Surabaya",
        "USD 6.80",
        "6.80",
        "Kota Mojokerto",
    ):
        assert fact in text
    assert product.producer.trade_name in text
    assert f"As of {datetime.datetime.now(datetime.UTC).day} " in text and "(UTC)" in text


def test_the_picture_is_on_it(client):
    red, green, blue = pixel(sheet(client, with_picture()), 50, 50)
    assert red > 180 and green < 60 and blue < 60


def test_a_lost_picture_leaves_a_plain_area(client):
    assert pixel(sheet(client, published()), 50, 50) == (244, 239, 228)


def test_an_expired_price_is_on_request_and_its_number_nowhere(client):
    product = published()
    product.offers.update(valid_until=in_days(-1), unit_price=Decimal("77.77"))
    text = words(sheet(client, product))[0]
    assert "Price on request" in text and "77.77" not in text


def test_only_certificates_that_are_valid_today_stand_on_it(client):
    product = published()
    for number, traits in (("GOOD1", {"verified": True}), ("OLD1", {"verified": True, "expired": True}), ("NEW1", {})):
        certificate = CertificateFactory(producer=product.producer, number=number, **traits)
        CertificateCoverage.objects.create(product=product, certificate=certificate)
    text = words(sheet(client, product))[0]
    assert "GOOD1" in text and "OLD1" not in text and "NEW1" not in text


def test_nobodys_phone_or_mail_is_on_it(client):
    producer = ProducerFactory(
        listed=True, contact_name="Siti", contact_phone="+628123456789", contact_email="siti@example.test"
    )
    data = sheet(client, published(producer=producer))
    assert not [one for one in ("Siti", "628123456789", "siti@", "@") if one in words(data)[0]]
    assert b"siti" not in data.lower()


def test_texts_that_steer_or_hide_are_cleaned(client):
    product = published(title={"en": "Sandals \u202egnp.exe\u202c and\u200b more \U0001f600 鞋"})
    text = words(sheet(client, product))[0]
    assert "Sandals gnp.exe and more ? ?" in text


def drawn(**content) -> str:
    """The text of a sheet with other content than its product's."""
    row = read_page(str(published().slug))
    assert row is not None
    return words(product_sheet.draw(dataclasses.replace(sheet_of(row), **content)))[0]


def test_facts_without_room_go_on_in_the_second_column_and_the_loads_are_there():
    facts, loads = tuple((f"Fact {number}", f"<{number}>") for number in range(31)), (("20\u2032 GP", "9,820 pairs"),)
    text = drawn(facts=facts, containers=loads)
    assert all(value in text for _label, value in facts) and "9,820 pairs" in text
    assert "More facts are on the product's page." not in text
    assert "More facts are on the product's page." in drawn(facts=facts * 3, containers=loads)


def test_the_description_stands_beside_the_photo_or_below_but_once():
    for text in ("Rather short.", "Much longer, word by word. " * 30):
        assert drawn(description=text).count(text[:20]) == text.count(text[:20])


def test_a_long_unit_stands_whole_beside_its_prices():
    rows = (("10 000 bolsas flexibles", "0.84", "13 Jan 2027"),)
    table = PriceTable("FOB Bitung (Incoterms 2020)", "USD", "USD por bolsa flexible", rows)
    text = drawn(tables=(table,))
    assert "10 000 bolsas flexibles" in text and "USD por bolsa flexible" in text


def test_the_longest_texts_stay_on_one_page(client):
    long = dict.fromkeys(("id", "en", "es", "pt"), "Panjangsekali" * 9)
    product = published(
        title=long,
        summary={"en": "kata " * 59},
        description={"en": "kata " * 900},
        materials={"en": "x" * 190},
        target_markets=["AR", "BR", "CL", "CO", "MX", "PE"] * 5,
    )
    assert len(words(sheet(client, product))) == 1


class TestWhoGetsIt:
    def test_a_draft_has_none_even_for_its_owner(self, client):
        product = ProductFactory()
        assert client.get(f"/en/products/{product.slug}/sheet.pdf").status_code == 404

    def test_a_suspended_product_has_none(self, client):
        assert client.get(f"/en/products/{published_as('suspended')}/sheet.pdf").status_code == 404

    def test_a_retired_one_is_gone(self, client):
        assert client.get(f"/en/products/{published_as('retired')}/sheet.pdf").status_code == 410


def published_as(state: str) -> str:
    return str(ProductFactory(**{state: True}).slug)


class TestCampaign:
    def test_its_code_is_in_the_link_of_the_qr_code_and_its_mission_is_named(self, client):
        product = published()
        campaign = CampaignFactory(product=product, mission=MissionFactory())
        data = sheet(client, product, c=campaign.code.lower())
        assert f"/en/products/{product.slug}/?c={campaign.code}" in links(data)
        assert "Embassy of Indonesia in Santiago" in words(data)[0]
        assert f"/s/{campaign.code}" in words(data)[0]

    def test_a_code_of_another_product_or_of_nobody_is_left_out(self, client):
        product = published()
        other = CampaignFactory(product=published())
        for code in (other.code, "NOSUCH", "<script>", "\0"):
            assert "?c=" not in links(sheet(client, product, c=code))
        assert KeptSheet.objects.count() == 1

    def test_a_campaign_of_the_market_fits_each_product(self, client):
        assert "?c=" in links(sheet(client, published(), c=CampaignFactory().code))


def links(data: bytes) -> str:
    """The addresses that the document leads to."""
    assert len(pypdfium2.PdfDocument(data)) == 1
    return data.decode("latin-1")


class TestKept:
    def test_the_second_reader_gets_the_kept_one(self, client):
        product = published()
        first = sheet(client, product)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert sheet(client, product) == first
        assert KeptSheet.objects.count() == 1
        assert len(asked.captured_queries) <= 3

    def test_a_change_of_the_content_makes_another(self, client):
        product = published()
        first = sheet(client, product)
        product.title = {"en": "Other sandals"}
        product.save()
        assert sheet(client, product) != first
        assert "Other sandals" in words(sheet(client, product))[0]

    def test_a_certificate_that_is_taken_back_makes_another(self, client):
        product = published()
        certificate = CertificateFactory(producer=product.producer, verified=True, number="GOOD1")
        CertificateCoverage.objects.create(product=product, certificate=certificate)
        assert "GOOD1" in words(sheet(client, product))[0]
        type(certificate).objects.update(state="rejected", rejection="x")
        assert "GOOD1" not in words(sheet(client, product))[0]

    def test_a_browser_that_has_it_is_told_so(self, client):
        product = published()
        path = f"/en/products/{product.slug}/sheet.pdf"
        etag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304

    def test_those_of_yesterday_and_those_beyond_the_bound_go(self, client, monkeypatch):
        monkeypatch.setattr(sheets, "MOST_KEPT", 2)
        KeptSheet.objects.create(key="old", day=in_days(-1), content=b"x")
        for number in range(4):
            KeptSheet.objects.create(key=str(number), day=in_days(0), content=b"x")
        assert sheets.forget_stale() == 3
        assert KeptSheet.objects.count() == 2 and not KeptSheet.objects.filter(key="old").exists()
        assert sheets.forget_stale() == 0


def test_the_page_of_the_product_leads_to_it(client):
    product = published()
    page = client.get(f"/es/products/{product.slug}/").content.decode()
    assert f'href="/es/products/{product.slug}/sheet.pdf"' in page
