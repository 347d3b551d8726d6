"""Where the demo's products are listed, and the exchange rates by which their prices are compared."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from accounts.models import User
from catalog.models import ExchangeRate
from inaaccess.demo.clock import Timeline
from inaaccess.demo.stories import Story
from markets.models import Market, MarketListing

FILE = Path(__file__).resolve().parent / "listings.toml"
DEMO_RATES = {  # USD for one unit: round figures near those of 2026, never to be taken for a quotation
    "EUR": "1.15",
    "IDR": "0.0000602",
    "CLP": "0.00106",
    "BRL": "0.184",
    "MXN": "0.0545",
    "PEN": "0.287",
    "COP": "0.000262",
    "ARS": "0.00069",
}


def set_rates(timeline: Timeline) -> None:
    """One marked rate per currency, unless staff have given one for that day."""
    for currency, usd in DEMO_RATES.items():
        ExchangeRate.objects.get_or_create(
            currency=currency,
            day=timeline.today,
            defaults={
                "usd": Decimal(usd),
                "source": "Demonstration figure, not a market rate",
                "is_demo": True,
            },
        )


def described() -> list[dict[str, Any]]:
    """The decisions of the missions, in the order of their ranks."""
    decisions: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["listings"]
    return decisions


def tell(stories: dict[str, Story], people: dict[str, User], timeline: Timeline) -> None:
    """Put the decisions on the timeline, each a day after the product was published."""
    for facts in described():
        story = stories[facts["product"]]
        published = max(story.age - 2, story.age * 0.5)
        age = min(float(facts.get("age", published)), published) - 1
        if age <= 0:
            raise ValueError(f"{story.key} is not published early enough to be listed")
        _tell_one(facts, story, people, timeline, age)


def _tell_one(facts: dict[str, Any], story: Story, people: dict[str, User], timeline: Timeline, age: float) -> None:
    by, pitch = people[facts.get("by", "ministry")], facts.get("pitch", {})
    market = Market.objects.get(pk=facts["market"])

    def listing() -> MarketListing:
        return MarketListing.of(story.product, market)

    match facts["state"]:
        case "listed" | "withdrawn":
            timeline.add(lambda: listing().list(by=by, pitch=pitch, rank=facts.get("rank")), days=age)
        case "declined":
            timeline.add(lambda: listing().decline(by=by, reason=facts["reason"], note=facts.get("note", "")), days=age)
        case "proposed" | "accepted" | "refused":
            timeline.add(lambda: listing().propose(by=by, pitch=pitch), days=age)
    match facts["state"]:
        case "withdrawn":
            timeline.add(lambda: listing().withdraw(by=by, why=facts["why"]), days=age / 2)
        case "accepted":
            timeline.add(lambda: listing().accept(by=story.author), days=age / 2)
        case "refused":
            timeline.add(lambda: listing().refuse(by=story.author, why=facts["why"]), days=age / 2)
    if promoted := facts.get("promoted_days"):
        until = timeline.today + datetime.timedelta(days=promoted)
        timeline.add(lambda: listing().promote(by=by, until=until), days=age / 4)
