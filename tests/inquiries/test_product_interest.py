import pytest
from django.urls import reverse

from inquiries import product_interest
from inquiries.models import ProductViews
from inquiries.product_interest import Interest, interest_in
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db
PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140 Safari/537.36"}


@pytest.fixture
def product(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make.MarketFactory(iso2="CL"), make.MarketFactory(iso2="PE")
    return make.ProductFactory(published=True, slug="leather-sandals")


def look(client, product, headers=PERSON, **query):
    answer = client.get(reverse("product_detail", args=[product.slug]), query, headers=headers)
    assert answer.status_code == 200


def test_views_are_counted_by_the_market_that_is_known(client, product):
    campaign = make.CampaignFactory(product=product, market=make.MarketFactory(iso2="PE"))
    look(client, product)
    look(client, product, market="cl")
    look(client, product, c=campaign.code)
    look(client, product, market="XX")
    client.force_login(make.ImporterFactory(country="CL").user)
    look(client, product)
    assert product_interest.flush() == 5
    assert product_interest.flush() == 0
    assert {code: found.views for code, found in interest_in(product).items()} == {"": 2, "CL": 2, "PE": 1}


def test_programs_producers_and_staff_are_no_buyers(client, product):
    look(client, product, headers={"User-Agent": "Googlebot/2.1"})
    client.force_login(asking.member_of(product.producer))
    look(client, product)
    assert product_interest.flush() == 0
    assert not ProductViews.objects.exists()


def test_looking_writes_nothing_to_the_database(client, product):
    look(client, product)
    assert not ProductViews.objects.exists()


def test_enquiries_are_counted_once_they_reach_the_producer(product):
    asking.an_enquiry(product=product)
    asking.an_enquiry(make.ImporterFactory(country="US"), product)
    asking.an_enquiry(product=product, text="www.a.com www.b.com www.c.com")
    assert interest_in(product) == {"": Interest(0, 1), "CL": Interest(0, 1)}


def test_the_producer_reads_it_beside_the_decisions_of_missions(client, product):
    asking.an_enquiry(product=product)
    client.force_login(asking.member_of(product.producer))
    page = client.get(reverse("desk_product", args=[product.pk])).content.decode()
    assert "Interest by market" in page
    assert "Chile" in page
