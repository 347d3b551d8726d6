"""The search row: one per published product, derived, rebuilt at any time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from catalog.models.product import Product

TIERS_AND_SAMPLES = {
    "ps_all": None,
    "ps_t1": Q(tier=1),
    "ps_t2": Q(tier__lte=2),
    "ps_s8": Q(sample__lt=8),
    "ps_s64": Q(sample=0),
}


class ProductSearch(models.Model):
    """What search needs of a product; a row exists exactly while the product is public.

    `market_codes` and `answer_score` come from ProductStanding; the markets are those that the product still names.
    `price_usd` is the lowest valid offer at the staff rate of the day; None when there is no valid price or no
    rate; `price_until` is the last day of that offer.
    """

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="search")
    quality = models.IntegerField()
    tier = models.SmallIntegerField(default=3)
    sample = models.SmallIntegerField()
    category = models.IntegerField()
    top_category = models.IntegerField()
    facets = ArrayField(models.IntegerField())
    document = SearchVectorField()
    hs6 = models.CharField(max_length=6)
    market_codes = ArrayField(models.CharField(max_length=2), default=list)
    answer_score = models.SmallIntegerField(null=True)
    price_usd = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    price_until = models.DateField(null=True)
    moq = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    lead_time_days = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField()
    producer_version = models.PositiveIntegerField(default=0)
    built_at = models.DateTimeField()

    class Meta:
        db_table = "product_search"
        indexes = [
            *(
                GinIndex(
                    fields=["document", "facets"],
                    opclasses=["tsvector_ops", "gin__int_ops"],
                    name=name,
                    fastupdate=False,
                    condition=condition,
                )
                for name, condition in TIERS_AND_SAMPLES.items()
            ),
            models.Index(F("quality").desc(), F("product").desc(), name="ps_quality"),
            models.Index(F("category"), F("quality").desc(), F("product").desc(), name="ps_category"),
            models.Index(F("top_category"), F("quality").desc(), F("product").desc(), name="ps_top_category"),
            models.Index(F("published_at").desc(), F("product").desc(), name="ps_newest"),
            models.Index(F("price_usd").asc(nulls_last=True), F("product").desc(), name="ps_price"),
        ]

    def __str__(self) -> str:
        return str(self.product_id)


class ProductStanding(models.Model):
    """What upper apps say about a product: `market_codes` by the verbs of markets, `answer_score` (0–100) by inquiries.

    Kept apart from the search row, which comes and goes with the product's publication.
    """

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    market_codes = ArrayField(models.CharField(max_length=2), default=list)
    answer_score = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "product_standing"

    def __str__(self) -> str:
        return str(self.product_id)


class SearchTier(models.Model):
    """The lowest quality in the best 5,000 (tier 1) and the best 50,000 (tier 2) when tiers were last refreshed."""

    tier = models.SmallIntegerField(primary_key=True)
    floor = models.IntegerField()

    class Meta:
        db_table = "search_tier"

    def __str__(self) -> str:
        return f"{self.tier}: {self.floor}"
