"""Who may see a stored picture, and whether everybody may."""

from __future__ import annotations

import uuid
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from accounts.models import Viewer
from catalog.models import Photo, PhotoPlacement, Product
from exporters.models import Producer, ProducerState


class Access(NamedTuple):
    """`is_public`: everybody, so that a cache on the way may keep it."""

    is_public: bool
    may_see: bool


def access_to(key: uuid.UUID, user: Viewer) -> Access:
    """Photos of published products, and logo and cover of listed producers, are public.

    The others are for those who work on the producer and for reviewers; to everybody else they do not exist.
    """
    shown = PhotoPlacement.objects.filter(photo=OuterRef("pk"), product__in=Product.objects.published())
    photo = Photo.objects.filter(key=key).annotate(is_public=Exists(shown)).values_list("is_public", "producer").first()
    if photo is not None:
        return Access(photo[0], photo[0] or _works_with(user, photo[1]))
    producer = Producer.objects.filter(Q(logo_key=key) | Q(cover_key=key)).values_list("state", "pk").first()
    if producer is None:
        return Access(False, False)
    is_public = producer[0] == ProducerState.LISTED
    return Access(is_public, is_public or _works_with(user, producer[1]))


def _works_with(user: Viewer, producer_id: int) -> bool:
    if user.is_anonymous:
        return False
    if Producer.objects.editable_by(user).filter(pk=producer_id).exists():
        return True
    return user.has_perm("catalog.review_revision")
