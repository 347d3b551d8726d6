"""Who may see a stored picture, and whether everybody may."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import Viewer
from catalog.models import Photo, PhotoPlacement, Product, ProductRevision
from exporters.models import Producer, ProducerState
from markets.scope import producers_seen_by, products_seen_by, revisions_to_review


class Access(NamedTuple):
    """`is_public`: everybody, so that a cache on the way may keep it."""

    is_public: bool
    may_see: bool


HIDDEN = Access(is_public=False, may_see=False)


def access_to(key: uuid.UUID, user: Viewer) -> Access:
    """Photos of published products, and logo and cover of listed producers, are public.

    The others are for those who work on the producer and for the staff whose review, listing or product they are
    part of; to everybody else they do not exist.
    """
    if PhotoPlacement.objects.filter(photo__key=key, product__in=Product.objects.published()).exists():
        return Access(is_public=True, may_see=True)
    photo = Photo.objects.filter(key=key).first()
    if photo is not None:
        return Access(is_public=False, may_see=_may_see_photo(user, photo))
    producer = Producer.objects.filter(Q(logo_key=key) | Q(cover_key=key)).first()
    if producer is None:
        return HIDDEN
    is_listed = producer.state == ProducerState.LISTED
    return Access(is_listed, is_listed or _may_see_producer(user, producer))


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
