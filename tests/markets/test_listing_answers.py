import pytest
from django.urls import reverse

from markets.models import MarketListing
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(client):
    listing = make.MarketListingFactory(proposed=True, decided_by=make.UserFactory(mission=True))
    client.force_login(make.MembershipFactory(producer=listing.product.producer).user)
    return listing


def test_the_product_page_of_the_desk_asks_for_an_answer(client, proposed):
    page = client.get(reverse("desk_product", args=[proposed.product_id])).content.decode()
    assert reverse("listing_accept", args=[proposed.pk]) in page and "Chile" in page


def test_accepting_lists_the_product(client, proposed):
    client.post(reverse("listing_accept", args=[proposed.pk]))
    assert list(MarketListing.objects.public()) == [proposed]


def test_refusing_with_a_reason(client, proposed):
    client.post(reverse("listing_refuse", args=[proposed.pk]), {"why": "Stok habis."})
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decline_note) == ("declined", "Stok habis.")


@pytest.mark.parametrize("name", ["listing_accept", "listing_refuse"])
def test_only_members_of_the_producer_answer(client, proposed, name):
    for stranger in (make.OfficerScopeFactory().user, make.MembershipFactory().user):
        client.force_login(stranger)
        assert client.post(reverse(name, args=[proposed.pk])).status_code == 404
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_the_desk_shows_each_markets_state(client, proposed):
    product = proposed.product
    product.target_markets = ["PE", "BR"]
    product.save()
    make.MarketListingFactory(
        declined=True, product=product, market=make.MarketFactory(iso2="PE"), decline_note="Label dulu."
    )
    page = client.get(reverse("desk_product", args=[product.pk])).content.decode()
    assert "Peru" in page and "Label dulu." in page and "waits for the mission" in page


def test_the_desk_shows_how_it_is_offered_and_until_when_it_is_promoted(client, proposed):
    product, until = proposed.product, make.in_days(10)
    product.target_markets = ["PE"]
    product.save()
    make.MarketListingFactory(
        listed=True,
        product=product,
        market=make.MarketFactory(iso2="PE"),
        pitch={"es": "Para el verano."},
        promoted_until=until,
    )
    page = client.get(reverse("desk_product", args=[product.pk])).content.decode()
    assert '<span lang="es">Para el verano.</span>' in page and "promoted until" in page
    MarketListing.objects.filter(market="PE").update(promoted_until=make.in_days(-1))
    assert "promoted until" not in client.get(reverse("desk_product", args=[product.pk])).content.decode()
