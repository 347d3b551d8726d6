"""What the API tells of a search beside its products: the query put right, how many match, the counts of each facet."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from catalog import filters
from catalog.api.listed import ListedProductSerializer, listed
from catalog.facet_counts import Count, Counts
from catalog.facets import BUSINESS_MODELS, bands
from catalog.list_facets import code_of
from catalog.narrowing import BOUNDS, FACETS
from catalog.search import Found
from catalog.target_markets import TARGET_MARKETS
from catalog.vocabulary import vocabulary

Told = dict[str, Any]


class MeantSerializer(serializers.Serializer[Any]):
    """A mistyped query put right."""

    query = serializers.CharField()
    is_applied = serializers.BooleanField(help_text="true: the results are those of this query, as yours found nothing")


class TotalSerializer(serializers.Serializer[Any]):
    """How many products match, those beyond the best 200 of a text search included."""

    count = serializers.IntegerField()
    approximate = serializers.BooleanField(help_text="true: estimated from a sample, to two digits")


class FacetValueSerializer(serializers.Serializer[Any]):
    """How many products a value would show, whatever else of its facet is chosen."""

    value = serializers.CharField(help_text="As the filter of this name takes it")
    count = serializers.IntegerField(allow_null=True, help_text="null: some, but too few in the sample to tell")
    approximate = serializers.BooleanField()


@extend_schema_serializer(many=False)
class FoundProductsSerializer(serializers.Serializer[Any]):
    """A page of products. `total`, `facets` and `counted_at` come with `counts=true`, else they are null."""

    results = ListedProductSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    notes = serializers.ListField(child=serializers.CharField())
    meant = MeantSerializer(allow_null=True)
    total = TotalSerializer(allow_null=True)
    facets = serializers.DictField(
        child=FacetValueSerializer(many=True),
        allow_null=True,
        help_text="By filter, without values that show nothing",
    )
    counted_at = serializers.DateTimeField(allow_null=True, help_text="When counted, if that was before this request")


def found_products(found: Found, next_address: str | None) -> Told:
    """A page as FoundProductsSerializer describes it."""
    counts = found.counts
    return {
        "results": listed(found.products),
        "next": next_address,
        "notes": found.notes,
        "meant": {"query": found.meant, "is_applied": found.is_corrected} if found.meant else None,
        "total": _count(counts.chosen.total) if counts else None,
        "facets": _facets(counts) if counts else None,
        "counted_at": counts.counted_at if counts else None,
    }


def _facets(counts: Counts) -> dict[str, list[Told]]:
    told: dict[str, list[Told]] = {}
    for name in FACETS:
        counted = [(value, counts.of(name, code_of(name, value))) for value in _values(name)]
        told[name] = [
            {"value": value, **(_count(count) if count else {"count": None, "approximate": True})}
            for value, count in counted
            if count is None or count.n
        ]
    return told


def _values(name: str) -> list[str]:
    if name in BOUNDS:
        return list(bands(BOUNDS[name][1]))
    rows = vocabulary()
    known: dict[str, Any] = {
        "category": rows.category_keys,
        "hs": rows.chapters,
        "certificate": [code for code, _label in filters.certificates()],
        "market": TARGET_MARKETS,
        "incoterm": rows.incoterms,
        "province": rows.provinces,
        "business": BUSINESS_MODELS,
    }
    return list(known[name])


def _count(count: Count) -> Told:
    return {"count": count.n, "approximate": count.approximate}
