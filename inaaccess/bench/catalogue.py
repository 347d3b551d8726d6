"""Fills an empty database with an invented catalogue of any size (inaaccess/bench/invented.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db import connection, models

from catalog.models import (
    CertificateCoverage,
    ExchangeRate,
    Photo,
    PhotoPlacement,
    PriceOffer,
    Product,
    ProductRevision,
    ProductStanding,
)
from catalog.rebuilding import reindex_all
from exporters.models import Certificate, Producer
from inaaccess.bench.copying import as_sql, continue_numbers, copy, empty_row
from inaaccess.bench.invented import Catalogue
from markets.models import MarketListing
from markets.ranking import push_ranks

TABLES: Final[list[tuple[type[models.Model], Callable[[Catalogue], Iterator[dict[str, Any]]]]]] = [
    (ExchangeRate, Catalogue.rates),
    (Producer, Catalogue.producers),
    (Certificate, Catalogue.certificates),
    (Product, Catalogue.products),
    (Photo, Catalogue.photos),
    (PhotoPlacement, Catalogue.placements),
    (PriceOffer, Catalogue.offers),
    (CertificateCoverage, Catalogue.coverages),
    (MarketListing, Catalogue.listings),
    (ProductStanding, Catalogue.standings),
]


def fill(rows: int, seed: int) -> None:
    """Fill a database that has the reference rows and nothing else. Some two minutes for 100,000 products."""
    invented = Catalogue(rows, seed)
    for model, drawn in TABLES:
        copy(model, drawn(invented))
    _continue_numbers()
    push_ranks()
    _add_revisions()
    _continue_numbers()
    _vacuum()
    reindex_all()
    _vacuum()


def _continue_numbers() -> None:
    continue_numbers(*(model for model, _drawn in TABLES if model is not ProductStanding), ProductRevision)


def _add_revisions() -> None:
    """The approved revision of each product, with its own offers and photos: shared tables get their true size."""
    passport = [field.attname for field in ProductRevision.content_fields()]
    rest = {name: value for name, value in empty_row(ProductRevision).items() if name not in (*passport, "product_id")}
    _copy_within(Product, ProductRevision, passport, {"product_id": "id"}, rest | {"number": 1, "state": "approved"})
    offer = ["incoterm_id", "place", "currency", "unit_price", "from_quantity", "valid_until"]
    of_product = {"revision_id": "(SELECT r.id FROM catalog_productrevision r WHERE r.product_id = held.product_id)"}
    _copy_within(PriceOffer, PriceOffer, offer, of_product, {})
    _copy_within(PhotoPlacement, PhotoPlacement, ["photo_id", "position", "alt"], of_product, {})


def _copy_within(
    source: type[models.Model],
    target: type[models.Model],
    same: list[str],
    computed: dict[str, str],
    fixed: dict[str, Any],
) -> None:
    """INSERT … SELECT: columns that stay the `same`, those `computed` by SQL, those `fixed` for all rows."""
    columns = ", ".join(f'"{name}"' for name in (*same, *computed, *fixed))
    values = ", ".join([*(f'"{name}"' for name in same), *computed.values(), *("%s" for _name in fixed)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {target._meta.db_table} ({columns}) SELECT {values} FROM {source._meta.db_table} held",  # noqa: S608
            [as_sql(value) for value in fixed.values()],
        )


def _vacuum() -> None:
    """What autovacuum does within minutes of such a change."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
