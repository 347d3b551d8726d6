"""The letters of the markets, one function each; called inside the verbs' transactions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from accounts import letters
from accounts.models import User

if TYPE_CHECKING:
    from markets.models import MarketListing


def listing_listed(listing: MarketListing) -> None:
    """A mission offers the product in its market."""
    _write("listing_listed", listing, to=_producer_side(listing))


def listing_declined(listing: MarketListing) -> None:
    """A mission does not offer the product in its market, and why."""
    _write("listing_declined", listing, to=_producer_side(listing))


def listing_withdrawn(listing: MarketListing, *, why: str) -> None:
    """A mission does not offer the product any more."""
    _write("listing_withdrawn", listing, to=_producer_side(listing), why=why)


def listing_proposed(listing: MarketListing) -> None:
    """A mission would like to offer the product in a market that the producer did not ask for."""
    _write("listing_proposed", listing, to=_producer_side(listing))


def proposal_answered(listing: MarketListing, *, to: User | None) -> None:
    """The producer accepted or refused what this person proposed."""
    accepted = not listing.decline_reason
    _write("proposal_answered", listing, to=[to] if to and to.is_active else [], accepted=accepted)


def _producer_side(listing: MarketListing) -> Iterable[User]:
    return listing.product.producer.members.filter(is_active=True)


def _write(kind: str, listing: MarketListing, *, to: Iterable[User], **more: Any) -> None:
    letters.write(
        kind,
        event=f"{kind}:{listing.pk}:{listing.decided_at:%Y%m%d%H%M%S%f}",
        to=to,
        context={"listing": listing, "product": listing.product, "market": listing.market, **more},
    )
