"""What keeps the search rows true: marks of what changed, words that documents lack, and how far long work has come."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from catalog.models.reference import Commodity


class SearchMark(models.Model):
    """Something changed that search rows repeat: a product, or a thing that many products repeat.

    Written by triggers of the database in the transaction of the change, so that no way of changing is forgotten;
    taken by `catalog.upkeep.drain`. `is_bulk` marks wait until the others are done.
    """

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=20)
    is_bulk = models.BooleanField(default=False, db_default=False)
    marked_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "search_dirty"
        indexes = [models.Index(fields=["is_bulk", "id"], name="search_dirty_turn")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class CommodityTerm(models.Model):
    """A name or synonym of a concept as people type it: `plain` is without case and accents. Written by a trigger."""

    commodity = models.ForeignKey(Commodity, on_delete=models.CASCADE, related_name="terms")
    language = models.CharField(max_length=5)
    term = models.TextField()
    plain = models.TextField()
    is_name = models.BooleanField()

    class Meta:
        indexes = [GinIndex(fields=["plain"], name="catalog_commodityterm_plain", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return self.term


class NewTerm(models.Model):
    """A word of the thesaurus that the documents of its products do not hold yet; searches look here until they do.

    `concept` is the key of the commodity whose token those documents hold; after a merge it may be gone.
    """

    concept = models.BigIntegerField()
    term = models.CharField(max_length=200)

    class Meta:
        db_table = "search_new_term"

    def __str__(self) -> str:
        return self.term


class SearchRun(models.Model):
    """A long work: `day` is at the last day (proleptic ordinal) that it saw; `all` runs until it has finished."""

    name = models.CharField(max_length=12, primary_key=True)
    position = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "search_run"

    def __str__(self) -> str:
        return f"{self.name}: {self.position}"


class WrittenMeanwhile(models.Model):
    """A product whose row was written while the run `all` builds every row anew: it is built there once more.

    Written by the statement that writes the row, in its transaction; taken by `catalog.rebuilding`.
    """

    product_id = models.BigIntegerField()

    class Meta:
        db_table = "search_meanwhile"

    def __str__(self) -> str:
        return str(self.product_id)


class MergedCommodity(models.Model):
    """The code of a concept that was merged into another: reference data does not bring it back."""

    slug = models.SlugField(max_length=60, primary_key=True)
    into = models.ForeignKey(Commodity, on_delete=models.CASCADE, related_name="merged")

    def __str__(self) -> str:
        return f"{self.slug} → {self.into_id}"
