import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.models import ProductViews
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db
LIST = reverse("admin:wanted_products")


@pytest.fixture
def curator(client, curator):
    client.force_login(curator)
    return curator


def offered(title, iso2="CL", *, views=0, days_ago=0, **fields):
    product = make.ProductFactory(published=True, target_markets=[iso2], title={"en": title}, **fields)
    make.MarketListingFactory(listed=True, product=product, market=make.MarketFactory(iso2=iso2))
    if views:
        day = (timezone.now() - datetime.timedelta(days=days_ago)).date()
        ProductViews.add(product.pk, iso2, day, views)
    return product


def ask_for(product, iso2="CL"):
    make.MarketFactory(iso2=iso2)
    asking.an_enquiry(make.ImporterFactory(country=iso2), product)


def told(client, address=LIST):
    return [tuple(str(cell.text) for cell in row) for row in client.get(address).context["rows"]]


def test_enquiries_come_before_views_and_only_of_ones_markets(client, curator):
    seen, both = offered("Seen", views=9), offered("Asked", views=2)
    offered("Unseen"), offered("Old", views=5, days_ago=91), offered("Foreign", iso2="BR", views=50)
    ask_for(both), ask_for(seen, iso2="BR")
    ProductViews.add(seen.pk, "BR", timezone.now().date(), 70)

    rows = [(row[0], *row[2:]) for row in told(client)]
    assert rows == [("Asked", "Chile", "1", "2"), ("Seen", "Chile", "0", "9")]


def test_what_is_not_offered_any_more_is_left_out(client, curator):
    gone = offered("Gone", views=3)
    gone.listings.update(state="withdrawn")
    offered("Suspended", views=3, state="suspended")
    assert told(client) == [] and "Nobody in your markets" in client.get(LIST).text


def test_the_first_page_of_the_desk_shows_five_and_leads_to_the_list(client, curator):
    for number in range(6):
        offered(f"Wanted {number}", views=number + 1)
    page = client.get(reverse("admin:index")).text
    panel = page[page.index('id="wanted"') :]
    assert LIST in panel and "Wanted 5" in panel and "Wanted 1" in panel and "Wanted 0" not in panel
    assert "6 views" in panel and "0 enquiries" in panel
    lines = client.get(LIST, {"format": "csv"}).getvalue().decode().splitlines()
    assert len(lines) == 7 and lines[1].startswith('"Wanted 5"')


def test_twelve_products_cost_as_many_queries_as_one(client, curator, django_assert_num_queries):
    ask_for(offered("One", views=1))
    client.get(LIST)
    with django_assert_num_queries(8) as one:
        client.get(LIST)
    for number in range(11):
        ask_for(offered(f"More {number}", views=2))
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(LIST)
