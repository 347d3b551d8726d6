"""A tab of the listings desk as a table for a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from catalog.models import Product
from kit.csv_export import csv_response
from markets.models import Market


def download(chosen: QuerySet[Any], market: Market, view: str) -> StreamingHttpResponse:
    """All of `chosen`, products that nobody decided or listings, as a table."""
    header = [_("Product"), _("Producer"), _("State"), _("Rank"), _("Promoted until"), _("Decided")]
    if chosen.model is Product:
        products = chosen.select_related("producer").order_by("-pk").iterator(chunk_size=500)
        lines = ([product, product.producer.trade_name, "", None, None, None] for product in products)
        return csv_response(f"listings-{market.pk}-{view}", header, lines)
    rows = chosen.select_related("product__producer").order_by("rank", "product_id").iterator(chunk_size=500)
    told = (
        [
            row.product,
            row.product.producer.trade_name,
            row.get_state_display(),
            row.rank,
            row.promoted_until,
            row.decided_at,
        ]
        for row in rows
    )
    return csv_response(f"listings-{market.pk}-{view}", header, told)
