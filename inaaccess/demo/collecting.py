"""What the missions of the demo collected from its products, and published."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

from accounts.models import User
from inaaccess.demo.clock import Timeline
from inaaccess.demo.stories import Story
from markets.models import Chosen, Collection, Market, Mission

FILE = Path(__file__).resolve().parent / "collections.toml"


def described() -> list[dict[str, Any]]:
    """The collections, in the order in which they are told."""
    collections: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["collections"]
    return collections


def tell(stories: dict[str, Story], people: dict[str, User], timeline: Timeline) -> None:
    """Put them on the timeline; their products must be listed by then."""
    for facts in described():
        timeline.add(lambda facts=facts: _collect(facts, stories, people, timeline), days=facts["age"])  # type: ignore[misc]


def forget() -> None:
    """Take them away; they are known by their English titles."""
    Collection.objects.filter(title__en__in=[facts["title"]["en"] for facts in described()]).delete()


def _collect(facts: dict[str, Any], stories: dict[str, Story], people: dict[str, User], timeline: Timeline) -> None:
    by = people[facts["by"]]
    collection = Collection.objects.start(
        by=by,
        title=facts["title"],
        market=Market.objects.get(pk=facts["market"]),
        mission=Mission.objects.get(code=facts["mission"]),
    )
    collection.rewrite(
        by=by,
        seen_version=collection.version,
        introduction=facts["introduction"],
        ends_on=timeline.today + datetime.timedelta(days=facts["open_days"]),
        items=[Chosen(stories[item["product"]].product.pk, item.get("note", {})) for item in facts["items"]],
        cover=stories[facts["cover"]].product.placements.order_by("position", "pk")[0].photo,
    )
    collection.publish(by=by)
