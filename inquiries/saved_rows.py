"""Saved products as their list shows them: as cards while they are offered, else what is still known of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalog.cards import Card, cards
from catalog.models import ProductState
from catalog.search import take
from inquiries.models import SavedProduct
from kit.languages import pick


class SavedRow(NamedTuple):
    """A saved product. `card` is None when it is not offered any more; `name` is what it may be called then."""

    slug: str
    saved_at: datetime.datetime
    card: Card | None
    name: str


def saved_rows(saved: Sequence[SavedProduct]) -> list[SavedRow]:
    """These, in their order. One query."""
    found = take([one.product_id for one in saved])
    by_product = {product.pk: card for product, card in zip(found, cards(found), strict=True)}
    return [_row(one, by_product.get(one.product_id)) for one in saved]


def _row(saved: SavedProduct, card: Card | None) -> SavedRow:
    product = saved.product
    name = pick(product.title).text if product.state in (ProductState.PUBLISHED, ProductState.RETIRED) else ""
    return SavedRow(product.slug or "", saved.saved_at, card, name or _("A product that is not offered any more"))
