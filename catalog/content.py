"""The whole content of a product or revision: copying its parts, and a JSON snapshot for comparisons."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, QuerySet

if TYPE_CHECKING:
    from catalog.models import Product, ProductRevision

Part = TypeVar("Part", bound=Model)


def copy_parts(source: Product | ProductRevision, target: Product | ProductRevision) -> None:
    """Give `target`, which has none, its own copies of the source's price offers and photo placements."""
    target.offers.bulk_create(_copies(source.offers.all(), target))
    target.placements.bulk_create(_copies(source.placements.all(), target))


def _copies(rows: QuerySet[Part], target: Product | ProductRevision) -> list[Part]:
    """New rows like `rows`, without their key, held by `target`."""
    left_out = {"id", "product_id", "revision_id"}
    fields = [field.attname for field in rows.model._meta.concrete_fields if field.attname not in left_out]
    return [rows.model(**{name: getattr(row, name) for name in fields}, **{target.HOLDER: target}) for row in rows]


def plain(value: Any) -> Any:
    """A JSON value: decimals as normalised text, dates in ISO form."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def snapshot(passport: Product | ProductRevision) -> dict[str, Any]:
    """Every fact by field name, with "offers" and "photos" as lists. Shape: JSON."""
    facts = {
        field.attname.removesuffix("_id"): plain(getattr(passport, field.attname))
        for field in passport.content_fields()
    }
    facts["offers"] = [
        {
            "incoterm": offer.incoterm_id,
            "place": offer.place,
            "currency": offer.currency,
            "unit_price": plain(offer.unit_price),
            "from_quantity": plain(offer.from_quantity),
            "valid_until": plain(offer.valid_until),
        }
        for offer in passport.offers.all()
    ]
    facts["photos"] = [
        {"photo": str(placed.photo.key), "alt": placed.alt} for placed in passport.placements.select_related("photo")
    ]
    return facts
