"""Who may see a stored picture, and whether everybody may."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import Viewer
from catalog.models import Photo, PhotoPlacement, Product, ProductRevision
from exporters.models import Producer, ProducerState
from markets.models import Collection
from markets.scope import producers_seen_by, products_seen_by, revisions_to_review


class Access(NamedTuple):
    """`is_public`: everybody, so that a cache on the way may keep it."""

    is_public: bool
    may_see: bool


HIDDEN = Access(is_public=False, may_see=False)


def access_to(key: uuid.UUID, user: Viewer) -> Access:
    """Photos of published products, logo and cover of listed producers, and covers of public collections are public.

    The others are for those who work on the producer and for the staff whose review, listing or product they are
    part of, an uploaded cover of a collection for its curators; to everybody else they do not exist.
    """
    if PhotoPlacement.objects.filter(photo__key=key, product__in=Product.objects.published()).exists():
        return Access(is_public=True, may_see=True)
    photo = Photo.objects.filter(key=key).first()
    if photo is not None:
        return Access(is_public=False, may_see=_may_see_photo(user, photo))
    producer = Producer.objects.filter(Q(logo_key=key) | Q(cover_key=key)).first()
    if producer is None:
        return _access_to_cover(key, user)
    is_listed = producer.state == ProducerState.LISTED
    return Access(is_listed, is_listed or _may_see_producer(user, producer))


def _access_to_cover(key: uuid.UUID, user: Viewer) -> Access:
    """An uploaded cover is public with its collection; before and after that its curators see it."""
    covered = Collection.objects.filter(own_cover_key=key)
    if covered.public().exists():
        return Access(is_public=True, may_see=True)
    may_curate = user.has_perm("markets.curate_collection")
    return Access(is_public=False, may_see=may_curate and covered.filter(pk__in=_curated_by(user)).exists())


def _curated_by(user: Viewer) -> QuerySet[Collection, Any]:
    return Collection.objects.editable_by(user).values("pk")


def _may_see_photo(user: Viewer, photo: Photo) -> bool:
    if Producer.objects.editable_by(user).filter(pk=photo.producer_id).exists():
        return True
    if not user.has_perm("catalog.review_revision"):
        return False
    reviews = revisions_to_review(user)
    reviewed = Q(revision__in=reviews) | Q(product__in=products_seen_by(user))
    return photo.placements.filter(reviewed).exists() or _is_compared(photo, reviews)


def _is_compared(photo: Photo, reviews: QuerySet[ProductRevision]) -> bool:
    """Was it there when changes were asked for, so that the reviewer sees what came in its place?"""
    then = {"photos": [{"photo": str(photo.key)}]}
    return reviews.filter(product__producer=photo.producer_id, content_at_request__contains=then).exists()


def _may_see_producer(user: Viewer, producer: Producer) -> bool:
    if Producer.objects.editable_by(user).filter(pk=producer.pk).exists():
        return True
    return user.has_perm("catalog.review_revision") and producers_seen_by(user).filter(pk=producer.pk).exists()
