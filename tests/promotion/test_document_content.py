"""What stands in a catalogue and in a price list, in four languages, on which page."""

from __future__ import annotations

import io
from decimal import Decimal

import pikepdf
import pytest

from promotion import making
from tests import factories as make
from tests.promotion.documents import asked, content, made, number_of, offered
from tests.promotion.papers import pixel, words

pytestmark = pytest.mark.django_db


class TestCatalogue:
    def test_cover_contents_products_and_index_agree_on_the_pages(self, stock):
        document, pages = made()
        assert document.pages == len(pages) == 5
        assert "Chile" in pages[0] and "3 productos" in pages[0] and "(UTC)" in pages[0]
        contents = "Sandalias ñandú Ávila Batik 3 Mesa de teca Zeta Kayu 3 Café de Java Ávila Batik 4"
        assert contents in pages[1]
        assert "Sandalias ñandú" in pages[2] and "Mesa de teca" in pages[2] and number_of(pages[2]) == 3
        assert "Café de Java" in pages[3]
        assert "Ávila Batik 3, 4 Zeta Kayu 3" in pages[4]

    @pytest.mark.parametrize(("per_page", "pages"), [(1, 6), (2, 5), (4, 4)])
    def test_one_two_or_four_stand_on_a_page(self, stock, per_page, pages):
        assert made(per_page=per_page)[0].pages == pages

    @pytest.mark.parametrize("language", ["id", "en", "es", "pt"])
    def test_it_speaks_each_language(self, stock, language):
        _document, pages = made(language=language)
        unit = {"id": "pasang", "en": "pairs", "es": "pares", "pt": "pares"}[language]
        assert f"300 {unit}" in pages[2] and "ñandú" in pages[2]

    def test_the_pictures_are_in_it(self, stock):
        document, _pages = made(per_page=1)
        assert pixel(content(document), 100, 60)[0] > 180 and pixel(content(document), 100, 60, 2)[1] < 60

    def test_an_expired_price_is_on_request(self, stock):
        for product in stock:
            product.offers.update(valid_until=make.in_days(-1), unit_price=Decimal("77.77"))
        for kind in ("market_catalogue", "price_list"):
            text = " ".join(made(kind=kind)[1])
            assert "77,77" not in text and "77.77" not in text

    def test_nobodys_phone_or_mail_is_in_it(self, stock):
        type(stock[0].producer).objects.update(contact_phone="+628123456789", contact_email="siti@example.test")
        assert not [page for page in made()[1] if "628123456789" in page or "@" in page]

    def test_a_product_that_left_the_public_meanwhile_is_left_out(self, stock):
        document = asked()
        type(stock[1]).objects.filter(pk=stock[1].pk).update(state="suspended")
        making.make_waiting()
        document.refresh_from_db()
        text = " ".join(words(content(document)))
        assert "Mesa de teca" not in text and "Café de Java" in text

    def test_a_product_that_was_withdrawn_from_the_market_meanwhile_is_left_out_and_not_on_the_cover(self, stock):
        document = asked()
        stock[0].listings.update(state="withdrawn")
        stock[1].placements.all().delete()
        making.make_waiting()
        document.refresh_from_db()
        assert "ñandú" not in " ".join(words(content(document)))
        assert pixel(content(document), 100, 60) == (244, 239, 228)

    def test_the_code_of_its_campaign_is_in_the_links(self, stock):
        campaign = make.CampaignFactory()
        document, _pages = made(campaign=campaign)
        with pikepdf.open(io.BytesIO(content(document))) as opened:
            links = [str(one.A.URI) for one in opened.pages[2].Annots]
        assert links and all(link.endswith(f"?c={campaign.code}") for link in links)

    def test_the_cover_leads_to_the_markets_page(self, stock):
        document, _pages = made()
        with pikepdf.open(io.BytesIO(content(document))) as opened:
            links = [str(one.A.URI) for one in opened.pages[0].Annots]
        assert [link.partition("//")[2].partition("/")[2] for link in links] == ["es/markets/CL/"]

    def test_more_than_one_part_counts_its_pages_through(self, stock, monkeypatch):
        monkeypatch.setitem(making.STEP, "market_catalogue", 2)
        _document, pages = made(per_page=1)
        assert [number_of(page) for page in pages[1:]] == [2, 3, 4, 5, 6]


class TestPriceList:
    def test_each_price_has_its_row(self, stock):
        document, pages = made(kind="price_list")
        assert document.pages == 1
        for word in ("Sandalias ñandú", "FOB Tanjung Perak", "300 pares", "USD 6,80", "6403.99", "(UTC)"):
            assert word in pages[0]

    def test_its_first_page_leads_to_the_markets_page_with_the_campaigns_code(self, stock):
        campaign = make.CampaignFactory()
        document, _pages = made(kind="price_list", campaign=campaign)
        with pikepdf.open(io.BytesIO(content(document))) as opened:
            links = [str(one.A.URI) for one in opened.pages[0].Annots]
        assert any(link.endswith(f"/es/markets/CL/?c={campaign.code}") for link in links)

    def test_a_long_one_goes_on_over_parts_and_pages(self, monkeypatch):
        monkeypatch.setitem(making.STEP, "price_list", 20)
        for number in range(45):
            offered(rank=number + 1, title=f"Producto {number:02}")
        document, pages = made(kind="price_list")
        assert document.pages == len(pages) >= 3
        assert [number_of(page) for page in pages] == list(range(1, len(pages) + 1))
        assert all(sum(f"Producto {number:02}" in page for page in pages) == 1 for number in range(45))
