"""All that the page of a public product says about it, read by one statement; models come back, as if each was asked.

Written in SQL because it is the page that search engines and links lead to: one statement instead of five, none of
them put together anew for each reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple, TypeVar

from django.db import connection, models

from catalog.models import HSCode, Photo, PhotoPlacement, PriceOffer, Product, ProductState
from exporters.models import Certificate, CertificateState, CertificateType, Producer, ProducerState

Row = TypeVar("Row", bound=models.Model)
PUBLIC: Final = [ProductState.PUBLISHED.value, ProductState.RETIRED.value]


class PageRow(NamedTuple):
    """A product with its producer and HS code, and its parts. `certificates` are verified; some may have expired."""

    product: Product
    offers: list[PriceOffer]
    placements: list[PhotoPlacement]
    certificates: list[Certificate]


def _columns(model: type[models.Model], alias: str) -> str:
    """The columns of a table, JSON as such so that it arrives read."""
    return ", ".join(
        f'{alias}."{field.column}"' + ("::json" if isinstance(field, models.JSONField) else "")
        for field in model._meta.concrete_fields
    )


def _as_json(*tables: tuple[type[models.Model], str]) -> str:
    """Rows as one JSON array of arrays, decimal numbers as texts so that none is rounded."""
    columns = [
        f'{alias}."{field.column}"' + ("::text" if isinstance(field, models.DecimalField) else "")
        for model, alias in tables
        for field in model._meta.concrete_fields
    ]
    return f"json_agg(json_build_array({', '.join(columns)}) ORDER BY {{order}})"


_READ: Final = f"""
    SELECT {_columns(Product, "p")}, {_columns(Producer, "maker")}, {_columns(HSCode, "six")},
        (SELECT {_as_json((PriceOffer, "o")).format(order="o.incoterm_id, o.place, o.currency, o.from_quantity, o.id")}
         FROM catalog_priceoffer o WHERE o.product_id = p.id),
        (SELECT {_as_json((PhotoPlacement, "placed"), (Photo, "photo")).format(order="placed.position, placed.id")}
         FROM catalog_photoplacement placed JOIN catalog_photo photo ON photo.id = placed.photo_id
         WHERE placed.product_id = p.id),
        (SELECT {_as_json((Certificate, "held"), (CertificateType, "kind")).format(order="held.type_id, held.id")}
         FROM catalog_certificatecoverage covers
         JOIN exporters_certificate held ON held.id = covers.certificate_id AND held.state = %s
         JOIN exporters_certificatetype kind ON kind.code = held.type_id
         WHERE covers.product_id = p.id)
    FROM catalog_product p JOIN exporters_producer maker ON maker.id = p.producer_id
    LEFT JOIN catalog_hscode six ON six.code = p.hs6_id
    WHERE p.slug = %s AND p.state = ANY(%s) AND maker.state = %s
"""  # noqa: S608  names of tables and columns, from the models


def read_page(slug: str) -> PageRow | None:
    """The published or retired product at this address, of a listed producer; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [CertificateState.VERIFIED.value, slug, PUBLIC, ProducerState.LISTED.value])
        row = cursor.fetchone()
    if row is None:
        return None
    *values, offers, placements, certificates = row
    product, producer, hs6 = _apart(values, Product, Producer, HSCode)
    product.producer, product.hs6 = producer, hs6 if hs6.pk else None
    return PageRow(
        product,
        [_from_json(PriceOffer, one) for one in offers or ()],
        [_with(PhotoPlacement, "photo", Photo, one) for one in placements or ()],
        [_with(Certificate, "type", CertificateType, one) for one in certificates or ()],
    )


def _apart(values: list[Any], *tables: type[models.Model]) -> list[Any]:
    """The models whose columns stand one after the other in a row."""
    rest, found = values, []
    for model in tables:
        names = [field.attname for field in model._meta.concrete_fields]
        found.append(model.from_db(connection.alias, names, rest[: len(names)]))
        rest = rest[len(names) :]
    return found


def _with(model: type[Row], key: str, other: type[models.Model], values: list[Any]) -> Row:
    """A row and the one that its foreign key `key` leads to."""
    own = len(model._meta.concrete_fields)
    row = _from_json(model, values[:own])
    setattr(row, key, _from_json(other, values[own:]))
    return row


def _from_json(model: type[Row], values: Iterable[Any]) -> Row:
    fields = model._meta.concrete_fields
    read = [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    return model.from_db(connection.alias, [field.attname for field in fields], read)
