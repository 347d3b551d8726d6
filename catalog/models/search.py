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
    `ranked` is the part of the document that ranks: its words in titles, commodity, category and producer.
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
    ranked = models.GeneratedField(
        expression=models.Func("document", template="ts_filter(%(expressions)s, '{a,b,c}')"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
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


class MarketRank(models.Model):
    """Where a product stands in a market's catalogue, 1 first: pushed in by the verbs of markets."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="market_ranks")
    market_code = models.CharField(max_length=2)
    rank = models.PositiveIntegerField()

    class Meta:
        db_table = "market_rank"
        constraints = [models.UniqueConstraint(fields=["product", "market_code"], name="catalog_marketrank_once")]
        indexes = [models.Index(fields=["market_code", "rank", "product"], name="market_rank_order")]

    def __str__(self) -> str:
        return f"{self.market_code} {self.rank}: {self.product_id}"


class SearchWord(models.Model):
    """A word that products or the thesaurus use, without accents; `spelling` is how it is mostly written.

    `df`: in how many texts it occurs. Rebuilt every night; what a mistyped word is compared with.
    """

    word = models.CharField(max_length=40, primary_key=True)
    spelling = models.CharField(max_length=40)
    df = models.IntegerField()

    class Meta:
        db_table = "search_word"
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="sw_trgm")]

    def __str__(self) -> str:
        return self.word


class BrowseCount(models.Model):
    """How many public products of a category carry a facet code; category 0 is all, code 0 any product.

    `is_priced`: only of those that had a price in USD that held.
    """

    category = models.IntegerField()
    code = models.IntegerField()
    is_priced = models.BooleanField(default=False)
    n = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        db_table = "browse_counts"
        constraints = [
            models.UniqueConstraint(fields=["category", "is_priced", "code"], name="catalog_browsecount_once")
        ]

    def __str__(self) -> str:
        return f"{self.category}/{self.code}: {self.n}"


class UnmetQuery(models.Model):
    """Words that found nothing on a day: what buyers want and the catalogue lacks. Nothing tells who asked.

    `language` is the page's; `market` the market asked for, "" without one; `visits` counts a visit once.
    """

    text = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    market = models.CharField(max_length=2, blank=True)
    day = models.DateField()
    visits = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "unmet_query"
        ordering = ["-day", "-visits", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["text", "language", "market", "day"], name="catalog_unmetquery_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.text}"
