"""Products of other producers that an importer may ask about instead."""

from __future__ import annotations

from typing import Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from catalog.models import Product
from inquiries.models.enquiry import Enquiry

MOST: Final = 6


def alternatives_to(enquiry: Enquiry) -> QuerySet[Product]:
    """Public products of the same commodity or HS code, by others; first what asks for the enquiry's market.

    At most six; the better answered and described first. Two queries.
    """
    asked = list(enquiry.lines.filter(product__isnull=False).values_list("product__commodity", "product__hs6"))
    commodities = {commodity for commodity, _hs6 in asked if commodity}
    codes = {hs6 for _commodity, hs6 in asked if hs6}
    found = Product.objects.published().exclude(producer=enquiry.producer_id)
    found = found.filter(Q(commodity__in=commodities) | Q(hs6__in=codes))
    there = When(target_markets__contains=[enquiry.market_id or ""], then=Value(0))
    return (
        found.select_related("producer")
        .annotate(elsewhere=Case(there, default=Value(1), output_field=IntegerField()))
        .order_by("elsewhere", "-search__quality", "pk")[:MOST]
    )
