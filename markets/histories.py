"""Whose history missions read, listings for both sides, and what missions are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.models.audit import among
from accounts.naming import Circle
from catalog.models import Product, ProductRevision
from exporters.models import Certificate, Producer
from markets import scope
from markets.models import Collection, MarketListing, MarketRule, Mission, MissionNote, MissionStaff


def rows_read_by(user: User) -> Iterator[QuerySet[Any]]:
    """Listings of the products that `user` works on; for missions all that their markets make theirs to see."""
    yield MarketListing.objects.filter(product__in=Product.objects.editable_by(user))
    if not (user.is_staff and user.has_perm("catalog.review_revision")):
        return
    yield scope.producers_seen_by(user)
    yield scope.certificates_to_verify(user)
    yield scope.products_seen_by(user)
    yield scope.revisions_to_review(user)
    yield scope.listings_of(user)
    yield scope.markets_to_decide(user)
    yield MarketRule.objects.filter(market__in=scope.markets_to_decide(user))
    yield Collection.objects.editable_by(user)
    yield MissionNote.objects.readable_by(user)
    yield Mission.objects.of_staff(user)


def circles_of(people: Iterable[int]) -> Iterator[tuple[int, Circle]]:
    """The posts of missions. One query."""
    for post in MissionStaff.objects.filter(user__in=people).select_related("mission").order_by("pk"):
        yield post.user_id, Circle("mission", post.mission_id, str(post.mission))


def of_product(product: Product) -> Q:
    """The entries about a product, its revisions and its listings."""
    return among(Product.objects.filter(pk=product.pk), product.revisions.all(), product.listings.all())


def of_producer(producer: Producer) -> Q:
    """The entries about a producer and all that belongs to it."""
    products = Product.objects.filter(producer=producer)
    return among(
        Producer.objects.filter(pk=producer.pk),
        producer.memberships.all(),
        producer.invitations.all(),
        producer.certificates.all(),
        products,
        ProductRevision.objects.filter(product__in=products),
        MarketListing.objects.filter(product__in=products),
    )


def of_certificate(certificate: Certificate) -> Q:
    """The entries about one certificate."""
    return among(Certificate.objects.filter(pk=certificate.pk))
