"""The texts of a share kit: what colleagues kept, else a draft, in each language of the market."""

from __future__ import annotations

import datetime
from typing import Final, NamedTuple

from accounts.models import User
from catalog.page_row import PageRow
from markets.models import MarketListing
from promotion.models import Campaign, ShareText
from promotion.scope import campaigns_of
from promotion.share_draft import draft, languages_for

PICTURES: Final = {"1200x630": (1200, 630), "1080x1080": (1080, 1080)}
"""The sizes of link previews and of square posts, in pixels."""


class KitText(NamedTuple):
    """The text of one language. A draft was kept by nobody yet."""

    language: str
    text: str
    written_by: User | None
    written_at: datetime.datetime | None

    @property
    def is_draft(self) -> bool:
        """Only what the product's own fields say?"""
        return self.written_at is None


def campaign_to_share(user: User, listing: MarketListing) -> Campaign | None:
    """The newest running campaign of the product in the market: its short link goes into the texts."""
    running = campaigns_of(user).running().filter(market=listing.market_id, product=listing.product_id)
    return running.order_by("-pk").first()


def texts_of(listing: MarketListing, row: PageRow, campaign: Campaign | None) -> list[KitText]:
    """The text in each language of the market, the market's own first."""
    rows = ShareText.objects.filter(product=listing.product_id, market=listing.market_id).select_related("written_by")
    kept = {one.language: one for one in rows}
    return [
        KitText(key, kept[key].text, kept[key].written_by, kept[key].written_at)
        if key in kept
        else KitText(key, draft(row, listing, key, campaign), None, None)
        for key in languages_for(listing.market)
    ]
