import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import ExchangeRate
from inquiries.comparing import compare
from inquiries.models import Quotation
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


def quoted(importer, price, currency="USD", **product):
    enquiry = asking.an_enquiry(importer, make.ProductFactory(published=True, **product))
    return asking.quote(enquiry, price=price, currency=currency)


@pytest.fixture
def buyer():
    return make.ImporterFactory(country="CL")


def rate(currency, usd, days_ago=0):
    day = timezone.now().date() - datetime.timedelta(days=days_ago)
    return ExchangeRate.objects.create(currency=currency, usd=Decimal(usd), day=day, source="Bank Indonesia")


def test_prices_are_compared_in_one_currency_with_rate_source_and_day(client, buyer):
    commodity = make.CommodityFactory()
    rate("EUR", "2.00", days_ago=9)
    rate("EUR", "1.10")
    dollars = quoted(buyer, "6.00", commodity=commodity)
    euros = quoted(buyer, "5.00", "EUR", commodity=commodity)
    found = compare(Quotation.objects.latest_of_each().for_showing(), "USD")
    assert [(offer.quotation, offer.price, offer.is_lowest) for offer in found.groups[0].offers] == [
        (euros, Decimal("5.5000"), True),
        (dollars, Decimal("6.0000"), False),
    ]
    client.force_login(buyer.user)
    page = client.get(reverse("quotation_compare")).content.decode()
    assert "1 EUR = 1.1 USD" in page
    assert "Bank Indonesia" in page


def test_a_currency_without_a_rate_is_shown_and_not_compared(client, buyer):
    quoted(buyer, "100000", "IDR")
    client.force_login(buyer.user)
    page = client.get(reverse("quotation_compare")).content.decode()
    assert "no rate" in page
    assert "No rate for IDR" in page
    assert "IDR\xa0100,000.00" in page


def test_only_own_newest_and_open_quotations_are_compared(client, buyer):
    other, closed = quoted(make.ImporterFactory(), "1"), quoted(buyer, "2")
    closed.enquiry.accept(by=buyer.user, version=1)
    mine = quoted(buyer, "3")
    newest = asking.quote(mine.enquiry, price="4")
    client.force_login(buyer.user)
    page = client.get(reverse("quotation_compare")).content.decode()
    shown = [row.pk for row in (other, closed, mine, newest) if reverse("quotation_detail", args=[row.pk]) in page]
    assert shown == [newest.pk]


def test_units_are_not_mixed(buyer):
    commodity = make.CommodityFactory()
    quoted(buyer, "6", commodity=commodity, unit=make.UnitFactory(code="PR"))
    quoted(buyer, "60", commodity=commodity, unit=make.UnitFactory(code="XCT"))
    assert len(compare(Quotation.objects.for_showing(), "USD").groups) == 2


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_grow(client, buyer, number, django_assert_max_num_queries):
    for price in range(1, number + 1):
        quoted(buyer, str(price))
    client.force_login(buyer.user)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("quotation_compare")).status_code == 200


def test_an_unknown_currency_is_the_dollar(client, buyer):
    quoted(buyer, "3")
    client.force_login(buyer.user)
    page = client.get(reverse("quotation_compare"), {"currency": "XXX"}).content.decode()
    assert '<option value="USD" selected>' in page


@pytest.mark.parametrize(
    ("price", "currency", "shown"),
    [
        ("6.30", "CLP", "5943"),
        ("0.012", "CLP", "11.3"),
        ("6.30", "EUR", "5.48"),
        ("0.012", "EUR", "0.0104"),
        ("0.0001", "EUR", "0.0001"),
    ],
)
def test_a_reckoned_price_is_as_fine_as_its_coins_and_no_finer(buyer, price, currency, shown):
    rate("CLP", "0.00106")
    rate("EUR", "1.15")
    quoted(buyer, price)
    found = compare(Quotation.objects.for_showing(), currency)
    assert found.groups[0].offers[0].price == Decimal(shown)
