"""Filters that several lists of staff share. A value that is none of the known ones is a ValidationError."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from rest_framework.request import Request

from catalog.vocabulary import vocabulary
from kit.api_views import one_of

Row = TypeVar("Row", bound=Model)


def in_province(rows: QuerySet[Row], request: Request, producer: str) -> QuerySet[Row]:
    """Of producers in `?province=`; `producer` is the way from a row to them ("product__producer__")."""
    province = one_of(request, "province", vocabulary().provinces)
    return rows.filter(**{f"{producer}regency__province": province}) if province else rows


def in_category(rows: QuerySet[Row], request: Request) -> QuerySet[Row]:
    """Of `?category=`, by its slug, or of one of its children."""
    slug = one_of(request, "category", [one.slug for one in vocabulary().categories.values()])
    return rows.filter(Q(category__slug=slug) | Q(category__parent__slug=slug)) if slug else rows
