"""What the goods of a basket are worth: by the prices of today, never added across currencies or Incoterms."""

from __future__ import annotations

from decimal import Decimal

from django.test import Client

from inquiries.models import BasketLine
from tests.factories import (
    BasketLineFactory,
    IncotermFactory,
    PriceOfferFactory,
    ProductFactory,
    in_days,
)

PAGE = "/en/inquiries/basket/"


def worth(client: Client) -> str:
    return client.get(PAGE).context["page"].rows[0].summary[1]


def test_the_value_follows_the_tier_of_the_quantity_and_the_wanted_incoterm(client: Client, own):
    product = ProductFactory(published=True, parts=False)
    for incoterm, price, quantity in (("FOB", "7", 300), ("FOB", "6", 1000), ("CIF", "9", 300)):
        PriceOfferFactory(
            product=product,
            incoterm=IncotermFactory(code=incoterm),
            unit_price=Decimal(price),
            from_quantity=quantity,
            currency="USD",
        )
    line = BasketLineFactory(basket=own, product=product, quantity=Decimal(999))
    assert worth(client) == "USD\xa06,993.00"
    BasketLine.objects.filter(pk=line.pk).update(quantity=1000)
    assert worth(client) == "USD\xa06,000.00"
    BasketLine.objects.filter(pk=line.pk).update(incoterm="CIF")
    assert worth(client) == "USD\xa09,000.00"
    product.offers.update(valid_until=in_days(-1))
    assert worth(client) == "on request"


def test_other_currencies_and_incoterms_are_never_added(client: Client, own):
    for incoterm, currency in (("FOB", "USD"), ("FOB", "IDR"), ("CIF", "USD")):
        line = BasketLineFactory(basket=own, quantity=Decimal(1000), product__parts=False)
        PriceOfferFactory(
            product=line.product,
            incoterm=IncotermFactory(code=incoterm),
            currency=currency,
            unit_price=Decimal(2),
            from_quantity=1,
        )
    assert client.get(PAGE).context["page"].totals == [
        ("Approximate CIF value", "USD\xa02,000.00"),
        ("Approximate FOB value", "IDR\xa02,000.00"),
        ("Approximate FOB value", "USD\xa02,000.00"),
    ]
