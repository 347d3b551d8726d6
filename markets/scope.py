"""Which rows a member of staff works on. Scope is the second check: the page asks for the power first (403).

Whoever has the power `markets.review_everywhere` (the ministry) sees all; mission staff see what asks for a market
that one of their missions covers today; everybody else sees nothing.
"""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User, Viewer
from catalog.models import Product, ProductRevision, ProductState
from catalog.models.revision_words import RevisionQuerySet
from exporters.models import Certificate, Producer
from markets.models import ListingState, Market, MarketListing, Mission, MissionStaff

BEING_REVIEWED = ("submitted", "in_review", "changes_requested")
SEEN_BY_STAFF = ("submitted", "in_review", "changes_requested", "approved", "rejected")


def works_everywhere(user: Viewer) -> bool:
    """Is every market in the scope of `user`?"""
    return user.has_perm("markets.review_everywhere")


def markets_to_decide(user: Viewer) -> QuerySet[Market]:
    """Markets whose listings `user` decides."""
    return Market.objects.all() if works_everywhere(user) else Market.objects.covered_by(user)


def missions_of_staff(user: Viewer) -> QuerySet[Mission]:
    """Missions that `user` works for; whoever works everywhere, all."""
    return Mission.objects.all() if works_everywhere(user) else Mission.objects.of_staff(user)


def revisions_to_review(user: Viewer) -> RevisionQuerySet:
    """Revisions that were handed in: never a draft or one taken back. One without markets is the ministry's."""
    handed_in = ProductRevision.objects.filter(state__in=SEEN_BY_STAFF)
    return handed_in if works_everywhere(user) else handed_in.filter(_asks_for(user))


def colleagues_of(user: User) -> QuerySet[User]:
    """Who may review beside `user`: at one of their missions; for the ministry, whoever may review."""
    power = Permission.objects.filter(codename="review_revision", content_type__app_label="catalog")
    by_group = Group.objects.filter(permissions__in=power)
    may_review = User.objects.filter(
        Q(groups__in=by_group) | Q(user_permissions__in=power), is_active=True, is_staff=True
    ).values("pk")
    people = User.objects.filter(pk__in=may_review)
    if not works_everywhere(user):
        beside = MissionStaff.objects.filter(mission__in=Mission.objects.of_staff(user))
        people = people.filter(Q(pk__in=beside.values("user")) | Q(pk=user.pk))
    return people.order_by("name", "pk")


def listings_of(user: Viewer) -> QuerySet[MarketListing]:
    """Decisions about the markets of `user`, whoever took them."""
    return MarketListing.objects.filter(market__in=markets_to_decide(user))


def products_to_decide(user: Viewer, market: Market) -> QuerySet[Product]:
    """Published products that ask for `market` or were decided there; none when the market is not the user's."""
    decided = MarketListing.objects.filter(market=market, product=OuterRef("pk"))
    asked = Q(target_markets__contains=[market.pk])
    return _published_for(user, market).filter(asked | Exists(decided))


def products_waiting(user: Viewer, market: Market) -> QuerySet[Product]:
    """Published products that ask for `market` and wait for a first decision."""
    decided = MarketListing.objects.filter(market=market, product=OuterRef("pk")).exclude(state=ListingState.REQUESTED)
    return _published_for(user, market).filter(~Exists(decided), target_markets__contains=[market.pk])


def products_to_propose(user: Viewer, market: Market) -> QuerySet[Product]:
    """Published products that do not ask for `market` and were never decided there."""
    decided = MarketListing.objects.filter(market=market, product=OuterRef("pk")).exclude(state=ListingState.REQUESTED)
    return _published_for(user, market).filter(~Exists(decided)).exclude(target_markets__contains=[market.pk])


def products_seen_by(user: Viewer) -> QuerySet[Product]:
    """Products that asked for, propose or were decided in a market of `user`."""
    if works_everywhere(user):
        return Product.objects.all()
    once_public = ~Q(state=ProductState.UNPUBLISHED) & _asks_for(user)
    return Product.objects.filter(
        once_public
        | Q(pk__in=revisions_to_review(user).values("product"))
        | Q(pk__in=listings_of(user).values("product"))
    )


def producers_seen_by(user: Viewer) -> QuerySet[Producer]:
    """Producers who ask for a market of `user` in a published product or in a revision that was handed in."""
    if works_everywhere(user):
        return Producer.objects.all()
    asks = _asks_for(user)
    published = Product.objects.filter(asks, state=ProductState.PUBLISHED)
    proposed = ProductRevision.objects.filter(asks, state__in=BEING_REVIEWED)
    return Producer.objects.filter(
        Q(pk__in=published.values("producer")) | Q(pk__in=proposed.values("product__producer"))
    )


def certificates_to_verify(user: Viewer) -> QuerySet[Certificate]:
    """Certificates, decided or not, of the producers whom `user` sees."""
    if works_everywhere(user):
        return Certificate.objects.all()
    return Certificate.objects.filter(producer__in=producers_seen_by(user))


def _asks_for(user: Viewer) -> Q:
    return Q(target_markets__overlap=Market.objects.covered_by(user).order_by().values("pk"))


def _published_for(user: Viewer, market: Market) -> QuerySet[Product]:
    return Product.objects.published().filter(Exists(markets_to_decide(user).filter(pk=market.pk)))
