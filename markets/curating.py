"""For which markets, and in whose name, a person may curate: one rule for pages and API."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import User
from markets import scope
from markets.models import Collection, Mission
from markets.showing import mission_name


class Choices(NamedTuple):
    """What a person may choose among."""

    markets: list[tuple[str, str]]
    missions: list[tuple[str, str]]


def choices_of(user: User, collection: Collection | None = None) -> Choices:
    """Markets in one's scope; missions of one's own, and the one that curates now. For all: the ministry's to say."""
    is_ministry = scope.works_everywhere(user)
    markets = sorted((market.pk, str(market)) for market in scope.markets_to_decide(user))
    missions = Mission.objects.all() if is_ministry else Mission.objects.of_staff(user)
    if collection is not None and collection.mission_id:
        missions = missions | Mission.objects.filter(pk=collection.mission_id)
    named = [(str(mission.pk), mission_name(mission)) for mission in missions.distinct().order_by("code")]
    if is_ministry or (collection is not None and collection.mission_id is None):
        named.insert(0, ("", _("The ministry")))
    if is_ministry:
        markets.insert(0, ("", _("All markets")))
    return Choices(markets, named)
