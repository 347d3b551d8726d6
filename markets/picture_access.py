"""Who may see a stored picture, and whether everybody may."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from accounts.models import Viewer
from catalog.models import Photo, PhotoPlacement, Product
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
    shown = PhotoPlacement.objects.filter(photo=OuterRef("pk"), product__in=Product.objects.published())
    photo = Photo.objects.filter(key=key).annotate(is_public=Exists(shown)).first()
    if photo is not None:
        return Access(photo.is_public, photo.is_public or _may_see_photo(user, photo))
    producer = Producer.objects.filter(Q(logo_key=key) | Q(cover_key=key)).first()
    if producer is None:
        return HIDDEN
    is_public = producer.state == ProducerState.LISTED
    return Access(is_public, is_public or _may_see_producer(user, producer))


def _may_see_photo(user: Viewer, photo: Photo) -> bool:
    if Producer.objects.editable_by(user).filter(pk=photo.producer_id).exists():
        return True
    if not user.has_perm("catalog.review_revision"):
        return False
    reviewed = Q(revision__in=revisions_to_review(user)) | Q(product__in=products_seen_by(user))
    return photo.placements.filter(reviewed).exists()


def _may_see_producer(user: Viewer, producer: Producer) -> bool:
    if Producer.objects.editable_by(user).filter(pk=producer.pk).exists():
        return True
    return user.has_perm("catalog.review_revision") and producers_seen_by(user).filter(pk=producer.pk).exists()
