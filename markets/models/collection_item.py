"""A product in a collection: its place, and why it is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, ProductState
from exporters.models import ProducerState
from kit.fields import TranslatedField
from markets.models.listing import MarketListing
from markets.models.market import Market

LONGEST_ITEM_NOTE = 240


class Chosen(NamedTuple):
    """A product for a collection, with a note by language."""

    product_id: int
    note: dict[str, str]


class CollectionItemQuerySet(models.QuerySet["CollectionItem"]):
    """Words about the products of collections."""

    def shown(self) -> CollectionItemQuerySet:
        """Public: the product is published and, where the collection is for one market, listed there."""
        listed_there = MarketListing.objects.public().filter(
            product=OuterRef("product"), market=OuterRef("collection__market")
        )
        return self.filter(
            Q(collection__market__isnull=True) | Exists(listed_there),
            product__state=ProductState.PUBLISHED,
            product__producer__state=ProducerState.LISTED,
        )

    def kept_back(self) -> CollectionItemQuerySet:
        """Of a category that is never promoted (tobacco, alcohol), by itself or by its parent. Rule: domain.md §9."""
        return self.filter(
            Q(product__category__may_be_promoted=False) | Q(product__category__parent__may_be_promoted=False)
        )

    def promotable(self) -> CollectionItemQuerySet:
        """Of a category that may be promoted."""
        return self.exclude(pk__in=CollectionItem.objects.kept_back().values("pk"))


class CollectionItem(models.Model):
    """One product once a collection, at a place of its own; 1 comes first."""

    collection = models.ForeignKey(
        "markets.Collection", on_delete=models.CASCADE, related_name="items", verbose_name=_("collection")
    )
    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="collection_items", verbose_name=_("product")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    note = TranslatedField(_("note"), max_length=LONGEST_ITEM_NOTE)

    objects = CollectionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("product of a collection")
        verbose_name_plural = _("products of collections")
        ordering = ["collection", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["collection", "product"],
                name="markets_collectionitem_once",
                violation_error_message=_("This product is already in the collection."),
            ),
            models.UniqueConstraint(
                fields=["collection", "position"],
                name="markets_collectionitem_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(position__gt=0), name="markets_collectionitem_position_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.product_id}"


def products_to_collect(market: Market | None) -> models.QuerySet[Product]:
    """What may be put into a collection: what is listed in its market; every published product when it is for all."""
    published = Product.objects.published()
    if market is None:
        return published
    return published.filter(
        target_markets__contains=[market.pk],
        pk__in=MarketListing.objects.public().filter(market=market).values("product"),
    )


def arrange(items: models.Manager[CollectionItem], chosen: Iterable[Chosen]) -> None:
    """Make the items of one collection these, in this order. The caller holds the collection's lock."""
    kept = {item.product_id: item for item in items.all()}
    made, moved = [], []
    wanted = list(chosen)
    items.exclude(product__in=[one.product_id for one in wanted]).delete()
    for position, one in enumerate(wanted, start=1):
        item = kept.get(one.product_id)
        if item is None:
            made.append(CollectionItem(product_id=one.product_id, position=position, note=one.note))
            continue
        item.position, item.note = position, one.note
        moved.append(item)
    CollectionItem.objects.bulk_update(moved, ["position", "note"])
    for item in made:
        item.collection_id = items.instance.pk  # type: ignore[attr-defined]
    CollectionItem.objects.bulk_create(made)
