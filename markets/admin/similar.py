"""What may be the same product twice, beside the one under review: as far as the reviewer may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from catalog import likeness
from catalog.models import PhotoPlacement, Product, ProductRevision
from catalog.photo_address import photo_url
from kit.limited_reads import TooSlow
from markets.scope import products_seen_by, revisions_to_review

SHOWN = 5
MOST_PLACES = 200


@dataclass(frozen=True)
class Similar:
    """A product that looks like it, and by what."""

    product: Product
    title: str
    url: str
    thumb: str
    reasons: list[str]
    is_same_producer: bool


def similar_to(revision: ProductRevision, reader: User) -> list[Similar] | None:
    """The likeliest twins, those of the same producer first; None when the photos took too long to compare."""
    try:
        pictured = _pictured(revision, reader)
    except TooSlow:
        return None
    own = Product.objects.filter(producer=revision.product.producer_id).exclude(pk=revision.product_id)
    titled = likeness.titled_alike(revision.title, own)
    seen = _seen({*titled, *pictured}, reader)
    found = [_row(product, titled.get(product.pk), pictured.get(product.pk), revision) for product in seen]
    found.sort(key=lambda row: (not row.is_same_producer, -len(row.reasons), -row.product.pk))
    return found[:SHOWN]


def _pictured(revision: ProductRevision, reader: User) -> dict[int, str]:
    """Products with a picture that looks like one of the revision's: the picture's key, by product."""
    photos = [placed.photo for placed in revision.placements.all()]
    alike = {**likeness.photographed_alike(photos), **dict.fromkeys((photo.pk for photo in photos), 0)}
    shown = PhotoPlacement.objects.filter(photo__in=alike).exclude(
        Q(product=revision.product_id) | Q(revision__product=revision.product_id)
    )
    may_see = Q(product__in=Product.objects.published()) | Q(revision__in=revisions_to_review(reader))
    places = shown.filter(may_see).select_related("photo", "revision").order_by("-pk")[:MOST_PLACES]
    nearest = sorted(places, key=lambda place: alike[place.photo_id])
    found: dict[int, str] = {}
    for place in nearest:
        pk = place.product_id or (place.revision.product_id if place.revision else 0)
        found.setdefault(pk, str(place.photo.key))
    return found


def _seen(wanted: Iterable[int], reader: User) -> list[Product]:
    """Those that are public or in the reader's scope, with the newest proposal of each."""
    wanted = list(wanted)
    if not wanted:
        return []
    newest = revisions_to_review(reader).order_by("-number")
    cover = PhotoPlacement.objects.order_by("position", "pk").select_related("photo")
    in_scope = Q(pk__in=Product.objects.published()) | Q(pk__in=products_seen_by(reader).values("pk"))
    return list(
        Product.objects.filter(in_scope, pk__in=wanted)
        .select_related("producer")
        .prefetch_related(Prefetch("placements", cover), Prefetch("revisions", newest, to_attr="proposals"))
        .order_by("-pk")
    )


def _row(product: Product, alike: float | None, picture: str | None, revision: ProductRevision) -> Similar:
    reasons = []
    if alike is not None:
        reasons.append(_("title alike, %(percent)d %%") % {"percent": round(alike * 100)})
    if picture is not None:
        reasons.append(_("photo alike"))
    proposals: list[ProductRevision] = product.proposals  # type: ignore[attr-defined]
    newest = proposals[0] if proposals else None
    covers = [photo_url(placed.photo.key, 320) for placed in product.placements.all()]
    return Similar(
        product=product,
        title=str(product if product.content_number is not None else newest or product),
        url=_address(product, newest),
        thumb=photo_url(picture, 320) if picture else next(iter(covers), ""),
        reasons=reasons,
        is_same_producer=product.producer_id == revision.product.producer_id,
    )


def _address(product: Product, newest: ProductRevision | None) -> str:
    if newest is not None:
        return reverse("admin:review_revision", args=[newest.pk])
    return reverse("product_detail", args=[product.slug]) if product.slug else ""
