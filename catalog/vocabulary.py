"""The reference rows that every list needs, kept in the process for a minute so that they cost its pages no query.

Staff edit them now and then; a page may be a minute behind. Facts of products never come from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils import timezone

from catalog.models import (
    AttributeTemplate,
    Category,
    Commodity,
    Container,
    ExchangeRate,
    HSCode,
    Incoterm,
    SearchTier,
    Unit,
)
from exporters.models import CertificateType, Producer, Province, Regency
from kit.keeping import kept
from kit.languages import pick

KEPT_SECONDS: Final = 60


class Place(NamedTuple):
    """A regency with its province."""

    regency: str
    province: str
    province_code: str


@dataclass(frozen=True)
class Vocabulary:
    """Reference rows by their keys; `category_keys` are those of slugs.

    `usd_rates` holds the newest rate of each currency, US dollars for one unit; `chapters` are those of the HS, in
    English.
    """

    categories: Mapping[int, Category]
    category_keys: Mapping[str, int]
    templates: Mapping[str, AttributeTemplate]
    units: Mapping[str, Unit]
    incoterms: Mapping[str, Incoterm]
    containers: tuple[Container, ...]
    provinces: Mapping[str, str]
    busy_provinces: frozenset[str]
    places: Mapping[str, Place]
    certificate_types: Mapping[str, CertificateType]
    commodities: Mapping[int, Mapping[str, str]]
    usd_rates: Mapping[str, Decimal]
    tiers: int
    chapters: Mapping[str, str]

    def top_categories(self) -> list[Category]:
        """The upper level of the catalogue, in order."""
        return [category for category in self.categories.values() if category.parent_id is None]

    def children_of(self, parent_id: int) -> list[Category]:
        """The lower level under a category, in order."""
        return [category for category in self.categories.values() if category.parent_id == parent_id]

    def may_be_promoted(self, category_id: int | None) -> bool:
        """Neither the category nor its parent is kept from promotion (tobacco, alcohol)."""
        return all(category.may_be_promoted for category in self.path_to(category_id))

    def path_to(self, category_id: int | None) -> list[Category]:
        """The category with its parent before it."""
        path: list[Category] = []
        while category_id is not None and category_id in self.categories:
            path.insert(0, self.categories[category_id])
            category_id = path[0].parent_id
        return path

    def template_of(self, category_id: int | None) -> AttributeTemplate | None:
        """The attribute template of a category, else of its parent, its fields at hand."""
        for category in reversed(self.path_to(category_id)):
            if category.template_id is not None:
                return self.templates[category.template_id]
        return None

    def commodity_name(self, pk: int | None) -> str:
        """The commodity's name for the reader; "" without a commodity."""
        return pick(self.commodities.get(pk)).text if pk is not None else ""


@kept(KEPT_SECONDS)
def vocabulary() -> Vocabulary:
    """The rows as they were at most a minute ago."""
    categories = {row.pk: row for row in Category.objects.all()}
    provinces = dict(Province.objects.order_by("name").values_list("code", "name"))
    return Vocabulary(
        categories=categories,
        category_keys={row.slug: row.pk for row in categories.values()},
        templates={row.pk: row for row in AttributeTemplate.objects.prefetch_related("fields")},
        units={row.pk: row for row in Unit.objects.all()},
        incoterms={row.pk: row for row in Incoterm.objects.all()},
        containers=tuple(Container.objects.all()),
        provinces=provinces,
        busy_provinces=frozenset(Producer.objects.listed().values_list("regency__province", flat=True).distinct()),
        places={
            code: Place(name, provinces[province], province)
            for code, name, province in Regency.objects.values_list("code", "name", "province")
        },
        certificate_types={row.pk: row for row in CertificateType.objects.all()},
        commodities=dict(Commodity.objects.values_list("pk", "name")),
        usd_rates=ExchangeRate.newest(timezone.now().date()),
        tiers=_tiers_in_use(),
        chapters=dict(HSCode.objects.filter(level=2).order_by("code").values_list("code", "name")),
    )


def _tiers_in_use() -> int:
    """How many tiers hold rows: a floor of 0 means that everything is in that tier or a better one."""
    floors = dict(SearchTier.objects.values_list("tier", "floor"))
    return 1 + sum(1 for tier in (1, 2) if floors.get(tier, 0) > 0)
