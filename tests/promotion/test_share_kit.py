"""The share kit: a draft from the product's own facts, what a person made of it, link, pictures, sheet."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEntry
from promotion.models import Campaign, ShareText
from tests import factories as make
from tests.promotion.papers import RED, red_picture, with_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return make.MarketListingFactory(listed=True, product=with_picture(target_markets=["CL"]))


def kit(listing, name: str = "share_kit", **more) -> str:
    return reverse(f"admin:{name}", kwargs={"iso2": listing.market_id, "pk": listing.product_id, **more})


def drafted(client, listing, language: str = "") -> str:
    return client.get(kit(listing), {"language": language}).context["text_form"]["text"].value()


def colour(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel((x, y))
    assert isinstance(found, tuple)
    return found


class TestDraft:
    def test_it_speaks_the_language_of_the_market_and_says_what_the_product_says(self, client, santiago, listing):
        type(listing.product).objects.update(title={"es": "Sandalias de cuero", "en": "Leather sandals"})
        text = drafted(client, listing)
        assert text.startswith("Sandalias de cuero\n\n")
        for fact in ("300", "6403.99", "USD\xa06,80", "Tanjung Perak", listing.product.producer.trade_name):
            assert fact in text
        assert text.endswith(f"/es/products/{listing.product.slug}/")

    def test_the_pitch_of_the_mission_goes_before_the_summary(self, client, santiago, listing):
        type(listing).objects.update(pitch={"es": "Para el verano chileno."})
        assert "Para el verano chileno." in drafted(client, listing)

    def test_an_expired_price_is_not_in_it(self, client, santiago, listing):
        listing.product.offers.update(valid_until=make.in_days(-1), unit_price=Decimal("77.77"))
        text = drafted(client, listing, "en")
        assert "77.77" not in text and "Price on request" in text

    def test_a_market_whose_language_we_do_not_speak_gets_english(self, client, santiago, listing):
        type(listing.market).objects.update(languages=["fr", "ht"])
        assert drafted(client, listing).startswith("Leather sandals")

    def test_it_carries_the_short_link_of_the_newest_campaign(self, client, santiago, listing):
        campaign = make.CampaignFactory(product=listing.product, market=listing.market)
        assert drafted(client, listing).endswith(f"/s/{campaign.code}")


class TestText:
    def test_what_a_person_made_of_it_stays_for_colleagues(self, client, santiago, listing):
        sent = {"do": "text", "text": "¡Sandalias\r\nnuevas!\u202e"}
        for _time in range(2):
            assert client.post(f"{kit(listing)}?language=es", sent).status_code == 302
        row = ShareText.objects.get()
        assert (row.text, row.language, row.written_by) == ("¡Sandalias\nnuevas!", "es", santiago)
        assert drafted(client, listing) == row.text
        assert drafted(client, listing, "en") != row.text
        assert AuditEntry.objects.filter(verb="write_share_text", object_type="markets.marketlisting").count() == 2

    @pytest.mark.parametrize("text", ["", "x" * 2001])
    def test_a_bad_text_is_refused_and_what_was_typed_stays(self, client, santiago, listing, text):
        response = client.post(kit(listing), {"do": "text", "text": text})
        assert response.status_code == 422 and text in response.content.decode()
        assert not ShareText.objects.exists()


class TestLink:
    def test_a_campaign_starts_for_the_product(self, client, santiago, listing):
        assert client.post(kit(listing), {"do": "campaign", "name": "Feria"}).status_code == 302
        campaign = Campaign.objects.get()
        assert (campaign.product, campaign.market) == (listing.product, listing.market)
        assert campaign.mission == make.MissionFactory()
        page = client.get(kit(listing)).content.decode()
        assert campaign.short_url in page
        assert f"/es/products/{listing.product.slug}/sheet.pdf?c={campaign.code}" in page

    def test_pressed_twice_there_is_one(self, client, santiago, listing):
        for status in (302, 409):
            assert client.post(kit(listing), {"do": "campaign", "name": "Feria"}).status_code == status
        assert Campaign.objects.count() == 1


class TestPictures:
    @pytest.mark.parametrize(("size", "pixels"), [("1200x630", (1200, 630)), ("1080x1080", (1080, 1080))])
    def test_each_has_its_exact_size_and_is_a_download(self, client, santiago, listing, size, pixels):
        response = client.get(kit(listing, "share_picture", size=size))
        picture = Image.open(io.BytesIO(response.content))
        assert (picture.format, picture.size) == ("JPEG", pixels)
        assert response["Content-Disposition"].startswith("attachment")
        near = colour(picture, pixels[0] // 2, pixels[1] // 2)
        assert all(abs(one - other) < 12 for one, other in zip(near, RED, strict=True))

    def test_a_tall_photo_is_shown_whole(self, client, santiago, listing):
        tall = red_picture(900, 1800)
        photo = listing.product.placements.get().photo
        type(photo).objects.filter(pk=photo.pk).update(key=tall)
        picture = Image.open(io.BytesIO(client.get(kit(listing, "share_picture", size="1200x630")).content))
        assert picture.size == (1200, 630)
        assert colour(picture, 600, 10)[1] < 60 and colour(picture, 20, 300)[1] > 200

    @pytest.mark.parametrize("size", ["1x1", "master", "1200x6300"])
    def test_other_sizes_are_not_there(self, client, santiago, listing, size):
        assert client.get(kit(listing, "share_picture", size=size)).status_code == 404


class TestScope:
    def test_only_what_is_offered_in_an_own_market_may_be_shared(self, client, santiago):
        others = make.MarketListingFactory(listed=True, market__iso2="BR", product__target_markets=["BR"])
        withdrawn = make.MarketListingFactory(withdrawn=True, product__target_markets=["CL"])
        suspended = make.MarketListingFactory(
            listed=True, product=make.ProductFactory(suspended=True, target_markets=["CL"])
        )
        for row in (others, withdrawn, suspended):
            assert client.get(kit(row)).status_code == 404
            assert client.post(kit(row), {"do": "text", "text": "x"}).status_code == 404
            assert client.get(kit(row, "share_picture", size="1200x630")).status_code == 404

    def test_the_page_of_the_listing_leads_to_it(self, client, santiago, listing):
        page = client.get(reverse("admin:listing_decide", args=["CL", listing.product_id])).content.decode()
        assert kit(listing) in page
