"""Which rows of promotion a member of staff works on: those of the markets that they decide (markets/scope.py)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Viewer
from markets.models import Accreditation, Collection, CollectionState, Market, MarketListing, Mission
from markets.models.collection_words import CollectionQuerySet
from markets.scope import listings_of, markets_to_decide, works_everywhere
from promotion.models import Campaign, Document
from promotion.models.campaign import CampaignQuerySet


def campaigns_of(user: Viewer) -> CampaignQuerySet:
    """Campaigns in the markets of `user`, whoever started them."""
    return Campaign.objects.filter(market__in=markets_to_decide(user))


def documents_of(user: Viewer) -> QuerySet[Document]:
    """Documents about the markets and collections of `user`, whoever asked for them; none whose time is over."""
    kept = Document.objects.filter(expires_at__gt=timezone.now())
    about_collection = Q(collection__in=Collection.objects.editable_by(user))
    return kept.filter(Q(market__in=markets_to_decide(user)) | about_collection)


def collections_to_print(user: Viewer) -> CollectionQuerySet:
    """Collections that `user` may edit, drafts too: a catalogue may be looked at before they are public."""
    return Collection.objects.editable_by(user).exclude(state=CollectionState.ARCHIVED)


def collections_to_share(user: Viewer) -> CollectionQuerySet:
    """Public collections that `user` may edit: a link to another would lead nowhere."""
    return Collection.objects.public().filter(pk__in=Collection.objects.editable_by(user).values("pk"))


def listings_to_share(user: Viewer) -> QuerySet[MarketListing]:
    """Public listings in the markets of `user`: what is offered there may be shared."""
    return listings_of(user).filter(pk__in=MarketListing.objects.public().values("pk"))


def missions_of(user: Viewer) -> QuerySet[Mission]:
    """The missions in whose name `user` may run a campaign: their own; the ministry in anybody's."""
    return Mission.objects.all() if works_everywhere(user) else Mission.objects.of_staff(user)


def missions_for(user: Viewer, market: Market) -> QuerySet[Mission]:
    """Those of them that cover the market today."""
    covering = Accreditation.objects.current().filter(market=market)
    return missions_of(user).filter(pk__in=covering.values("mission"))
